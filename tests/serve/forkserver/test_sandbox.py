"""What a visit gives up by the filter alone, and that what a machine lacks is said."""

from __future__ import annotations

import errno
import json
import subprocess
import sys

import landlockpy
import pytest

from kiosk.serve.forkserver.sandbox import lacking

INSIDE = """
import errno, fcntl, json, os, signal, struct, sys
from kiosk.serve.forkserver.sandbox import Sandbox, lacking
list(lacking())
Sandbox._landlock = lambda self: ""
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
    }
    told = {"complaints": complaints}
    for name, one in tries.items():
        try:
            one()
            told[name] = "DONE"
        except OSError as error:
            told[name] = errno.errorcode[error.errno]
    os.write(writing, json.dumps(told).encode())
    os._exit(0)
told = json.loads(os.read(reading, 65536))
told["other lives"] = os.waitpid(other, os.WNOHANG) == (0, 0)
os.kill(other, signal.SIGKILL)
print(json.dumps(told))
"""


def test_the_filter_alone_refuses_every_way_to_another_process() -> None:
    missing = [one for one in lacking() if one.startswith("seccomp")]
    if missing:
        pytest.fail(f"this machine lacks {missing}: nothing is shown of the filter")
    done = subprocess.run(
        [sys.executable, "-c", INSIDE], capture_output=True, text=True, timeout=60, check=False
    )
    told = json.loads(done.stdout or "{}")
    assert told.pop("complaints", done.stderr) == []
    assert told.pop("other lives")
    assert len(told) == 13
    assert set(told.values()) == {"EPERM"}, told


@pytest.mark.parametrize("code", [errno.EPERM, errno.EACCES])
def test_a_container_that_refuses_landlock_is_told_of(
    code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused() -> bool:
        raise landlockpy.LandlockError(code, "Operation not permitted")

    monkeypatch.setattr(landlockpy, "supported", refused)
    assert "Landlock: it may not be used here (Operation not permitted)." in [*lacking()]
