"""Each guard of the gate, taken away, gives the search of `test_gate_model` a counter-example."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kiosk.core import events as ev
from kiosk.core import gate, transitions
from kiosk.core.library import Library
from kiosk.core.pages import all_pages
from kiosk.core.rules import cautions, navigation
from kiosk.core.visit import AtCaution, Visit, new_visit
from tests.support.core.gate_search import PACE, SMALL, SMALLEST, UNHURRIED, search, setting


def everywhere(patch: pytest.MonkeyPatch, original: Callable[..., Any], other: object) -> None:
    """Put `other` in the place of a function wherever the core has it by name."""
    assert all_pages  # imported before: later it would keep `other`
    for name, module in list(sys.modules.items()):
        if name.startswith("kiosk.core"):
            for attribute, value in list(vars(module).items()):
                if value is original:
                    patch.setattr(module, attribute, other)


def ignoring(field: str) -> Callable[[Visit, str, str], bool]:
    def has_acknowledged(visit: Visit, _: str, caution: str) -> bool:
        for answer in visit.acknowledged:
            wanted = {"language": visit.language, "level": visit.level}
            wanted.pop(field)
            if answer.caution == caution and all(
                getattr(answer, k) == v for k, v in wanted.items()
            ):
                return True
        return False

    return has_acknowledged


def _any_caution(visit: Visit, event: ev.CautionAnswered) -> Any:
    location = visit.location
    return location if isinstance(location, AtCaution) else None


def _any_words(visit: Visit, event: ev.CautionAnswered) -> Any:
    location = _any_caution(visit, event)
    return location if location is not None and location.caution == event.caution else None


def _dwell_only(visit: Visit, at: float) -> bool:
    return visit.shown_at is not None and at - visit.shown_at >= PACE.dwell


def _quiet_only(visit: Visit, at: float) -> bool:
    return visit.early_at is None or at - visit.early_at >= PACE.quiet


def _same_time(visit: Visit, location: Any, notice: Any = None) -> Visit:
    return replace(visit, location=location, open_panel=None, notice=notice, early_at=None)


def _first_only(topic: Any, visit: Visit, section: Any) -> Any:
    cautions = _open_cautions(topic, visit, section)
    return cautions if section.requires[:1] == tuple(caution.id for caution in cautions[:1]) else ()


_open_cautions = gate.open_cautions


def _keeps(_: Library, visit: Visit, event: ev.Event) -> Visit:
    return replace(new_visit(visit.opening, event.at), acknowledged=visit.acknowledged)


def _unsure_reads(library: Library, visit: Visit, event: ev.CautionUnsure) -> Visit | None:
    read = ev.CautionAcknowledged(
        at=event.at, caution=event.caution, language=event.language, level=event.level
    )
    return cautions.acknowledge(library, visit, read)


def _doubt_takes_nothing(library: Library, visit: Visit, event: ev.CautionUnsure) -> Visit | None:
    after_doubt = cautions.was_unsure(library, visit, event)
    return after_doubt and replace(after_doubt, acknowledged=visit.acknowledged)


GUARDS: dict[str, tuple[Callable[..., Any] | str, object]] = {
    "no dwell and no quiet": (cautions.is_ready, lambda *_: True),
    "no quiet after an early answer": (cautions.is_ready, _dwell_only),
    "no dwell": (cautions.is_ready, _quiet_only),
    "an answer to any caution counts": (cautions._answered_location, _any_caution),
    "an answer in any words counts": (cautions._answered_location, _any_words),
    "an acknowledgement serves every level": (gate.has_acknowledged, ignoring("level")),
    "an acknowledgement serves every language": (gate.has_acknowledged, ignoring("language")),
    "the first caution opens": (gate.open_cautions, _first_only),
    "everything is open": (gate.is_open, lambda *_: True),
    "the dwell goes on from page to page": (navigation.turn, _same_time),
    "nobody's absence ends a visit": (transitions.ends_at, lambda _: float("inf")),
    "starting over keeps what was read": ("started over", _keeps),
    "unsure counts as read": ("was unsure", _unsure_reads),
    "doubt takes nothing back": ("was unsure", _doubt_takes_nothing),
}


def _put_rule(patch: pytest.MonkeyPatch, kind: type[ev.Event], rule: object) -> None:
    tables: list[Any] = [transitions.AT_PLACE, transitions.IN_PANEL]
    for table in tables:
        for key in list(table):
            if key[1] is kind:
                patch.setitem(table, key, rule)


NEEDED = {
    "an acknowledgement serves every level": SMALL[1],
    "an answer in any words counts": SMALL[1],
    "an acknowledgement serves every language": SMALL[2],
    "doubt takes nothing back": SMALL[1],
}
"""The shape in which a guard shows, where that is not the first."""


@pytest.mark.slow
@pytest.mark.parametrize("name", GUARDS)
def test_each_guard_taken_away_gives_a_counter_example(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    guard, other = GUARDS[name]
    if guard == "started over":
        _put_rule(monkeypatch, ev.StartedOver, other)
    elif guard == "was unsure":
        _put_rule(monkeypatch, ev.CautionUnsure, other)
    else:
        assert callable(guard)
        everywhere(monkeypatch, guard, other)
    count, path = search(setting(NEEDED.get(name, SMALL[0])))
    print(f"\n{name}: after {count} states: {' -> '.join(path)}")
    assert path


def _never_seen(visit: Visit, after: Visit, event: ev.Event) -> bool:
    by_person = not isinstance(event, (*transitions.BY_MACHINE, *transitions.WRITING))
    return by_person and transitions._page_of(after) != transitions._page_of(visit)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rule", "end"),
    [(lambda *_: False, "too soon"), (_never_seen, "nothing is done")],
    ids=["a page is left unseen", "a page is never seen enough"],
)
def test_the_rule_of_unseen_pages_broken_gives_a_counter_example(
    rule: Callable[..., bool], end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transitions, "_leaves_unseen", rule)
    _, path = search(setting(SMALLEST, UNHURRIED))
    assert path[-1].startswith(end)
