"""Streams and files that are not as usual: a pipe, a log, a zip of a Mac, a read-only tree."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from kiosk.importers.medlineplus.archive import chunks
from kiosk.importers.medlineplus.destination import Destination
from tests.support.answers.asking import shipped_bytes
from tests.support.importers.health_topics import write_bilingual_library
from tests.support.shipped import ROOT
from tests.support.terminal.terminal import Terminal


class LoggingTerminal(Terminal):
    """Its standard error is a file, as after `kiosk 2>log`."""

    command = (
        "-c",
        "import os, sys; os.dup2(os.open(sys.argv.pop(1), os.O_WRONLY | os.O_CREAT), 2); "
        "from kiosk.__main__ import main; sys.exit(main())",
    )


def test_it_draws_where_its_errors_go_to_a_file(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with LoggingTerminal(str(log), XDG_CACHE_HOME=str(tmp_path)) as terminal:
        terminal.wait("START")
    assert log.read_bytes() == b""


def test_questions_may_come_from_standard_input(tmp_path: Path) -> None:
    pack = tmp_path / "a.pack"
    pack.write_bytes(shipped_bytes())
    question = {"id": "7", "question": "is there a test"}
    for option in ("--json", "--rank"):
        done = subprocess.run(
            [sys.executable, "-m", "kiosk", "ask", str(pack), "-", option], text=True, cwd=ROOT,
            input=json.dumps(question), capture_output=True, check=True,
        )  # fmt: skip
        assert json.loads(done.stdout)["id"] == "7"
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", "ask", str(pack), "-", "--json"], cwd=ROOT, text=True,
        input="no question", capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith("standard input: line 1: no JSON")


@pytest.mark.parametrize(
    "names",
    [
        ["m.xml", "__MACOSX/._m.xml", ".DS_Store", "._m.xml"],
        ["t/", "t/m.xml", "__MACOSX/", "__MACOSX/t/._m.xml", "t/.DS_Store", "__MACOSX/._t"],
        ["t/m.xml"],
    ],
)
def test_a_zip_made_on_a_mac_of_a_file_or_its_folder_holds_one_file(
    tmp_path: Path, names: list[str]
) -> None:
    file = tmp_path / "topics.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "<a/>" if name in ("m.xml", "t/m.xml") else "\0")
    with chunks(file) as pieces:
        assert b"".join(pieces) == b"<a/>"


def test_a_library_that_cannot_be_written_becomes_a_tree_that_can(tmp_path: Path) -> None:
    library = tmp_path / "base"
    write_bilingual_library(library)
    for folder, _, names in os.walk(library):
        for name in names:
            os.chmod(Path(folder, name), 0o444)
        os.chmod(folder, 0o555)
    Destination(library).copy(tmp_path / "out")
    made = [tmp_path / "out", *(tmp_path / "out").rglob("*")]
    assert len(made) > 3
    assert all(path.stat().st_mode & 0o200 for path in made)


@pytest.mark.parametrize("words", [["build", "content"], ["ask", "q.jsonl"], ["import"]])
def test_a_command_without_what_it_needs_says_so(words: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", *words], cwd=ROOT, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "required" in done.stderr
