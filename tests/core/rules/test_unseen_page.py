"""A page that nobody can have seen yet is not left: a double click, a held key, typing ahead."""

from __future__ import annotations

import pytest

from kiosk.core import events as ev
from kiosk.core.events import Event, Panel
from kiosk.core.page import PageKind
from kiosk.core.port import VisitController
from kiosk.core.visit import Presentation, VisitDefaults
from tests.support.shipped import Clock, pack, shelf

TWICE = 0.12
"""Seconds between the clicks of a double click."""


class Reader:
    """A visitor who delivers events so many seconds apart."""

    def __init__(self, presentation: Presentation = Presentation.SCREEN) -> None:
        self.clock = Clock()
        opening = VisitDefaults("en", presentation=presentation)
        self.port = VisitController(pack().library(), opening, self.clock, shelf())

    def after(self, seconds: float, *events: Event) -> bool:
        """Deliver after a pause; whether the last was accepted."""
        self.clock.now += seconds
        accepted = [self.port.deliver(event) for event in events]
        return accepted[-1]

    def to_the_first_step(self) -> Reader:
        self.after(5, ev.Started(), ev.ShownWhole())
        self.after(5, ev.ChoseReader(reader="easy"), ev.ShownWhole())
        self.clock.now += 5
        return self


def test_the_second_click_of_a_double_click_leaves_nothing() -> None:
    reader = Reader()
    assert reader.after(5, ev.Started())
    assert not reader.after(TWICE, ev.ChoseReader(reader="easy"))
    assert reader.port.page.kind is PageKind.READERS
    assert reader.after(1, ev.ChoseReader(reader="easy"))
    title = reader.port.page.title
    assert not reader.after(TWICE, ev.Advanced())
    assert not reader.after(TWICE, ev.PanelOpened(panel=Panel.HELP))
    assert not reader.after(0.1, ev.WentBack())
    assert reader.port.page.title == title
    assert reader.after(1, ev.Advanced())


def test_the_last_part_of_a_long_page_must_have_been_seen() -> None:
    reader = Reader().to_the_first_step()
    reader.after(0, ev.Advanced())
    reader.after(20, ev.ShownWhole())  # scrolled to its end
    title = reader.port.page.title
    assert not reader.after(TWICE, ev.Advanced())
    assert reader.port.page.title == title
    assert reader.after(1, ev.Advanced())


def test_a_window_of_text_must_have_been_seen_before_the_next() -> None:
    reader = Reader().to_the_first_step()
    assert reader.after(1, ev.WindowRead())
    assert not reader.after(TWICE, ev.WindowRead())
    assert not reader.after(TWICE, ev.Advanced())
    assert reader.after(1, ev.UserActive(), ev.WindowRead())


def test_the_first_page_of_the_next_visit_is_not_left_by_the_click_that_ended_the_last() -> None:
    reader = Reader().to_the_first_step()
    reader.after(0, ev.PanelOpened(panel=Panel.START_OVER))
    assert reader.after(2, ev.StartedOver())
    assert not reader.after(TWICE, ev.Started())
    assert reader.port.page.kind is PageKind.WELCOME
    assert reader.after(1, ev.Started())


def test_a_fast_writer_loses_no_letter_and_no_enter() -> None:
    reader = Reader().to_the_first_step()
    reader.after(0, ev.PanelOpened(panel=Panel.ASK))
    reader.clock.now += 2
    for end in range(1, 10):
        assert reader.after(0.05, ev.TextChanged(text="is it gas"[:end]), ev.ShownWhole())
    assert reader.after(0.05, ev.QuestionAsked(text="is it gas"))
    assert reader.port.page.kind is PageKind.ANSWER


def test_whoever_is_asked_whether_they_are_there_may_answer_at_once() -> None:
    reader = Reader().to_the_first_step()
    kind = reader.port.page.kind
    while reader.port.page.kind is not PageKind.IDLE:
        reader.after(1, ev.Ticked())
    assert not reader.after(TWICE, ev.StartedOver())
    assert reader.after(TWICE, ev.UserActive())
    assert reader.port.page.kind is kind


def test_what_is_read_aloud_may_be_answered_at_once() -> None:
    reader = Reader(Presentation.LINES)
    assert reader.after(0, ev.Started())
    assert reader.after(0, ev.ChoseReader(reader="easy"))
    assert reader.after(0, ev.Advanced(), ev.Advanced())


@pytest.mark.parametrize("event", [ev.UserActive(), ev.ShownWhole(), ev.Ticked()])
def test_what_leaves_no_page_is_never_too_early(event: Event) -> None:
    reader = Reader()
    reader.after(5, ev.Started())
    assert reader.after(0.0, event)


def test_a_page_offers_what_it_will_permit_once_it_has_been_seen() -> None:
    reader = Reader().to_the_first_step()
    reader.after(5, ev.Advanced())
    offered = {choice.id for choice in reader.port.page.choices}
    assert {"back", "help", "staff", "ask", "start-over"} <= offered
