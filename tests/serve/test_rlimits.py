"""Limits that a process is held to; sizes worth composing for."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.serve.pool.sizes import HALF_LIFE, MOST, USUAL, Sizes
from kiosk.serve.rlimits import apply_rlimits, data_now
from kiosk.settings.server import SessionLimits


def confined(trial: Callable[[], object]) -> str:
    """What comes of a trial in a process that is confined: the error's name, or a signal."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        told = "done"
        try:
            apply_rlimits(
                SessionLimits(memory_limit=64, cpu_limit=1, max_open_files=32), data_now()
            )
            trial()
        except BaseException as error:
            told = type(error).__name__
        os.write(writer, told.encode())
        os._exit(0)
    os.close(writer)
    with open(reader) as heard:
        told = heard.read()
    _, status = os.waitpid(pid, 0)
    return told or f"signal {os.WTERMSIG(status)}"


def _spin() -> None:
    while True:
        pass


@pytest.mark.parametrize(
    ("trial", "told"),
    [
        (lambda: bytearray(8 << 20), "done"),
        (lambda: bytearray(200 << 20), "MemoryError"),
        (lambda: [os.dup(0) for _ in range(64)], "OSError"),
        (_spin, "signal 9"),
        (lambda: resource.setrlimit(resource.RLIMIT_CORE, (1, 1)), "ValueError"),
    ],
)
def test_a_confined_process_has_so_much_and_no_more(trial: Callable[[], object], told: str) -> None:
    if os.getuid() == 0 and told == "ValueError":
        pytest.skip("root may raise its limits; a visit's filter and its user stop that")
    assert confined(trial) in (told, "signal 24" if told == "signal 9" else told)


def test_a_confined_process_writes_no_file(tmp_path: Path) -> None:
    assert confined(lambda: (tmp_path / "x").write_text("a word")) == "OSError"
    assert not (tmp_path / "x").read_text()


def test_sizes_that_many_have_are_worth_it_and_are_let_go_later() -> None:
    sizes = Sizes()
    for _ in range(9):
        sizes.ask(USUAL, 0.0)
    sizes.ask((100, 30), 0.0)
    assert sizes.worth([], 0.0) == []
    for _ in range(3):
        sizes.ask((100, 30), 1.0)
    assert sizes.worth([], 1.0) == [(100, 30)]
    for columns in range(101, 101 + 2 * MOST):
        for _ in range(5):
            sizes.ask((columns, 30), 2.0)
    assert len(sizes.worth([(100, 30)], 2.0)) == MOST
    later = 2.0 + 3 * HALF_LIFE
    assert sizes.worth([(101, 30)], later) == [(101, 30)]
    assert sizes.worth([], later) == []


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
