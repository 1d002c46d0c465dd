"""Visits to the shipped topic with something to take along, and their sheets."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.pages.sheet import sheet_for
from kiosk.core.take_home.sheet import Sheet
from kiosk.core.take_home.state import ListedItem, OpenedPart, SectionRef, SheetKind
from kiosk.core.visit import Acknowledgement, AtSection, Visit, VisitDefaults, new_visit
from kiosk.core.wording import Level
from tests.support.shipped import AT_ONCE, library, topic


def plain_visit(own: str = "Can I eat bread?", level: Level = Level.PLAIN) -> Visit:
    """A visit at the last step, with questions of all kinds, that kept the gate closed."""
    last = topic().steps[-1]
    questions = (own, ListedItem(topic().id, "good-causes"), SectionRef(topic().id, "medicines"))
    return replace(
        new_visit(VisitDefaults("en", pace=AT_ONCE)),
        level=level,
        topic=topic().id,
        location=AtSection(last),
        questions=questions,
    )


def full_visit(level: Level = Level.PLAIN) -> Visit:
    """The same, every caution answered and every product read."""
    section = topic().section("supplements")
    return replace(
        plain_visit(level=level),
        acknowledged=frozenset(
            Acknowledgement(topic().id, caution.id, "en", level) for caution in topic().cautions
        ),
        parts=frozenset(
            OpenedPart(topic().id, section.id, product.id) for product in section.products
        ),
    )


def made_sheet(visit: Visit, kind: SheetKind) -> Sheet:
    sheet = sheet_for(library(), visit, kind, "2026-11-26")
    assert sheet is not None
    return sheet
