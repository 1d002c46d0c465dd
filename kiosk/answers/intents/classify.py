"""Classifies a question by the kinds of section that it asks for, and a section by its heading, and
says how near a section's kind is to a question's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from kiosk.answers.intents.hints import HINTS
from kiosk.answers.intents.section_kinds import ASKED, NEAR, SECTIONS
from kiosk.answers.text.stop_words import STOP_WORDS
from kiosk.answers.text.words import words

_PLAIN_WORD = re.compile(r"(?<![\w\\])([a-z]{4,})(\??)(?![\w*+\[\\])")
_ENDINGS = re.compile(r"(?<=[a-z])\(\?:[^()]*\)")


def _spelled_out() -> Iterator[str]:
    for kinds in ASKED.values():
        for pattern in kinds.values():
            for word, optional in _PLAIN_WORD.findall(_ENDINGS.sub("*", pattern)):
                yield word
                if optional:
                    yield word[:-1]


ASKED_WORDS = frozenset(_spelled_out())
"""Words that say what kind of answer is asked for; a misspelt one may be corrected to them."""

GENERAL = "information"
"""The kind of a section that says what something is."""
_HELP = "help"
"""Kind of section that "what can I do" asks for: treatment, where it says nothing more."""


_GAP = re.compile(r"\(\?: \\w\+\)\{\d,\d\}|\(\?:\\w\+ \)\{\d,\d\}")
"""In a pattern: between the words that say what is asked, those of the topic ("why do … get")."""


Kinds = dict[str, frozenset[int]]
"""The kinds asked for, each with the numbers of the words that say so."""


class IntentClassifier:
    """Classifier of one language's questions by what they ask for, with patterns of words."""

    def __init__(self, language: str) -> None:
        self._language = language

    @cached_property
    def _patterns(self) -> Mapping[str, re.Pattern[str]]:
        return _compiled(ASKED[self._language])

    @cached_property
    def _hints(self) -> Mapping[str, re.Pattern[str]]:
        return _compiled(HINTS[self._language])

    def asked(self, folded: list[str]) -> Kinds:
        """Return the kinds of section that a question asks for, each with the positions of the
        words that say so.

        The words must be folded. Words that a kind has claimed ask for no kind listed after it.
        What could be asked of anything ("what is", "what can I do") counts only where nothing else
        is asked for. Empty where no pattern matches.
        """
        kinds = self._kinds_of(folded, self._patterns)
        vague = {kind: kinds.pop(kind) for kind in (_HELP, GENERAL) if kind in kinds}
        if kinds:
            return kinds
        if _HELP in vague:
            return {"treatment": vague[_HELP]}
        return vague

    def hinted(self, folded: list[str]) -> Kinds:
        """Return the kinds of section that a question hints at, each with the positions of the
        hinting words.

        Used where the question asks outright for nothing more than general information. Empty
        where no pattern matches.
        """
        return self._kinds_of(folded, self._hints)

    def _kinds_of(self, folded: list[str], patterns: Mapping[str, re.Pattern[str]]) -> Kinds:
        line, at, spans = " ".join(folded), 0, []
        for word in folded:
            spans.append((at, at + len(word)))
            at += len(word) + 1
        kinds: Kinds = {}
        taken: set[int] = set()
        for kind, pattern in patterns.items():
            for match in pattern.finditer(line):
                positions = {i for i, span in enumerate(spans) if _within(span, match)}
                telling = {i for i in positions if folded[i] not in STOP_WORDS[self._language]}
                if not (telling or positions) <= taken or patterns is self._hints:
                    kinds[kind] = kinds.get(kind, frozenset()) | positions
                    taken |= positions
        return kinds


def _compiled(patterns: Mapping[str, str]) -> Mapping[str, re.Pattern[str]]:
    return {
        kind: re.compile(rf"\b(?:{_GAP.sub(_captured, pattern)})\b")
        for kind, pattern in patterns.items()
    }


def _captured(gap: re.Match[str]) -> str:
    return f"({gap[0]})"


def _within(span: tuple[int, int], match: re.Match[str]) -> bool:
    """Return whether the word at `span` is matched by the pattern's
    own words, not by a gap in it.
    """
    start, end = span
    if start < match.start() or start >= match.end():
        return False
    return not any(low <= start and end <= high for low, high in match.regs[1:])


def kind_of(section: str, language: str) -> str:
    """Return the kind of a section, such as `causes`, by its heading; for an unknown heading, its
    own words, folded.
    """
    line = " ".join(words(section))
    for kind, pattern in SECTIONS[language].items():
        if re.search(rf"\b(?:{pattern})", line):
            return kind
    return line


def nearness(asked: Iterable[str], kind: str) -> float:
    """Return how well a section of `kind` suits a question that asks for any of the kinds `asked`,
    from 0 (not at all) to 1 (it is one of them).
    """
    return max(
        (1.0 if kind_asked == kind else NEAR.get((kind_asked, kind), 0.0) for kind_asked in asked),
        default=0.0,
    )
