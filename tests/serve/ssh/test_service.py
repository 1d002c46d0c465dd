"""`kiosk serve --ssh` as a whole: a page, a line session, changed settings, an orderly end."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import asyncssh
import pytest

from tests.support.prebuilt_pack import ROOT, with_prebuilt_pack

SETTINGS = '[ssh]\naddress = "127.0.0.1"\nport = 0\n'
PAGE_AT_MOST = 12_000
WAIT = 20.0


class Served:
    def __init__(self, folder: Path) -> None:
        self.config = folder / "kiosk.toml"
        self.config.write_text(SETTINGS)
        self._journal = folder / "journal"
        cache = folder / "cache"
        cache.mkdir()
        kept = with_prebuilt_pack({"PATH": os.environ["PATH"], "XDG_CACHE_HOME": str(cache)})
        folders = {"RUNTIME_DIRECTORY": str(folder), "STATE_DIRECTORY": str(folder)}
        with self._journal.open("w") as journal:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "kiosk", "serve", "--ssh", "--config", str(self.config)],
                cwd=ROOT, stdin=subprocess.DEVNULL, stdout=journal, stderr=journal,
                env=kept | folders,
            )  # fmt: skip

    @property
    def journal(self) -> str:
        return self._journal.read_text()

    async def says(self, words: str) -> None:
        async with asyncio.timeout(WAIT):
            while words not in self.journal:
                assert self.process.poll() is None, self.journal
                await asyncio.sleep(0.05)

    async def come(self, name: str = "education") -> asyncssh.SSHClientConnection:
        await self.says("kiosk: open")
        match = re.search(r"at port (\d+)", self.journal)
        assert match is not None
        options: dict[str, Any] = {"known_hosts": None, "client_keys": None, "agent_path": None}
        return await asyncssh.connect(
            "127.0.0.1", int(match[1]), username=name, config=None, **options
        )


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    running = Served(tmp_path)
    yield running
    if running.process.poll() is None:
        running.process.terminate()
        running.process.terminate()
    running.process.wait(WAIT)


async def test_the_service_serves_a_page_follows_its_settings_and_stops(served: Served) -> None:
    async with await served.come() as conn:
        screen = await conn.create_process(
            term_type="xterm-256color", term_size=(80, 24), encoding=None
        )
        got = b""
        async with asyncio.timeout(WAIT):
            while b"Colors" not in got:
                got += await screen.stdout.read(65_536)
        assert len(got) <= PAGE_AT_MOST

        async with await served.come() as other:
            result = await asyncio.wait_for(other.run("id"), WAIT)
            assert "no commands" in str(result.stderr)
        async with await served.come("plain") as other:
            result = await asyncio.wait_for(
                other.run(None, input="stop\n", request_pty=False), WAIT
            )
            assert "\x1b" not in str(result.stdout)
            assert "Goodbye" in str(result.stdout)

        served.config.write_text(SETTINGS + "ignore-commands = true\n")
        served.process.send_signal(signal.SIGHUP)
        await served.says("read again")
        said = ""
        async with asyncio.timeout(WAIT):
            while "Goodbye" not in said:  # until the workers with the settings before have ended
                await asyncio.sleep(0.1)
                async with await served.come("plain") as other:
                    with suppress(BrokenPipeError):  # refused before it took its input
                        result = await other.run("id", input="stop\n", request_pty=False)
                        said = str(result.stdout)
        screen.stdin.write(b"\r")
        assert await asyncio.wait_for(screen.stdout.read(65_536), WAIT)

    served.process.send_signal(signal.SIGTERM)
    assert await asyncio.to_thread(served.process.wait, WAIT) == 0
    assert "127.0.0.1" not in served.journal.replace("127.0.0.1:", "")
