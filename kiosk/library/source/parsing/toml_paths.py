"""Find items and texts of a parsed file, and name an item as its author would: `claim "zinc"`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

Loc = Sequence[str | int]
"""The way to a value: keys, and positions in lists."""
Item = tuple[str, str, dict[str, Any]]
"""An item with its kind and its name."""


def label(kind: str, index: int, item: object) -> str:
    """Return what an author calls an item: `claim "zinc"`, or `claim 3` where it has no id."""
    if isinstance(item, dict):
        if isinstance(name := item.get("id"), str) and "cited-as" not in item:
            return f'{kind} "{name}"'
        cited = item.get("cited-as")
        first = cited[0] if isinstance(cited, list) and cited else None
        named = (item.get(key) for key in ("id", "title", "of", "means"))
        for name in (first, *named):
            if isinstance(name, str):
                return f'{kind} "{name}"'
    return f"{kind} {index + 1}"


def locate(data: object, loc: Loc) -> tuple[str, str]:
    """Return the names of the item and of the key in it to which the path `loc` leads.

    Such names are `claim "zinc"` and `verdict.plain`; either is empty where the path has none.
    """
    items: list[str] = []
    keys: list[str] = []
    for step in loc:
        if isinstance(step, int):
            value = data[step] if isinstance(data, list) and step < len(data) else None
            if isinstance(value, dict) and keys:
                items.append(label(keys.pop(), step, value))
        else:
            value = data.get(step) if isinstance(data, dict) else None
            keys.append(step)
        data = value
    return ", ".join(items), ".".join(keys)


def items(data: dict[str, Any], where: str = "") -> Iterator[Item]:
    """Yield each item of a parsed file, nested ones too: its kind, its name, and its table.

    An item is a table of an array of tables, or a table that has `rests-on`. `where` is put before
    each name.
    """
    for kind, value in data.items():
        if isinstance(value, dict) and "rests-on" in value:  # an item that stands once: no list
            value = [value]
        if not isinstance(value, list):
            continue
        for index, item in enumerate(value):
            if isinstance(item, dict):
                own = label(kind, index, item)
                here = f"{where}, {own}" if where else own
                yield kind, here, item
                if any(isinstance(inner, list | dict) for inner in item.values()):
                    yield from items(item, here)


def strings(data: object, loc: tuple[str | int, ...] = ()) -> Iterator[tuple[Loc, str]]:
    """Yield each text in a parsed file, keys included, after its path: the keys and positions to
    it.
    """
    if isinstance(data, str):
        yield loc, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield (*loc, key), key
            yield from strings(value, (*loc, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from strings(value, (*loc, index))


def distinct_strings(data: object) -> set[str]:
    """Return the set of all texts in a parsed file, keys included."""
    texts: set[str] = set()
    todo: list[Iterable[object]] = [(data,)]
    while todo:
        for value in todo.pop():
            if isinstance(value, str):
                texts.add(value)
            elif isinstance(value, dict):
                texts.update(value)
                todo.append(value.values())
            elif isinstance(value, list):
                todo.append(value)
    return texts
