"""Events of what a reader takes along: sheets, own questions, and checking what was understood."""

from __future__ import annotations

from kiosk.core.events import Event
from kiosk.core.take_home.state import Outlet, SheetKind
from kiosk.fast_dataclass import dataclass


@dataclass(frozen=True, kw_only=True)
class SheetWanted(Event):
    """The reader asked for a sheet to be printed or saved."""

    sheet: SheetKind
    outlet: Outlet
    large: bool = False


@dataclass(frozen=True, kw_only=True)
class ChoseOwnQuestion(Event):
    """One of the reader's own questions was chosen, by its number on the list from 0."""

    number: int


@dataclass(frozen=True, kw_only=True)
class OwnQuestionMoved(Event):
    """The question in view was moved so many places down the list."""

    by: int


class OwnQuestionRemoved(Event):
    """The question in view was taken off the list."""


class OwnQuestionReopened(Event):
    """The reader asked to write the question in view, one of their own, anew."""


@dataclass(frozen=True, kw_only=True)
class AskedAbout(Event):
    """The reader put a claim in view, or a suggested question, on the list for the clinician."""

    item: str


@dataclass(frozen=True, kw_only=True)
class AskedAboutCaution(Event):
    """The reader put a caution that they were not sure of on the list for the clinician."""

    caution: str


@dataclass(frozen=True, kw_only=True)
class CheckAnswered(Event):
    """One of the answers to the question in view was picked, by its place from 0."""

    question: str
    number: int


class CheckWentOn(Event):
    """The reader went on to the next question of the self-check."""


@dataclass(frozen=True, kw_only=True)
class HelpfulAnswered(Event):
    """The reader answered "Was this helpful?"."""

    helpful: bool
