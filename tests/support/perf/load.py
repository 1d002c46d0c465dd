"""A load: many clients of one server, on this machine, in a process of their own.

A test controls that process through a `Load`, with lines of JSON. It does all measuring itself, by
one clock: no figure contains the time of the test's own process.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any, Self

from tests.support.terminal.terminal import ROOT

MAX_CLIENTS = 1200
"""Most clients of one load."""


@dataclass(frozen=True)
class Opened:
    """The result of opening clients."""

    paint: list[float]
    """Milliseconds from the first packet of each connection to its whole first page."""
    session: list[float]
    """Milliseconds of these from the request for a session to the page."""
    sent: list[int]
    """Bytes received until then, of each."""
    failed: dict[str, int]
    """The number of refused clients, by error message."""
    refused: list[float]
    """Milliseconds until each refusal."""


@dataclass(frozen=True)
class Pressed:
    """The result of pressing keys."""

    paint: list[float]
    """Milliseconds from each key to the first bytes after it."""
    lost: int
    """The number of keys after which nothing came before the next one."""
    late: list[float]
    """Milliseconds that each key was sent too late by the load itself."""


class Load:
    """Clients of one server: over SSH at a port, or a command in a terminal."""

    def __init__(self, port: int = 0, command: tuple[str, ...] = (), **environment: str) -> None:
        target = {"port": port, "command": command, "environment": environment}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.perf.load_process", json.dumps(target)],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def open(
        self, count: int = 1, *, at_once: int = 1, every: float = 0.0, marker: str = "Colors",
        user: str = "visitor", size: tuple[int, int] = (80, 24), timeout: float = 60.0,
    ) -> Opened:  # fmt: skip
        """Open clients and wait until each has its first page, `at_once` of them at a time.

        Args:
            count: how many.
            at_once: how many open at the same time.
            every: seconds between the starts of two; 0 for no delay.
            marker: the last words of a first page.
            user: the login name.
            size: columns and rows.
            timeout: seconds after which a client is given up.
        """
        assert count <= MAX_CLIENTS
        return Opened(**self._do(
            do="open", count=count, at_once=at_once, every=every, marker=marker, user=user,
            size=size, timeout=timeout,
        ))  # fmt: skip

    def press(self, keys: tuple[str, ...], *, every: float, seconds: float) -> Pressed:
        """Have all clients press these keys in turn, spread evenly over `every` seconds."""
        return Pressed(**self._do(do="press", keys=keys, every=every, seconds=seconds))

    def watch(self, seconds: float) -> tuple[int, int]:
        """Press nothing; return how many bytes came, and how many clients are still open."""
        answer = self._do(do="watch", seconds=seconds)
        return answer["bytes"], answer["alive"]

    def close(self, count: int = MAX_CLIENTS, *, how: str = "close") -> None:
        """Close this many clients: `close` in order, or `abort` as a broken connection does."""
        self._do(do="close", count=count, how=how)

    def _do(self, **command: Any) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the load has died"
        return json.loads(line)
