"""The items of a topic that are translated: each with its texts, and the hash of what it says.

An item is what has an id of its own to its author: a claim, a caution, a product, the title of a
section. Its texts are found by the classes of the core's content, so that none can be forgotten.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from kiosk.core.content import Picture, PolicyPart, Section, Table, TableRow, Topic
from kiosk.core.evidence import Reference, Statement
from kiosk.core.take_home.authored import CheckAnswer, CheckQuestion
from kiosk.core.wording import Level, Wording
from kiosk.fast_dataclass import dataclass
from kiosk.sha256 import sha256

DIGEST_LENGTH = 12
"""Hexadecimal digits of the hash: enough to notice a change, short enough to compare by eye."""

_T = TypeVar("_T")
Give = Callable[[str, str], str]
"""A function from the key of a text, and the text, to the text that replaces it."""

_KINDS = {
    "sections": "section", "urgent": "urgent", "tables": "table", "pictures": "picture",
    "claims": "claim", "disagreements": "disagreement", "both_true": "both-true", "gaps": "gap",
    "products": "product", "notes": "note", "bottom_line": "bottom-line", "action": "action",
    "cautions": "caution", "questions": "question", "good": "good-question", "checks": "check",
    "policy": "part", "glossary": "word", "statements": "statement", "references": "reference",
    "take_home": "",
}  # fmt: skip
"""By the field that holds them, what items are called in their author's files."""
_TEXTS: Mapping[type, tuple[str, ...]] = {
    Topic: ("groups",),
    Table: ("title", "columns"),
    TableRow: ("cells",),
    Picture: ("art",),
    PolicyPart: ("title",),
    Statement: ("missing", "check_note", "superseded_note"),
    Reference: ("written_for", "written_for_short"),
}
"""Fields that readers see and that have no levels. What a source itself says, such as its title or
its grade, is not among them: it is quoted, not translated."""
_ROWS = (TableRow, CheckAnswer)
"""Types that have texts and no id: their texts belong to the item around them."""
_NAMES = {
    "wording": "", "meaning": "", "one_side": "one", "other_side": "other", "answers": "answer",
    "rows": "row", "cells": "cell", "groups": "group",
}  # fmt: skip
"""Names of fields that authors know by another one, or that are numbered."""


@dataclass(frozen=True, slots=True)
class SourceItem:
    """One item of a topic, such as a claim, in the language that it was written in."""

    id: str
    """Kind and id: `claim diary-first`."""
    section: str
    """The section that it stands in; empty outside of all."""
    gated: bool
    """True if cautions must be answered before it can be read."""
    texts: Mapping[str, str]
    """By key: `plain`, `heading.plain`, `title`, `row-1-cell-2`."""
    rests_on: tuple[str, ...]
    digest: str
    """Hash of the texts and of the statements under them: another when either has changed."""


def source_items(topic: Topic) -> dict[str, SourceItem]:
    """Return the items of a topic that can be translated, by id, in the order of the topic."""
    items: dict[str, SourceItem] = {}

    def take(id_: str, item: Any, section: Section | None, texts: dict[str, str]) -> dict[str, str]:
        rests_on = _rests_on(item)
        about = section.id if section else _section_of(item)
        closed = section.gated if section else _is_gated(topic, item)
        digest = _digest(topic, id_, texts, rests_on)
        items[id_] = SourceItem(id_, about, closed, texts, rests_on, digest)
        return texts

    with_texts(topic, take)
    return items


Translate = Callable[[str, Any, Section | None, dict[str, str]], Mapping[str, str]]
"""A function from an item's id, the item, its section and its texts to the texts that replace them;
it returns the same mapping to leave the item as it is."""


def with_texts(topic: Topic, translate: Translate) -> Topic:
    """Return a copy of a topic, with the texts of each item replaced by those of `translate`."""
    return _item(topic, "topic", None, translate)


def _item(item: _T, id_: str, section: Section | None, translate: Translate) -> _T:
    if isinstance(item, Section):
        section = item
    texts: dict[str, str] = {}

    def note(key: str, text: str) -> str:
        texts[key] = text
        return text

    _own(item, "", note)
    given = translate(id_, item, section, texts) if texts else texts
    if given is not texts:
        item = _own(item, "", lambda key, _: given[key])
    inner: dict[str, Any] = {}
    for field in fields(item):  # type: ignore[arg-type]
        kind, value = _KINDS.get(field.name), getattr(item, field.name)
        if kind is None or not value:
            continue
        if isinstance(value, tuple):
            named = ((f"{kind} {_name(part, n)}", part) for n, part in enumerate(value, 1))
            inner[field.name] = tuple(_item(part, id_, section, translate) for id_, part in named)
        elif is_dataclass(value):
            id_ = f"{kind} {_name(value, 1)}"
            inner[field.name] = _item(value, id_, section, translate)
    return replace(item, **inner)  # type: ignore[type-var]


def _name(item: object, number: int) -> str:
    """Return the id of an item, or its number where it has none."""
    cited = getattr(item, "cited_as", None)
    return str(cited[0] if cited else getattr(item, "id", number))


def _own(value: _T, name: str, give: Give) -> _T:
    """Return `value` with each of its own texts replaced, those of items in it left alone."""
    changed: dict[str, Any] = {}
    plain = _TEXTS.get(type(value), ())
    for field in fields(value):  # type: ignore[arg-type]
        part = getattr(value, field.name)
        own = _NAMES.get(field.name, field.name.replace("_", "-"))
        key = "-".join(filter(None, (name, own)))
        if isinstance(part, Wording):
            worded = {level: part.at(level) for level in Level}
            changed[field.name] = Wording(
                **{
                    level.value: give(".".join(filter(None, (key, level.value))), text)
                    if text
                    else ""
                    for level, text in worded.items()
                }
            )
        elif field.name in plain and isinstance(part, str):
            changed[field.name] = give(key, part) if _is_said(part) else part
        elif field.name in plain:
            key = key.removesuffix("s")
            changed[field.name] = tuple(give(f"{key}-{n}", t) for n, t in enumerate(part, 1))
        elif isinstance(part, tuple) and part and isinstance(part[0], _ROWS):
            changed[field.name] = tuple(_own(p, f"{key}-{n}", give) for n, p in enumerate(part, 1))
    return replace(value, **changed)  # type: ignore[type-var]


def _is_said(text: str) -> bool:
    """Return whether a text has words; a drawing may have none."""
    return any(char.isalpha() for char in text)


def _is_gated(topic: Topic, item: Any) -> bool:
    """Return whether an item outside of all sections is one for readers of a closed section."""
    if isinstance(item, Statement):
        return item.supplement
    return any(section.id == _section_of(item) for section in topic.gated_sections())


def _section_of(item: Any) -> str:
    """Return the section that a question to check oneself with is about."""
    return item.section if isinstance(item, CheckQuestion) else ""


def _rests_on(item: Any) -> tuple[str, ...]:
    """Return the statements under an item, under each of its sides and rows."""
    if isinstance(item, Statement):
        return (item.id,)
    names = ("rests_on", "one_side_rests_on", "other_side_rests_on")
    ids = [id_ for name in names for id_ in getattr(item, name, ())]
    if isinstance(item, Table):
        ids += [id_ for row in item.rows for id_ in row.rests_on]
    return tuple(dict.fromkeys(ids))


def _digest(topic: Topic, id_: str, texts: Mapping[str, str], rests_on: tuple[str, ...]) -> str:
    under = [
        [s.id, s.says, s.missing, s.checked.value, s.check_note]
        for s in topic.statements
        if s.id in rests_on
    ]
    return digest_of([id_, sorted(texts.items()), under])


def digest_of(said: object) -> str:
    """Return a short hash, in hexadecimal, of a value that can be written as JSON."""
    text = json.dumps(said, ensure_ascii=True)
    return sha256(text.encode("ascii")).hexdigest()[:DIGEST_LENGTH]
