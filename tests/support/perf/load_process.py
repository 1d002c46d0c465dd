"""The process of a load: told what to do in lines of JSON, it tells what came of it."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import sys
import time
from collections import Counter
from typing import Any

from tests.support.perf.load_client import AttachClient, Client, Declined, SshClient

LET_GO = 10.0
"""Seconds that closing all may take."""


class Crowd:
    """All clients of one door."""

    def __init__(self, door: dict[str, Any]) -> None:
        self._door = door
        self._clients: list[Client] = []

    def _new(self, wanted: dict[str, Any]) -> Client:
        about = (wanted["marker"].encode(), (wanted["size"][0], wanted["size"][1]))
        if self._door["port"]:
            return SshClient(self._door["port"], wanted["user"], *about)
        return AttachClient(self._door["command"], self._door["environment"], *about)

    async def open(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """Open some, and wait for the first page of each."""
        failed: Counter[str] = Counter()
        came: list[Client] = []
        refused: list[float] = []
        turn = asyncio.Semaphore(wanted["at_once"])

        async def one() -> None:
            async with turn:
                client = self._new(wanted)
                try:
                    await asyncio.wait_for(client.open(), wanted["patience"])
                except (OSError, Declined, TimeoutError) as why:
                    failed[f"{type(why).__name__}: {why}"[:200]] += 1
                    refused.append((time.perf_counter() - client.began) * 1000)
                    client.close("abort")
                    return
                came.append(client)

        tasks = []
        for _ in range(wanted["count"]):
            tasks.append(asyncio.create_task(one()))
            if wanted["every"]:
                await asyncio.sleep(wanted["every"])
        await asyncio.gather(*tasks)
        self._clients += came
        return {
            "paint": [(one.painted - one.began) * 1000 for one in came],
            "session": [(one.painted - one.asked) * 1000 for one in came],
            "sent": [one.heard for one in came],
            "failed": failed,
            "refused": refused,
        }

    async def press(self, keys: list[str], every: float, seconds: float) -> dict[str, Any]:
        """Have all press these."""
        alive = self._alive()
        begin = time.perf_counter() + 0.1
        turns = int(seconds / every)
        late: list[float] = []

        async def one(client: Client, at: float) -> None:
            client.forget()
            for turn in range(turns):
                due = begin + at + turn * every
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                late.append((time.perf_counter() - due) * 1000)
                client.press(keys[turn % len(keys)].encode())
            await asyncio.sleep(every)

        gc.collect()
        gc.freeze()
        share = every / max(1, len(alive))
        await asyncio.gather(*(one(client, n * share) for n, client in enumerate(alive)))
        paint = [took * 1000 for client in alive for took in client.took]
        return {"paint": paint, "lost": turns * len(alive) - len(paint), "late": late}

    async def watch(self, seconds: float) -> dict[str, Any]:
        """Only look."""
        before = sum(one.heard for one in self._clients)
        await asyncio.sleep(seconds)
        now = sum(one.heard for one in self._clients)
        return {"bytes": now - before, "alive": len(self._alive())}

    async def close(self, count: int, how: str) -> dict[str, Any]:
        """Let go."""
        going, self._clients = self._clients[:count], self._clients[count:]
        for client in going:
            client.close(how)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.gather(*(one.gone() for one in going)), LET_GO)
        return {}

    def _alive(self) -> list[Client]:
        return [one for one in self._clients if one.alive]


async def main(door: dict[str, Any]) -> None:
    """Do what comes in on standard input, until it ends."""
    crowd = Crowd(door)
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        told = json.loads(line)
        does = told.pop("do")
        answer = await (crowd.open(told) if does == "open" else getattr(crowd, does)(**told))
        print(json.dumps(answer), flush=True)
    await crowd.close(10_000, "abort")


if __name__ == "__main__":
    gc.disable()  # a pause of the load's own would be taken for the server's
    asyncio.run(main(json.loads(sys.argv[1])))
