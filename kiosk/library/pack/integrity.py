"""The seal: a SHA-256 over every byte of a pack, kept where SQLite keeps nothing.

The last 32 bytes of each page are declared reserved (sqlite.org/fileformat2, "reserved bytes per
page"), as checksum and encryption extensions do; those of the first page hold the digest of the
whole file with these 32 bytes taken for zero. It finds damage; it is no signature.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256

from kiosk.library.pack.schema import PAGE

SIZE = 32
"""Bytes of the seal, and reserved at the end of every page."""
AT = PAGE - SIZE
_RESERVED = 20
"""Where the header says how many bytes are reserved."""
_CONTENT = 105
"""Where the first page says at which byte its cells begin: at its end, while there are none."""
_PIECE = 1 << 20


def reserve(blank: bytes) -> bytes:
    """The first page of an empty database, with room for the seal."""
    page = bytearray(blank[:PAGE])
    page[_RESERVED] = SIZE
    page[_CONTENT : _CONTENT + 2] = AT.to_bytes(2)
    return bytes(page)


def has_room(head: bytes) -> bool:
    """Whether the header of a file leaves room for a seal."""
    return head[_RESERVED] == SIZE


def sealed(content: bytes) -> bytes:
    """A pack in memory, sealed."""
    return content[:AT] + _digest(iter((content,))) + content[AT + SIZE :]


def seal(handle: int) -> None:
    """Seal the file behind a descriptor."""
    os.pwrite(handle, _digest(_pieces(handle)), AT)


def stored_seal(handle: int) -> bytes:
    """The seal that a file carries."""
    return os.pread(handle, SIZE, AT)


def seal_matches(pack: int | bytes) -> bool:
    """Whether every byte is as it was when it was sealed. Reads all of it."""
    if isinstance(pack, bytes):
        return _digest(iter((pack,))) == pack[AT : AT + SIZE]
    return _digest(_pieces(pack)) == stored_seal(pack)


def _pieces(handle: int) -> Iterator[bytes]:
    at = 0
    while piece := os.pread(handle, _PIECE, at):
        yield piece
        at += len(piece)


def _digest(pieces: Iterator[bytes]) -> bytes:
    first = next(pieces, b"")
    whole = sha256(first[:AT] + bytes(SIZE) + first[AT + SIZE :])
    for piece in pieces:
        whole.update(piece)
    return whole.digest()
