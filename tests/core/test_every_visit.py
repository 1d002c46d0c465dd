"""Every visit of the shipped topic that can be reached: nothing withheld shows, no dead end.

What is projected, and why nothing is lost by it: times (an answer is given long after the caution
was shown: the dwell has tests of its own); `progress.reached` (it only words a note in the list of
steps); off the way, the screen of the way to return to, unless it is the door, after which the way
goes on (the second tier keeps it). What only adds to a page is projected to the most that a visit
can have of it: the parts that were read, the reader's own questions, the cautions that they were
not sure of. Each is drawn by itself and asks the gate by itself, so whatever a page shows of fewer
it shows of all.
"""

from __future__ import annotations

import re
from dataclasses import fields, replace

import pytest

from kiosk.core import events as ev
from kiosk.core.content import Section, TableRow
from kiosk.core.gate import is_open
from kiosk.core.page import Page
from kiosk.core.pages.build import page_for
from kiosk.core.take_home import events as te
from kiosk.core.take_home.state import (
    ListedItem,
    OpenedPart,
    Outlet,
    OwnQuestion,
    SectionRef,
    SheetResult,
)
from kiosk.core.transitions import apply
from kiosk.core.visit import AtSection, Progress, Visit, VisitDefaults, new_visit
from kiosk.core.wording import Level, Wording
from tests.support.core.gated_terms import gated_terms
from tests.support.shipped import AT_ONCE, library, topic

LONG_AGO = -50.0
FIRST = AtSection(topic().steps[0])
FORGED = (
    ev.OpenedProduct(product="zinc"),
    ev.OpenedSection(section="supplements"),
    ev.PanelOpened(panel=ev.Panel.EVIDENCE),
    ev.GateSkipped(),
    ev.Advanced(),
    ev.BeganCautions(),
    ev.Agreed(),
    te.AskedAbout(item="zinc-amount"),
    te.AskedAboutSection(),
    te.ChoseOwnQuestion(number=1),
    te.CheckAnswered(question="check-probiotics", number=0),
    ev.SheetHandedOver(number=1, result=SheetResult.FAILED),
)


def texts(part: object) -> set[str]:
    """Every wording inside a part of a topic, at every level."""
    if isinstance(part, TableRow):
        return set(part.cells)
    if isinstance(part, Wording):
        return {part.plain, part.everyday, part.professional}
    if isinstance(part, tuple):
        return {text for item in part for text in texts(item)}
    if hasattr(part, "__dataclass_fields__"):
        return {text for f in fields(part) for text in texts(getattr(part, f.name))}  # type: ignore[arg-type]
    return set()


def secrets() -> list[str]:
    """What stands only in gated sections, and in no sentence of an open one."""
    open_parts = (
        *(section for section in topic().sections if not section.gated),
        *topic().glossary,
    )
    open_texts = texts(open_parts) | texts(topic().cautions) | texts(topic().questions)
    gated = topic().gated_sections()
    own = texts(gated) - open_texts - texts(tuple(section.title for section in gated))
    everywhere = "\n".join(open_texts)
    return sorted(text for text in own if text not in everywhere)


ASKING = (
    ev.Panel.ASK, ev.Panel.WRITE, ev.Panel.ANSWER, ev.Panel.TAKE, ev.Panel.SHEET, ev.Panel.CODES,
    ev.Panel.HANDED_OVER, ev.Panel.DIARY, ev.Panel.QUESTIONS, ev.Panel.QUESTION,
    ev.Panel.GOOD_QUESTIONS, ev.Panel.WRITE_OWN, ev.Panel.CHECK,
)  # fmt: skip
"""What is the same wherever it is opened."""


def own_questions() -> tuple[OwnQuestion, ...]:
    """Questions of each kind: one of a product and one of its section first, so that they show."""
    pages = (SectionRef(topic().id, "supplements", "zinc"), SectionRef(topic().id, "supplements"))
    good = ListedItem(topic().id, topic().take_home.good[0].id)
    caution = ListedItem(topic().id, topic().cautions[0].id, caution=True)
    return (*pages, good, caution, "Can I eat bread?")


def with_most(visit: Visit) -> Visit:
    """The visit with all that any can have of what only adds to a page."""
    section = topic().section("supplements")
    return replace(
        visit,
        parts=frozenset(OpenedPart(topic().id, section.id, one.id) for one in section.products),
        questions=own_questions(),
        doubted=frozenset((topic().id, caution.id) for caution in topic().cautions),
        helpful=None,
        sheets=0,
    )


def is_door(screen: AtSection) -> bool:
    return bool(topic().section(screen.section).opens)


def projected(visit: Visit, *, keep_return: bool) -> Visit:
    on_way = isinstance(visit.location, AtSection) and visit.location.section in topic().steps
    progress = tuple(
        replace(
            progress,
            reached=frozenset(),
            at=progress.at if on_way or keep_return or is_door(progress.at) else FIRST,
        )
        for progress in visit.progress
    )
    shown = None if visit.shown_at is None else LONG_AGO
    if (
        visit.open_panel and visit.open_panel.panel in ASKING
    ):  # asked from anywhere, it is answered the same
        progress = (Progress(topic().id, FIRST),)
        visit = replace(visit, location=FIRST)
        if not is_open(topic(), visit, topic().section("supplements")):
            visit = replace(visit, acknowledged=frozenset())  # closed is closed
    visit = with_most(visit)
    return replace(visit, last_activity_at=0.0, shown_at=shown, early_at=None, progress=progress)


def walk(reader: str, *, keep_return: bool) -> int:
    """Walk everything; the number of visits found."""
    supplements = topic().section("supplements")
    terms, hidden = gated_terms(), secrets()
    assert len(hidden) > 100
    fresh = new_visit(VisitDefaults("en", pace=AT_ONCE, outlets=frozenset(Outlet)))
    started = apply(library(), fresh, ev.Started()).visit
    first = apply(library(), started, ev.ChoseReader(reader=reader)).visit
    todo = [projected(first, keep_return=keep_return)]
    reached, closed = set(todo), set[Page]()
    opened = 0
    while todo:
        visit = todo.pop()
        page = page_for(library(), visit)
        assert page.choices, visit
        if is_open(topic(), visit, supplements):
            opened += 1
        elif page not in closed:
            closed.add(page)
            nothing_withheld(page, terms, hidden)
        for event in (*(choice.event for choice in page.choices), ev.ShownWhole(), *FORGED):
            outcome = apply(library(), visit, event)
            offered = any(choice.event is event for choice in page.choices)
            assert not (offered and outcome.refused), (event, visit)
            if outcome.refused:
                assert outcome.visit == visit
            elif isinstance(event, ev.StartedOver):
                assert outcome.visit == fresh
            elif not isinstance(event, ev.ChoseReader | ev.Agreed | ev.TextChanged):
                after = projected(outcome.visit, keep_return=keep_return)
                if after not in reached:
                    reached.add(after)
                    todo.append(after)
    assert opened
    return len(reached)


def nothing_withheld(page: Page, terms: re.Pattern[str], hidden: list[str]) -> None:
    shown = " ".join(page.words()) + repr(page.gate)
    assert not terms.search(shown.casefold()), page
    assert not [text for text in hidden if text in shown], page


@pytest.mark.slow
@pytest.mark.parametrize("reader", ["easy", "everyday", "health-care"])
def test_no_reachable_page_shows_what_is_withheld_and_none_is_a_dead_end(reader: str) -> None:
    reached = walk(reader, keep_return=False)
    print(f"{reader}: {reached} visits")
    assert reached > 1000


@pytest.mark.second_tier
@pytest.mark.parametrize("reader", ["easy", "everyday", "health-care"])
def test_the_same_with_every_place_to_return_to(reader: str) -> None:
    reached = walk(reader, keep_return=True)
    print(f"{reader}: {reached} visits")
    assert reached > 50_000


def test_the_secrets_are_those_of_the_gated_section() -> None:
    section: Section = topic().section("supplements")
    zinc = next(product for product in section.products if product.id == "zinc")
    assert zinc.claims[0].wording.at(Level.PLAIN) in secrets()
