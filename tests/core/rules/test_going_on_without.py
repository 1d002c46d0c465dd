"""Where "Go on without supplements" and the last product lead, by where the reader came from."""

from __future__ import annotations

import pytest

from kiosk.core import events as ev
from kiosk.core.question import Answer, AnswerKind
from kiosk.core.visit import AtFinish, AtSection
from tests.support.core.asking_visit import AskingVisit
from tests.support.core.topic_builder import topic

STEPS = topic("t0", "en", 2, (("k0",), ("k1",))).steps


def location(visit: AskingVisit) -> object:
    return visit.port._visit.location


def test_a_topic_that_was_never_begun_is_begun_at_its_first_step() -> None:
    visit = AskingVisit(topics=2)
    visit.ask(Answer(AnswerKind.LOCKED, "en", (), locked=("t1", "g0")))
    assert visit.deliver(visit.page.choice("locked").event)
    assert visit.port._visit.topic == "t1"
    visit.deliver(ev.GateSkipped())
    assert location(visit) == AtSection(STEPS[0])


@pytest.mark.parametrize("acknowledged", [False, True])
def test_a_section_without_a_door_leads_back_to_the_step_unless_all_are_read(
    *, acknowledged: bool
) -> None:
    visit = AskingVisit()
    if acknowledged:
        visit.acknowledge("k1")
        visit.deliver(ev.OpenedSection(section=STEPS[0]))
    while location(visit) != AtSection(STEPS[-1]):
        pass_by(visit, "g1", acknowledged=acknowledged)
        assert isinstance(location(visit), AtSection)
        visit.deliver(ev.Advanced())
    pass_by(visit, "g1", acknowledged=acknowledged)
    assert location(visit) == AtFinish()


def pass_by(visit: AskingVisit, section: str, *, acknowledged: bool) -> None:
    """Open a gated section and leave it: unread, or by the last of its products."""
    before = location(visit)
    if acknowledged:
        visit.deliver(ev.OpenedSection(section=section))
        while getattr(location(visit), "section", "") == section:
            visit.deliver(ev.Advanced())
    else:
        visit.deliver(ev.OpenedSection(section=section), ev.GateSkipped())
    if before != AtSection(STEPS[-1]):
        assert location(visit) == before
