"""Digests that show damage to a pack: the seal of the file, and the manifest of its tables.

The seal is a SHA-256 over every byte of the file, kept where SQLite keeps nothing: the last 32
bytes of each page are declared reserved (sqlite.org/fileformat2, "reserved bytes per page"), as
checksum extensions do. Those of the first page hold the digest of the whole file with these
32 bytes taken for zero. It finds damage; it is no signature.

The manifest is a table with a row for each other table: its rows and the SHA-256 of its values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from kiosk.library.pack.schema import PAGE, listed
from kiosk.system.files import read_at, write_at

Query = Callable[[str], Iterable[tuple[Any, ...]]]
"""Runs an SQL query and gives its rows."""

SIZE = 32
"""Bytes of the seal, and reserved at the end of every page."""
AT = PAGE - SIZE
_RESERVED = 20
"""Offset in the header of the number of reserved bytes."""
_CONTENT = 105
"""Offset on the first page of the start of its cells; the end of the page while it has none."""
_PIECE = 1 << 20


def reserve(blank: bytes) -> bytes:
    """Return the first page of an empty database, with room for the seal."""
    page = bytearray(blank[:PAGE])
    page[_RESERVED] = SIZE
    page[_CONTENT : _CONTENT + 2] = AT.to_bytes(2)
    return bytes(page)


def has_room(head: bytes) -> bool:
    """Return whether the header of a file leaves room for a seal."""
    return head[_RESERVED] == SIZE


def sealed(content: bytes) -> bytes:
    """Return a pack, given as bytes, with the seal written into it."""
    return content[:AT] + _digest(iter((content,))) + content[AT + SIZE :]


def seal(handle: int) -> None:
    """Work out the seal of the pack behind a descriptor, and write it into that file."""
    write_at(handle, _digest(_pieces(handle)), AT)


def stored_seal(handle: int) -> bytes:
    """Return the seal that is written in a file, 32 bytes; whether it is right is not checked."""
    return read_at(handle, SIZE, AT)


def seal_matches(pack: int | bytes, *, light: bool = False) -> bool:
    """Return whether every byte is as it was when the pack was sealed. Reads all of it.

    Args:
        pack: the file behind a descriptor, or the bytes of one.
        light: whether to use SHA-256 without OpenSSL: slower for each byte, but quick to load.
    """
    if isinstance(pack, bytes):
        return _digest(iter((pack,)), light=light) == pack[AT : AT + SIZE]
    return _digest(_pieces(pack), light=light) == stored_seal(pack)


def _pieces(handle: int) -> Iterator[bytes]:
    at = 0
    while piece := read_at(handle, _PIECE, at):
        yield piece
        at += len(piece)


def _digest(pieces: Iterator[bytes], *, light: bool = False) -> bytes:
    if light:
        from kiosk.sha256 import sha256
    else:
        from hashlib import sha256
    first = next(pieces, b"")
    whole = sha256(first[:AT] + bytes(SIZE) + first[AT + SIZE :])
    for piece in pieces:
        whole.update(piece)
    return whole.digest()


def digests(query: Query) -> Iterator[tuple[str, int, str]]:
    """Yield the name, the number of rows and the SHA-256 of each table that the manifest lists.

    Args:
        query: runs a query and returns its rows.
    """
    from hashlib import sha256

    for table in listed():
        columns = sum(1 for _ in query(f"PRAGMA table_info({table})"))
        order = ", ".join(str(number) for number in range(1, min(3, columns) + 1))
        whole, count = sha256(), 0
        for row in query(f"SELECT * FROM {table} ORDER BY {order}"):
            count += 1
            for value in row:
                whole.update(_unambiguous(value))
        yield table, count, whole.hexdigest()


def _unambiguous(value: object) -> bytes:
    """Return the bytes of a value with its type and length, so that no two values share them."""
    kind = type(value).__name__
    raw = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
    return f"{kind} {len(raw)} ".encode() + raw
