"""A visit in a process of its own is in no core dump: it has what was typed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.prebuilt_pack import with_prebuilt_pack
from tests.support.shipped import ROOT
from tests.support.terminal.terminal import Terminal


def core_limit(pid: int) -> list[str]:
    lines = Path(f"/proc/{pid}/limits").read_text().splitlines()
    return next(line.split()[4:6] for line in lines if line.startswith("Max core file size"))


def test_lines_are_in_no_core_dump(tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "XDG_CACHE_HOME": str(tmp_path)}
    reader = subprocess.Popen(
        ["/bin/sh", "-c", 'ulimit -c unlimited && exec "$@"', "sh", sys.executable, "-c",
         f"import sys; sys.path.insert(0, {str(ROOT)!r}); sys.argv[1:] = ['read'];"
         " from kiosk.__main__ import main; main()"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=tmp_path,
        env=with_prebuilt_pack(environment),
    )  # fmt: skip
    assert reader.stdout is not None
    assert reader.stdout.readline()
    assert core_limit(reader.pid) == ["1", "1"]
    reader.send_signal(signal.SIGSEGV)
    reader.communicate()
    assert [path.name for path in tmp_path.iterdir() if "core" in path.name] == []


@pytest.mark.slow
def test_a_drawn_visit_is_in_no_core_dump(tmp_path: Path) -> None:
    with Terminal(XDG_CACHE_HOME=str(tmp_path)) as terminal:
        terminal.wait("START")
        assert core_limit(terminal.pid) == ["1", "1"]
