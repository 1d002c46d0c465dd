"""Understands a line typed at the prompt: which choice of the page or which command it names, or
that it is the reader's own words.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from kiosk.core.page import Choice, ChoiceRole, Page
from kiosk.core.phrases import COMMANDS
from kiosk.core.question import LONGEST_CHECKED
from kiosk.core.text import one_line
from kiosk.fast_dataclass import dataclass
from kiosk.lines.render import numbered

LONGEST = LONGEST_CHECKED
"""Characters of a line that are looked at; no choice is as long, and no question is answered that
is longer, but it is checked for alarms."""
FEW_WORDS = 2
"""Up to so many words are taken for a choice or a command, where a page also takes own words."""
_ESCAPES = re.compile(r"\x1b(\[[0-?]*[ -/]*[@-~]?|[@-Z\\^_]?)")
_NUMBER = re.compile(r"[(#]?(\d{1,3})[.)]?")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")

CHOICE_OF = {
    "ask": "ask",
    "take": "take",
    "help": "help",
    "steps": "steps",
    "words": "readers",
    "language": "languages",
    "staff": "staff",
    "sources": "evidence",
    "policy": "policy",
    "start-over": "start-over",
}
"""The choice that a command takes, by its id, which is also the kind of the page it leads to."""


@dataclass(frozen=True)
class ParsedLine:
    """Result of parsing a typed line: a choice of the page, or a command, or (`written`) the
    reader's own words, or in `could_be` the names of what it may mean. All are empty where the line
    was not understood.
    """

    choice: Choice | None = None
    command: str = ""
    could_be: tuple[str, ...] = ()
    written: bool = False
    """True if the line is what the page lets the reader write."""


def cleaned(typed: str) -> str:
    """Return a typed line as `one_line` makes it, without a terminal's escape sequences, cut to the
    longest length that is looked at.
    """
    return one_line(_ESCAPES.sub("", typed[: 2 * LONGEST]))[:LONGEST]


def parse_line(typed: str, page: Page, say: Callable[..., str]) -> ParsedLine:
    """Return what a typed line means on a page: a choice by its number, label or some words of it,
    or a command by its name or first letters. `say` gives the words of commands.

    Several that fit are listed in `could_be`. On a page with a text field, a line that names
    nothing, or has over two words and is no whole name, is the reader's own words. Words that
    stand in the title of the page or the closed section choose nothing alone: "supplements" is not
    "without". An answer to a caution must be a number or a whole label.
    """
    words = _words(typed)
    if not words:
        return ParsedLine()
    main = numbered(page)
    if numeral := _NUMBER.fullmatch(cleaned(typed)):
        number = int(numeral[1])
        return ParsedLine(main[number - 1]) if 1 <= number <= len(main) else ParsedLine()
    named = {name: _words(say(f"command.{name}")) for name in COMMANDS}
    exact = [name for name, own_words in named.items() if own_words == words]
    if exact:
        return ParsedLine(command=exact[0])
    walks = [choice for choice in page.choices if choice.role is not ChoiceRole.TOOL]
    whole = [choice for choice in walks if _words(choice.label) == words]
    if whole:
        return ParsedLine(whole[0])
    if page.entry is not None and len(words) > FEW_WORDS:
        return ParsedLine(written=True)
    said = " ".join(words)
    commands = [name for name, own_words in named.items() if " ".join(own_words).startswith(said)]
    common = {*_words(page.title), *_words(page.gate.title if page.gate else "")}
    choices = [c for c in main if not set(words) <= common and _has_run(_words(c.label), words)]
    if len(commands) + len(choices) == 1 and not (choices and page.dwell):
        return ParsedLine(choices[0]) if choices else ParsedLine(command=commands[0])
    if page.entry is not None:
        return ParsedLine(written=True)
    numbers = [f"{main.index(choice) + 1} ({choice.label})" for choice in choices]
    return ParsedLine(could_be=(*numbers, *(say(f"command.{name}") for name in commands)))


def is_end(typed: str, page: Page, say: Callable[..., str]) -> bool:
    """Return whether a line typed at "Are you still there?", which is `page`, ends the visit: it is
    the whole label of the choice that does, or a whole command. `say` gives the words of commands.

    A number or a part of these does not: it may have been typed for the page before.
    """
    labels = [choice.label for choice in page.choices if choice.id == "start-over"]
    names = [say(f"command.{name}") for name in ("start-over", "stop")]
    return _words(typed) in [_words(name) for name in (*labels, *names)]


def choice_of(command: str, page: Page) -> Choice | None:
    """Return the choice that a command takes on a page; None where it takes none.

    "Next" takes the choice that leads on, or a page's only numbered one if it is the likely one.
    """
    by_id = {choice.id: choice for choice in page.choices}
    if command == "next":
        main = numbered(page)
        next_choices = [choice for choice in page.choices if choice.role is ChoiceRole.NEXT]
        main = main if len(main) == 1 and main[0].id == page.likely else []
        return next(iter(next_choices or main), None)
    if command == "back":
        return next((by_id[id_] for id_ in ("back", "keep", "stay") if id_ in by_id), None)
    return by_id.get(CHOICE_OF.get(command, ""))


def _words(text: str) -> list[str]:
    return _WORD.findall(cleaned(text).casefold())


def _has_run(words: list[str], run: list[str]) -> bool:
    spans = range(len(words) - len(run) + 1)
    return any(words[start : start + len(run)] == run for start in spans)
