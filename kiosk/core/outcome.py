"""Outcome of an event: the next visit, and its requests, such as to open a topic.

It also says whether the event was refused, and whether a visit ended. `VisitController` fulfils the
requests, and delivers each result as an event.
"""

from __future__ import annotations

from kiosk.core.events import TopicQuery
from kiosk.core.question import Question
from kiosk.core.take_home.state import HandOver
from kiosk.core.visit import Visit
from kiosk.fast_dataclass import dataclass


@dataclass(frozen=True)
class OpenTopic:
    """Request of the visit: open this topic, then deliver `TopicOpened`."""

    topic: str
    language: str


@dataclass(frozen=True)
class CheckPin:
    """Request of the visit: end the program if this is the right PIN, else deliver `PinRefused`."""

    pin: str


@dataclass(frozen=True)
class FindTopics:
    """Request of the visit: find topics, look for danger in the words, deliver `TopicsFound`."""

    sought: TopicQuery
    written: Question


@dataclass(frozen=True)
class AskLibrary:
    """Request of the visit: find the answer to this question, then deliver `AnswerFound`."""

    question: Question


Ask = OpenTopic | CheckPin | FindTopics | AskLibrary | HandOver


@dataclass(frozen=True)
class Outcome:
    """Outcome of an event: the next visit, its requests, and whether the event was refused."""

    visit: Visit
    asks: tuple[Ask, ...] = ()
    refused: bool = False
    over: bool = False
    """Whether a visit ended with this: what follows belongs to the next person."""
