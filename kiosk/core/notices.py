"""Notices that tell what to do, after an answer too early or Enter without a choice."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from kiosk.core.page import PageKind

if TYPE_CHECKING:
    from kiosk.core.port import Port


def seconds_to_wait(dwell: float) -> int:
    """Whole seconds to touch nothing, after which an answer to a caution surely counts."""
    return ceil(dwell) + 1


def too_early(port: Port) -> str:
    """The notice that an answer came before the caution in view could be read."""
    return port.say("notice.too-early", seconds=seconds_to_wait(port.page.dwell))


def nothing_picked(port: Port) -> str:
    """The notice after Enter while no choice is marked; the last page has one of its own."""
    if port.page.kind is PageKind.FINISH:
        return port.say("notice.pick-finish")
    return port.say("notice.pick-one")
