"""Asking: what an answer may show, where it leads, and what is forgotten."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, groupby

import pytest

from kiosk.core import events as ev
from kiosk.core.library import AlarmMessage
from kiosk.core.page import BlockKind, PageKind
from kiosk.core.question import LONGEST_QUESTION, Answer, AnswerKind, PassageRef
from kiosk.core.rules.questions import ids_in, location_of
from kiosk.core.visit import AtProduct, AtSection
from kiosk.core.wording import Level
from tests.support.core import topic_builder
from tests.support.core.asking_visit import (
    CLOSED_ITEMS,
    GATES,
    AskingVisit,
    answer_with,
    passage,
    text_of,
)


@pytest.mark.parametrize("item", CLOSED_ITEMS)
@pytest.mark.parametrize("behaviour", list(AnswerKind))
def test_an_answer_that_points_behind_the_cautions_gives_nothing_out(
    item: str, behaviour: AnswerKind
) -> None:
    visit = AskingVisit()
    page = visit.ask(Answer(behaviour, "en", (passage(item), passage("w1"))))
    assert topic_builder.CANARY not in text_of(page)
    assert not [block for block in page.blocks if item in block.passage]


@pytest.mark.parametrize("item", CLOSED_ITEMS)
def test_what_is_behind_cautions_is_said_to_be(item: str) -> None:
    visit = AskingVisit()
    page = visit.ask(answer_with(passage(item)))
    assert page.title == visit.port.say("answer-title.locked")
    assert visit.deliver(page.choice("locked").event)
    assert visit.page.kind is PageKind.DOOR
    assert visit.page.gate is not None
    assert visit.page.gate.section == f"g{item[1:]}"


@pytest.mark.parametrize("acknowledged", [(), ("k0",), ("k1",), ("k0", "k1")])
def test_only_what_every_caution_of_its_own_was_read_for_is_shown(
    acknowledged: tuple[str, ...],
) -> None:
    visit = AskingVisit()
    for caution in acknowledged:
        visit.acknowledge(caution)
    open_now = {f"g{n}" for n, gate in enumerate(GATES) if set(gate) <= set(acknowledged)}
    for item in CLOSED_ITEMS:
        page = visit.ask(answer_with(passage(item)))
        shown = [block for block in page.blocks if block.passage]
        assert bool(shown) == (passage(item).section in open_now), item
        assert (f"{topic_builder.CANARY}-{item[1:]}" in text_of(page)) == bool(shown)
    assert {s for _, s in visit.store.asked[-1].open} == open_now


def test_cautions_read_in_one_topic_open_nothing_of_another() -> None:
    visit = AskingVisit(topics=2)
    visit.acknowledge("k1")
    visit.acknowledge("k0")
    page = visit.ask(answer_with(passage("d1", "t1"), passage("d1")))
    assert {block.passage for block in page.blocks if block.passage} == {"t0/g1/n1", "t0/g1/d1"}
    assert page.title == visit.port.say("answer-title.locked")
    assert visit.store.opened.count("t1") == 1


def test_a_passage_is_quoted_as_its_step_has_it_and_leads_there() -> None:
    visit = AskingVisit()
    page = visit.ask(answer_with(passage("w1")))
    quoted = [block.text for block in page.blocks if block.passage == "t0/s1/w1"]
    assert any("w1" in text or "first" in text for text in quoted), quoted
    link = page.choice("passage-0")
    assert visit.deliver(link.event)
    assert visit.page.kind is PageKind.STEP
    assert set(quoted[1:2]) <= {block.text for block in visit.page.blocks}


@pytest.mark.parametrize(
    "odd",
    [
        passage("nothing"),
        passage("w1", "t9"),
        passage("w1", language="es"),
        PassageRef("t0", "s2", "w1", "en"),
        PassageRef("t0", "nowhere", "w1", "en"),
    ],
)
def test_a_place_that_is_not_there_is_left_out(odd: PassageRef) -> None:
    visit = AskingVisit()
    if odd.topic == "t9":
        visit.store.whole = visit.store.whole.with_topic(topic_builder.topic("t9", "es", 0, ()))
    if odd.language == "es":
        visit.store.whole = visit.store.whole.with_topic(topic_builder.topic("t0", "es", 2, GATES))
        es = replace(visit.store.whole.cards[0], language="es")
        visit.store.whole = visit.store.whole.with_cards((es,))
    page = visit.ask(answer_with(odd))
    assert not [block for block in page.blocks if block.passage]
    assert page.title == visit.port.say("answer-title.abstain")
    assert not visit.deliver(ev.OpenedPassage(number=0))


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        ("w1 w1 w2", "w1 w2"),
        ("w1 w2 n0 n1", "w1 w2 n0"),
        ("d0 w1 w2", "n0 d0 w1 w2"),
        ("w1 w2 d0", "w1 w2 n0 d0"),
        ("d0 d1 w1", "n0 d0 w1"),  # those of one product only
        ("n1 d0 n0", "n1 n0 d0"),
        ("n0 w1 d0", "n0 w1 d0"),
        ("d0 w1 d1", "n0 d0 w1"),
    ],
)
def test_three_passages_are_shown_and_a_products_after_its_notes(found: str, shown: str) -> None:
    visit = AskingVisit()
    visit.acknowledge("k0")
    visit.acknowledge("k1")
    page = visit.ask(answer_with(*map(passage, found.split())))
    quoted = groupby(b.passage for b in page.blocks if b.passage and b.mood is not BlockKind.SOURCE)
    assert [name.rpartition("/")[2] for name, _ in quoted] == shown.split()


def test_an_answer_to_another_question_is_refused() -> None:
    visit = AskingVisit()
    visit.ask(answer_with(passage("w1")))
    question = replace(visit.store.asked[-1], text="another")
    before = visit.page
    assert not visit.deliver(ev.AnswerFound(question=question, answer=answer_with()))
    assert visit.page == before


@pytest.mark.parametrize(
    "text", ["x" * 5000, "\x1b[31mred\x07", "a\nb\rc", "‮abc", " \t ", "𝕒" * 900]
)
def test_what_is_written_is_printable_and_short(text: str) -> None:
    visit = AskingVisit()
    visit.deliver(ev.PanelOpened(panel=ev.Panel.ASK))
    visit.deliver(ev.TextChanged(text=text))
    assert visit.page.entry is not None
    assert visit.page.entry.text.isprintable()
    assert len(visit.page.entry.text) <= LONGEST_QUESTION
    accepted = visit.deliver(ev.QuestionAsked(text=text))
    assert accepted == bool(text.strip())
    if len(text) > LONGEST_QUESTION:  # half of it may ask something else
        assert visit.page.entry.text == ""
        assert visit.page.notice.startswith("We could not take all of that")
        assert not [block for block in visit.page.blocks if block.passage]
        assert {asked.text for asked in visit.store.asked} == {text}  # checked for alarms, whole
    elif accepted:
        assert visit.store.asked[-1].text.isprintable()
        assert len(visit.store.asked[-1].text) <= LONGEST_QUESTION


def test_an_alarm_repeats_nothing_of_what_was_typed() -> None:
    visit = AskingVisit()
    page = visit.ask(Answer(AnswerKind.URGENT, "en"), "he hits me and stands beside me")
    assert page.title == visit.port.say("answer-title.urgent")
    assert "stands beside me" not in text_of(page)


@pytest.mark.parametrize("event", [ev.TextChanged, ev.QuestionAsked])
def test_a_text_that_is_too_long_to_answer_is_heard_for_danger(event: type[ev.Event]) -> None:
    visit, long = AskingVisit(), "so " * 300 + "help"
    visit.store.prepared_answer = Answer(AnswerKind.URGENT, "en", alarm="")
    visit.deliver(ev.PanelOpened(panel=ev.Panel.ASK), ev.TextChanged(text="draft"))
    assert visit.deliver(event(text=long))  # type: ignore[call-arg]
    assert visit.page.title == visit.port.say("answer-title.urgent")
    assert "so so" not in text_of(visit.page)
    visit.store.prepared_answer = answer_with(passage("w1"))
    visit.deliver(ev.WentBack(), ev.PanelOpened(panel=ev.Panel.ASK), ev.TextChanged(text="draft"))
    visit.deliver(event(text=long))  # type: ignore[call-arg]
    assert visit.page.entry is not None
    assert visit.page.entry.text == "draft"
    assert visit.page.notice.startswith("We could not take all of that")


def test_letters_on_the_screen_write_a_question() -> None:
    visit = AskingVisit()
    visit.deliver(ev.PanelOpened(panel=ev.Panel.ASK), ev.KeyboardOpened())
    for key in ("key-i", "key-s", "key-space", "key-i", "key-x", "key-rub-out", "key-t", "key-?"):
        assert visit.deliver(visit.page.choice(key).event)
    assert visit.page.entry is not None
    assert visit.page.entry.text == "is it?"
    visit.deliver(visit.page.choice("ask-this").event)
    assert visit.store.asked[-1].text == "is it?"


def test_a_question_that_people_ask_needs_no_ranking_and_passes_the_gate_all_the_same() -> None:
    visit = AskingVisit()
    visit.deliver(ev.PanelOpened(panel=ev.Panel.ASK))
    closed = visit.page.choice("question-closed").event
    visit.deliver(visit.page.choice("question-open").event)
    assert visit.page.title == visit.port.say("answer-title.answer")
    visit.deliver(ev.PanelOpened(panel=ev.Panel.ASK), closed)
    assert visit.page.title == visit.port.say("answer-title.locked")
    assert topic_builder.CANARY not in text_of(visit.page)
    visit.deliver(ev.WentBack())
    visit.acknowledge("k1")
    visit.acknowledge("k0")
    visit.deliver(ev.PanelOpened(panel=ev.Panel.ASK), closed)
    assert f"{topic_builder.CANARY}-0" in text_of(visit.page)
    assert visit.store.asked == []


def test_changing_the_words_takes_the_answer_away() -> None:
    visit = AskingVisit()
    visit.acknowledge("k1")
    visit.acknowledge("k0")
    visit.ask(answer_with(passage("d0")))
    visit.deliver(
        ev.PanelOpened(panel=ev.Panel.READERS), ev.ChoseReader(reader="everyday"), ev.Agreed()
    )
    assert topic_builder.CANARY not in text_of(visit.page)
    page = visit.ask(answer_with(passage("d0")))
    assert topic_builder.CANARY not in text_of(page)


def test_the_list_of_questions_is_seen_at_the_end_and_gone_with_the_visit() -> None:
    visit = AskingVisit()
    page = visit.ask(Answer(AnswerKind.ABSTAIN, "en"), "is peanut butter ok")
    visit.deliver(page.choice("put-on-list").event)
    assert visit.page.notice
    assert "put-on-list" not in [choice.id for choice in visit.page.choices]
    visit.deliver(ev.WentBack(), ev.PanelOpened(panel=ev.Panel.ASK))
    assert "is peanut butter ok" in visit.page.words()
    visit.deliver(ev.PanelOpened(panel=ev.Panel.START_OVER), ev.StartedOver())
    visit.deliver(ev.Started(), ev.ChoseReader(reader="plain"))
    visit.deliver(ev.PanelOpened(panel=ev.Panel.ASK))
    assert "peanut" not in text_of(visit.page)


@pytest.mark.parametrize("behaviour", list(AnswerKind))
def test_a_question_in_another_language_than_the_page_is_answered(behaviour: AnswerKind) -> None:
    page = AskingVisit(language="es").ask(Answer(behaviour, "en", (passage("w1", language="es"),)))
    assert page.kind is PageKind.ANSWER
    spanish = AskingVisit().ask(Answer(AnswerKind.ABSTAIN, "es"))
    assert "Esta biblioteca" in " ".join(spanish.words())


def test_an_alarm_is_said_in_the_questions_language_and_the_pages() -> None:
    visit = AskingVisit()
    numbered = {
        "en": topic_builder.said("tell us, call {number}"),
        "es": topic_builder.said("avisenos, {number}"),
    }
    bare = {"en": topic_builder.said("tell us"), "es": topic_builder.said("avisenos")}
    alarm = AlarmMessage("chest", numbered, bare)
    visit.port._library = replace(visit.port._library, alarms=(alarm,), emergency="112")
    page = visit.ask(Answer(AnswerKind.URGENT, "es", alarm="chest"))
    words = [block.text for block in page.blocks]
    assert words.index("avisenos, 112 plain") < words.index("tell us, call 112 plain")
    assert page.likely == "ask-staff"
    visit.port._library = replace(visit.port._library, emergency="")
    page = visit.ask(Answer(AnswerKind.URGENT, "en", alarm="chest"))
    assert [block.text for block in page.blocks] == ["tell us plain"]


def test_an_alarm_that_nobody_worded_still_leads_to_the_staff() -> None:
    visit = AskingVisit()
    page = visit.ask(Answer(AnswerKind.URGENT, "en", alarm="chest"))
    assert page.title == visit.port.say("answer-title.urgent")
    assert page.likely == "ask-staff"
    assert page.blocks[0].text


def test_the_place_of_every_item_is_one_that_shows_it() -> None:
    topic = topic_builder.topic("t0", "en", 2, GATES)
    for section in topic.sections:
        for item in ids_in(section):
            location = location_of(section, Level.PLAIN, item)
            assert isinstance(location, AtProduct | AtSection)
            assert location.section == section.id
            assert isinstance(location, AtProduct) == (item[0] in "nd")


def test_every_pair_of_closed_items_stays_closed() -> None:
    visit = AskingVisit()
    for item, other in combinations(CLOSED_ITEMS, 2):
        page = visit.ask(answer_with(passage(item), passage(other), passage("w1")))
        assert topic_builder.CANARY not in text_of(page)


def test_a_passage_of_a_text_that_is_withdrawn_is_gone_at_the_next_key() -> None:
    visit = AskingVisit(topics=2)
    page = visit.ask(answer_with(passage("w1", topic="t1")))
    assert [block for block in page.blocks if block.passage.startswith("t1/")]
    visit.store.gone = frozenset({"t1"})
    visit.deliver(ev.UserActive())
    assert not [block for block in visit.page.blocks if block.passage]
    assert "first plain" not in text_of(visit.page)
