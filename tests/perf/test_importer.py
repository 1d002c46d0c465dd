"""The importer at scale: its memory for a large file and a small one, and the real topics."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from kiosk.library.checks.rules import examine
from tests.support.perf.health_topics import write_generated, write_real
from tests.support.shipped import CONTENT, ROOT

pytestmark = pytest.mark.second_tier

CHILD = """
import json, re, sys
from pathlib import Path
from kiosk.importers.medlineplus.importer import import_medlineplus
file, out, base = map(Path, sys.argv[1:])
import_medlineplus(file, out, base, None, None, sys.stderr)
peak = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
print(json.dumps(int(peak[1])))
"""


def import_file(file: Path, out: Path) -> tuple[float, str]:
    """Import a file in a process; return its peak resident memory in MiB and its output."""
    command = [sys.executable, "-c", CHILD, str(file), str(out), str(CONTENT)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    peak = json.loads(done.stdout)
    return peak / 1024, done.stderr


def test_importing_thirty_megabytes_takes_the_memory_of_three(tmp_path: Path) -> None:
    peaks = {}
    for megabytes in (3, 30):
        file = tmp_path / f"{megabytes}.xml"
        count = write_generated(file, megabytes * 1_000_000)
        assert file.stat().st_size > megabytes * 980_000
        peaks[megabytes], output = import_file(file, tmp_path / f"out-{megabytes}")
        assert f"{count:,} topics read: {count // 2:,} in English." in output
        names = [path.parent.name for path in (tmp_path / f"out-{megabytes}").glob("made*/*.toml")]
        assert len(set(names)) == count // 2
    ratio = peaks[30] / peaks[3]
    print(f"\nimport: peak {peaks[3]:.1f} MiB at 3 MB, {peaks[30]:.1f} MiB at 30 MB: x{ratio:.2f}")
    assert ratio <= 1.2


def test_the_real_topics_are_imported_and_check_clean(tmp_path: Path) -> None:
    file, out = tmp_path / "real.xml", tmp_path / "out"
    count = write_real(file)
    _, output = import_file(file, out)
    lines = (out / "import-report.txt").read_text("utf-8").splitlines()
    whole = [line for line in lines if ": topic left out: " in line]
    draft, problems = examine(out)
    assert [str(problem) for problem in problems] == []
    assert draft is not None
    made = [topic.topic for topic in draft.topics if topic.topic.one_level]
    assert len(made) == count - len(whole)
    sections = [line for line in lines if ": section left out: " in line]
    hit = {line.split(" ")[0] for line in (*sections, *whole)}
    grades = Counter(topic.grade for topic in made)
    print(f"\n{output}{len(hit)} of {count} topics lose {len(sections)} sections, {len(whole)} all")
    print(f"grades: {sorted(grades.items())}")
    assert len(hit) <= count // 20
