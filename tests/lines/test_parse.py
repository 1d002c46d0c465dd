"""What a typed line means, on which page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.core.content import Level
from kiosk.core.events import Acknowledged, Event, Started, WasUnsure, WentWithout
from kiosk.core.page import Choice, Gate, Kind, Page, Role
from kiosk.lines.parse import LONGEST, Meant, cleaned, understand
from tests.support.shipped import library

ANSWER = {"caution": "ask-first", "language": "en", "level": Level.PLAIN}
READ = Choice("acknowledge", "I have read this", Acknowledged(**ANSWER))  # type: ignore[arg-type]
UNSURE = Choice("unsure", "I am not sure", WasUnsure(**ANSWER))  # type: ignore[arg-type]
WITHOUT = Choice("without", "Go on without supplements", WentWithout())
NEXT = Choice("next", "Back to the steps", Event(), Role.NEXT)
BACK = Choice("back", "Back", Event(), Role.BACK)
HELP = Choice("help", "Help", Event(), Role.TOOL)
CAUTION = Page(
    Kind.CAUTION, "en", "Ask first", (), (READ, UNSURE, WITHOUT, BACK, HELP),
    gate=Gate("supplements", "Supplements", ()), dwell=2.0,
)  # fmt: skip
DOOR = replace(CAUTION, kind=Kind.DOOR, dwell=0.0)
WELCOME = Page(Kind.WELCOME, "en", "Hello", (), (Choice("start", "START", Started()), HELP))
DETOUR = Page(Kind.DETOUR, "en", "A closer look", (), (NEXT, BACK, HELP))


def say(key: str, **values: object) -> str:
    return library().words["en"].say(key, None, **values)


@pytest.mark.parametrize(
    ("typed", "page", "meant"),
    [
        ("1", CAUTION, Meant(READ)),
        (" 2. ", CAUTION, Meant(UNSURE)),
        ("(3)", CAUTION, Meant(WITHOUT)),
        ("4", CAUTION, Meant()),
        ("0", CAUTION, Meant()),
        ("١", CAUTION, Meant(READ)),
        ("I HAVE READ THIS!", CAUTION, Meant(READ)),
        ("-1", CAUTION, Meant()),
        ("!1", CAUTION, Meant()),
        ("1.5", CAUTION, Meant()),
        ("not sure", DOOR, Meant(UNSURE)),
        ("without", DOOR, Meant(WITHOUT)),
        ("not sure", CAUTION, Meant(could_be=("2 (I am not sure)",))),
        ("read this", CAUTION, Meant(could_be=("1 (I have read this)",))),
        ("I have", CAUTION, Meant(could_be=("1 (I have read this)",))),
        ("go on", CAUTION, Meant(could_be=("3 (Go on without supplements)",))),
        ("I have not read this", CAUTION, Meant()),
        ("supplements", CAUTION, Meant()),
        ("read it again", CAUTION, Meant()),
        ("i", CAUTION, Meant(could_be=("1 (I have read this)", "2 (I am not sure)"))),
        ("s", CAUTION, Meant(could_be=("steps", "staff", "sources", "start over", "stop"))),
        ("sta", CAUTION, Meant(could_be=("staff", "start over"))),
        ("start", CAUTION, Meant(command="start-over")),
        ("start", WELCOME, Meant(WELCOME.choices[0])),
        ("hel", CAUTION, Meant(command="help")),
        ("HELP", CAUTION, Meant(command="help")),
        ("back", DETOUR, Meant(command="back")),
        ("back to the steps", DETOUR, Meant(NEXT)),
        ("\x1b[A\x1b[Dhelp\x7f", CAUTION, Meant(command="help")),
        ("", CAUTION, Meant()),
        ("?!", CAUTION, Meant()),
        ("1" * 6000, CAUTION, Meant()),
    ],
)
def test_a_line_means(typed: str, page: Page, meant: Meant) -> None:
    assert understand(typed, page, say) == meant


def test_cleaning_leaves_one_printable_line_of_bounded_length() -> None:
    assert cleaned("a\tb\x00c\u202ed\r\n") == "a b c d"
    assert cleaned("\x1b]0;title\x07x") == "]0;title x"
    assert len(cleaned("x" * 10_000)) == LONGEST
