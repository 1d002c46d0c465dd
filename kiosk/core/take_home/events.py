"""Events of what a reader takes along: a sheet wanted; own questions added, picked from the list,
moved, rewritten or removed; self-check answers; the answer to "Was this helpful?".
"""

from __future__ import annotations

from kiosk.core.events import Event
from kiosk.core.take_home.state import Outlet, SheetKind
from kiosk.fast_dataclass import dataclass


@dataclass(frozen=True, kw_only=True)
class SheetWanted(Event):
    """Event: the reader asked to print or save a sheet (`large`: in large print)."""

    sheet: SheetKind
    outlet: Outlet
    large: bool = False


@dataclass(frozen=True, kw_only=True)
class ChoseOwnQuestion(Event):
    """Event: the reader picked an own question to look at, by its place on the list from 0."""

    number: int


@dataclass(frozen=True, kw_only=True)
class OwnQuestionMoved(Event):
    """Event: the own question in view was moved `by` places down the list; negative is up."""

    by: int


class OwnQuestionRemoved(Event):
    """Event: the own question in view was removed from the list for the clinician."""


class OwnQuestionReopened(Event):
    """Event: the reader asked to rewrite the own question in view."""


@dataclass(frozen=True, kw_only=True)
class AskedAbout(Event):
    """Event: the reader added a suggested question, by its id, to their list for the clinician."""

    item: str


@dataclass(frozen=True, kw_only=True)
class AskedAboutSection(Event):
    """Event: the reader added the page in view, a section or a product, to their list for the
    clinician, to be told more about it.
    """


@dataclass(frozen=True, kw_only=True)
class AskedAboutCaution(Event):
    """Event: the reader added a caution that they were unsure of, by its id, to their list for the
    clinician.
    """

    caution: str


@dataclass(frozen=True, kw_only=True)
class CheckAnswered(Event):
    """Event: the reader picked an answer to the self-check question in view.

    `question` is the question's id, `number` the place of the answer, from 0.
    """

    question: str
    number: int


class CheckWentOn(Event):
    """Event: the reader went on from an answered self-check question to the next one."""


@dataclass(frozen=True, kw_only=True)
class HelpfulAnswered(Event):
    """Event: the reader answered "Was this helpful?" with yes or no."""

    helpful: bool
