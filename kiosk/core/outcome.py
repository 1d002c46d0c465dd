"""Outcome of an event: the next visit, its requests, whether it was refused, if it ended a visit.

A request asks for what the core cannot do, such as to open a topic. `VisitController` fulfills
each, and delivers the result as an event.
"""

from __future__ import annotations

from kiosk.core.events import TopicQuery
from kiosk.core.question import Question
from kiosk.core.take_home.state import HandOver
from kiosk.core.visit import Visit
from kiosk.fast_dataclass import dataclass


@dataclass(frozen=True)
class OpenTopic:
    """Request of a visit to its port: load this topic in this language, then deliver `TopicOpened`,
    or `TopicWithdrawn` where it cannot be read.
    """

    topic: str
    language: str


@dataclass(frozen=True)
class CheckPin:
    """Request of a visit to its port: check the PIN that staff typed to leave the kiosk; end the
    program if it is right, otherwise deliver `PinRefused`.
    """

    pin: str


@dataclass(frozen=True)
class FindTopics:
    """Request of the visit: find topics, and danger in what was typed; deliver `TopicsFound`."""

    sought: TopicQuery
    written: Question


@dataclass(frozen=True)
class AskLibrary:
    """Request of the visit: answer a question or check it for alarms, and deliver `AnswerFound`."""

    question: Question


Ask = OpenTopic | CheckPin | FindTopics | AskLibrary | HandOver


@dataclass(frozen=True)
class Outcome:
    """Outcome of an event: next visit, requests, whether it was refused, whether a visit ended."""

    visit: Visit
    asks: tuple[Ask, ...] = ()
    refused: bool = False
    over: bool = False
    """True if a visit ended with this: what follows belongs to the next person."""
