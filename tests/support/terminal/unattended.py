"""An unattended kiosk in a real terminal: its supervisor, its fork server and its workers."""

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

from tests.support.terminal.terminal import SEEN, Terminal

TIOCGPTN = 0x80045430
"""The ioctl that asks for the number of a pseudo-terminal (ioctl_tty(2))."""


class Unattended(Terminal):
    """`kiosk run --unattended`; all its processes are killed when the test ends."""

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

    def __exit__(self, *_: object) -> None:
        pids = self.process_tree()
        super().__exit__(None, None, None)
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def fork_servers(self) -> list[int]:
        """Return the children of the supervisor."""
        return [pid for pid in processes() if parent(pid) == self.pid]

    def workers(self) -> list[int]:
        """Return the processes that have the terminal, without the supervisor and this test."""
        others = (self.pid, os.getpid())
        terminal = os.stat(self.tty)
        return [pid for pid in processes() if pid not in others and has_open(pid, terminal)]

    def worker(self) -> int:
        """Wait for the worker that has the terminal; return its pid."""
        end = time.monotonic() + 5
        while not (pids := self.workers()):
            assert time.monotonic() < end, "no worker has the terminal"
            time.sleep(0.005)
        return pids[0]

    def process_tree(self) -> list[int]:
        """Return the supervisor, fork servers, workers and spare workers."""
        own = {self.pid, *self.fork_servers(), *self.workers()}
        return sorted(own | {pid for pid in processes() if parent(pid) in own})


class Service(Unattended):
    """The kiosk as a service starts it, with standard error in a file."""

    command = (
        "-c",
        "import os, sys; os.dup2(os.open(sys.argv.pop(1), os.O_WRONLY | os.O_CREAT), 2); "
        "from kiosk.__main__ import main; main()",
    )


WIPED, WELCOME = b"\x1b[3J", b"Colors"
"""The wipe at the end of a visit, and the last words of the first page."""
READERS, START_OVER = b"medical words", b"stay here"


class UndrawnKiosk(Service):
    """Searches the output itself: drawing a screen would take longer than what is measured."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.journal = folder / "journal"
        command = (str(self.journal), "run", "--unattended", *arguments)
        super().__init__(*command, XDG_CACHE_HOME=str(folder))

    def read_until(self, *markers: bytes, seconds: float = 20) -> int:
        """Read until the markers have come in this order; return how many bytes came."""
        got, at = b"", 0
        for marker in markers:
            while (position := got.find(marker, at)) < 0:
                ready, _, _ = select.select([self.fd], [], [], seconds)
                assert ready, (marker, got[-500:])
                got += os.read(self.fd, 65536)
                self._changed_at = time.monotonic()
            at = position
        return len(got)

    def look(self) -> None:
        """Wait as long as a person looks; output stays unread, for `read_until`."""
        time.sleep(max(0.0, self._changed_at + SEEN - time.monotonic()))

    def reset(self) -> float:
        """Begin a visit and start over; return the seconds until Welcome is whole again."""
        self.press("1")
        self.read_until(READERS)
        self.press("o")
        self.read_until(START_OVER)  # and after it come the tools, which Welcome has, too
        self.look()
        began = time.perf_counter()
        self.press("1")
        self.read_until(WIPED, WELCOME)
        return time.perf_counter() - began


def processes() -> list[int]:
    """Return the pids of all living processes, without zombies."""
    pids = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal()]
    return [pid for pid in pids if state(pid)[0] not in "ZX"]


def parent(pid: int) -> int:
    return int(state(pid)[1])


def state(pid: int) -> list[str]:
    """Return the fields of proc_pid_stat(5) from the state on: state, parent, group, session …"""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return ["X", "0"]


def started_at(pid: int) -> str:
    """Return when a process was started, which tells it from a later one of the same number."""
    return "".join(state(pid)[19:20])


def has_open(pid: int, file: os.stat_result) -> bool:
    """Whether a process has a file open: this one, and none of that name in a container."""
    with contextlib.suppress(OSError):
        for path in Path(f"/proc/{pid}/fd").iterdir():
            with contextlib.suppress(OSError):
                if os.path.samestat(path.stat(), file):
                    return True
    return False


def open_files(pid: int) -> set[str]:
    """Return the targets of the file descriptors of a process."""
    pids = set()
    with contextlib.suppress(OSError):
        for path in Path(f"/proc/{pid}/fd").iterdir():
            with contextlib.suppress(OSError):
                pids.add(str(path.readlink()))
    return pids


def is_in_memory(pid: int, secret: bytes) -> bool:
    """Whether the bytes are anywhere in the memory of a process."""
    with contextlib.suppress(OSError), open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            addresses, mode = line.split()[:2]
            if not mode.startswith("r") or "[v" in line:
                continue
            start, end = (int(half, 16) for half in addresses.split("-"))
            with contextlib.suppress(OSError, ValueError, OverflowError):
                memory.seek(start)
                if secret in memory.read(end - start):
                    return True
    return False
