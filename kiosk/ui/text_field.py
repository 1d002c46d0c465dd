"""Functions for an entry field: editing its text at the caret, as keys such as Left, Home and
Delete do, and laying the text out in rows.
"""

from __future__ import annotations

import re

from kiosk.core.cells import cells_of, width_of, wrap
from kiosk.ui.rows import Row, Span, TextStyle

CURSOR = "_"
"""Drawn behind the text, where the next letter will stand."""
INDENT = 2
"""Cells before the second and later rows of a text."""
_WORD_BEFORE = re.compile(r"\S*\s*\Z")
_WORD_AFTER = re.compile(r"\s*\S*")
_WORD = re.compile(r"\S+\s*|\s+")

MOVES = frozenset({"left", "right", "home", "end", "ctrl+left", "ctrl+right"})
"""The keys that move the caret."""
DELETES = frozenset({"backspace", "delete", "ctrl+backspace", "ctrl+delete"})
"""The keys that take letters out."""


def caret_after(key: str, text: str, caret: int) -> int:
    """Return the caret's new index in a text after a key of `MOVES` (arrows, Home, End): one letter
    with its accents or one word further, or at an end of the text.
    """
    match key:
        case "home":
            return 0
        case "end":
            return len(text)
        case "ctrl+left":
            return caret - len(_word_before(text[:caret]))
        case "ctrl+right":
            return caret + len(_word_after(text[caret:]))
        case "left":
            caret -= 1
            while caret > 0 and not cells_of(text[caret]):
                caret -= 1
            return max(0, caret)
    caret += 1
    while caret < len(text) and not cells_of(text[caret]):
        caret += 1
    return min(len(text), caret)


def deleted(key: str, text: str, caret: int) -> tuple[str, int]:
    """Return a text and the caret's index in it after a key of `DELETES`, which deletes a letter or
    word before or after the caret; both unchanged where there is nothing to delete.
    """
    if key == "backspace" and caret:  # a mark alone can be taken off its letter
        return text[: caret - 1] + text[caret:], caret - 1
    move = {"delete": "right", "ctrl+delete": "ctrl+right", "ctrl+backspace": "ctrl+left"}.get(key)
    other = caret_after(move, text, caret) if move else caret
    start, end = sorted((caret, other))
    return text[:start] + text[end:], start


def _word_before(text: str) -> str:
    match = _WORD_BEFORE.search(text)
    return match[0] if match else ""


def _word_after(text: str) -> str:
    match = _WORD_AFTER.match(text)
    return match[0] if match else ""


def field_rows(label: str, text: str, caret: int, width: int) -> list[Row]:
    """Return the rows of an entry field, for a window of `width` cells: its label and the whole
    text, with the caret at index `caret` marked. The row with the caret says in which cell it is.
    """
    *before, last = wrap(label, width) or [""]
    rows = [Row((Span(line, TextStyle.MUTED),)) for line in before]
    pieces: list[Span] = [Span(f"{last} ", TextStyle.MUTED)] if last else []
    column = width_of(last) + 1 if last else 0
    caret_cell = -1
    for start, word in _chunks(text + CURSOR, width - INDENT):
        if column > INDENT and column + width_of(word.rstrip()) > width:
            rows.append(Row(tuple(pieces), caret=caret_cell))
            pieces, column, caret_cell = [Span(" " * INDENT)], INDENT, -1
        if start <= caret < start + len(word):
            caret_cell = min(column + width_of(word[: caret - start]), width - 1)
        pieces += _drawn(word, caret - start, at_end=caret == len(text))
        column += width_of(word)
    rows.append(Row(tuple(pieces), caret=caret_cell))
    return rows


def _drawn(word: str, caret: int, *, at_end: bool) -> list[Span]:
    """A word, the letter under the caret as if it had the focus; behind the text, the sign alone.

    Where the caret is elsewhere, that sign is no part of what was written.
    """
    if at_end or not 0 <= caret < len(word):
        return [Span(word if at_end else word.replace(CURSOR, " "), TextStyle.STRONG)]
    return [
        Span(word[:caret], TextStyle.STRONG),
        Span(word[caret], TextStyle.FOCUS),
        Span(word[caret + 1 :], TextStyle.STRONG),
    ]


def _chunks(text: str, width: int) -> list[tuple[int, str]]:
    """The words with the spaces after them, and where each begins; longer ones in pieces."""
    chunks: list[tuple[int, str]] = []
    for match in _WORD.finditer(text):
        start, word = match.start(), match[0]
        while width_of(word) > width:
            count, used = 0, 0
            while used + cells_of(word[count]) <= width:
                used += cells_of(word[count])
                count += 1
            chunks.append((start, word[:count]))
            start, word = start + count, word[count:]
        chunks.append((start, word))
    return chunks
