"""Difference between two canonical texts, by section and level, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from kiosk.core.wording import Level
from kiosk.fast_dataclass import dataclass
from kiosk.library.review.canonical import CanonicalLine, parse_canonical

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_LEVELS = frozenset(level.value for level in Level)


@dataclass(frozen=True)
class Piece:
    """A run of words of two texts that are compared: in both of them, or in one only."""

    text: str
    change: str = ""
    """`-` for the old text, `+` for the new one."""


@dataclass(frozen=True)
class Change:
    """A text of a topic that differs between two versions, is new or is gone, word by word."""

    section: str
    """The part of the topic, such as `sections treatment`, `cautions ask-first`, `question`."""
    item: str
    """The item in it, such as `claims no-treatment / wording`; may be empty."""
    level: str
    """`plain`, `everyday` or `professional`; empty for what is the same at each."""
    pieces: tuple[Piece, ...]


def changes(old: str, new: str) -> tuple[Change, ...]:
    """Return the changes from one canonical text to another, in the order of the new one.

    A text that is gone comes where it stood before. A list in another order is a change, too.
    Raises ValueError where one of the two is no canonical text.
    """
    before, after = parse_canonical(old), parse_canonical(new)
    texts, new_texts = _by_path(before), _by_path(after)
    order = _merged([line.path for line in before], [line.path for line in after])
    changed = [
        _change(path, words(texts.get(path), new_texts.get(path)))
        for path in order
        if texts.get(path) != new_texts.get(path)
    ]
    return (*changed, *_moves(before, after))


def words(old: str | None, new: str | None) -> tuple[Piece, ...]:
    """Compare two texts word by word; return runs of words that both have, or only one of them.

    None stands for a text that is not there.
    """
    before, after = _TOKEN.findall(old or ""), _TOKEN.findall(new or "")
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("".join(before[a:b])))
            continue
        pieces += [Piece("".join(before[a:b]), "-")] if b > a else []
        pieces += [Piece("".join(after[c:d]), "+")] if d > c else []
    return tuple(pieces)


def _by_path(lines: tuple[CanonicalLine, ...]) -> dict[str, str]:
    return {line.path: line.text for line in lines}


def _merged(old: list[str], new: list[str]) -> list[str]:
    """Return every path once: those of the new text, and each that is gone where it stood."""
    merged: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        merged += old[a:b] if tag in ("delete", "replace") else []
        merged += new[c:d]
    return list(dict.fromkeys(merged))


def _moves(before: tuple[CanonicalLine, ...], after: tuple[CanonicalLine, ...]) -> Iterator[Change]:
    """Yield a change for each list whose items stand in another order."""
    old, new = _items(before), _items(after)
    for path, ids in new.items():
        both = set(ids) & set(old.get(path, ()))
        was = [id_ for id_ in old.get(path, ()) if id_ in both]
        now = [id_ for id_ in ids if id_ in both]
        if was != now:
            pieces = (Piece(", ".join(was), "-"), Piece(", ".join(now), "+"))
            yield _change(f"{path} / order", pieces)


def _items(lines: tuple[CanonicalLine, ...]) -> dict[str, list[str]]:
    """Return the ids of the items of each list, by the list's path."""
    lists: dict[str, list[str]] = {}
    for line in lines:
        path, slash, last = line.path.rpartition(" / ")
        if slash and last == "id":
            lists.setdefault(path.rpartition(" ")[0], []).append(line.text)
    return lists


def _change(path: str, pieces: tuple[Piece, ...]) -> Change:
    section, *item = path.split(" / ")
    level = item.pop() if item and item[-1] in _LEVELS else ""
    return Change(section, " / ".join(item), level, pieces)
