"""How a visit is told: rows, pauses, ASCII, what is said of commands."""

from __future__ import annotations

import gc
import random
import string
import tracemalloc
from collections.abc import Callable

import pytest

from kiosk.core.port import VisitController
from kiosk.core.question import LONGEST_QUESTION
from kiosk.core.take_home.sheet import Sheet
from kiosk.core.take_home.state import HandOver, Outlet, SheetResult
from kiosk.core.visit import Presentation, VisitDefaults
from kiosk.lines.conversation import Conversation
from kiosk.lines.line_source import KEPT, TOO_LONG, LineBuffer
from kiosk.lines.parse import cleaned
from kiosk.lines.render import spoken, to_ascii, wrapped
from tests.support.shipped import AT_ONCE, Clock, lines_port, pack, shelf
from tests.support.transcripts import VISITS, tell, typed_in

TOO_EARLY = "Please read it. Then wait 3 seconds, and answer once."
WAY = ["start", "easy", "steps", "9"]


@pytest.mark.parametrize("width", [20, 40, 76, 200])
def test_no_row_is_wider_than_the_width(width: int) -> None:
    typed = typed_in((VISITS / "reader-easy.txt").read_text())
    rows = tell(typed, width=width).split("\n")
    assert max(len(row) for row in rows if not row.startswith(">")) <= width
    assert not [row for row in rows if row != row.rstrip() or "\t" in row]


def test_points_hang_and_doses_are_not_broken() -> None:
    assert wrapped("  a point that goes on", 14) == ["  a point that", "  goes on"]
    assert wrapped("give 25-40 mg", 9) == ["give", "25-40 mg"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Zinc, 25-40 mg a day", "Zinc, 25 to 40 milligrams a day"),
        ("L-glutamine, 5-10 g daily.", "L-glutamine, 5 to 10 grams daily."),
        ("7-9 hours a night", "7 to 9 hours a night"),
        ("ages 14-18: 34 mg", "ages 14 to 18: 34 milligrams"),
        ("2.5-5 mcg", "2.5 to 5 micrograms"),
        ("on 2025-07-02", "on 2025-07-02"),
        ("68(8):1516-1526. doi:10.1136/gutjnl-2019-318427",) * 2,
        ("PMC-11, group 2B, 50%, omega-3, 40 mgs",) * 2,
    ],
)
def test_amounts_are_said(text: str, said: str) -> None:
    assert spoken(text, lines_port(Clock()).say) == said


def test_the_first_line_says_what_can_be_done() -> None:
    first = tell([]).split("\n")[0]
    assert "START" in first
    assert "Enter" in first


def test_every_prompt_says_what_can_be_typed() -> None:
    for file in VISITS.glob("*.txt"):
        output = file.read_text().replace("\n", " ")
        parts = output.split(" >")[:-1]
        assert all("You can type: " in part for part in parts)


@pytest.mark.parametrize(
    ("command", "leads_to"),
    [
        ("help", "Heading: Help"),
        ("again", "Heading: Is there a treatment?"),
        ("back", "Heading: Which best describes you?"),
        ("next", "Heading: When do I need help?"),
        ("steps", "Heading: The steps"),
        ("words", "Heading: Which words suit you now?"),
        ("language", "That is not possible here."),
        ("staff", "Heading: Ask our staff"),
        ("sources", "Heading: Where does this come from?"),
        ("policy", "Heading: Editorial policy"),
        ("start over", "Heading: Start over?"),
        ("stop", "Goodbye."),
    ],
)
def test_a_command_whole_and_by_a_beginning(command: str, leads_to: str) -> None:
    before = tell(WAY[:2])
    whole = tell([*WAY[:2], command])
    start = before.index("Goodbye") - 2
    assert leads_to in whole[start:]
    beginning = {"help": "h", "start over": "start o", "steps": "ste", "staff": "staf"}
    typed = beginning.get(command, command[:3])
    assert leads_to in tell([*WAY[:2], typed])[start:]


def test_a_long_page_pauses_and_an_empty_line_goes_on() -> None:
    output = tell(["", "start", "", "", "", "easy", "", "stop"], pause=4)
    assert output.count("Press Enter to read on,") >= 4
    rows = output[: output.index("> start")].split("\n")
    assert rows[5].startswith("Press Enter")
    assert "Heading: Which best describes you?" in output
    assert "Heading: Is there a treatment?" in output


def test_a_caution_that_pauses_can_be_answered_only_at_its_end() -> None:
    output = tell([*WAY, "1", "1", "next", "1", "stop"], pause=6)
    assert "Caution 1 of 4" in output
    assert TOO_EARLY in output
    assert "Caution 2 of 4" not in output


def test_an_answer_that_no_silence_came_before_is_refused_and_that_is_said_each_time() -> None:
    out: list[str] = []
    conversation = Conversation(lines_port(Clock()), out.append)
    conversation.begin()
    for line in [*WAY, "1", "1", "1"]:
        conversation.handle_line(line)
    assert out.count(TOO_EARLY) == 2
    assert "Caution 2 of 4" not in out
    assert conversation.settling == (2.0, 0.8)


def test_ascii_is_ascii_and_still_readable() -> None:
    assert to_ascii("“Café” – ½ µg … ¿Qué? 25 µg ≥ 3 °") == (
        '"Cafe" - 1/2 mcg ... Que? 25 mcg >= 3  deg'
    )
    assert to_ascii("é日") == "e?"


def test_lines_are_put_together_and_bounded() -> None:
    lines = LineBuffer()
    lines.feed(b"on")
    assert lines.take() is None
    lines.feed(b"e\ntwo\r\n\r\nthr")
    assert [lines.take(), lines.take(), lines.take(), lines.take()] == ["one", "two", "", None]
    assert lines.take_rest() == "thr"
    for _ in range(100):
        lines.feed(b"x" * 4096)
    lines.feed(b"\n")
    assert len(lines.take() or "") == KEPT + len(TOO_LONG)
    lines.feed(b" " * 5000 + b"what was cut\n")
    assert len(cleaned(lines.take() or "")) > LONGEST_QUESTION  # no field takes it


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n"])
@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_every_end_of_line_is_one_also_in_two_pieces(end: bytes, size: int) -> None:
    lines, text = LineBuffer(), b"1" + end + end + b"next" + end
    for start in range(0, len(text), size):
        lines.feed(text[start : start + size])
    assert [lines.take(), lines.take(), lines.take(), lines.take()] == ["1", "", "next", None]


def test_a_line_that_is_no_text_of_its_encoding_is_read_as_latin_1() -> None:
    lines = LineBuffer()
    lines.feed(b"quiero hacerme da\xf1o\nI can\x92t, \xc3")
    lines.feed("\xb1\n".encode("latin-1"))
    assert lines.take() == "quiero hacerme daño"
    assert lines.take() == "I can’t, ñ"


def test_a_line_is_read_in_the_encoding_that_it_was_typed_in() -> None:
    lines = LineBuffer("iso8859-1")
    lines.feed("me tragué un vaso de lejía\nmañana".encode("iso8859-1"))
    assert lines.take() == "me tragué un vaso de lejía"
    assert lines.take_rest() == "mañana"


def test_a_question_that_is_too_long_is_refused_aloud_and_not_answered() -> None:
    output = tell([*WAY[:2], "question", "is it good to eat prunes " * 60])
    assert "We could not take all of that" in output
    assert "You asked" not in output


@pytest.mark.parametrize("before", [0, 60, 400])
def test_danger_in_a_text_that_is_too_long_is_heard_before_anything_else(before: int) -> None:
    story = "we went to the shop and home again. " * before
    output = tell([*WAY[:2], "question", f"{story}Now I cannot breathe. {story[:700]}"])
    assert "Trouble breathing can be serious" in output
    assert "We could not take all of that" not in output
    assert "went to the shop" not in output.split("Trouble breathing")[1]


def random_lines(count: int, seed: int) -> list[str]:
    """Half of them could mean something."""
    chance = random.Random(seed)
    words = [
        "next", "back", "help", "again", "steps", "words", "staff", "sources", "policy",
        "start over", "start", "yes", "no", "keep", "easy", "health", "without", "cautions",
        "I have read this", "I am not sure", "", *map(str, range(1, 22)),
    ]  # fmt: skip
    letters = string.printable + "éñ¿\u202e\x00\x1b[A日"

    def line() -> str:
        if chance.random() < 0.5:
            return chance.choice(words)
        return "".join(chance.choice(letters) for _ in range(chance.randrange(30)))

    return [line().replace("\n", " ").replace("\r", " ") for _ in range(count)]


QUESTION = "Is a special diet good for leaky gut"
DANGER = "and I just swallowed a whole bottle of sleeping tablets"


def test_a_second_line_of_a_question_is_heard_for_danger() -> None:
    output = tell(["start", "easy", "question", QUESTION, DANGER])
    assert f"You asked: {QUESTION}" in output
    assert "right now" in output.split(f"> {DANGER}")[1]
    assert DANGER not in output.split(f"> {DANGER}")[1]


@pytest.mark.parametrize("before", [[], ["start"], ["start", "easy"], ["start", "easy", "help"]])
def test_a_sentence_that_names_nothing_is_heard_for_danger_on_every_page(before: list[str]) -> None:
    assert "right now" in tell([*before, DANGER]).split(f"> {DANGER}")[1]
    harmless = tell([*before, "show me the next page please"])
    assert "Sorry, we did not understand that." in harmless


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_three_thousand_random_lines(seed: int) -> None:
    output = tell([line for line in random_lines(3000, seed) if line not in ("stop", "^C")])
    assert "Goodbye. We kept nothing." in output[-160:]
    assert all(c == "\n" or c.isprintable() for c in output)


@pytest.mark.second_tier
def test_a_hundred_thousand_random_lines_in_flat_memory() -> None:
    clock = Clock()
    printed = [0]

    def write(row: str) -> None:
        printed[0] += len(row)

    conversation = Conversation(lines_port(clock), write)
    conversation.begin()
    waiting = []
    tracemalloc.start()
    for seed in range(11):
        for line in random_lines(10_000, seed):
            clock.now += 3
            if line != "stop":
                conversation.handle_line(line)
        gc.collect()  # what is kept is counted, not what waits to be freed
        waiting.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    print(f"\n{printed[0]} characters told; bytes held after each ten thousand lines: {waiting}")
    assert printed[0] > 10_000_000
    assert max(waiting[1:]) <= waiting[0] + 400_000


def test_a_page_that_has_to_be_waited_for_is_announced_before_the_wait() -> None:
    rows: list[str] = []
    before: list[str] = []

    class Desk:
        def today(self) -> str:
            return "2026-11-27"

        def hand_over(
            self, sheet: Sheet, wanted: HandOver, then: Callable[[SheetResult, str], None]
        ) -> None:
            before.extend(rows)
            then(SheetResult.PRINTED, "")

    opening = VisitDefaults(
        "en",
        pace=AT_ONCE,
        presentation=Presentation.LINES,
        outlets=frozenset({Outlet.PRINT}),
    )
    port = VisitController(pack().library(), opening, Clock(), shelf(), outlets=Desk())
    conversation = Conversation(port, rows.append)
    conversation.begin()
    for typed in ("start", "easy", "take"):
        conversation.handle_line(typed)
    rows.clear()
    conversation.handle_line("1")
    assert before == ["One moment, please. We are making your page."]
    assert "Heading: It is printed" in rows


def test_a_question_typed_below_the_list_goes_to_its_end() -> None:
    told = tell(["start", "easy", "take", "2", "1", "1", "back", "can I still eat bread?"])
    after = told.split("> can I still eat bread?\n")[1]
    assert "It is on your list." in after
    assert "1. What could cause my symptoms" in after
    assert "2. can I still eat bread?" in after


def test_a_danger_sign_typed_below_the_list_is_heard() -> None:
    told = tell(["start", "easy", "take", "2", "there is blood in my stool, what now?"])
    assert "Heading: Please tell our staff right now" in told
