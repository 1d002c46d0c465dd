"""Parses the HTML of a MedlinePlus summary into headed sections of lines, links, and a count of
what cannot be carried over.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

from kiosk.importers.medlineplus.screening import clean_text

SECTIONS = ("h1", "h2", "h3")
HEADINGS = ("h4", "h5", "h6")
_INLINE = "a em strong b i u span sub sup small font abbr cite q code"
_BLOCKS = "p div section article blockquote center"
_LISTS = ("ul", "ol")
_CELLS = ("td", "th")
_TABLE = "table thead tbody tfoot tr caption colgroup"
_UNTOLD = "script style iframe object video audio svg math form noscript"
_EMPTY = "br hr img col wbr input source track param link meta"


@dataclass(frozen=True)
class TextLine:
    """One line of an imported summary: a paragraph, a list point, a
    table row or a small heading.
    """

    text: str
    point: bool = False
    heading: bool = False
    """True for a small heading within a section."""

    def __str__(self) -> str:
        return f"- {self.text}" if self.point else self.text


@dataclass
class HeadedText:
    """One section of an imported summary: a heading, and the lines under it."""

    heading: str
    """Empty for what stands before the first one."""
    lines: list[TextLine] = field(default_factory=list)


@dataclass
class ParsedSummary:
    """Result of parsing the HTML of a summary: its headed sections, its links, its attribution, and
    a count of what was lost.
    """

    passages: list[HeadedText]
    attribution: str = ""
    """The organisation that MedlinePlus names below the summary."""
    links: list[tuple[str, str]] = field(default_factory=list)
    """The text and target of each."""
    lost: Counter[str] = field(default_factory=Counter)
    """Elements and attributes that could not be kept, counted."""


def read_html(text: str) -> ParsedSummary:
    """Return `text`, the HTML of a summary, parsed into sections, lines and links.

    A heading without text under it becomes the last line of the section before it.
    """
    reader = _SummaryParser()
    reader.feed(text)
    reader.close()
    reader.end_line()
    summary = reader.summary
    reader.say_unclosed()
    kept: list[HeadedText] = []
    for passage in summary.passages:
        if passage.lines or (passage.heading and not kept):
            kept.append(passage)
        elif passage.heading:  # nothing stands under it: it is the last line before
            kept[-1].lines.append(TextLine(passage.heading))
    summary.passages = kept
    return summary


class _SummaryParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.summary = ParsedSummary([HeadedText("")])
        self._parts: list[str] = []
        self._lists: list[int | None] = []
        """Of each list around, the number of its last point; None where it has no numbers."""
        self._mark = ""
        """Marker of the list point that the current line belongs to; empty outside a list."""
        self._heading = ""
        self._attribution = False
        self._untold = 0
        self._link: tuple[str, int] | None = None
        self._row: list[str] | None = None
        self._header: list[str] = []
        self._rows = 0
        self._is_header = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag in _UNTOLD.split():
            self.summary.lost[f"<{tag}>"] += 1
            self._untold += 1
        elif self._untold:
            return
        elif tag == "br":
            self._parts.append(" ") if self._lists or self._row is not None else self.end_line()
        elif tag == "img":
            alt = clean_text(given.get("alt", ""), Counter())[:60]
            self.summary.lost[f'image "{alt}"' if alt else "image"] += 1
        elif tag in (*SECTIONS, *HEADINGS):
            self.end_line()
            self._heading = tag
        elif tag in _LISTS:
            self.end_line()
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            self.end_line()
            self._begin_point()
        elif tag in _BLOCKS.split():
            self._begin_block(given)
        elif tag in _CELLS or tag in _TABLE.split():
            self._begin_table(tag)
        elif tag == "a":
            self._link = (given.get("href", ""), len(self._parts))
        elif tag == "sup":
            self._raise_digits()
        elif tag == "embed":
            self.summary.lost["<embed>"] += 1
        elif tag not in _INLINE.split() and tag not in _EMPTY.split():
            self.summary.lost[f"<{tag[:20]}>, its text kept"] += 1

    def _raise_digits(self) -> None:
        """Put `^` before raised text that follows a letter or digit: 10<sup>9</sup> must not become
        109.
        """
        if self._parts and self._parts[-1][-1:].isalnum():
            self._parts.append("^")

    def _begin_point(self) -> None:
        if not self._lists:
            self._lists.append(None)
        number = self._lists[-1]
        if number is not None:
            self._lists[-1] = number = number + 1
        inner = "– " if len(self._lists) > 1 else ""
        self._mark = "-" + inner + (f"{number}. " if number is not None else "")

    def _begin_block(self, given: dict[str, str]) -> None:
        if self._row is not None or (self._mark and not "".join(self._parts).strip()):
            return
        if self._mark and self._lists:
            self._parts.append(" ")
            return
        self.end_line()
        self._attribution = "attribution" in given.get("class", "")

    def _begin_table(self, tag: str) -> None:
        if tag == "table":
            self.end_line()
            self.summary.lost["table, told row by row"] += 1
            self._header, self._rows = [], 0
        elif tag == "tr":
            self.end_line()
            self._row, self._is_header = [], True
        elif tag in _CELLS:
            self._put_stray()
            self._is_header &= tag == "th"

    def _put_stray(self) -> None:
        """Keep text of a table that is in no cell."""
        stray = self._text()
        if stray:
            self._put(stray)

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNTOLD.split():
            self._untold = max(0, self._untold - 1)
        elif self._untold:
            return
        elif tag in (*SECTIONS, *HEADINGS):
            self._end_heading()
        elif tag in _LISTS:
            self.end_line()
            if self._lists:
                self._lists.pop()
            self._mark = ""
        elif tag == "li" or (tag in _BLOCKS.split() and not self._mark and self._row is None):
            self.end_line()
        elif tag in _CELLS and self._row is not None:
            self._row.append(self._text())
        elif tag == "tr":
            self._put_stray()
            self._end_row()
        elif tag == "table" and self._header and not self._rows:
            self._put("; ".join(self._header), point=True)
        elif tag == "a" and self._link:
            target, start = self._link
            text = clean_text("".join(self._parts[start:]), Counter())
            self.summary.links.append((text, clean_text(target, Counter())))
            self._link = None

    def say_unclosed(self) -> None:
        """Count as lost the text after an element that is skipped and never closed."""
        if self._untold:
            self.summary.lost["everything after an element without an end"] += 1

    def handle_data(self, data: str) -> None:
        if not self._untold:
            self._parts.append(data)

    def handle_comment(self, data: str) -> None:
        self.summary.lost["comment"] += 1

    def unknown_decl(self, data: str) -> None:
        self.summary.lost["declaration"] += 1

    def _text(self) -> str:
        text = clean_text("".join(self._parts), self.summary.lost)
        self._parts = []
        return text

    def end_line(self) -> None:
        """End the current line and add it to the section."""
        text = self._text()
        mark, self._mark = self._mark, ""
        attribution, self._attribution = self._attribution, False
        if not text:
            return
        if attribution:
            self.summary.attribution = f"{self.summary.attribution} {text}".strip()
        elif self._heading:
            self._parts = [text]
            self._end_heading()
        else:
            self._put(f"{mark[1:]}{text}", bool(mark))

    def _put(self, text: str, point: bool = False, heading: bool = False) -> None:
        if text.startswith("- "):
            text = f"–{text[1:]}"
        self.summary.passages[-1].lines.append(TextLine(text, point, heading))

    def _end_heading(self) -> None:
        tag, self._heading, text = self._heading, "", self._text()
        if not text:
            return
        if tag in HEADINGS:
            self._put(text, heading=True)
        else:
            self.summary.passages.append(HeadedText(text))

    def _end_row(self) -> None:
        cells, self._row = self._row or [], None
        if not any(cells):
            return
        if self._is_header and not self._header and not self._rows:
            self._header = cells
            return
        self._rows += 1
        if len(cells) == len(self._header):
            pairs = [pair for pair in zip(self._header, cells, strict=True) if pair[1]]
            cells = [f"{head}: {cell}" if head else cell for head, cell in pairs]
        self._put("; ".join(cell or "–" for cell in cells), point=True)
