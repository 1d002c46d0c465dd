"""Phrases by which a front end tells the reader what to do: wait, after an answer to a caution that
came too early; pick a choice, after Enter without one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.core.page import PageKind, seconds_to_wait

if TYPE_CHECKING:
    from kiosk.core.port import Port


def too_early(port: Port) -> str:
    """The phrase that says an answer came before the caution could be read, and how long to
    wait.
    """
    return port.say("notice.too-early", seconds=seconds_to_wait(port.page.dwell))


def nothing_picked(port: Port) -> str:
    """The phrase that asks to pick a choice, after Enter with none selected; on a topic's last page
    it is another phrase than elsewhere.
    """
    if port.page.kind is PageKind.FINISH:
        return port.say("notice.pick-finish")
    return port.say("notice.pick-one")
