"""The load: many clients of one door, in a process of their own, on this machine alone.

A test holds it as a `Load`; between the two go lines of JSON. What is measured is measured here, by
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
"""Clients of one load, at most."""


@dataclass(frozen=True)
class Opened:
    """What came of opening some clients."""

    paint: list[float]
    """Milliseconds from the connection's first packet to the whole first page, of each."""
    session: list[float]
    """Of these: from the request for a session to the page."""
    sent: list[int]
    """Bytes until then."""
    failed: dict[str, int]
    """How many were not let in, by what they were told."""
    refused: list[float]
    """Milliseconds until each of those knew."""


@dataclass(frozen=True)
class Pressed:
    """What came of pressing keys."""

    paint: list[float]
    """Milliseconds from each key to the first bytes that it brought."""
    lost: int
    """Keys that had brought nothing when the next was pressed."""
    late: list[float]
    """Milliseconds that the load itself was behind its plan, for each key."""


class Load:
    """Clients of one door: `ssh` at a port, or a command that is given a terminal."""

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
        self, count: int = 1, *, at_once: int = 1, every: float = 0.0, marker: str = "Colours",
        user: str = "visitor", size: tuple[int, int] = (80, 24), patience: float = 60.0,
    ) -> Opened:  # fmt: skip
        """Open clients and wait until each has its first page, `at_once` of them at a time.

        Args:
            count: how many.
            at_once: of them, at the same time.
            every: seconds between the beginnings of two; 0 for as soon as may be.
            marker: the last words of a first page.
            user: the name to come in by.
            size: columns and rows.
            patience: seconds after which one is given up.
        """
        assert count <= MAX_CLIENTS
        return Opened(**self._do(
            do="open", count=count, at_once=at_once, every=every, marker=marker, user=user,
            size=size, patience=patience,
        ))  # fmt: skip

    def press(self, keys: tuple[str, ...], *, every: float, seconds: float) -> Pressed:
        """Have all press these in turn, each at its own moment of the time between two."""
        return Pressed(**self._do(do="press", keys=keys, every=every, seconds=seconds))

    def watch(self, seconds: float) -> tuple[int, int]:
        """Press nothing; how many bytes came, and how many clients are still in."""
        answer = self._do(do="watch", seconds=seconds)
        return answer["bytes"], answer["alive"]

    def close(self, count: int = MAX_CLIENTS, *, how: str = "close") -> None:
        """Let this many go: `close` politely, or `abort` as a line that breaks does."""
        self._do(do="close", count=count, how=how)

    def _do(self, **command: Any) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the load has died"
        return json.loads(line)
