"""Turns a question's words into features of the learned alarm model: pieces of words, words, pairs
and triples of them, negated words, frames such as the past or a denial, and the length.
"""

from __future__ import annotations

from collections.abc import Iterator
from zlib import crc32

from kiosk.answers.alarms.frames import frames_of

_NEGATIONS = frozenset(["no", "not", "without", "never", "sin", "ni", "isnt", "arent", "wasnt"])
_NEGATED = 3
"""Words after a negation that it is taken to deny."""
_PIECES = (3, 4, 5)
"""Letters of the pieces of words."""


def features(words: list[str]) -> Iterator[str]:
    """Yield every feature of a text as a string; a feature that occurs twice is yielded twice.

    `words` are the text's words, folded.
    """
    shapes = [_shape(word) for word in words]
    line = ["<", *shapes, ">"]
    for first, second, third in zip(line, line[1:], [*line[2:], ""], strict=False):
        yield f"2{first} {second}"
        if third:
            yield f"3{first} {second} {third}"
    negated = 0
    for word in shapes:
        yield f"1{word}"
        if negated:
            yield f"!{word}"
        negated = _NEGATED if word in _NEGATIONS else max(0, negated - 1)
        padded = f" {word} "
        for length in _PIECES:
            for start in range(len(padded) - length + 1):
                yield padded[start : start + length]
    sentence = " ".join(words)
    for name, count in frames_of(sentence).items():
        yield f"@{name}"
        if count > 1:
            yield f"@{name}+"
    yield f"#{min(len(words), 40) // 5}"


def key_of(feature: str) -> int:
    """Return the 32-bit number (CRC-32) under which the learned alarm model stores a feature."""
    return crc32(feature.encode())


def _shape(word: str) -> str:
    """Return a word unchanged, but a number as its class of size or as a year: its exact value says
    little.
    """
    if not word.isdecimal():
        return word
    value = int(word[:6])
    if len(word) == 4 and 1930 <= value <= 2035:
        return "0year"
    steps = (1, 3, 9, 19, 39, 69, 99, 106, 199, 399)
    return f"0n{next((step for step in steps if value <= step), 999)}"
