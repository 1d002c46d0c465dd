"""Find words that no dictionary has, by the program `hunspell` where it is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping

from kiosk.core.wording import Wording
from kiosk.fast_dataclass import replace
from kiosk.library.problem import Problem
from kiosk.library.readability.sentences import without
from kiosk.library.source.draft import TopicDraft
from kiosk.library.source.texts import TextPiece, topic_pieces

_DICTIONARIES = {"en": ("en_US", "en_med_glut"), "es": ("es_ES",)}
"""By language, the dictionaries that are wanted, the first of them needed."""
_PACKAGES = {"en": "hunspell hunspell-en-us hunspell-en-med", "es": "hunspell hunspell-es"}
_WORD = re.compile(r"(?<![\w/@])[^\W\d_]+(?:['’][^\W\d_]+)*")
_UNITS = ("g", "mg", "mcg", "kg", "ml", "l", "cm", "mm", "h", "min")
_SUGGESTED = 3
_SECONDS = 20
_AT_ONCE = 20_000
"""Words that wait for one run of the program: those of a dozen long topics, or of any others."""


def missing_dictionary(language: str) -> str:
    """Return a sentence on why the spelling of a language is not checked; empty where it is."""
    code = language.partition("-")[0]
    if code not in _DICTIONARIES:
        return f'Spelling was not checked: there is no dictionary for "{code}".'
    if not _installed(code):
        return f"Spelling was not checked. To have it checked:\n  apt install {_PACKAGES[code]}"
    return ""


def misspelt(drafts: Iterable[TopicDraft]) -> Iterator[Problem]:
    """Yield a problem for each word of each topic that no dictionary has, with suggestions."""
    speller = Speller()
    for draft in drafts:
        speller.add(draft)
    yield from speller.misspelt()


class Speller:
    """Collector of the words of topics, which `hunspell` looks up, many in each run.

    Known are the words of the dictionaries, names and gated terms of a topic, what its glossary
    explains, and what topic.toml lists under `spelled`.
    """

    def __init__(self) -> None:
        self._languages: dict[str, _Lookup] = {}

    def add(self, draft: TopicDraft) -> None:
        """Note the words of a topic, to be looked up with those of others."""
        file = "topic.toml" if draft.translation is None else draft.file
        lookup = self._languages.setdefault(draft.topic.language, _Lookup(draft.topic.language))
        lookup.add(file, _words(draft))

    def misspelt(self) -> Iterator[Problem]:
        """Yield a problem for each unknown word of each added topic, with suggestions."""
        for lookup in self._languages.values():
            yield from lookup.misspelt()


class _Lookup:
    """Words of one language. Those that are right are kept once, and nothing of their topics."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._right: set[str] = set()
        self._meant: dict[str, list[str]] = {}
        self._waiting: set[str] = set()
        self._topics: list[tuple[str, dict[str, Problem]]] = []

    def add(self, file: str, first: Mapping[str, TextPiece]) -> None:
        """Add the words of a topic, each with the first text that has it."""
        kept = {
            word: piece.problem(f'"{word}" is in no dictionary')
            for word, piece in first.items()
            if word not in self._right
        }
        self._topics.append((file, kept))
        self._waiting.update(kept.keys() - self._meant.keys())
        if len(self._waiting) > _AT_ONCE:
            self._look_up()

    def _look_up(self) -> None:
        """Ask for all words that wait, and forget those that are right."""
        unknown = dict(_unknown(self._language, self._waiting))
        self._right |= self._waiting - unknown.keys()
        self._meant |= unknown
        self._waiting = set()
        wrong = [
            (file, {word: each for word, each in kept.items() if word in self._meant})
            for file, kept in self._topics
        ]
        self._topics = [(file, kept) for file, kept in wrong if kept]

    def misspelt(self) -> Iterator[Problem]:
        """Yield a problem for each unknown word of each topic, in the order of the words."""
        self._look_up()
        for word, meant in sorted(self._meant.items()):
            suggested = f"Did you mean {', '.join(meant)}? " if meant else ""
            for file, wrong in self._topics:
                hint = f'{suggested}If it is right, list it in {file}: spelled = ["{word}"].'
                if word in wrong:
                    yield replace(wrong[word], hint=hint)


def _words(draft: TopicDraft) -> dict[str, TextPiece]:
    """Return the words of a topic that are not known yet, each with its first text."""
    known = {word.lower() for text in _own_words(draft) for word in _WORD.findall(text)}
    first: dict[str, TextPiece] = {}
    for piece in topic_pieces(draft):
        for text in {text for _, text in piece.levels()} if isinstance(piece.text, Wording) else ():
            for word in _WORD.findall(without(text, draft.names)):
                if word.lower().removesuffix("'s") not in known and not word.isupper():
                    first.setdefault(word.replace("\u2019", "'"), piece)
    return first


def _own_words(draft: TopicDraft) -> Iterator[str]:
    yield from draft.names
    yield from draft.gated_terms
    yield from draft.spelled
    yield from (entry.term for entry in draft.allowed)
    yield from _UNITS
    yield from (term for word in draft.topic.glossary for term in word.terms)


def _unknown(language: str, words: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield the words that no dictionary has, each with what may be meant."""
    code = language.partition("-")[0]
    names = _installed(code)
    wanted = sorted(words)
    if not names or not wanted:
        return
    command = ["hunspell", "-a", "-i", "utf-8", "-d", ",".join(names)]
    try:
        ran = subprocess.run(
            command, input="\n".join(f"^{word}" for word in wanted) + "\n", encoding="utf-8",
            capture_output=True, timeout=_SECONDS, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return
    for line in ran.stdout.splitlines():
        sign, _, rest = line.partition(" ")
        if sign in ("&", "#"):
            word, _, after = rest.partition(" ")
            meant = after.partition(": ")[2].split(", ") if sign == "&" else []
            yield word, [entry for entry in meant if entry][:_SUGGESTED]


def _installed(code: str) -> list[str]:
    """Return the dictionaries of a language that `hunspell` has; none where the first is absent."""
    wanted = _DICTIONARIES.get(code, ())
    if not wanted or shutil.which("hunspell") is None:
        return []
    try:
        listed = subprocess.run(
            ["hunspell", "-D"], stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=_SECONDS, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return []
    names = {
        line.rpartition("/")[2].strip() for line in (listed.stderr + listed.stdout).splitlines()
    }
    return [name for name in wanted if name in names] if wanted[0] in names else []
