"""A fork server whose workers try forbidden actions at the key Z and crash at the key Y."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import platform
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

from textual import events

from kiosk.ui.screen import VisitScreen
from kiosk.worker import main as worker_main

ESCAPED_FILE = Path("/tmp/kiosk-test-escaped")
X86_64 = platform.machine() == "x86_64"


def _write() -> None:
    ESCAPED_FILE.open("w").close()


def _append() -> None:
    os.open(ESCAPED_FILE, os.O_WRONLY | os.O_APPEND)


def _touch_terminal() -> None:
    os.open("/dev/tty", os.O_RDWR)


def _socket() -> None:
    socket.socket(socket.AF_INET)


def _local_socket() -> None:
    socket.socket(socket.AF_UNIX)


def _execve() -> None:
    os.execve("/bin/sh", ["sh"], {})


def _spawn() -> None:
    subprocess.run(["/bin/sh", "-c", "true"], check=False)


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)


def _kill() -> None:
    os.kill(os.getppid(), 0)


def _trace() -> None:
    Path(f"/proc/{os.getppid()}/mem").open("rb").close()


def _type() -> None:
    fcntl.ioctl(6, 0x5412, b"x")


def _type_with_high_bits() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    call, here = 16, ctypes.c_int(6)  # ioctl on x86-64
    if libc.syscall(call, here, ctypes.c_ulong(0x1_0000_5412), b"x") < 0:
        raise OSError(ctypes.get_errno(), "ioctl")


def _own_signals() -> None:
    fcntl.fcntl(0, 8, os.getppid())  # F_SETOWN: the kernel would send signals there


def _slow_down() -> None:
    os.setpriority(os.PRIO_PROCESS, os.getppid(), 19)


def _pin_down() -> None:
    os.sched_setaffinity(os.getppid(), {0})


def _read_elsewhere() -> None:
    Path("/etc/passwd").read_bytes()


FORBIDDEN_ACTIONS: dict[str, Callable[[], None]] = {
    "write": _write, "append": _append, "terminal": _touch_terminal, "socket": _socket,
    "unix": _local_socket, "execve": _execve, "spawn": _spawn, "fork": _fork, "kill": _kill,
    "mem": _trace, "passwd": _read_elsewhere, "tiocsti": _type, "own": _own_signals,
    "slow": _slow_down, "pin": _pin_down,
}  # fmt: skip

if X86_64:
    FORBIDDEN_ACTIONS["tiocsti-64"] = _type_with_high_bits


def attempt(action: Callable[[], None]) -> str:
    """Return the name of the error that an action raises, or DONE."""
    try:
        action()
    except OSError as error:
        return errno.errorcode.get(error.errno or 0, "?")
    return "DONE"


_on_key = VisitScreen.on_key


def _on_key_with_faults(self: VisitScreen, event: events.Key) -> None:
    if event.character == "z":
        results = " ".join(
            f"{name}={attempt(action)}" for name, action in FORBIDDEN_ACTIONS.items()
        )
        self.reading._notice = f"{results} end"
        self.reading.redraw()
        self._show()
        event.stop()
    elif event.character == "y":
        page = self.reading.page.title
        raise RuntimeError(f"a secret that was on the screen: {page}")
    else:
        _on_key(self, event)


def main(command_line: str) -> int:
    """Run the fork server with the faults in it."""
    VisitScreen.on_key = _on_key_with_faults  # type: ignore[method-assign]
    return worker_main.main(command_line)
