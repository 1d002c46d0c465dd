"""The process of a load: reads commands as lines of JSON and prints their results."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import sys
import time
from collections import Counter
from typing import Any

from tests.support.perf.load_client import AttachClient, Client, SessionRefused, SshClient

CLOSE_TIMEOUT = 10.0
"""Seconds that closing all clients may take."""


class Crowd:
    """All clients of one server."""

    def __init__(self, target: dict[str, Any]) -> None:
        self._target = target
        self._clients: list[Client] = []

    def _new(self, options: dict[str, Any]) -> Client:
        about = (options["marker"].encode(), (options["size"][0], options["size"][1]))
        if self._target["port"]:
            return SshClient(self._target["port"], options["user"], *about)
        return AttachClient(self._target["command"], self._target["environment"], *about)

    async def open(self, options: dict[str, Any]) -> dict[str, Any]:
        """Open clients, and wait for the first page of each."""
        failed: Counter[str] = Counter()
        opened: list[Client] = []
        refused: list[float] = []
        slots = asyncio.Semaphore(options["at_once"])

        async def one() -> None:
            async with slots:
                client = self._new(options)
                try:
                    await asyncio.wait_for(client.open(), options["timeout"])
                except (OSError, SessionRefused, TimeoutError) as error:
                    failed[f"{type(error).__name__}: {error}"[:200]] += 1
                    refused.append((time.perf_counter() - client.started_at) * 1000)
                    client.close("abort")
                    return
                opened.append(client)

        tasks = []
        for _ in range(options["count"]):
            tasks.append(asyncio.create_task(one()))
            if options["every"]:
                await asyncio.sleep(options["every"])
        await asyncio.gather(*tasks)
        self._clients += opened
        return {
            "paint": [(client.painted_at - client.started_at) * 1000 for client in opened],
            "session": [(client.painted_at - client.requested_at) * 1000 for client in opened],
            "sent": [client.received for client in opened],
            "failed": failed,
            "refused": refused,
        }

    async def press(self, keys: list[str], every: float, seconds: float) -> dict[str, Any]:
        """Have all clients press these keys in turn."""
        clients = self._open_clients()
        begin = time.perf_counter() + 0.1
        turns = int(seconds / every)
        late: list[float] = []

        async def one(client: Client, at: float) -> None:
            client.reset_latencies()
            for slots in range(turns):
                due = begin + at + slots * every
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                late.append((time.perf_counter() - due) * 1000)
                client.press(keys[slots % len(keys)].encode())
            await asyncio.sleep(every)

        gc.collect()
        gc.freeze()
        share = every / max(1, len(clients))
        await asyncio.gather(*(one(client, n * share) for n, client in enumerate(clients)))
        paint = [latencies * 1000 for client in clients for latencies in client.latencies]
        return {"paint": paint, "lost": turns * len(clients) - len(paint), "late": late}

    async def watch(self, seconds: float) -> dict[str, Any]:
        """Count the bytes that come without a key, and the open clients."""
        before = sum(client.received for client in self._clients)
        await asyncio.sleep(seconds)
        now = sum(client.received for client in self._clients)
        return {"bytes": now - before, "alive": len(self._open_clients())}

    async def close(self, count: int, how: str) -> dict[str, Any]:
        """Close clients, and wait until their sessions have ended."""
        going, self._clients = self._clients[:count], self._clients[count:]
        for client in going:
            client.close(how)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(
                asyncio.gather(*(client.wait_closed() for client in going)), CLOSE_TIMEOUT
            )
        return {}

    def _open_clients(self) -> list[Client]:
        return [client for client in self._clients if client.is_open]


async def main(target: dict[str, Any]) -> None:
    """Carry out the commands on standard input, until it ends."""
    crowd = Crowd(target)
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        command = json.loads(line)
        action = command.pop("do")
        answer = await (
            crowd.open(command) if action == "open" else getattr(crowd, action)(**command)
        )
        print(json.dumps(answer), flush=True)
    await crowd.close(10_000, "abort")


if __name__ == "__main__":
    gc.disable()  # a pause of this process would be taken for the server's
    asyncio.run(main(json.loads(sys.argv[1])))
