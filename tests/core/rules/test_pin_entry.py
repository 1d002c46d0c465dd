"""Staff leave an unattended kiosk with a PIN, and nobody else does."""

from __future__ import annotations

from kiosk.core import events as ev
from kiosk.core.page import PageKind
from kiosk.core.port import VisitController
from kiosk.core.visit import VisitDefaults
from tests.support.shipped import AT_ONCE, Clock, pack, shelf


class Door:
    def __init__(self) -> None:
        self.tried: list[str] = []

    def __call__(self, pin: str) -> None:
        self.tried.append(pin)


def at_pin(door: Door) -> VisitController:
    opening = VisitDefaults("en", pace=AT_ONCE, may_leave=True)
    port = VisitController(pack().library(), opening, Clock(), shelf(), None, door)
    port.deliver(ev.PanelOpened(panel=ev.Panel.STAFF))
    port.deliver(port.page.choice("leave").event)
    assert port.page.kind is PageKind.LEAVE
    return port


def press(port: VisitController, digits: str) -> None:
    for digit in digits:
        port.deliver(port.page.choice(f"digit-{digit}").event)


def test_where_no_pin_is_set_there_is_no_such_page() -> None:
    port = VisitController(pack().library(), VisitDefaults("en", pace=AT_ONCE), Clock(), shelf())
    assert not port.deliver(ev.PanelOpened(panel=ev.Panel.LEAVE))
    assert not port.deliver(ev.PinSubmitted())
    assert not port.deliver(ev.PressedDigit(digit="1"))
    port.deliver(ev.PanelOpened(panel=ev.Panel.STAFF))
    assert "leave" not in [choice.id for choice in port.page.choices]


def test_the_digits_are_stars_and_are_tried_as_they_were_typed() -> None:
    door = Door()
    port = at_pin(door)
    press(port, "4071")
    words = " ".join(port.page.words())
    assert "****" in words
    assert "4071" not in words
    port.deliver(port.page.choice("leave").event)
    assert door.tried == ["4071"]
    assert "*" not in " ".join(port.page.words())


def test_a_refusal_is_said_and_the_digits_are_gone() -> None:
    port = at_pin(Door())
    press(port, "11")
    port.deliver(ev.PinRefused(wait=0))
    assert "That is not the PIN." in port.page.words()
    port.deliver(ev.PinRefused(wait=30))
    assert "Please wait 30 seconds." in port.page.words()
    press(port, "1")
    assert "Please wait 30 seconds." not in port.page.words()


def test_no_more_than_a_pin_is_taken_and_rubbing_out_begins_again() -> None:
    door = Door()
    port = at_pin(door)
    press(port, "1" * 12)
    assert not port.deliver(ev.PressedDigit(digit="1"))
    assert not port.deliver(ev.PressedDigit(digit="x"))
    port.deliver(port.page.choice("rub-out").event)
    assert not port.deliver(ev.PinSubmitted())
    assert door.tried == []


def test_going_back_forgets_the_digits() -> None:
    port = at_pin(Door())
    press(port, "12")
    port.deliver(ev.WentBack())
    port.deliver(ev.PanelOpened(panel=ev.Panel.LEAVE))
    assert "*" not in " ".join(port.page.words())


def test_a_refusal_that_comes_late_is_nothing() -> None:
    port = at_pin(Door())
    port.deliver(ev.WentBack())
    assert not port.deliver(ev.PinRefused(wait=5))
