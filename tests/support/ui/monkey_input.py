"""Random input of a monkey, as a terminal sends it."""

from __future__ import annotations

import random

KEYS: list[str] = [*"1111112233nnnnnnbbbbs0\r\rw"]


RARE: list[str] = [*"ohapcew45678"]


RUBBISH = [
    b"\x1b[", b"\x1b]52;c;", b"\x1b[200~", b"\x1b[201~", b"\xff\xfe", b"\x1b[<0;5;", b"\x1bO",
    b"\x1b[M\xff\xff\xff", b"\x1b[48;9;9;9;9t", b"\x00\x18\x1a", b"\xe2\x82", b"\x9b", b"\x1b[:u",
]  # fmt: skip


ARROWS = [b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D", b"\x1b[5~", b"\x1b[6~", b"\t", b"\x1b[Z"]


def typed(chance: random.Random, size: tuple[int, int]) -> bytes:
    """What the monkey does next, as a terminal tells it."""
    kind = chance.random()
    if kind < 0.54:
        return chance.choice(KEYS).encode()
    if kind < 0.55:
        return chance.choice(RARE).encode()
    if kind < 0.7:
        return chance.choice(ARROWS)
    if kind < 0.85:
        x, y = chance.randint(1, size[0]), chance.randint(1, size[1])
        return f"\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m".encode()
    if kind < 0.9:
        return f"\x1b[<{chance.choice([64, 65])};3;3M".encode()
    if kind < 0.93:
        return b"\x1b[200~" + chance.randbytes(chance.randint(0, 60)) + b"\x1b[201~"
    if kind < 0.96:
        return chance.choice(RUBBISH)
    return chance.randbytes(chance.randint(1, 12))
