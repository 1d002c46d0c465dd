"""Turns a page into lines of text for a screen reader or speech: headings are announced in words,
pictures replaced by their descriptions, tables by sentences.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from kiosk.core.cells import wrap
from kiosk.core.page import Block, BlockKind, Choice, ChoiceRole, Page, PageKind

Say = Callable[..., str]

POINT = "  "
"""Before each point of a list: seen, and silent when it is spoken."""

UNITS = ("mcg", "mg", "g")
_RANGE = re.compile(r"(?<![\w:/;.-])(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)(?![\w/;.-]*[\d/])")
_UNIT = re.compile(rf"(?<=\d )({'|'.join(UNITS)})\b")
_TABLE = str.maketrans({
    "‘": "'", "’": "'", "‚": ",", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-", "…": "...", "•": "*",
    "×": "x", "÷": "/", "≤": "<=", "≥": ">=", "±": "+/-", "≈": "~",
    "°": " deg", "µ": "mc", "μ": "mc", "½": "1/2", "¼": "1/4", "¾": "3/4",
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "¿": "", "¡": "",
    "→": "->", "←": "<-", "©": "(c)", "®": "(R)", "™": "(TM)", "€": "EUR", "£": "GBP",
})  # fmt: skip
"""Before accents are taken off. A microgram is "mcg": "ug" has been read as "mg"."""


def page_lines(page: Page, say: Say, *, status: bool = True) -> list[str]:
    """Return the lines of a page without its choices: the clinic's name on the first page, the
    step, the review status (if `status`), a notice, the title and the blocks. `say` gives the
    phrases.
    """
    lines = [page.clinic] if page.kind is PageKind.WELCOME else []
    lines += [page.step_label, page.status if status else "", page.notice]
    lines.append(say("lines.heading", text=page.title))
    for block in page.blocks:
        lines += _table(block, say) if block.mood is BlockKind.TABLE else [_block(block, say)]
    return [line for line in lines if line]


def _table(block: Block, say: Say) -> list[str]:
    """A table as sentences: a line a row, each cell after the name of its column."""
    lines = [say("lines.table", text=block.text)] if block.text else []
    for row in block.rows:
        cells = (f"{name}: {cell.rstrip('.')}." for name, cell in row)
        lines.append(spoken(" ".join(cells), say))
    return lines


def choice_lines(page: Page, say: Say) -> list[str]:
    """Return the lines that offer a page's choices: each numbered choice under the heading of its
    group, the label of the text field, and what Next leads to where its label says more than
    "Next".
    """
    lines: list[str] = []
    group = ""
    for number, choice in enumerate(numbered(page), start=1):
        if choice.group and choice.group != group:
            group = choice.group
            lines.append(say("lines.heading", text=group))
        lines.append(f"{number}. {_choice(choice, say)}")
    if page.entry:
        lines.append(say("lines.entry", label=page.entry.label))
    for choice in page.choices:
        word = say("command.next")
        if choice.role is ChoiceRole.NEXT and choice.label.casefold() != word.casefold():
            lines.append(f"{word}: {choice.label}")
    return lines


def numbered(page: Page) -> list[Choice]:
    """Return the page's main choices, which are answered by number: the first is number 1."""
    return [choice for choice in page.choices if choice.role is ChoiceRole.MAIN]


def wrapped(line: str, width: int) -> list[str]:
    """Return a line broken into rows of at most `width` cells; the rows of a list's point are all
    indented. A range such as 25-40 is not broken at its hyphen.
    """
    indent = POINT if line.startswith(POINT) else ""
    return [indent + row for row in wrap(line, width - len(indent))]


def _block(block: Block, say: Say) -> str:
    if block.mood is BlockKind.SOURCE:  # a citation is copied, not said
        return block.words
    if block.mood is BlockKind.CODE:
        return say("lines.code", text=" ".join(block.text.split()))
    words = spoken(block.words, say)
    if block.urgent and block.mood is BlockKind.HEADING:
        return say("lines.urgent", text=words)
    if block.mood is BlockKind.HEADING:
        return say("lines.heading", text=words)
    if block.mood is BlockKind.PICTURE:
        return say("lines.picture", text=words)
    return POINT + words if block.mood is BlockKind.POINT else words


def _choice(choice: Choice, say: Say) -> str:
    said = choice.label
    if choice.note:
        said += f" ({choice.note})"
    if choice.preview:
        said += f" {say('readers.preview')} {choice.preview}"
    return said


def spoken(text: str, say: Say) -> str:
    """Return a text with ranges of numbers and units of mass in words, such as "25 to 40
    milligrams". `say` gives the words in the visit's language.

    A speech synthesizer makes "25 dash 40 em gee" of "25-40 mg".
    """
    text = _RANGE.sub(lambda m: say("lines.range", low=m[1], high=m[2]), text)
    return _UNIT.sub(lambda m: say(f"unit.{m[1]}"), text)


def to_ascii(text: str) -> str:
    """Return a text in ASCII: accents are taken off, signs written out, such as "<=", and each
    character that has no ASCII form becomes "?".
    """
    spread = unicodedata.normalize("NFKD", text.translate(_TABLE))
    plain = "".join(c for c in spread if not unicodedata.combining(c))
    return plain.translate(_TABLE).encode("ascii", "replace").decode("ascii")
