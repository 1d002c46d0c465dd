"""Reads the shipped lists of English and Spanish words with their commonness, and compresses them
for a pack. Source and license are next to the files.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from kiosk.answers.text.words import LANGUAGES

HEAD = 3
"""Letters by which the words are kept together in the files."""
GROUP = 2
"""Letters by which they are kept together, compressed, in a pack: of its 2.5 MB, 1.8 are saved."""
_LARGEST_GROUP = 1 << 17
"""Bytes of a group that are unpacked; the largest of ours has 36,080."""


def shipped() -> Iterator[tuple[str, str, str]]:
    """Yield the shipped words as rows: a language, the first letters, and the rest of each word
    that starts with those letters.

    The rest is one field for each class of commonness, split by tabs: a digit from 0 (in a
    dictionary, hardly ever said) to 9 (said all the time), then the ends of its words.
    """
    for language in LANGUAGES:
        packed = (files(__package__) / f"{language}.txt.gz").read_bytes()
        for line in gzip.decompress(packed).decode("ascii").splitlines():
            head, _, rest = line.partition("\t")
            yield language, head, rest


@cache
def shipped_groups() -> tuple[tuple[str, str, bytes], ...]:
    """Return the shipped words in compressed groups, as they are stored in every pack: (language,
    first letters, bytes). Compressed once per process.
    """
    return tuple(packed(shipped()))


def packed(rows: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, str, bytes]]:
    """Yield the rows of `shipped` in compressed groups: language, first letters, and the rows as
    bytes.
    """
    groups: dict[tuple[str, str], list[str]] = {}
    for language, head, rest in rows:
        groups.setdefault((language, head[:GROUP]), []).append(f"{head}\t{rest}")
    for (language, letters), lines in groups.items():
        yield language, letters, zlib.compress("\n".join(lines).encode("ascii"))


def unpacked(group: bytes) -> dict[str, str]:
    """Return the rest of each word in a compressed group, by first letters.

    Raises `zlib.error` where the bytes are damaged.
    """
    text = zlib.decompressobj().decompress(group, _LARGEST_GROUP).decode("ascii", "replace")
    rows = (line.partition("\t") for line in text.split("\n"))
    return {head: rest for head, _, rest in rows}


def commonness(rest: str, word: str) -> int | None:
    """Return how common `word` is, from 0 (rare) to 9, read from the `rest` of its row, or None if
    the row does not have the word.
    """
    for group in rest.split("\t"):
        if group[:1].isdecimal() and f" {word[HEAD:]} " in f" {group[1:]} ":
            return int(group[0])
    return None
