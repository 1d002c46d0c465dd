"""The port: what it does at the end of a visit, and how long a page may stand."""

from __future__ import annotations

from kiosk.core import events as ev
from kiosk.core.page import PageKind
from kiosk.core.port import VisitController
from kiosk.core.visit import VisitDefaults
from tests.support.shipped import AT_ONCE, Clock, pack, shelf


class Ends:
    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> None:
        self.count += 1


def port_at_first_step(clock: Clock, ends: Ends | None = None) -> VisitController:
    port = VisitController(
        pack().library(), VisitDefaults("en", pace=AT_ONCE), clock, shelf(), ends
    )
    port.deliver(ev.Started())
    port.deliver(ev.ChoseReader(reader="easy"))
    return port


def test_the_end_of_a_visit_shows_nothing_more_where_the_process_is_replaced() -> None:
    clock, ends = Clock(), Ends()
    port = port_at_first_step(clock, ends)
    before = port.page
    port.deliver(ev.PanelOpened(panel=ev.Panel.START_OVER))
    port.deliver(ev.StartedOver())
    assert ends.count == 1
    assert port.page.kind is PageKind.START_OVER
    assert before.kind is PageKind.STEP


def test_a_visit_that_nobody_answers_is_over_too() -> None:
    clock, ends = Clock(), Ends()
    port = port_at_first_step(clock, ends)
    clock.now = port.ends_at - 1
    port.tick()
    assert port.page.kind is PageKind.IDLE
    assert ends.count == 0
    clock.now += 1
    port.deliver(ev.Advanced())
    assert ends.count == 1


def test_where_the_same_process_goes_on_the_next_person_finds_welcome() -> None:
    clock = Clock()
    port = port_at_first_step(clock)
    assert not port.is_resting
    clock.now = port.ends_at
    port.tick()
    assert port.page.kind is PageKind.WELCOME
    assert port.is_resting


def test_a_longer_page_may_stand_longer() -> None:
    clock = Clock()
    port = port_at_first_step(clock)
    short = port.ends_at
    port.deliver(ev.PanelOpened(panel=ev.Panel.POLICY))
    assert port.page.reading > 300
    assert port.ends_at - short == port.page.reading - 180
    clock.now = port.page.reading - 1
    port.tick()
    assert port.page.kind is PageKind.POLICY


def test_being_asked_takes_nothing_from_the_time_to_answer() -> None:
    clock = Clock()
    port = port_at_first_step(clock)
    port.deliver(ev.PanelOpened(panel=ev.Panel.POLICY))
    ends = port.ends_at
    clock.now = ends - 60
    port.tick()
    assert port.page.kind is PageKind.IDLE
    assert port.ends_at == ends
    port.deliver(ev.UserActive())
    assert PageKind(port.page.kind) is PageKind.POLICY
    assert port.ends_at == clock.now + ends
