"""Check translated texts against their sources, and warn of what is not translated.

A translation has the same figures, bullet points, columns and `{names}` to be filled in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kiosk.library.checks.figures import figures, show, without_one
from kiosk.library.checks.spanish import spoken
from kiosk.library.problem import Problem, did_you_mean
from kiosk.library.source.draft import Draft, TopicDraft
from kiosk.library.translation.apply import file_of, filled_texts
from kiosk.library.translation.file import FOLDER
from kiosk.library.translation.library_items import (
    CALLS,
    library_languages,
    library_state,
    source_language,
)
from kiosk.library.translation.library_items import file_of as file_of_library
from kiosk.library.translation.state import ItemState, Translation

_FILLED_IN = re.compile(r"\{[^{}]*\}")
_NAMED = 6
"""Items that a message names; more are counted."""


def same_as_source(draft: TopicDraft) -> Iterator[Problem]:
    """Check each translated text of a topic against its source.

    Both must have the same figures, bullet points, columns and `{names}` to be filled in. Whether
    the evidence bears the source out is for other rules.
    """
    translation = draft.translation
    if translation is None:
        return
    for id_ in translation.shown:
        item = translation.items[id_]
        given = filled_texts(item, translation.texts[id_])
        said: dict[str, list[str]] = {}
        for key, text in item.texts.items():
            message = differs(text, given[key], translation.source_language, draft.topic.language)
            if message:
                said.setdefault(message, []).append(key)
        for message, keys in said.items():
            file = file_of(draft, id_)
            yield Problem(file, f'item "{id_}"', f"{', '.join(keys)}: {message}")


def same_as_source_outside(draft: Draft) -> Iterator[Problem]:
    """Check each translated policy, reader and message of an alarm against its source.

    Both must have the same figures, bullet points, columns and `{names}` to be filled in. Only
    translations of the present source are checked, not those whose source has changed since.
    """
    for language in library_languages(draft):
        state = library_state(draft, language)
        from_ = {file_of_library(CALLS[0], language): source_language(draft, CALLS[0])}
        for id_ in state.ids(ItemState.DONE):
            file = file_of_library(id_, language)
            source = from_.get(file, state.source_language)
            said: dict[str, list[str]] = {}
            for key, text in state.items[id_].texts.items():
                if message := differs(text, state.texts[id_][key], source, language):
                    said.setdefault(message, []).append(key)
            for message, keys in said.items():
                where = f'item "{id_}"'
                yield Problem(f"{draft.name}/{file}", where, f"{', '.join(keys)}: {message}")


def differs(source: str, text: str, from_: str, language: str) -> str:
    """Return, in words, how a translation differs from its source; empty where it does not.

    What is compared are figures, bullet points, columns and `{names}`.

    Args:
        source: the text that is translated.
        text: its translation.
        from_: the language of the source.
        language: the language of the translation.
    """
    both = [spoken(source, from_), spoken(text, language)]
    ours, theirs = (without_one(figures(each), both) for each in both)
    if ours != theirs:
        named = {
            "the source has": ", ".join(sorted(map(show, ours - theirs))),
            "the translation": ", ".join(sorted(map(show, theirs - ours))),
        }
        parts = [f"{who} {which or 'none of these'}" for who, which in named.items()]
        return f"the figures differ: {'; '.join(parts)}"
    for name, pattern in _SHAPES.items():
        first, second = len(pattern.findall(source)), len(pattern.findall(text))
        if first != second:
            return f"{second} {name}, and the source has {first}"
    if Counter(_FILLED_IN.findall(source)) != Counter(_FILLED_IN.findall(text)):
        wanted = ", ".join(sorted(set(_FILLED_IN.findall(source)))) or "nothing"
        return f"the program fills in {wanted}: leave it as it is, braces and all"
    return ""


_SHAPES = {
    'points (lines that begin with "- ")': re.compile(r"^- ", re.MULTILINE),
    'names of columns, between "|"': re.compile(r" \| "),
}


def behind(draft: TopicDraft) -> Iterator[Problem]:
    """Warn of each part of a translated topic that its readers are shown in the source language.

    Such a part is not translated, or its source has changed since, or a caution that belongs to it
    is not translated. Also warn of translations of what the topic no longer has.
    """
    translation = draft.translation
    if translation is None:
        return
    shown = f'readers of "{draft.topic.language}" see it in "{translation.source_language}", marked'
    for id_ in translation.ids(ItemState.STALE):
        message = f"the text that it translates has changed: {shown}"
        yield Problem(file_of(draft, id_), f'item "{id_}"', message, _export(draft))
    for file, ids in _by_file(draft, ItemState.NEW).items():
        message = f"not translated: {_listed(ids)}: {shown}"
        yield Problem(file, "", message, _export(draft))
    for file, ids in _by_file(draft, ItemState.WAITING).items():
        message = (
            f"translated, but a caution or safety note that belongs to it is not: {_listed(ids)}"
        )
        yield Problem(file, "", f"{message}: {shown}")
    for file, id_ in translation.lost:
        message = "translates nothing that the topic has any more"
        yield Problem(file, f'item "{id_}"', message, "Take it out; `kiosk translate import` does.")


def unlisted(root: Path, draft: Draft) -> Iterator[Problem]:
    """Warn of translations into languages that library.toml does not list: nobody sees them."""
    for folder in sorted(root.glob(f"*/{FOLDER}/*/")):
        if folder.name not in draft.library.languages and not folder.name.startswith("."):
            name = f"{draft.name}/{folder.relative_to(root).as_posix()}"
            message = f'nobody sees it: "{folder.name}" is not among the languages of library.toml'
            yield Problem(name, "", message, did_you_mean(folder.name, draft.library.languages))


def _export(draft: TopicDraft) -> str:
    return f"`kiosk translate export {draft.topic.id} {draft.topic.language}` writes a table of it."


def _by_file(draft: TopicDraft, state: ItemState) -> dict[str, list[str]]:
    by_file: dict[str, list[str]] = {}
    translation: Translation | None = draft.translation
    for id_ in translation.ids(state) if translation else ():
        by_file.setdefault(file_of(draft, id_), []).append(id_)
    return by_file


def _listed(ids: list[str]) -> str:
    others = f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else ""
    return f"{', '.join(ids[:_NAMED])}{others}"
