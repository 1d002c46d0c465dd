"""Turn a page into lines of text to be heard: headings announced in words, pictures described."""

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
    """Return the lines of a page that stand before its choices: title, blocks, notice, and with
    `status` its status line.
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
    """Return the lines for a page's numbered choices, for its entry field, and for Next if Enter
    does more than go to the next page.
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
    """Return the choices of a page that can be chosen by a number, in the order of their numbers
    from 1.
    """
    return [choice for choice in page.choices if choice.role is ChoiceRole.MAIN]


def wrapped(line: str, width: int) -> list[str]:
    """Break a line into rows of at most `width` cells, at spaces; a range such as 25-40 stays
    whole.
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
    """Return a text for a speech synthesizer: ranges of numbers and units of mass are written as
    words of the language in view, or it would read "25-40 mg" as "25 dash 40 em gee".
    """
    text = _RANGE.sub(lambda m: say("lines.range", low=m[1], high=m[2]), text)
    return _UNIT.sub(lambda m: say(f"unit.{m[1]}"), text)


def to_ascii(text: str) -> str:
    """Return a text in ASCII: accents are taken off, signs such as the bullet are replaced; any
    other character becomes "?".
    """
    spread = unicodedata.normalize("NFKD", text.translate(_TABLE))
    plain = "".join(c for c in spread if not unicodedata.combining(c))
    return plain.translate(_TABLE).encode("ascii", "replace").decode("ascii")
