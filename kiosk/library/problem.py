"""Problem: one mistake in an author's or a site's file, in plain words for its author."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kiosk.errors import KioskError
from kiosk.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a file: the file, the item in it, what is wrong, and a hint at what may be
    right.
    """

    file: str
    where: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        line = ": ".join(part for part in (self.file, self.where, self.message) if part)
        stop = "" if line.endswith("?") else "."
        return visible(f"{line}{stop} {self.hint}" if self.hint else line)


class ContentError(KioskError):
    """Exception: content or settings have mistakes and are not used; `problems` has every one."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def visible(text: str) -> str:
    """Return `text` on one line; each character that a terminal cannot print becomes `<U+XXXX>`."""
    return "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in text)


def close(word: str, options: Iterable[str]) -> tuple[str, ...]:
    """Return those of `options` that `word` may be a misspelling of, most similar first."""
    from difflib import SequenceMatcher  # only where something is misspelt

    scored = []
    for option in options:
        ratio = SequenceMatcher(None, word, option).ratio()
        same_letters = sorted(word) == sorted(option)
        if _loose(word) == _loose(option):
            ratio = 1.0
        if ratio >= 0.6:
            scored.append((-ratio, not same_letters, option))
    return tuple(option for _, _, option in sorted(scored))


def did_you_mean(word: str, options: Iterable[str]) -> str:
    """Return `Did you mean "X"?` with the option most similar to `word`, or an empty text."""
    near = close(word, options)
    return f'Did you mean "{near[0]}"?' if near else ""


def _loose(word: str) -> str:
    """`B7` and `b07`, `ask_first` and `ask-first` alike."""
    return re.sub(r"0+(?=\d)", "", re.sub(r"[\W_]", "", word.casefold()))
