"""Types of what a reader takes along: kinds of sheet, outlets, results of printing or saving, own
questions, self-check; and the protocol of what prints and saves.
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
    """State of printing or saving a sheet: under way, done, or the reason why it failed."""

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
class ListedItem:
    """Reference, by ids, to a suggested question of a topic, or with `caution` to a caution.
    Whether it may be shown now is checked at each use.
    """

    topic: str
    item: str
    caution: bool = False


@dataclass(frozen=True)
class SectionRef:
    """Reference, by ids, to a page that the reader wants to be told more about: a section of a
    topic, or one product of the section. Whether its title may be shown now is checked at each use.
    """

    topic: str
    section: str
    product: str = ""


OwnQuestion = str | ListedItem | SectionRef
"""A question for the clinician: own words, a suggested question, a caution or a page."""


@dataclass(frozen=True)
class OpenedPart:
    """One product, by ids, that the reader read in this visit after answering its section's
    cautions; the hand-out may then have it.
    """

    topic: str
    section: str
    product: str


@dataclass(frozen=True)
class SelfCheck:
    """The state of the self-check in a visit: questions still to come, and whether the one in view
    was answered, and rightly. No score is kept.
    """

    waiting: tuple[str, ...]
    """The questions still to come, the one in view first."""
    again: tuple[str, ...] = ()
    """Those that come a second time."""
    answered: bool = False
    """True if the one in view has been answered; what fits it is then in view."""
    right: bool = False


@dataclass(frozen=True)
class HandOver:
    """A visit's request to its port: print or save a sheet, then deliver the event
    `SheetHandedOver` with the same number.
    """

    number: int
    """Comes back in the event."""
    sheet: SheetKind
    outlet: Outlet
    large: bool = False


class SheetOutlets(Protocol):
    """Protocol of an object that prints and saves sheets in another process, so that the program
    keeps answering keys meanwhile.
    """

    def today(self) -> str:
        """Return today's date as text, as it is printed on a sheet."""
        ...

    def hand_over(
        self, sheet: Sheet, wanted: HandOver, on_result: Callable[[SheetResult, str], None]
    ) -> None:
        """Print or save a sheet as `wanted` says; call `on_result` with the result, and the saved
        file's path or an empty text.

        `on_result` may be called before this returns, or much later, and at most once.
        """
        ...
