"""Divides the lines of an imported section into claims that fit a screen of 80 x 24."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kiosk.importers.medlineplus.html import TextLine

COLUMNS = 68
"""Of text on a screen of 80."""
ROWS = 11
"""Of text on a screen of 24, besides its title, its status and its choices."""
_LONGEST_LEAD = 3 * COLUMNS

_SENTENCE_ENDS = re.compile(
    r"(?<=[.!?]) (?<!Dr\. )(?<!Mr\. )(?<!Mrs\. )(?<!St\. )(?=[A-ZÁÉÍÓÚÑ¿¡])"
)


@dataclass(frozen=True)
class Chunk:
    """Lines of an imported section that become one claim, with the small heading above them and
    whether a new screen begins with them.
    """

    text: str
    heading: str = ""
    begins_screen: bool = True

    def lines(self) -> list[str]:
        """Return the chunk's paragraphs and list points (which begin with
        "- "), one string each.
        """
        return self.text.split("\n")


def chunks(lines: list[TextLine]) -> list[Chunk]:
    """Divide the lines of a section into chunks, each as much as fits a screen.

    A line that introduces a list stays with its list; a small heading begins a new chunk. Empty
    for no lines.
    """
    pieces: list[Chunk] = []
    gathered: list[TextLine] = []
    heading = ""
    for line in _fitting(lines):
        if line.heading:
            pieces += _made(gathered, heading)
            gathered, heading = [], line.text
            continue
        if gathered and _rows([*gathered, line]) > ROWS:
            rest = [gathered.pop()] if _announces(gathered[-1]) and len(gathered) > 1 else []
            pieces += _made(gathered, heading)
            gathered, heading = rest, ""
        gathered.append(line)
    return _on_screens(pieces + _made(gathered, heading))


def _on_screens(made: list[Chunk]) -> list[Chunk]:
    """Return the chunks, each marked whether a new screen begins with it."""
    marked: list[Chunk] = []
    used = ROWS
    for chunk in made:
        lines = [TextLine(text.removeprefix("- "), text.startswith("- ")) for text in chunk.lines()]
        rows = _rows(lines) + 2 * bool(chunk.heading)
        begins = used + 1 + rows > ROWS
        used = rows if begins else used + 1 + rows
        marked.append(replace(chunk, begins_screen=begins))
    return marked


def with_lead(made: list[Chunk]) -> list[Chunk]:
    """Return the chunks of a section with the first sentence as a chunk of its own, if it can stand
    alone; else unchanged.

    That sentence is shown with the topic's card as a sample of the text. `made` must not be empty.
    """
    first, _, rest = made[0].text.partition("\n")
    match = _SENTENCE_ENDS.search(first)
    lead, remainder = (first[: match.start()], first[match.end() :]) if match else (first, "")
    after = "\n".join(text for text in (remainder, rest) if text)
    if not after or first.startswith("- ") or lead.endswith(":") or len(lead) > _LONGEST_LEAD:
        return made
    return [Chunk(lead, made[0].heading), Chunk(after, begins_screen=False), *made[1:]]


def _made(lines: list[TextLine], heading: str) -> list[Chunk]:
    if lines:
        return [Chunk("\n".join(map(str, lines)), heading)]
    return [Chunk(heading)] if heading else []


def _announces(line: TextLine) -> bool:
    return line.text.endswith(":") and not line.point


def _rows(lines: list[TextLine]) -> int:
    """Return the rows on a screen: paragraphs are set apart by one, points are not."""
    rows = sum(-(-len(line.text) // (COLUMNS - 2 * line.point)) for line in lines)
    return rows + sum(not line.point for line in lines[1:])


def _is_long(line: TextLine) -> bool:
    return len(line.text) > COLUMNS * ROWS


def _fitting(lines: list[TextLine]) -> Iterator[TextLine]:
    """Return the lines, split after sentences so that none is longer than a screen."""
    for line in lines:
        begun = ""
        for sentence in _SENTENCE_ENDS.split(line.text) if _is_long(line) else ():
            if begun and len(begun) + len(sentence) > COLUMNS * ROWS // 2:
                yield TextLine(begun, line.point)
                begun = ""
            begun = f"{begun} {sentence}".strip()
        yield TextLine(begun, line.point) if begun else line
