"""Mark texts that a reader of another language is shown in the source language.

The mark is part of the text: no page can lose it.
"""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.core.library import InterfaceText
from kiosk.core.wording import Level
from kiosk.library.translation.state import ItemState

_SAID_IN_FULL = ("", "again", "words", "because", "finding", "missing", "check-note",
                 "superseded-note", "summary")  # fmt: skip
"""Texts that say something, by their key without its level: the mark stands before them, in full.
Others (titles, names, answers to choose) have it behind them, short."""
_UNMARKED = ("art", "columns")
"""A drawing, whose words are marked; names of columns, which stand over a text that is."""


def marked(
    texts: Mapping[str, str], state: ItemState, words: InterfaceText, language: str
) -> dict[str, str]:
    """Return texts in the source language with a mark that names that language: before what says
    something, in full; else behind it, short. Drawings and names of columns have none.

    Where the reader's language has no words for a mark, the texts stay as they are; that is a
    problem by itself, and nothing of the library is then shown.

    Args:
        texts: by key.
        state: why they are not translated: STALE, or any other.
        words: phrases of the program in the language that is read.
        language: what the source language calls itself.
    """
    mark = "translation.stale" if state is ItemState.STALE else "translation.missing"
    return {key: _marked(key, text, mark, words, language) for key, text in texts.items()}


def language_name(words: InterfaceText | None, code: str) -> str:
    """Return what a language calls itself, from its phrases; its code where they do not say it."""
    has = words is not None and "language.name" in words.phrases
    return words.say("language.name") if words is not None and has else code


def _marked(key: str, text: str, mark: str, words: InterfaceText, language: str) -> str:
    name, _, last = key.rpartition(".")
    at = Level(last) if last in set(Level) else None
    name = name if at else key
    if name in _UNMARKED or not {mark, "translation.short"} <= words.phrases.keys():
        return text
    if name not in _SAID_IN_FULL:
        return f"{text} {words.say('translation.short', at, language=language)}"
    said = words.say(mark, at, language=language)
    return f"{said}\n{text}" if text.startswith("- ") else f"{said} {text}"
