"""The limits of a worker process, and the imports of `kiosk attach`."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.serve.rlimits import apply_rlimits, data_size
from kiosk.settings.server import SessionLimits
from tests.support.other_user import NOBODY


def limited(trial: Callable[[], object]) -> str:
    """Return how a trial ends in a limited process: the name of an error, or a signal."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        outcome = "done"
        try:
            apply_rlimits(
                SessionLimits(memory_limit=64, cpu_limit=1, max_open_files=32), data_size()
            )
            trial()
        except BaseException as error:
            outcome = type(error).__name__
        os.write(writer, outcome.encode())
        os._exit(0)
    os.close(writer)
    with open(reader) as pipe:
        outcome = pipe.read()
    _, status = os.waitpid(pid, 0)
    return outcome or f"signal {os.WTERMSIG(status)}"


def _spin() -> None:
    while True:
        pass


def _raise_a_limit() -> None:
    if os.geteuid() == 0:  # who may raise limits; no service of ours runs as root
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    resource.setrlimit(resource.RLIMIT_CORE, (2, 2))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("trial", "outcome"),
    [
        (lambda: bytearray(8 << 20), "done"),
        (lambda: bytearray(200 << 20), "MemoryError"),
        (lambda: [os.dup(0) for _ in range(64)], "OSError"),
        (_spin, "signal 9"),
        (_raise_a_limit, "ValueError"),
    ],
)
def test_a_limited_process_has_the_limits_given(trial: Callable[[], object], outcome: str) -> None:
    assert limited(trial) in (outcome, "signal 24" if outcome == "signal 9" else outcome)


def test_a_limited_process_writes_no_file(tmp_path: Path) -> None:
    assert limited(lambda: (tmp_path / "x").write_text("a word")) == "OSError"
    assert not (tmp_path / "x").read_text()


def test_attach_imports_next_to_nothing() -> None:
    code = "import sys, kiosk.serve.attach; print(*sorted(sys.modules))"
    here = str(Path.cwd())
    heavy = {"json", "argparse", "typing", "dataclasses", "socket", "signal", "re", "enum"}
    ran = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {here!r}); {code}"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    bare = subprocess.run(
        [sys.executable, "-I", "-c", "import sys; print(*sorted(sys.modules))"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    own = set(ran.stdout.split()) - set(bare.stdout.split())
    assert "kiosk.serve.attach" in own
    assert not own & heavy
