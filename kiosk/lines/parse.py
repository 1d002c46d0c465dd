"""Find the choice of a page, or the command (such as "repeat"), that a typed line names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from kiosk.core.page import Choice, ChoiceRole, Page
from kiosk.core.phrases import COMMANDS
from kiosk.core.question import LONGEST_HEARD
from kiosk.fast_dataclass import dataclass
from kiosk.lines.render import numbered

LONGEST = LONGEST_HEARD
"""Characters of a line that are looked at; no choice is as long, and no question is answered that
is longer, but it is heard for danger."""
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
    """What a typed line means, as `parse_line` finds it: a choice of the page, or a command. If it
    is ambiguous, `could_be` has the words of all that it may mean.
    """

    choice: Choice | None = None
    command: str = ""
    could_be: tuple[str, ...] = ()
    written: bool = False
    """Whether the line is what the page lets the reader write."""


def cleaned(typed: str) -> str:
    """Return a typed line as printable text: without escape sequences and control characters that
    keys or the terminal have left in it, with single spaces, cut to a maximum length.
    """
    text = _ESCAPES.sub("", typed[: 2 * LONGEST])
    text = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(unicodedata.normalize("NFKC", text).split())[:LONGEST]


def parse_line(typed: str, page: Page, say: Callable[..., str]) -> ParsedLine:
    """Return the one choice or command that a typed line names: by its number, its whole label, a
    word of the label, or the beginning of one.

    A choice is named by a word of its label; a command by its first letters, too. Words that also
    stand in the page's title, or in the title of the section that is closed, name nothing:
    "supplements" must not choose "without supplements". On a page that asks for a deliberate
    answer (one with a dwell), only a number or a whole label counts: "read this" may be a wish to
    have the page read aloud.
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


def _words(text: str) -> list[str]:
    return _WORD.findall(cleaned(text).casefold())


def _has_run(words: list[str], run: list[str]) -> bool:
    spans = range(len(words) - len(run) + 1)
    return any(words[start : start + len(run)] == run for start in spans)
