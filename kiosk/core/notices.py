"""Notices that depend on the page in view: what to do after an answer that could not count."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from kiosk.core.page import PageKind

if TYPE_CHECKING:
    from kiosk.core.port import Port


def seconds_to_wait(dwell: float) -> int:
    """Whole seconds of silence, more than any wait takes, after which an answer surely counts."""
    return ceil(dwell) + 1


def too_early(port: Port) -> str:
    """What is said to an answer that came before the caution in view could be read."""
    return port.say("notice.too-early", seconds=seconds_to_wait(port.page.dwell))


def nothing_picked(port: Port) -> str:
    """What is said to Enter while no choice is marked; the last page asks for no answer."""
    if port.page.kind is PageKind.FINISH:
        return port.say("notice.pick-finish")
    return port.say("notice.pick-one")
