"""Count what happens in a visit, for the site's figures of use, and send each count to the worker's
parent process.

Only the kinds of the closed list in `usage.counts` are counted. A count is three numbers (the kind,
the topic and a detail such as the step), never a word of the visitor.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from typing import TypedDict

from kiosk.core import events as ev
from kiosk.core.gate import is_open, section_in_view, topic_of
from kiosk.core.library import Library
from kiosk.core.question import AnswerKind
from kiosk.core.take_home.events import HelpfulAnswered
from kiosk.core.visit import AtFinish, AtProduct, AtSection, Visit
from kiosk.core.wording import Level
from kiosk.settings.model import Settings
from kiosk.usage import counts
from kiosk.usage.counts import Count

MOST_TOPICS = 500
"""Topics of a library that are counted by their name; the others are counted together."""
_ANSWERS = {
    AnswerKind.ANSWER: counts.ANSWERED,
    AnswerKind.ABSTAIN: counts.DECLINED,
    AnswerKind.LOCKED: counts.LOCKED,
    AnswerKind.URGENT: counts.ALARM,
}


class UsageNames(TypedDict):
    """Names for the numbers in a worker's counts: the site, its topics (number 1 is the first) and
    its languages (number 0 is the first). Made in the fork server, for the process that keeps the
    figures.
    """

    site: str
    topics: list[str]
    languages: list[str]


def usage_names(settings: Settings, library: Library) -> UsageNames | None:
    """Return the names of site, topics and languages to keep figures of use with; None if the site
    has figures switched off.
    """
    if not settings.usage.enabled:
        return None
    topics = sorted({card.id for card in library.cards})[:MOST_TOPICS]
    return {
        "site": settings.usage.site or socket.gethostname(),
        "topics": topics,
        "languages": list(library.languages),
    }


class UsageObserver:
    """Callable for a visit's port, which calls it after each accepted event: sends the counts of
    what the event has changed.

    Args:
        topics: ids of the topics that are counted each; all others are counted together.
        languages: the site's languages.
        send: called with each count; sends it to the worker's parent.
    """

    def __init__(
        self, topics: Sequence[str], languages: Sequence[str], send: Callable[[Count], None]
    ) -> None:
        self._topics = {id_: number for number, id_ in enumerate(topics, 1)}
        self._languages = list(languages)
        self._send = send

    def __call__(self, library: Library, before: Visit, after: Visit, event: ev.Event) -> None:
        """Count what an accepted event has changed."""
        for count in self.counts(library, before, after, event):
            self._send(count)

    def counts(self, library: Library, before: Visit, after: Visit, event: ev.Event) -> list[Count]:
        """Return the counts of what an accepted event has changed, from the visit `before` to the
        visit `after`; empty if nothing that is counted.
        """
        happened: list[Count] = []
        if isinstance(event, ev.Started):
            happened.append((counts.VISIT, 0, 0))
        if isinstance(event, ev.Started) or after.language != before.language:
            happened.append((counts.LANGUAGE, 0, self._languages.index(after.language)))
        is_new_level = after.level != before.level or isinstance(event, ev.Started)
        if after.level is not None and is_new_level:
            happened.append((counts.LEVEL, 0, list(Level).index(after.level)))
        if isinstance(event, ev.AnswerFound):
            happened += [(counts.ASKED, 0, 0), (_ANSWERS[event.answer.behaviour], 0, 0)]
        if isinstance(event, HelpfulAnswered):
            happened.append((counts.HELPFUL if event.helpful else counts.NOT_HELPFUL, 0, 0))
        topic = after.topic
        if topic is None:
            return happened
        number = self._topics.get(topic, counts.MAX_INDEX)
        progress, was = after.progress_in(topic), before.progress_in(topic)
        if progress is not None and was is None:
            happened.append((counts.TOPIC_BEGUN, number, 0))
        if progress is not None and (was is None or progress.reached != was.reached):
            step = library.topic(topic, after.language).steps.index(progress.at.section) + 1
            happened.append((counts.STEP, number, min(counts.MAX_INDEX, step)))
        if after.location != before.location:
            happened += self._at_location(library, after, number, event)
        return happened

    def _at_location(
        self, library: Library, after: Visit, number: int, event: ev.Event
    ) -> list[Count]:
        """Return the counts of a location that the visit has come to."""
        if isinstance(event, ev.GateSkipped):
            passed = [(counts.SUPPLEMENTS_PASSED, number, 0)]
        else:
            passed = []
        if isinstance(after.location, AtFinish):
            return [*passed, (counts.TOPIC_FINISHED, number, 0)]
        if isinstance(after.location, AtProduct | AtSection) and _is_gated(library, after):
            return [(counts.SUPPLEMENTS_OPENED, number, 0)]
        return passed


def _is_gated(library: Library, visit: Visit) -> bool:
    """Return whether a gated section is in view, opened by its cautions."""
    topic, section = topic_of(library, visit), section_in_view(library, visit)
    if topic is None or section is None:
        return False
    return section.gated and is_open(topic, visit, section)
