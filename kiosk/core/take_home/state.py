"""Taking along: ways for a sheet to leave the screen and how that ended, own questions, self-check.

A visit keeps these (`Visit`); `HandOver` is what it asks the port for, `SheetOutlets` who does it.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from kiosk.fast_dataclass import dataclass

if TYPE_CHECKING:  # a start makes no sheet
    from kiosk.core.take_home.sheet import Sheet


class SheetKind(StrEnum):
    """Kind of sheet: the hand-out or the diary form."""

    HANDOUT = "handout"
    DIARY = "diary"


class Outlet(StrEnum):
    """Outlet: a way for a sheet to leave the screen, where the site offers it."""

    PRINT = "print"
    SAVE = "save"
    CODES = "codes"


class SheetResult(StrEnum):
    """Result of printing or saving a sheet: under way, done, or why not."""

    UNDER_WAY = "under-way"
    PRINTED = "printed"
    SAVED = "saved"
    NO_PRINTER = "no-printer"
    """There is none of that name, or the print service does not answer."""
    PRINTER_STOPPED = "printer-stopped"
    """It is switched off, paused or out of paper; the job was taken back."""
    TAKEN_BACK = "taken-back"
    """Somebody else removed the job."""
    TOO_SLOW = "too-slow"
    """It did not come out in time, so the job was taken back."""
    TOO_OFTEN = "too-often"
    NO_ROOM = "no-room"
    """The disk is full."""
    NOT_WRITABLE = "not-writable"
    FAILED = "failed"


@dataclass(frozen=True)
class ItemRef:
    """Reference to a claim, question or caution of a topic, which may or may not be shown now."""

    topic: str
    item: str
    caution: bool = False


OwnQuestion = str | ItemRef
"""A question for the clinician: the reader's own words; or a claim, a good question, a caution."""


@dataclass(frozen=True)
class OpenedPart:
    """A product behind cautions that the reader opened in this visit."""

    topic: str
    section: str
    product: str


@dataclass(frozen=True)
class SelfCheck:
    """Where the reader is among the questions to check oneself with. It counts nothing."""

    waiting: tuple[str, ...]
    """The questions still to come, the one in view first."""
    again: tuple[str, ...] = ()
    """Those that come a second time."""
    answered: bool = False
    """Whether the one in view has been answered; what fits it is then in view."""
    right: bool = False


@dataclass(frozen=True)
class HandOver:
    """Request of the visit: print or save this sheet, then deliver `SheetHandedOver`."""

    number: int
    """Comes back in the event."""
    sheet: SheetKind
    outlet: Outlet
    large: bool = False


class SheetOutlets(Protocol):
    """Protocol of what prints and saves sheets, in another process, so that no key waits."""

    def today(self) -> str:
        """The date of today, as it is written on a sheet."""
        ...

    def hand_over(
        self, sheet: Sheet, wanted: HandOver, then: Callable[[SheetResult, str], None]
    ) -> None:
        """Print or save a sheet; call `then` with what became of it, and the file if there is one.

        It may be called before this returns, or much later, and at most once.
        """
        ...
