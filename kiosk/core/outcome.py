"""Outcome of an event: the next visit, and what it asks the port for."""

from __future__ import annotations

from kiosk.core.events import TopicQuery
from kiosk.core.question import Question
from kiosk.core.take_home.state import HandOver
from kiosk.core.visit import Visit
from kiosk.fast_dataclass import dataclass


@dataclass(frozen=True)
class OpenTopic:
    """An ask: open this topic and deliver `TopicOpened`."""

    topic: str
    language: str


@dataclass(frozen=True)
class CheckPin:
    """An ask: end the program if this is the staff's PIN, or deliver `PinRefused`."""

    pin: str


@dataclass(frozen=True)
class FindTopics:
    """An ask: look for topics, hear what was written for danger, and deliver `TopicsFound`."""

    sought: TopicQuery
    written: Question


@dataclass(frozen=True)
class AskLibrary:
    """An ask: answer this question and deliver `AnswerFound`."""

    question: Question


Ask = OpenTopic | CheckPin | FindTopics | AskLibrary | HandOver


@dataclass(frozen=True)
class Outcome:
    """The next visit, and what it asks for."""

    visit: Visit
    asks: tuple[Ask, ...] = ()
    refused: bool = False
    over: bool = False
    """Whether a visit ended with this: what follows belongs to the next person."""
