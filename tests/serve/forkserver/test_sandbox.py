"""The filter of system calls alone, and the report of what a machine lacks."""

from __future__ import annotations

import errno
import json
import subprocess
import sys

import landlockpy
import pytest

from kiosk.serve.forkserver.sandbox import lacking

INSIDE = """
import ctypes, errno, fcntl, json, os, resource, signal, struct, sys
from kiosk.serve.forkserver.sandbox import Sandbox, lacking
list(lacking())
Sandbox._landlock = lambda self: ""
libc = ctypes.CDLL(None, use_errno=True)
def raised(status):
    if status == -1:
        raise OSError(ctypes.get_errno(), "")
other = os.fork()
if not other:
    signal.pause()
box = Sandbox()
complaints = box.give_up()
reading, writing = os.pipe()
if not os.fork():
    complaints += box.give_up_more()
    tries = {
        "kill": lambda: os.kill(other, signal.SIGKILL),
        "group": lambda: os.kill(-1, signal.SIGKILL),
        "F_SETOWN": lambda: fcntl.fcntl(writing, 8, other),
        "F_SETSIG": lambda: fcntl.fcntl(writing, 10, signal.SIGKILL),
        "F_SETOWN_EX": lambda: fcntl.fcntl(writing, 15, struct.pack("ii", 1, other)),
        "FIOSETOWN": lambda: fcntl.ioctl(writing, 0x8901, struct.pack("i", other)),
        "nice": lambda: os.setpriority(os.PRIO_PROCESS, other, 19),
        "affinity": lambda: os.sched_setaffinity(other, {0}),
        "scheduler": lambda: os.sched_setscheduler(other, os.SCHED_BATCH, os.sched_param(0)),
        "pidfd": lambda: os.pidfd_open(other),
        "fork": os.fork,
        "execve": lambda: os.execve("/bin/true", ["true"], {}),
        "write": lambda: os.open("/tmp/kiosk-sandbox", os.O_WRONLY | os.O_CREAT),
        "O_PATH": lambda: os.open("/etc", os.O_PATH),
        "TIOCEXCL": lambda: fcntl.ioctl(0, 0x540C),
        "xattr": lambda: os.getxattr("/etc", "user.diary"),
        "inotify": lambda: raised(libc.inotify_init1(0)),
        "dumpable": lambda: raised(libc.prctl(4, 1, 0, 0, 0)),
    }
    outcomes = {"complaints": complaints, "core limit": resource.getrlimit(resource.RLIMIT_CORE)}
    outcomes["setxattrat"] = libc.syscall(463, -1, -1, -1, -1, -1, -1), ctypes.get_errno()
    for name, one in tries.items():
        try:
            one()
            outcomes[name] = "DONE"
        except OSError as error:
            outcomes[name] = errno.errorcode[error.errno]
    os.write(writing, json.dumps(outcomes).encode())
    os._exit(0)
outcomes = json.loads(os.read(reading, 65536))
outcomes["other lives"] = os.waitpid(other, os.WNOHANG) == (0, 0)
os.kill(other, signal.SIGKILL)
print(json.dumps(outcomes))
"""


def test_the_filter_alone_refuses_every_way_to_another_process() -> None:
    missing = [name for name in lacking() if name.startswith("seccomp")]
    if missing:
        pytest.fail(f"this machine lacks {missing}: nothing is shown of the filter")
    done = subprocess.run(
        [sys.executable, "-c", INSIDE], capture_output=True, text=True, timeout=60, check=False
    )
    outcomes = json.loads(done.stdout or "{}")
    assert outcomes.pop("complaints", done.stderr) == []
    assert outcomes.pop("other lives")
    assert outcomes.pop("core limit") == [1, 1]
    assert outcomes.pop("setxattrat") == [-1, errno.ENOSYS]
    assert len(outcomes) == 18
    assert set(outcomes.values()) == {"EPERM"}, outcomes


@pytest.mark.parametrize("code", [errno.EPERM, errno.EACCES])
def test_a_container_that_refuses_landlock_is_reported(
    code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused() -> bool:
        raise landlockpy.LandlockError(code, "Operation not permitted")

    monkeypatch.setattr(landlockpy, "supported", refused)
    assert "Landlock: it may not be used here (Operation not permitted)." in [*lacking()]
