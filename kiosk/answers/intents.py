"""Which kind of section a question asks for, and which kind a section is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from kiosk.answers.kinds import ASKED, NEAR, SECTIONS
from kiosk.answers.text import words

_PLAIN_WORD = re.compile(r"(?<![\w\\(?])[a-z]{4,}(?![\w?*+\[(])")

ASKED_WORDS = frozenset(
    word for kinds in ASKED.values() for pattern in kinds.values()
    for word in _PLAIN_WORD.findall(pattern)
)  # fmt: skip
"""Words that say what kind of answer is asked for; a misspelt one may be corrected to them."""

GENERAL = "information"
"""The kind of a section that says what something is."""


@dataclass(frozen=True)
class Asked:
    """What kinds of section a question asks for."""

    kinds: tuple[str, ...]
    """Empty where it does not say."""
    words: frozenset[int]
    """The places, in the list of its words, of those that say so and are no part of the topic."""


class Intents:
    """The patterns of one language, compiled when first used."""

    def __init__(self, language: str) -> None:
        self._language = language

    @cached_property
    def _patterns(self) -> Mapping[str, re.Pattern[str]]:
        of_language = ASKED[self._language].items()
        return {kind: re.compile(rf"\b(?:{pattern})\b") for kind, pattern in of_language}

    def asked(self, of: list[str]) -> Asked:
        """The kinds that a question of these folded words asks for."""
        line, starts = " ".join(of), []
        at = 0
        for word in of:
            starts.append(at)
            at += len(word) + 1
        found: dict[str, tuple[int, int]] = {}
        places: set[int] = set()
        for kind, pattern in self._patterns.items():
            for match in pattern.finditer(line):
                found.setdefault(kind, match.span())
                places |= {
                    i for i, start in enumerate(starts) if match.start() <= start < match.end()
                }
        if len(found) > 1:  # "what is X and how is it treated" asks for the treatment
            found.pop(GENERAL, None)
        return Asked(tuple(found), frozenset(places))


def kind_of(section: str, language: str) -> str:
    """The kind of a section by its heading; a heading that says none of ours is a kind itself."""
    line = " ".join(words(section))
    for kind, pattern in SECTIONS[language].items():
        if re.search(rf"\b(?:{pattern})", line):
            return kind
    return line


def nearness(asked: tuple[str, ...], kind: str) -> float:
    """How well a section of `kind` answers a question that asks for `asked`, 0 to 1."""
    return max((1.0 if one == kind else NEAR.get((one, kind), 0.0) for one in asked), default=0.0)
