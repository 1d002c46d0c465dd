"""A page as lines to be heard: headings announced in words, pictures by their words."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

from kiosk.core.page import Block, BlockKind, Choice, ChoiceRole, Page, PageKind
from kiosk.lines.speech import spoken

Say = Callable[..., str]

POINT = "  "
"""Before each point of a list: seen, and silent when it is spoken."""


def page_lines(page: Page, say: Say, *, status: bool = True) -> list[str]:
    """What the page says, a paragraph a line, before its choices; with its status or without."""
    lines = [page.clinic] if page.kind is PageKind.WELCOME else []
    lines += [page.place, page.status if status else "", page.notice]
    lines.append(say("lines.heading", text=page.title))
    for block in page.blocks:
        lines += _table(block, say) if block.mood is BlockKind.TABLE else [_block(block, say)]
    return [line for line in lines if line]


def _table(block: Block, say: Say) -> list[str]:
    """A table as sentences: a line a row, each cell after the name of its column."""
    lines = [say("lines.table", text=block.text)]
    for row in block.rows:
        cells = (f"{name}: {cell.rstrip('.')}." for name, cell in row)
        lines.append(spoken(" ".join(cells), say))
    return lines


def choice_lines(page: Page, say: Say) -> list[str]:
    """The numbered choices, and what Next does where it does not simply go on."""
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
    """The choices that take a number, in its order."""
    return [choice for choice in page.choices if choice.role is ChoiceRole.MAIN]


def wrapped(line: str, width: int) -> list[str]:
    """`line` in rows of at most `width` characters; 25-40 is not broken at its hyphen."""
    indent = POINT if line.startswith(POINT) else ""
    return textwrap.wrap(
        line.strip(), width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
    )


def _block(block: Block, say: Say) -> str:
    if block.mood is BlockKind.SOURCE:  # a citation is copied, not said
        return block.words
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
