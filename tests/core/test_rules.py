"""The rules on top of `kiosk/core/visit.py`, one by one, on the shipped topic."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.core import events as ev
from kiosk.core.page import Page, PageKind
from kiosk.core.pages.build import page_for
from kiosk.core.transitions import apply
from kiosk.core.visit import (
    AtCaution,
    AtSection,
    AtWelcome,
    Notice,
    Visit,
    VisitDefaults,
    new_visit,
)
from kiosk.core.wording import Level
from tests.support.core import topic_builder
from tests.support.core.visits import (
    acknowledged,
    after,
    all_acknowledged,
    answer,
    at_first_caution,
    reading,
)
from tests.support.shipped import AT_ONCE, library, topic

CAUTIONS = topic().section("supplements").requires
DOOR = next(step for step in topic().steps if topic().section(step).opens == "supplements")
DONE = library().words["en"].say("note.done", Level.PLAIN)


def page(visit: Visit) -> Page:
    return page_for(library(), visit)


def test_a_caution_not_shown_whole_is_never_acknowledged() -> None:
    visit = at_first_caution()
    early = after(visit, answer(visit), at=60)
    assert early.notice is Notice.TOO_EARLY
    assert not early.acknowledged


@pytest.mark.parametrize(("wait", "counts"), [(0.0, False), (1.9, False), (2.0, True), (60, True)])
def test_an_answer_counts_a_dwell_after_the_caution_was_shown(wait: float, counts: bool) -> None:
    visit = after(at_first_caution(), ev.ShownWhole(), at=10)
    assert bool(after(visit, answer(visit), at=10 + wait).acknowledged) is counts


def test_a_key_held_for_a_minute_acknowledges_nothing() -> None:
    visit = after(at_first_caution(), ev.ShownWhole())
    for beat in range(30 * 60):
        visit = after(visit, answer(visit), at=beat / 30)
    assert not visit.acknowledged
    assert after(visit, answer(visit), at=61).acknowledged


@pytest.mark.parametrize(
    "wrong", [{"caution": "nothing-proven"}, {"language": "es"}, {"level": Level.EVERYDAY}]
)
def test_an_answer_to_another_caution_or_in_other_words_is_refused(wrong: dict[str, str]) -> None:
    visit = after(at_first_caution(), ev.ShownWhole())
    outcome = apply(library(), visit, replace(answer(visit), at=60.0, **wrong))  # type: ignore[arg-type]
    assert outcome.refused
    assert outcome.visit == visit


def test_not_sure_shows_other_words_then_leaves_it_open_and_goes_on() -> None:
    visit = after(at_first_caution(), ev.ShownWhole())
    again = after(visit, answer(visit, ev.CautionUnsure), at=3)
    assert again.location == AtCaution("supplements", CAUTIONS[0], again=True)
    assert page(again).blocks != page(visit).blocks
    assert page(again).choice("ask-staff")
    left = after(after(again, ev.ShownWhole(), at=3), answer(again, ev.CautionUnsure), at=6)
    assert left.location == AtCaution("supplements", CAUTIONS[1])
    assert not left.acknowledged


def test_having_read_the_other_words_counts() -> None:
    visit = after(at_first_caution(), ev.ShownWhole())
    again = after(visit, answer(visit, ev.CautionUnsure), at=3)
    assert after(after(again, ev.ShownWhole(), at=3), answer(again), at=6).acknowledged


def test_one_open_caution_keeps_supplements_closed_and_is_named() -> None:
    visit, at = at_first_caution(), 0.0
    visit = after(after(visit, ev.ShownWhole()), answer(visit, ev.CautionUnsure), at=3)
    visit = after(after(visit, ev.ShownWhole(), at=3), answer(visit, ev.CautionUnsure), at=6)
    while isinstance(visit.location, AtCaution):
        at += 10
        visit = acknowledged(visit, at)
    shown = page(visit)
    assert shown.kind is PageKind.DOOR
    assert [caution.id for caution in shown.gate.cautions if caution.open] == [CAUTIONS[0]]  # type: ignore[union-attr]
    assert page(at_first_caution()).title in shown.blocks[0].text
    assert shown.choice("without")
    assert page(acknowledged(after(visit, ev.BeganCautions(), at=at), 99)).kind is PageKind.PRODUCTS


def test_other_words_ask_close_the_gate_and_the_old_words_find_it_open() -> None:
    visit = all_acknowledged()
    assert page(visit).kind is PageKind.PRODUCTS
    asked = after(visit, ev.PanelOpened(panel=ev.Panel.READERS), ev.ChoseReader(reader="everyday"))
    assert page(asked).kind is PageKind.NEW_WORDS
    assert asked.level is Level.PLAIN
    changed = after(asked, ev.Agreed())
    assert page(changed).kind is PageKind.DOOR
    assert len(page(changed).gate.cautions) == len(CAUTIONS)  # type: ignore[union-attr]
    back = after(changed, ev.PanelOpened(panel=ev.Panel.READERS), ev.ChoseReader(reader="easy"))
    assert page(back).kind is PageKind.PRODUCTS


def test_readers_of_one_level_share_their_words() -> None:
    visit = all_acknowledged("everyday")
    other = after(visit, ev.PanelOpened(panel=ev.Panel.READERS), ev.ChoseReader(reader="carer"))
    assert page(other).kind is PageKind.PRODUCTS


def test_going_on_without_is_possible_at_the_door_and_at_every_caution() -> None:
    visit = at_first_caution()
    door = after(visit, ev.WentBack())
    for here in (door, visit):
        assert page(here).choice("without")
        assert page(after(here, ev.GateSkipped())).kind is not PageKind.PRODUCTS


def test_who_goes_on_without_from_another_step_comes_back_to_that_step() -> None:
    second = after(reading(), ev.Advanced())
    for visit in (
        after(second, ev.OpenedSection(section="supplements")),
        after(second, ev.OpenedSection(section="supplements"), ev.BeganCautions()),
    ):
        assert after(visit, ev.GateSkipped()).location == second.location
    at_door = after(second, ev.OpenedSection(section=DOOR))
    behind = after(at_door, ev.BeganCautions(), ev.GateSkipped())
    assert behind.location == AtSection(topic().steps[topic().steps.index(DOOR) + 1])


def test_the_last_product_leads_back_to_the_step_that_was_left() -> None:
    visit, first = all_acknowledged(), reading().location
    visit = after(visit, ev.OpenedProduct(product=topic().section("supplements").products[-1].id))
    assert after(visit, ev.Advanced()).location == first


def test_a_step_that_was_left_out_is_not_called_done() -> None:
    steps = topic().steps
    visit = after(reading(), ev.Advanced(), ev.OpenedSection(section=steps[5]))
    listed = page(after(visit, ev.PanelOpened(panel=ev.Panel.STEPS)))
    done = [step for step in steps if listed.choice(f"section-{step}").note == DONE]
    assert done == list(steps[:2])


@pytest.mark.parametrize("panel", [ev.Panel.HELP, ev.Panel.STAFF, ev.Panel.POLICY, ev.Panel.STEPS])
def test_a_panel_changes_nothing_under_it(panel: ev.Panel) -> None:
    visit = reading()
    assert after(visit, ev.PanelOpened(panel=panel), ev.WentBack()) == visit


def test_an_idle_visit_asks_and_then_starts_over() -> None:
    visit = all_acknowledged()
    asked = after(visit, ev.Ticked(), at=visit.last_activity_at + 180)
    assert page(asked).kind is PageKind.IDLE
    assert page(asked).likely == "stay"  # what Enter takes erases nothing
    assert (
        page(after(asked, ev.UserActive(), at=visit.last_activity_at + 200)).kind
        is PageKind.PRODUCTS
    )
    late = visit.last_activity_at + 240
    gone = after(asked, ev.Ticked(), at=late)
    assert gone == new_visit(visit.opening, late)


def test_what_comes_after_the_deadline_belongs_to_the_next_person() -> None:
    visit = all_acknowledged()
    gone = after(visit, ev.Advanced(), at=visit.last_activity_at + 241)
    assert gone.location == AtWelcome()
    assert not gone.acknowledged


def test_a_clock_that_gives_no_number_opens_nothing() -> None:
    visit = after(at_first_caution(), ev.ShownWhole(), at=float("nan"))
    assert not after(visit, answer(visit), at=float("nan")).acknowledged


def test_starting_over_is_a_new_visit() -> None:
    visit = after(all_acknowledged(), ev.PanelOpened(panel=ev.Panel.START_OVER), at=50)
    assert page(visit).likely == "keep"
    assert after(visit, ev.StartedOver(), at=50) == new_visit(visit.opening, 50)


def test_progress_is_kept_while_looking_closer() -> None:
    start = after(reading(), ev.OpenedSection(section="what-it-means"))
    visit = after(start, ev.OpenedSection(section="gut-wall"))
    assert after(visit, ev.WentBack()).location == AtSection("what-it-means")


def test_a_page_of_a_closed_section_holds_a_gate_and_no_product() -> None:
    shown = page(after(reading(), ev.OpenedSection(section="supplements")))
    assert shown.gate is not None
    assert "product" not in repr(shown.choices)


def test_evidence_of_an_open_page_never_shows_a_supplement_statement() -> None:
    slipped = topic_builder.topic("t0", "en", 1, (("k0",),))
    secret = replace(slipped.statements[0], source="Zinc facts", supplement=True)
    shelf = topic_builder.library(replace(slipped, statements=(secret,)))
    visit = new_visit(VisitDefaults("en", pace=AT_ONCE))
    for event in (ev.Started(), ev.ChoseReader(reader="plain")):
        visit = apply(shelf, visit, event).visit
    visit = apply(shelf, visit, ev.PanelOpened(panel=ev.Panel.EVIDENCE)).visit
    shown = page_for(shelf, visit)
    assert shown.kind is PageKind.EVIDENCE
    assert "Zinc" not in repr(shown)


def test_doubting_a_caution_opens_it_again_in_all_words() -> None:
    read = all_acknowledged()
    asked = after(read, ev.PanelOpened(panel=ev.Panel.READERS), at=90)
    asked = after(asked, ev.ChoseReader(reader="everyday"), ev.Agreed(), at=90)
    visit = after(asked, ev.BeganCautions(), at=90)
    for at in (100, 110):
        visit = after(visit, ev.ShownWhole(), at=at - 5)
        visit = after(visit, answer(visit, ev.CautionUnsure), at=at)
    visit = after(visit, ev.WentBack(), ev.PanelOpened(panel=ev.Panel.READERS), at=120)
    gate = page(after(visit, ev.ChoseReader(reader="easy"), at=120)).gate
    assert gate is not None
    assert [caution.id for caution in gate.cautions if caution.open] == [CAUTIONS[0]]


def test_products_that_no_caution_stands_before_stay_closed() -> None:
    supplements = topic().section("supplements")
    bare = replace(supplements, requires=())
    others = tuple(section for section in topic().sections if section.id != "supplements")
    shelf = replace(library(), opened=(replace(topic(), sections=(*others, bare)),))
    visit = replace(all_acknowledged(), location=AtSection("supplements"))
    assert page_for(shelf, visit).kind is PageKind.DOOR

    refused = apply(shelf, visit, ev.OpenedProduct(product="zinc", at=90))
    assert refused.refused


def test_a_level_that_no_reader_has_is_read_all_the_same() -> None:
    readers = tuple(
        reader for reader in library().readers if reader.level is not Level.PROFESSIONAL
    )
    shelf = replace(library(), readers=readers)
    visit = apply(
        shelf, new_visit(VisitDefaults("en", pace=AT_ONCE, level=Level.PROFESSIONAL)), ev.Started()
    ).visit
    assert visit.level is Level.PROFESSIONAL
    assert page_for(shelf, visit).kind is PageKind.STEP


def test_doubting_a_caution_that_was_read_opens_it_again() -> None:
    read = all_acknowledged()
    in_other_words = after(read, ev.PanelOpened(panel=ev.Panel.READERS), at=90)
    asked = after(in_other_words, ev.ChoseReader(reader="everyday"), ev.Agreed(), at=90)
    at_caution = after(asked, ev.BeganCautions(), at=90)
    back = after(at_caution, ev.PanelOpened(panel=ev.Panel.READERS), at=90)
    visit = after(back, ev.ChoseReader(reader="easy"), at=90)
    assert isinstance(visit.location, AtCaution)
    doubted = after(visit, ev.ShownWhole(), at=90)
    doubted = after(doubted, answer(doubted, ev.CautionUnsure), at=100)
    doubted = after(doubted, ev.ShownWhole(), at=100)
    doubted = after(doubted, answer(doubted, ev.CautionUnsure), at=110)
    gate = page(doubted).gate
    assert gate is not None
    assert [caution.id for caution in gate.cautions if caution.open] == [CAUTIONS[0]]
