"""What a pack's tables hold, as digests: the manifest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from typing import Any

from kiosk.library.pack.schema import listed

Ask = Callable[[str], Iterable[tuple[Any, ...]]]
"""Gives the rows of a query, one after another."""


def digests(ask: Ask) -> Iterator[tuple[str, int, str]]:
    """Of each table the manifest lists: its name, its rows, the SHA-256 of what is in them."""
    for name in listed():
        columns = sum(1 for _ in ask(f"PRAGMA table_info({name})"))
        order = ", ".join(str(one + 1) for one in range(min(3, columns)))
        whole, count = sha256(), 0
        for row in ask(f"SELECT * FROM {name} ORDER BY {order}"):
            count += 1
            for value in row:
                whole.update(_told(value))
        yield name, count, whole.hexdigest()


def _told(value: object) -> bytes:
    """A value such that no two tell the same."""
    kind = type(value).__name__
    raw = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
    return f"{kind} {len(raw)} ".encode() + raw
