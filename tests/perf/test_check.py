"""Time and memory of `kiosk check` on a thousand real topics, in one process on one core."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import tomli

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


def imported(tmp_path: Path) -> tuple[Path, int]:
    """Return the real topics as a tree beside the shipped library, and how many topics it has."""
    write_real(tmp_path / "real.xml")
    importing = ["import", "medlineplus", str(tmp_path / "real.xml"), "-o", str(tmp_path / "out")]
    kiosk = [sys.executable, "-m", "kiosk", *importing, "--base", str(CONTENT)]
    subprocess.run(kiosk, cwd=ROOT, check=True, capture_output=True)
    return tmp_path / "out", len(names_of(tmp_path / "out"))


def names_of(tree: Path) -> list[str]:
    """Return the topics of a tree, in their order."""
    names: list[str] = tomli.loads((tree / "library.toml").read_text("utf-8"))["topics"]
    return names


def first_of(tree: Path, count: int, to: Path) -> Path:
    """Return a tree that has the first topics of another one, and all that is around them."""
    names = names_of(tree)
    shutil.copytree(tree, to, ignore=shutil.ignore_patterns(*names[count:]))
    text = (to / "library.toml").read_text("utf-8")
    for name in names[count:]:
        text = text.replace(f'  "{name}",\n', "", 1)
    (to / "library.toml").write_text(text, "utf-8")
    assert names_of(to) == names[:count]
    return to


def test_a_thousand_topics_take_milliseconds_each_with_the_library_around_them(
    tmp_path: Path,
) -> None:
    tree, count = imported(tmp_path)
    alone, _ = checked(CONTENT)
    seconds, megabytes = checked(tree)
    each = 1000 * seconds / count
    print(f"\ncheck: {count:,} topics, {each:.1f} ms each of one core, of which the shipped ")
    print(f"library takes {alone:.1f} s; peak {megabytes:.0f} MiB")
    assert each <= 3


def test_a_thousand_topics_take_no_more_memory_than_a_hundred(tmp_path: Path) -> None:
    tree, count = imported(tmp_path)
    assert count > 1000
    _, few = checked(first_of(tree, 100, tmp_path / "few"))
    _, many = checked(tree)
    print(f"\ncheck: peak {few:.1f} MiB with 100 topics, {many:.1f} with {count:,}")
    assert many <= 1.1 * few
