"""A file that a command is given may be a FIFO or a device: none is waited for or read for ever."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.shipped import ROOT


@pytest.mark.parametrize("device", ["FIFO", "/dev/zero"])
@pytest.mark.parametrize(
    "command",
    ["read --config X", "doctor --config X", "import medlineplus X -o out", "ask X --json",
     "ask {content} X --json", "build --passages X -o out.pack", "pack verify X"],
)  # fmt: skip
@pytest.mark.slow
def test_a_file_that_is_named_and_no_ordinary_one_is_refused_in_a_sentence(
    tmp_path: Path, device: str, command: str
) -> None:
    if device == "FIFO":
        device = str(tmp_path / "fifo")
        os.mkfifo(device)
    words = command.replace("X", device).format(content=ROOT / "content").split()
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", *words], timeout=60, capture_output=True, text=True,
        stdin=subprocess.DEVNULL, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr
    assert "ordinary file" in done.stderr + done.stdout, done.stderr
