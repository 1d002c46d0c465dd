"""What can be taken along says what was read and asked in this visit, and nothing withheld."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from kiosk.core import events as ev
from kiosk.core.gate import is_open
from kiosk.core.page import Block, BlockKind
from kiosk.core.pages.build import page_for
from kiosk.core.pages.context import PageContext
from kiosk.core.pages.sheet import lines_of, text_for_codes
from kiosk.core.take_home.sheet import LineRole
from kiosk.core.take_home.state import SectionRef, SheetKind
from kiosk.core.transitions import apply
from kiosk.core.visit import Visit, VisitDefaults, new_visit
from kiosk.core.wording import Level
from tests.support.core.gated_terms import gated_terms
from tests.support.core.handouts import Handouts
from tests.support.sheets.made import full_visit, made_sheet, plain_visit
from tests.support.shipped import AT_ONCE, library, topic

WALKS, STEPS = 40, 150


def lines_under(visit: Visit, heading: str) -> list[str]:
    """The lines of the hand-out under a heading."""
    lines = made_sheet(visit, SheetKind.HANDOUT).lines
    start = next(
        n for n, line in enumerate(lines) if (line.role, line.text) == (LineRole.HEADING, heading)
    )
    rest = lines[start + 1 :]
    end = next((n for n, line in enumerate(rest) if line.role is LineRole.HEADING), len(rest))
    return [line.text for line in rest[:end]]


def test_a_table_without_a_title_begins_with_its_first_row() -> None:
    cells = (("Food", "How much"), ("Oats.", "a cup"))
    rows = [line.text for line in lines_of([Block(BlockKind.TABLE, "", cells=cells)])]
    assert rows == ["Food: Oats. How much: a cup."]


def headings(visit: Visit) -> list[str]:
    lines = made_sheet(visit, SheetKind.HANDOUT).lines
    return [line.text for line in lines if line.role is LineRole.HEADING]


@pytest.mark.parametrize("level", list(Level))
def test_without_the_cautions_no_word_of_a_supplement_is_on_it(level: Level) -> None:
    visit = plain_visit(level=level)
    assert not gated_terms().search(Handouts(library()).text_of(visit).casefold())


@pytest.mark.parametrize("level", list(Level))
def test_what_was_read_behind_the_cautions_is_on_it_until_they_are_open_again(
    level: Level,
) -> None:
    visit = full_visit(level)
    told = repr(made_sheet(visit, SheetKind.HANDOUT))
    products = topic().section("supplements").products
    assert all(product.name.at(level) in told for product in products)
    closed = replace(visit, acknowledged=frozenset(list(visit.acknowledged)[1:]))
    assert not gated_terms().search(Handouts(library()).text_of(closed).casefold())


def test_only_what_was_opened_behind_the_cautions_is_on_it() -> None:
    visit = full_visit()
    zinc = frozenset(part for part in visit.parts if part.product == "zinc")
    told = repr(made_sheet(replace(visit, parts=zinc), SheetKind.HANDOUT)).casefold()
    assert "zinc" in told
    assert "glutamine" not in told


def test_codes_have_the_heading_of_own_questions_only_where_one_is_shown() -> None:
    page = SectionRef(topic().id, "supplements", "zinc")
    opened = replace(full_visit(), questions=(page,))
    closed = replace(opened, acknowledged=frozenset())
    texts = []
    for visit in (opened, closed, replace(closed, questions=())):
        context = PageContext(library(), visit)
        texts.append(text_for_codes(context, topic()))
    heading = f"{context.say('own.title')}\n"
    assert texts[0].startswith(f"{heading}1. ")
    assert texts[1] == texts[2]
    assert heading not in texts[1]
    assert texts[1]


def test_a_page_behind_cautions_is_no_question_once_they_are_open_again() -> None:
    section = topic().section("supplements")
    product = section.products[0]
    visit = full_visit()
    asked = replace(visit, questions=(SectionRef(topic().id, section.id, product.id),))
    words = f'more about this: "{product.name.plain}"'
    assert words in repr(made_sheet(asked, SheetKind.HANDOUT))
    closed = replace(asked, acknowledged=frozenset())
    assert words not in Handouts(library()).text_of(closed)


def test_own_questions_come_first_and_have_room_below() -> None:
    visit = plain_visit(own="Can I eat bread?")
    assert headings(visit)[0] == "My questions for the doctor"
    lines = lines_under(visit, "My questions for the doctor")
    assert lines[:3] == ["1. Can I eat bread?", "", ""]
    assert lines[3] == "2. What could cause my symptoms, and which tests do I need?"


def test_without_own_questions_the_page_says_so_and_paper_has_room_to_write() -> None:
    visit = replace(plain_visit(), questions=())
    assert lines_under(visit, "My questions for the doctor") == [""] * 4
    shown = apply(library(), visit, ev.PanelOpened(panel=ev.Panel.SHEET)).visit
    words = list(page_for(library(), shown).words())
    below = words[words.index("My questions for the doctor") + 1]
    assert below == 'None yet. Go back, and choose "My questions for the doctor".'


def test_the_diary_on_the_screen_begins_with_date_and_time() -> None:
    shown = apply(library(), plain_visit(), ev.PanelOpened(panel=ev.Panel.DIARY)).visit
    points = [b.text for b in page_for(library(), shown).blocks if b.mood is BlockKind.POINT]
    assert points[:3] == ["Date", "When", "What I ate, drank or took"]


def test_the_diary_on_the_screen_shows_a_row_filled_in() -> None:
    shown = apply(library(), plain_visit(), ev.PanelOpened(panel=ev.Panel.DIARY)).visit
    (picture,) = [b for b in page_for(library(), shown).blocks if b.mood is BlockKind.PICTURE]
    assert "bean soup" in picture.text
    assert any("bean soup" in line for line in picture.art)


def test_it_has_all_that_a_hand_out_needs() -> None:
    told = headings(full_visit())
    assert told == [
        "My questions for the doctor", "What I can do today", "When to get help",
        "Cautions that I read", topic().section("supplements").title.plain,
        "Where this comes from", "For the doctor or nurse",
    ]  # fmt: skip
    assert "Cautions that I read" not in headings(plain_visit())


@pytest.mark.parametrize("level", list(Level))
def test_cautions_that_call_the_staff_say_what_to_do_away_from_the_clinic(level: Level) -> None:
    first = lines_under(full_visit(level), "Cautions that I read")[0]
    assert "at the clinic? Call " in first or "away from the clinic, call " in first
    assert "{" not in first


def test_the_diary_asks_for_what_both_documents_ask() -> None:
    sheet = made_sheet(plain_visit(), SheetKind.DIARY)
    assert len(sheet.days) == 14
    asked = " ".join((*sheet.columns, *sheet.daily)).casefold()
    assert all(word in asked for word in ("ate", "drank", "took", "when", "symptom", "0 to 10"))
    assert "stress" in asked
    assert "sleep" in asked


@pytest.mark.slow
@pytest.mark.parametrize("reader", ["easy", "everyday", "health-care"])
def test_no_walk_at_random_takes_anything_withheld_along(reader: str) -> None:
    chance, terms, handouts = random.Random(19), gated_terms(), Handouts(library())
    supplements, was_open = topic().section("supplements"), 0
    for _ in range(WALKS):
        visit = apply(library(), new_visit(VisitDefaults("en", pace=AT_ONCE)), ev.Started()).visit
        visit = apply(library(), visit, ev.ChoseReader(reader=reader)).visit
        for _ in range(STEPS):
            page = page_for(library(), visit)
            choices = [choice.event for choice in page.choices]
            event = chance.choice([*choices, ev.ShownWhole()])
            if isinstance(event, ev.StartedOver | ev.TextChanged):
                continue
            visit = apply(library(), visit, replace(event, at=visit.last_activity_at + 5)).visit
            if is_open(topic(), visit, supplements):
                was_open += 1
            elif visit.topic:
                assert not terms.search(handouts.text_of(visit).casefold()), visit
    print(f"{was_open} visits were open")
