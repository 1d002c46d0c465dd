"""Ids that the files of a topic define, and ids that they refer to.

They are read from the parsed files, so that an item that the schema refused still counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from kiosk.fast_dataclass import dataclass
from kiosk.library.source.parsing.toml_paths import Item, items, label


@dataclass(frozen=True, slots=True)
class Definition:
    """The definition of an id by an item: the item's kind, the id, and the file and item where it
    is.
    """

    kind: str
    id: str
    file: str
    where: str


@dataclass(frozen=True, slots=True)
class IdUse:
    """A reference to the id of another item: the id's kind, and the file, item and key it is in."""

    kind: str
    id: str
    file: str
    where: str
    key: str


_REFERS = {
    "rests-on": "statement",
    "statements": "statement",
    "one": "statement",
    "other": "statement",
    "offers": "section",
    "steps": "section",
    "requires": "caution",
    "preview": "claim",
    "after": "claim",
    "opens": "section",
    "printed": "claim",
    "diary": "section",
    "about-section": "section",
    "explains": "word",
    "by": "statement",
    "statement": "statement",
}
_DISAGREEMENTS = ("disagreement", "both-true")
_CLAIMS = ("note", "bottom-line", "action")
"""Keys of the claims of a product that say what they are for."""


def named_in_evidence(file: str, tables: Sequence[Item]) -> Iterator[Definition]:
    """Yield each id that the items of evidence.toml define: every `id`, and the keys of references.

    `tables` are the items of the parsed file.
    """
    for kind, where, item in tables:
        for id_ in _texts(item.get("id")):
            yield Definition(kind, id_, file, where)
        for id_ in _texts(item.get("cited-as")):
            yield Definition("reference", id_, file, where)


def mentioned_in_evidence(file: str, tables: Sequence[Item]) -> Iterator[IdUse]:
    """Yield each reference from an item of evidence.toml to the id of a statement or of a paper.

    `tables` are the items of the parsed file.
    """
    yield from mentioned_in_items(file, tables)
    for kind, where, item in tables:
        number, id_ = item.get("reference"), item.get("id")
        if kind == "statement" and isinstance(number, int) and isinstance(id_, str) and id_:
            yield IdUse("reference", f"{id_[0]}-{number}", file, where, "reference")


def named_in_section(file: str, tables: Sequence[Item]) -> Iterator[Definition]:
    """Yield each id that an item of a section's file or of cautions.toml defines.

    Ids that evidence.toml defines, such as those of disagreements, are left out. `tables` are the
    items of the parsed file.
    """
    for kind, where, item in tables:
        if kind in _DISAGREEMENTS:
            continue
        for id_ in _texts(item.get("id")):
            yield Definition("claim" if kind in _CLAIMS else kind, id_, file, where)


def mentioned_in_section(
    file: str, data: Mapping[str, Any], tables: Sequence[Item]
) -> Iterator[IdUse]:
    """Yield each reference to an id in any file of a topic but evidence.toml, such as a section's
    file.

    `data` is the parsed file, `tables` its items.
    """
    yield from mentioned_in_table(file, "", data)
    yield from mentioned_in_items(file, tables)
    for kind, where, item in tables:
        if kind in _DISAGREEMENTS:
            for id_ in _texts(item.get("id")):
                yield IdUse(kind, id_, file, where, "id")


def mentioned_in_items(file: str, tables: Iterable[Item]) -> Iterator[IdUse]:
    """Yield each reference to an id in some items of a file."""
    for _, where, item in tables:
        yield from mentioned_in_table(file, where, item)


def mentioned_in_table(file: str, where: str, table: Mapping[str, Any]) -> Iterator[IdUse]:
    """Yield each reference to an id in one table of a file, without the tables inside of it.

    `where` is the item's name; empty for the file's outermost table.
    """
    for key in table.keys() & _REFERS.keys():
        for id_ in _texts(table[key]):
            yield IdUse(_REFERS[key], id_, file, where, key)


def statements_of(item: Mapping[str, Any]) -> set[str]:
    """Return the ids of the statements that an item, or any item inside of it, refers to."""
    inner = [(label("", 0, item), item), *((where, value) for _, where, value in items(dict(item)))]
    mentions = (m for where, value in inner for m in mentioned_in_table("", where, value))
    return {mention.id for mention in mentions if mention.kind == "statement"}


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []
