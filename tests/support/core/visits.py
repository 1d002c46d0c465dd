"""Visits of the shipped topic at points that tests begin from."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core import events as ev
from kiosk.core.transitions import apply
from kiosk.core.visit import (
    AtCaution,
    Visit,
    VisitDefaults,
    new_visit,
)
from tests.support.shipped import AT_ONCE, library


def after(visit: Visit, *events: ev.Event, at: float = 0.0) -> Visit:
    for event in events:
        outcome = apply(library(), visit, replace(event, at=at))
        assert not outcome.refused, event
        visit = outcome.visit
    return visit


def reading(reader: str = "easy") -> Visit:
    first = new_visit(VisitDefaults("en", pace=AT_ONCE))
    return after(first, ev.Started(), ev.ChoseReader(reader=reader))


def answer(
    visit: Visit, kind: type[ev.CautionAnswered] = ev.CautionAcknowledged
) -> ev.CautionAnswered:
    assert isinstance(visit.location, AtCaution)
    assert visit.level is not None
    return kind(caution=visit.location.caution, language=visit.language, level=visit.level)


def at_first_caution(reader: str = "easy") -> Visit:
    door = after(reading(reader), ev.OpenedSection(section="supplements"))
    return after(door, ev.BeganCautions())


def acknowledged(visit: Visit, at: float) -> Visit:
    return after(after(visit, ev.ShownWhole(), at=at), answer(visit), at=at + 3)


def all_acknowledged(reader: str = "easy") -> Visit:
    visit, at = at_first_caution(reader), 0.0
    while isinstance(visit.location, AtCaution):
        visit, at = acknowledged(visit, at), at + 10
    return visit
