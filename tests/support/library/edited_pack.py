"""Packs that no build writes: made from a good one by SQL, and sealed again."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from kiosk.library.pack import integrity


def edit_pack(pack: Path, *statements: str, **values: object) -> None:
    """Change the pack by SQL; a hostile author seals as a build does."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.deserialize(pack.read_bytes())
        for statement in statements:
            connection.execute(statement, values)
        pack.write_bytes(integrity.sealed(connection.serialize()))


def set_body(pack: Path, body: str | bytes | int | None, table: str = "topic") -> None:
    """Give every row of a table this body, with the right hash."""
    raw = body if isinstance(body, bytes) else str(body).encode("utf-8", "surrogatepass")
    digest = sha256(raw).hexdigest()
    value = "CAST(:body AS TEXT)" if isinstance(body, bytes) else ":body"
    edit_pack(
        pack, f"UPDATE {table} SET body = {value}, sha256 = :digest", body=body, digest=digest
    )


def flip_bit(pack: Path, at: int, bit: int = 0) -> None:
    """Flip one bit, as a disk or a cable may."""
    content = bytearray(pack.read_bytes())
    content[at] ^= 1 << bit
    pack.write_bytes(content)
