"""What a typed line means, on which page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.core.events import (
    CautionAcknowledged,
    CautionUnsure,
    Event,
    GateSkipped,
    Started,
    StartedOver,
    UserActive,
)
from kiosk.core.page import Choice, ChoiceRole, Gate, Page, PageKind
from kiosk.core.wording import Level
from kiosk.lines.parse import LONGEST, ParsedLine, cleaned, is_end, parse_line
from tests.support.shipped import library
from tests.support.transcripts import tell

ANSWER = {"caution": "ask-first", "language": "en", "level": Level.PLAIN}
READ = Choice("acknowledge", "I have read this", CautionAcknowledged(**ANSWER))  # type: ignore[arg-type]
UNSURE = Choice("unsure", "I am not sure", CautionUnsure(**ANSWER))  # type: ignore[arg-type]
WITHOUT = Choice("without", "Go on without supplements", GateSkipped())
NEXT = Choice("next", "Back to the steps", Event(), ChoiceRole.NEXT)
BACK = Choice("back", "Back", Event(), ChoiceRole.BACK)
HELP = Choice("help", "Help", Event(), ChoiceRole.TOOL)
CAUTION = Page(
    PageKind.CAUTION, "en", "Ask first", (), (READ, UNSURE, WITHOUT, BACK, HELP),
    gate=Gate("supplements", "Supplements", ()), dwell=2.0,
)  # fmt: skip
DOOR = replace(CAUTION, kind=PageKind.DOOR, dwell=0.0)
WELCOME = Page(PageKind.WELCOME, "en", "Hello", (), (Choice("start", "START", Started()), HELP))
DETOUR = Page(PageKind.DETOUR, "en", "A closer look", (), (NEXT, BACK, HELP))

IDLE = Page(
    PageKind.IDLE, "en", "Are you still there?", (),
    (
        Choice("stay", "I am still here", UserActive()),
        Choice("start-over", "I have finished. End this visit", StartedOver()),
    ),
)  # fmt: skip


def say(key: str, **values: object) -> str:
    return library().words["en"].say(key, None, **values)


@pytest.mark.parametrize(
    ("typed", "page", "meant"),
    [
        ("1", CAUTION, ParsedLine(READ)),
        (" 2. ", CAUTION, ParsedLine(UNSURE)),
        ("(3)", CAUTION, ParsedLine(WITHOUT)),
        ("4", CAUTION, ParsedLine()),
        ("0", CAUTION, ParsedLine()),
        ("١", CAUTION, ParsedLine(READ)),
        ("I HAVE READ THIS!", CAUTION, ParsedLine(READ)),
        ("-1", CAUTION, ParsedLine()),
        ("!1", CAUTION, ParsedLine()),
        ("1.5", CAUTION, ParsedLine()),
        ("not sure", DOOR, ParsedLine(UNSURE)),
        ("without", DOOR, ParsedLine(WITHOUT)),
        ("not sure", CAUTION, ParsedLine(could_be=("2 (I am not sure)",))),
        ("read this", CAUTION, ParsedLine(could_be=("1 (I have read this)",))),
        ("I have", CAUTION, ParsedLine(could_be=("1 (I have read this)",))),
        ("go on", CAUTION, ParsedLine(could_be=("3 (Go on without supplements)",))),
        ("I have not read this", CAUTION, ParsedLine()),
        ("supplements", CAUTION, ParsedLine()),
        ("read it again", CAUTION, ParsedLine()),
        ("i", CAUTION, ParsedLine(could_be=("1 (I have read this)", "2 (I am not sure)"))),
        ("s", CAUTION, ParsedLine(could_be=("steps", "staff", "sources", "start over", "stop"))),
        ("sta", CAUTION, ParsedLine(could_be=("staff", "start over"))),
        ("start", CAUTION, ParsedLine(command="start-over")),
        ("start", WELCOME, ParsedLine(WELCOME.choices[0])),
        ("hel", CAUTION, ParsedLine(command="help")),
        ("HELP", CAUTION, ParsedLine(command="help")),
        ("back", DETOUR, ParsedLine(command="back")),
        ("back to the steps", DETOUR, ParsedLine(NEXT)),
        ("\x1b[A\x1b[Dhelp\x7f", CAUTION, ParsedLine(command="help")),
        ("", CAUTION, ParsedLine()),
        ("?!", CAUTION, ParsedLine()),
        ("1" * 6000, CAUTION, ParsedLine()),
    ],
)
def test_a_line_means(typed: str, page: Page, meant: ParsedLine) -> None:
    assert parse_line(typed, page, say) == meant


def test_cleaning_leaves_one_printable_line_of_bounded_length() -> None:
    assert cleaned("a\tb\x00c\u202ed\r\n") == "a b c d"
    assert cleaned("\x1b]0;title\x07x") == "]0;title x"
    assert len(cleaned("x" * 20_000)) == LONGEST


def test_next_takes_no_question_off_the_list() -> None:
    told = tell(["start", "easy", "take", "2", "1", "1", "back", "1", "next"])
    asked, answered = told.split("> next\n")
    assert asked.rpartition("Heading: One of your questions")[2].count("\n1. Take it off") == 1
    assert answered.startswith("Please type one of these.\n1. Take it off the list")


@pytest.mark.parametrize("typed", ["I have finished, end this visit!", "Start over", " STOP "])
def test_a_whole_name_ends_the_visit_at_are_you_still_there(typed: str) -> None:
    assert is_end(typed, IDLE, say)


@pytest.mark.parametrize(
    "typed",
    [
        *("", "1", "2", "(2)", "I am still here", "have", "i have", "finished", "this visit"),
        *("start", "st", "sto", "I have finished", "stop bleeding", "start over please"),
    ],
)
def test_a_number_or_a_part_of_a_name_ends_no_visit(typed: str) -> None:
    assert not is_end(typed, IDLE, say)
