"""Rules of staff leaving an unattended kiosk by a PIN, whose digits are typed one by one.

Whether the PIN is right is checked elsewhere.
"""

from __future__ import annotations

from kiosk.core.events import Panel, PinCleared, PinRefused, PinSubmitted, PressedDigit
from kiosk.core.library import Library
from kiosk.core.rules.navigation import lay
from kiosk.core.visit import OpenPanel, Visit

LONGEST = 12
"""Digits of a PIN; what is pressed beyond them is nothing."""


def press_digit(_: Library, visit: Visit, event: PressedDigit) -> Visit | None:
    """Append a digit to the PIN being typed."""
    typed = _typed(visit)
    if len(event.digit) != 1 or not event.digit.isdecimal() or len(typed) >= LONGEST:
        return None
    return lay(visit, OpenPanel(Panel.LEAVE, typed=typed + event.digit))


def rub_out(_: Library, visit: Visit, __: PinCleared) -> Visit:
    """Clear the digits of the PIN that were typed so far."""
    return lay(visit, OpenPanel(Panel.LEAVE))


def try_pin(_: Library, visit: Visit, __: PinSubmitted) -> Visit | None:
    """Submit the typed PIN to be checked, and clear its digits; None where there are none."""
    return lay(visit, OpenPanel(Panel.LEAVE)) if _typed(visit) else None


def refuse_pin(_: Library, visit: Visit, event: PinRefused) -> Visit:
    """Say that the PIN was refused, with the seconds to wait where it was tried too often."""
    return lay(visit, OpenPanel(Panel.LEAVE, refused=max(0, event.wait)))


def _typed(visit: Visit) -> str:
    return visit.open_panel.typed if visit.open_panel else ""
