"""Rules of staff leaving an unattended kiosk: typing a PIN digit by digit, clearing it, submitting
it, and showing that it was refused. Whether the PIN is right is checked elsewhere.
"""

from __future__ import annotations

from kiosk.core.events import Panel, PinCleared, PinRefused, PinSubmitted, PressedDigit
from kiosk.core.library import Library
from kiosk.core.rules.navigation import lay
from kiosk.core.visit import OpenPanel, Visit

LONGEST = 12
"""Digits of a PIN; what is pressed beyond them is nothing."""


def press_digit(_: Library, visit: Visit, event: PressedDigit) -> Visit | None:
    """Rule for a pressed digit: append it to the staff's PIN being typed.

    None where what was pressed is no single digit, or 12 digits, the most of a PIN, stand already.
    """
    typed = _typed(visit)
    if len(event.digit) != 1 or not event.digit.isdecimal() or len(typed) >= LONGEST:
        return None
    return lay(visit, OpenPanel(Panel.LEAVE, typed=typed + event.digit))


def rub_out(_: Library, visit: Visit, __: PinCleared) -> Visit:
    """Rule for clearing the PIN: remove every digit typed so far."""
    return lay(visit, OpenPanel(Panel.LEAVE))


def try_pin(_: Library, visit: Visit, __: PinSubmitted) -> Visit | None:
    """Rule for submitting the PIN: clear its digits, while the port has them checked; None where
    none were typed.
    """
    return lay(visit, OpenPanel(Panel.LEAVE)) if _typed(visit) else None


def refuse_pin(_: Library, visit: Visit, event: PinRefused) -> Visit:
    """Rule for a refused PIN: show the refusal, with the seconds to
    wait after too many attempts.
    """
    return lay(visit, OpenPanel(Panel.LEAVE, refused=max(0, event.wait)))


def _typed(visit: Visit) -> str:
    return visit.open_panel.typed if visit.open_panel else ""
