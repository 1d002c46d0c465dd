"""Every word that a visitor meets is content; a program file holds none."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.core.phrases import COMMANDS, PHRASES
from kiosk.core.wording import Level
from tests.support.shipped import ROOT, library

WORDS = re.compile(r"[A-Za-z]{2,}[.,:!?]?\s+[A-Za-z]{2,}|[A-Za-z]{2,}[.!?]$")
KEY = re.compile(r"[a-z-]+\.")
"""The first half of a phrase's key."""
NOT_SAID = {
    "kiosk/core/phrases.py": "the list of keys",
    "kiosk/core/take_home/phrases.py": "more of them",
    "kiosk/core/front_end_phrases.py": "the rest of that list",
    "kiosk/ui/app.py": "style of the screen",
    "kiosk/core/palette.py": "told to authors of themes",
    "kiosk/core/pages/marks.py": "how authors begin what they say of a source",
}
FILES = sorted(
    str(file.relative_to(ROOT))
    for package in ("core", "ui", "lines")
    for file in (ROOT / "kiosk" / package).rglob("*.py")
)


def said(source: str) -> Iterator[str]:
    """String constants that could be words to a visitor: neither docstrings nor annotations."""
    tree = ast.parse(source)
    silent: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            silent.add(id(node.value))
        for part in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            if part is not None:
                silent |= {id(inner) for inner in ast.walk(part)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in silent
        ):
            yield node.value


MARKS = "kiosk/library/translation/marks.py"
"""Puts words of the program into a topic when it is compiled."""


@pytest.mark.parametrize("file", FILES)
def test_a_program_file_says_nothing_of_its_own(file: str) -> None:
    if file in NOT_SAID:
        return
    texts = list(said((ROOT / file).read_text()))
    assert not [text for text in texts if WORDS.search(text) and not KEY.fullmatch(text)]


def test_a_sentence_that_slips_in_is_found() -> None:
    slipped = 'def f(x: "a b") -> None:\n    """Says nothing."""\n    tell("Please wait.")\n'
    assert [text for text in said(slipped) if WORDS.search(text)] == ["Please wait."]


def test_no_word_is_written_down_that_the_program_never_says() -> None:
    files = [*(file for file in FILES if "phrases" not in file), MARKS]
    source = "\n".join((ROOT / file).read_text() for file in files)
    made = re.compile(
        r"^(command|unit|tool|tool-short|key|status|notice|checked|strand|kind|certainty|answer-title|answer-said|one-level|mark|stage|handed-over|handed-over-title|take|review|evidence-note)\."
    )
    unsaid = []
    for key in PHRASES:
        group, _, name = key.partition(".")
        used = f'"{key}"' in source or (f'"{name}"' in source and group in ("screen", "lines"))
        counted = key.removesuffix("-one").removesuffix("-part")
        if not used and not made.match(key) and f'"{counted}"' not in source:
            unsaid.append(key)
    assert unsaid == [f"language.{level.value}-words" for level in Level]


def test_the_bare_words_are_one_small_file() -> None:
    bare = Path(ROOT / "kiosk" / "fallback_messages.py").read_text()
    assert bare.count("\n") < 70


def test_commands_are_all_different() -> None:
    said_so = [library().words["en"].say(f"command.{name}", None) for name in COMMANDS]
    assert len(set(said_so)) == len(said_so) >= 11
