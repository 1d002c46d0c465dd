"""Check texts for characters that no text may have, and drawings for their size and glyphs."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from kiosk.library.characters import are_refused, refusal
from kiosk.library.problem import Problem
from kiosk.library.source.draft import TopicDraft
from kiosk.library.source.parsing.toml_paths import locate, strings
from kiosk.library.source.texts import drawings

ART_WIDTH, ART_HEIGHT = 36, 12

_GLYPHS = frozenset(
    "".join(map(chr, range(32, 127)))
    + "\n"
    + "─│┌┐└┘├┤┬┴┼═║╔╗╚╝╠╣╦╩╬╒╓╕╖╘╙╛╜╞╟╡╢╤╥╧╨╪╫"
    + "█░▒▓←↑→↓↔↕▲►▼◄▶◀•"
)
"""Drawing characters that the Linux console and common terminals show, one column each."""


def characters(
    files: Mapping[str, Mapping[str, Any]], texts: Mapping[str, Collection[str]]
) -> Iterator[Problem]:
    """Check that every text and key has only characters that may be sent to a terminal.

    Args:
        files: the parsed content of TOML files, by file name.
        texts: the distinct texts and keys of each file, by file name.
    """
    for file, data in files.items():
        if not are_refused(texts[file]):
            continue
        for loc, text in strings(data):
            why = refusal(text)
            if why:
                where, key = locate(data, loc)
                yield Problem(file, where, f"{key}: {why}" if key else why)


def art(draft: TopicDraft) -> Iterator[Problem]:
    """Check that drawings fit the page, and have only characters that every terminal can draw."""
    for piece in drawings(draft):
        text = str(piece.text)
        lines = text.split("\n")
        width = max(len(line) for line in lines)
        if width > ART_WIDTH or len(lines) > ART_HEIGHT:
            size = f"{width} columns x {len(lines)} rows"
            yield piece.problem(f"{size}; at most {ART_WIDTH} x {ART_HEIGHT}")
        odd = [c for c in text if c not in _GLYPHS]
        if odd and not refusal(text):
            name = unicodedata.name(odd[0], "unnamed").lower()
            yield piece.problem(f'"{odd[0]}" ({name}) is not drawn by every terminal')
