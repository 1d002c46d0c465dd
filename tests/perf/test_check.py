"""Time and memory of `kiosk check` on a thousand real topics."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.perf.health_topics import write_real
from tests.support.shipped import CONTENT, ROOT

pytestmark = pytest.mark.second_tier

CHILD = """
import contextlib, io, json, resource, sys, time
from kiosk.cli.main import main
began = time.process_time()
with contextlib.redirect_stdout(io.StringIO()):
    assert main(["check", sys.argv[1]]) == 0
took = time.process_time() - began
print(json.dumps([took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


def checked(tree: Path) -> tuple[float, float]:
    """Return the seconds of one core that checking a tree takes, and its most mebibytes."""
    command = [sys.executable, "-c", CHILD, str(tree)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    seconds, megabytes = json.loads(done.stdout)
    return seconds, megabytes


def test_a_thousand_topics_take_milliseconds_each_and_little_memory(tmp_path: Path) -> None:
    count = write_real(tmp_path / "real.xml")
    kiosk = [sys.executable, "-m", "kiosk"]
    importing = ["import", "medlineplus", str(tmp_path / "real.xml"), "-o", str(tmp_path / "out")]
    subprocess.run(
        [*kiosk, *importing, "--beside", str(CONTENT)], cwd=ROOT, check=True, capture_output=True
    )
    alone, _ = checked(CONTENT)
    seconds, megabytes = checked(tmp_path / "out")
    each = 1000 * (seconds - alone) / count
    print(f"\ncheck: {count:,} topics, {each:.1f} ms each of one core, and {alone:.1f} s for the ")
    print(f"shipped library around them; peak {megabytes:.0f} MiB")
    assert each <= 3
    assert megabytes <= 130
