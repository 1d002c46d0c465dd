"""The memory of a server, also of workers that may not be looked at."""

from __future__ import annotations

import ctypes
import os
import signal
import time
from mmap import MAP_ANONYMOUS, MAP_PRIVATE, mmap
from pathlib import Path

import pytest

from kiosk.serve import memory_use
from kiosk.serve.memory_use import memory_of, service_memory
from tests.support.other_user import as_nobody, needs_root

MEGABYTE = 1 << 20


def test_processes_that_have_gone_use_nothing() -> None:
    assert memory_of([os.getpid()]) > MEGABYTE
    assert memory_of([2**22 + 1]) == 0


@needs_root
def test_a_process_that_is_not_dumped_is_estimated_by_what_it_has_more() -> None:
    def measured() -> int:
        ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)  # which the change of the user took away
        ready, is_ready = os.pipe()
        pid = os.fork()
        if pid == 0:
            # pages of its own: a heap may have as much free, which the parent has, too
            kept = mmap(-1, 20 * MEGABYTE, MAP_PRIVATE | MAP_ANONYMOUS)
            kept[:] = bytes([120]) * len(kept)
            ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)
            os.write(is_ready, b"y")
            while True:
                time.sleep(1)
        os.read(ready, 1)
        try:
            own = memory_of([os.getpid()])  # while both live: a page that they share counts half
            return memory_of([os.getpid(), pid]) - own
        finally:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)

    assert 15 * MEGABYTE < int(as_nobody(measured)) < 40 * MEGABYTE


@pytest.mark.parametrize(
    ("name", "expected"),
    [("/system.slice/kiosk-ssh@0.1.0.service", 5000), ("/user.slice/x.scope", 0), ("/", 0)],
)
def test_a_service_is_measured_by_its_control_group(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, expected: int
) -> None:
    monkeypatch.setattr(memory_use, "_CONTROL_GROUPS", tmp_path)
    folder = Path(f"{tmp_path}{name}")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "memory.stat").write_text("anon 5000\nfile 70\n")
    (tmp_path / "own").write_text(f"4:memory:/x\n0::{name}\n")
    assert service_memory(tmp_path / "own") == expected
