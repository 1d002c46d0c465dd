"""The manual and the completions that are installed are those of the command line as it is."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from kiosk.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
SHARE = ROOT / "docs" / "share"
COMPLETED = """
source {file}
COMP_WORDS=({words})
COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
$(complete -p kiosk | sed 's/.*-F \\([^ ]*\\).*/\\1/') kiosk
echo "${{COMPREPLY[@]}}"
"""


def reference() -> ModuleType:
    """Load the script that writes the files."""
    spec = importlib.util.spec_from_file_location("reference", ROOT / ".ci" / "reference.py")
    assert spec is not None and spec.loader is not None  # noqa: PT018
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="made by Python 3.11, whose help it is")
@pytest.mark.slow
def test_the_files_are_what_the_parser_gives() -> None:
    for path, text in reference().texts().items():
        written = (SHARE / path).read_text("utf-8")
        assert written == text, f"{path}: run `python3 dev.py reference`"


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("kiosk doc", "doctor"),
        ("kiosk read --as", "--ascii"),
        ("kiosk run --theme hi", "high-contrast"),
    ],
)
def test_bash_completes_commands_and_options(words: str, offered: str) -> None:
    file = SHARE / "bash-completion/completions/kiosk"
    script = COMPLETED.format(file=file, words=words)
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert done.stdout.split() == [offered]


def test_the_manual_names_every_command_and_is_one_that_man_reads() -> None:
    page = SHARE / "man/man1/kiosk.1"
    text = page.read_text("utf-8")
    assert not [name for name in COMMANDS if f"kiosk {name}" not in text]
    if shutil.which("man") is None:
        pytest.skip("`man` is not installed: the page is not tried in it")
    shown = subprocess.run(
        ["man", "--warnings", "-l", page], capture_output=True, text=True, check=True,
        env={"PATH": "/usr/bin:/bin", "MANWIDTH": "80", "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    assert "KIOSK(1)" in shown.stdout
    assert not shown.stderr
    assert "~/.config/kiosk/kiosk.toml" in shown.stdout
    assert "\u2010\n" not in shown.stdout  # a word, or a path, that was hyphenated
