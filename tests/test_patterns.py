"""No regular expression of the program can be made to hang by a text that repeats itself.

One whose repeated part matches the same text in two ways tries 2^n ways for n repetitions: "no no
no ..." once held a visit for good.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
from collections.abc import Iterator
from itertools import pairwise
from types import FrameType

import pytest

import kiosk

ELSEWHERE = {"kiosk.terminal.console_driver"}
"""Modules of another operating system."""
TIMES = 60
MOST_SECONDS = 5.0
"""Of processor time for all texts of one pattern; the slowest takes 1."""
PIECES = ["1", "1 ", "1.1", "1,", "a", ".", " ", "-", "\n", '"', "\x1b[1;", "<a ", "(", "aA", "¿"]
ENDINGS = ["", " !", "\x00"]
AnyPattern = re.Pattern[str] | re.Pattern[bytes]


def _inside(value: object) -> Iterator[AnyPattern]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from _inside(list(value.values()))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _inside(part)


def _patterns() -> dict[AnyPattern, str]:
    """Each pattern that stands in a module, with the first module that has it, and its name."""
    found: dict[AnyPattern, str] = {}
    for module in pkgutil.walk_packages(kiosk.__path__, "kiosk."):
        if module.name in ELSEWHERE or module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            for pattern in _inside(value):
                found.setdefault(pattern, f"{module.name}.{name}")
    return found


def _repeated(source: str) -> Iterator[str]:
    """Texts that repeat a word of the pattern, two that stand side by side in it, or a sign."""
    words = list(dict.fromkeys(re.findall(r"[a-zñáéíóú']+", source)))
    for piece in (*words, *map(" ".join, pairwise(words)), *PIECES):
        for glue in ("", " "):
            for ending in ENDINGS:
                yield (piece + glue) * TIMES + ending


def _hang(pattern: AnyPattern, seconds: float = MOST_SECONDS) -> str:
    """Return the first text that the pattern does not come to an end with; empty without one."""

    def stop(_: int, __: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, stop)
    text = ""
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
        if isinstance(pattern.pattern, bytes):
            for text in _repeated(pattern.pattern.decode("latin1")):
                pattern.search(text.encode("latin1"))
        else:
            for text in _repeated(pattern.pattern):
                pattern.search(text)
                pattern.fullmatch(text)
    except TimeoutError:
        return text
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return ""


def test_no_pattern_hangs_at_a_text_that_repeats_itself() -> None:
    patterns = _patterns()
    assert len(patterns) > 150
    hung = [(name, p.pattern, text) for p, name in patterns.items() if (text := _hang(p))]
    assert hung == []


@pytest.mark.parametrize("source", [r"(?:(?:no|yes|no) )*5", r"\d(?:\s*\d[\d]*)*x"])
def test_a_pattern_that_hangs_is_found(source: str) -> None:
    assert _hang(re.compile(source), 0.3)
