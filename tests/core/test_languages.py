"""A topic in two languages whose sections are not the same: no place is ever missing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.core.content import Section, Topic
from kiosk.core.events import (
    Advanced,
    BeganCautions,
    ChoseLanguage,
    ChoseReader,
    ChoseTopic,
    Event,
    OpenedSection,
    Panel,
    PanelOpened,
    Started,
    WentBack,
)
from kiosk.core.page import PageKind
from kiosk.core.pages.build import page_for
from kiosk.core.transitions import apply
from kiosk.core.visit import AtSection, Visit, VisitDefaults, new_visit
from kiosk.core.wording import ReadabilityScale
from tests.support.core.topic_builder import claim, library, said, topic
from tests.support.shipped import AT_ONCE

ENGLISH = topic("t", "en", 2, (("k0", "k1"),))
SPANISH = replace(
    topic("t", "es", 0, ()),
    steps=("otra",),
    preview="w9",
    sections=(Section("otra", said("otra"), claims=(claim("w9", "otra"),)),),
    cautions=(),
)
LIBRARY = library(ENGLISH, SPANISH)
BEGIN: tuple[Event, ...] = (Started(), ChoseReader(reader="plain"), ChoseTopic(topic="t"))
SWITCH = (PanelOpened(panel=Panel.LANGUAGES), ChoseLanguage(language="es"))
BACK = (PanelOpened(panel=Panel.LANGUAGES), ChoseLanguage(language="en"))


def after(*events: Event) -> Visit:
    visit = new_visit(VisitDefaults(language="en", pace=AT_ONCE))
    for event in events:
        outcome = apply(LIBRARY, visit, event)
        visit = outcome.visit
    return visit


@pytest.mark.parametrize(
    "walk",
    [
        (),
        (Advanced(),),
        (OpenedSection(section="aside"),),
        (OpenedSection(section="g0"),),
        (OpenedSection(section="g0"), BeganCautions()),
    ],
    ids=["first step", "second step", "detour", "door", "caution"],
)
def test_a_place_that_the_other_language_lacks_leads_to_its_first_step(
    walk: tuple[Event, ...],
) -> None:
    visit = after(*BEGIN, *walk, *SWITCH)
    assert (visit.language, visit.location) == ("es", AtSection("otra"))
    assert page_for(LIBRARY, visit).kind is PageKind.STEP
    again = after(*BEGIN, *walk, *SWITCH, *BACK)
    assert (again.language, again.location) == ("en", AtSection("s1"))
    for event in (Advanced(), WentBack(), PanelOpened(panel=Panel.STEPS)):
        page_for(LIBRARY, apply(LIBRARY, again, event).visit)


def one_level(scale: ReadabilityScale) -> Topic:
    return replace(ENGLISH, one_level=True, grade=9, scale=scale)


@pytest.mark.parametrize(
    ("scale", "words"),
    [
        (ReadabilityScale.GRADE, "It is about school grade 9."),
        (ReadabilityScale.EASE, "Ease of reading: 9 of 100."),
        (ReadabilityScale.UNMEASURED, "Everyone gets the same wording here."),
    ],
)
def test_one_level_is_said_on_every_page_of_its_topic(scale: ReadabilityScale, words: str) -> None:
    bilingual = library(one_level(scale), replace(ENGLISH, id="u"))
    visit = new_visit(VisitDefaults(language="en", pace=AT_ONCE))
    for event in BEGIN:
        assert words not in page_for(bilingual, visit).status
        visit = apply(bilingual, visit, event).visit
    for event in (
        PanelOpened(panel=Panel.EVIDENCE),
        WentBack(),
        Advanced(),
        PanelOpened(panel=Panel.HELP),
    ):
        assert page_for(bilingual, visit).status.endswith(words)
        visit = apply(bilingual, visit, event).visit
    choosing = apply(
        bilingual, replace(visit, open_panel=None, location=AtSection("s1")), WentBack()
    ).visit
    assert page_for(bilingual, choosing).kind is PageKind.TOPICS
    assert words not in page_for(bilingual, choosing).status
    elsewhere = apply(bilingual, replace(visit, open_panel=None, topic="u"), Advanced()).visit
    assert words not in page_for(bilingual, elsewhere).status
