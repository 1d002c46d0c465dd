"""An unattended kiosk in a real terminal: its attendant, its factory, the visit that is on."""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import signal
import sys
import time
from pathlib import Path
from typing import Self

from tests.support.terminal.terminal import Terminal

TIOCGPTN = 0x80045430
"""Asks a terminal's far end for its number (ioctl_tty(2))."""


class Unattended(Terminal):
    """`kiosk run --unattended`; what is left of it when the test ends is killed."""

    command: tuple[str, ...] = ("-m", "kiosk", "run", "--unattended")

    def __init__(
        self,
        *arguments: str,
        size: tuple[int, int] = (80, 24),
        **environment: str,
    ) -> None:
        super().__init__(*arguments, size=size, **environment)
        number = fcntl.ioctl(self.fd, TIOCGPTN, b"\0" * 4)
        self.tty = f"/dev/pts/{int.from_bytes(number, sys.byteorder)}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *what: object) -> None:
        process_tree = self.process_tree()
        super().__exit__(None, None, None)
        for pid in process_tree:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def fork_servers(self) -> list[int]:
        """The attendant's children."""
        return [pid for pid in processes() if parent(pid) == self.pid]

    def workers(self) -> list[int]:
        """The processes that hold the terminal, beside the attendant and this test."""
        others = (self.pid, os.getpid())
        return [pid for pid in processes() if pid not in others and self.tty in open_files(pid)]

    def worker(self) -> int:
        """The process that has the terminal; waits for it."""
        end = time.monotonic() + 5
        while not (pids := self.workers()):
            assert time.monotonic() < end, "no visit has the terminal"
            time.sleep(0.005)
        return pids[0]

    def process_tree(self) -> list[int]:
        """Attendant, factories, visits, and those that wait."""
        own = {self.pid, *self.fork_servers(), *self.workers()}
        return sorted(own | {pid for pid in processes() if parent(pid) in own})

    def to_first_step(self) -> None:
        self.wait("START")
        self.press("1")
        self.wait("Which best describes you?")
        self.press("1")
        self.wait("Step 1 of 9")


class Service(Unattended):
    """As a service starts it, with a journal behind standard error."""

    command = (
        "-c",
        "import os, sys; os.dup2(os.open(sys.argv.pop(1), os.O_WRONLY | os.O_CREAT), 2); "
        "from kiosk.__main__ import main; main()",
    )


WIPED, WELCOME = b"\x1b[3J", b"Colours"
"""The end of a visit on the terminal, and the last words of the first page."""
READERS, ASKED = b"medical words", b"stay here"


class UndrawnKiosk(Service):
    """Looks at bytes alone: a drawn screen would be slower than what is measured."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.journal = folder / "journal"
        asked = (str(self.journal), "run", "--unattended", *arguments)
        super().__init__(*asked, XDG_CACHE_HOME=str(folder))

    def read_until(self, *markers: bytes, seconds: float = 20) -> int:
        """Read until the markers have come, one after another; how many bytes came."""
        got, at = b"", 0
        for marker in markers:
            while (pids := got.find(marker, at)) < 0:
                ready, _, _ = select.select([self.fd], [], [], seconds)
                assert ready, (marker, got[-500:])
                got += os.read(self.fd, 65536)
            at = pids
        return len(got)

    def reset(self) -> float:
        """Begin a visit and start over; seconds from the answer to Welcome whole again."""
        self.press("1")
        self.read_until(READERS)
        self.press("o")
        self.read_until(ASKED)  # and after it come the tools, which Welcome has, too
        self.look()
        began = time.perf_counter()
        self.press("1")
        self.read_until(WIPED, WELCOME)
        return time.perf_counter() - began


def processes() -> list[int]:
    """Those that live; one that nobody has reaped yet does not."""
    pids = [int(one.name) for one in Path("/proc").iterdir() if one.name.isdecimal()]
    return [pid for pid in pids if state(pid)[0] not in "ZX"]


def parent(pid: int) -> int:
    return int(state(pid)[1])


def state(pid: int) -> list[str]:
    """The state of a process and its parent (proc_pid_stat(5))."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return ["X", "0"]


def open_files(pid: int) -> set[str]:
    """Where the descriptors of a process lead."""
    pids = set()
    with contextlib.suppress(OSError):
        for one in Path(f"/proc/{pid}/fd").iterdir():
            with contextlib.suppress(OSError):
                pids.add(str(one.readlink()))
    return pids


def is_in_memory(pid: int, secret: bytes) -> bool:
    """Whether the bytes are anywhere in the memory of a process."""
    with contextlib.suppress(OSError), open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            where, mode = line.split()[:2]
            if not mode.startswith("r") or "[v" in line:
                continue
            start, end = (int(half, 16) for half in where.split("-"))
            with contextlib.suppress(OSError, ValueError, OverflowError):
                memory.seek(start)
                if secret in memory.read(end - start):
                    return True
    return False
