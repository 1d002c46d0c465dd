"""The words of English and Spanish, and how common each is; source and licence stand beside it."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from importlib.resources import files

from kiosk.answers.text.words import LANGUAGES

HEAD = 3
"""Letters by which the words are kept together."""


def shipped() -> Iterator[tuple[str, str, str]]:
    """Language, first letters, and the rest of every word that begins so, for the pack's table.

    The rest is one field a class, split by tabs: a digit from 0 (in a dictionary, hardly ever said)
    to 9 (said all the time), then the ends of its words.
    """
    for language in LANGUAGES:
        packed = (files(__package__) / f"{language}.txt.gz").read_bytes()
        for line in gzip.decompress(packed).decode("ascii").splitlines():
            head, _, rest = line.partition("\t")
            yield language, head, rest


def commonness(rest: str, word: str) -> int | None:
    """The class of `word`, if it is in what `shipped` gives for its first letters."""
    for group in rest.split("\t"):
        if f" {word[HEAD:]} " in f" {group[1:]} ":
            return int(group[0])
    return None
