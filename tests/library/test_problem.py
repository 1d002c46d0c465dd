"""The nearest right word, and a line that no terminal can be fooled with."""

from __future__ import annotations

import pytest

from kiosk.library.problem import Problem, did_you_mean


@pytest.mark.parametrize(
    ("word", "options", "meant"),
    [
        ("B7", ["A07", "B17", "B07", "B70"], "B07"),
        ("b9", ["A09", "B09"], "B09"),
        ("A70", ["A20", "A07", "A10"], "A07"),
        ("rest-on", ["rests-on", "reset"], "rests-on"),
        ("ask_first", ["ask-first", "ask-last"], "ask-first"),
    ],
)
def test_nearest(word: str, options: list[str], meant: str) -> None:
    assert did_you_mean(word, options) == f'Did you mean "{meant}"?'


def test_nothing_near() -> None:
    assert did_you_mean("zzz", ["food", "sleep"]) == ""


def test_as_a_line() -> None:
    problem = Problem("content/x.toml", 'claim "a"', 'unknown key "\x1b[2Jx"', "Did you?")
    assert str(problem) == ('content/x.toml: claim "a": unknown key "<U+001B>[2Jx". Did you?')
