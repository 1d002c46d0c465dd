"""Rules of finding a topic among many: under a heading, or by the beginnings of typed words;
results come in pages of nine.
"""

from __future__ import annotations

from kiosk.core.events import (
    ChoseGroup,
    KeyboardOpened,
    NextPageRequested,
    TextChanged,
    TopicQuery,
    TopicsFound,
)
from kiosk.core.library import FEW, Library
from kiosk.core.question import Question
from kiosk.core.rules.navigation import turn
from kiosk.core.rules.questions import printable
from kiosk.core.visit import AtTopics, Notice, Visit
from kiosk.core.wording import Level
from kiosk.fast_dataclass import replace

MOST_FOUND = 9
"""Topics on one page of what was found: each has a digit."""
LONGEST_SOUGHT = 60


def topics_of(library: Library, visit: Visit) -> AtTopics:
    """Return the location where choosing a topic begins: all of a few topics; of many, the
    headings, or without headings a list by pages.
    """
    catalogue = library.catalogues.get(visit.language)
    listed = catalogue is not None and catalogue.count > FEW and not catalogue.groups
    return AtTopics(TopicQuery()) if listed else AtTopics()


def write(library: Library, visit: Visit, event: TextChanged) -> Visit | None:
    """Rule for text typed to find a topic: search for it; without text, return to where choosing
    began.

    A text over 60 characters is not searched for, only checked for alarms. None where there is
    nothing to search: away from the choice of topics, or with few of them.
    """
    location = _searchable(library, visit)
    if location is None:
        return None
    text = printable(event.text).lstrip()
    if len(text) > LONGEST_SOUGHT:  # somebody in danger may have written it
        sought = location.sought or TopicQuery()
        return turn(visit, AtTopics(sought, unchecked=text, writing=location.writing))
    anew = replace(topics_of(library, visit), writing=location.writing)
    return turn(visit, AtTopics(TopicQuery(text), writing=location.writing) if text else anew)


def begin_writing(library: Library, visit: Visit, _: KeyboardOpened) -> Visit | None:
    """Rule for asking for letters on the screen, to type what topic to look for; None away from the
    choice of topics, or with few of them.
    """
    location = _searchable(library, visit)
    return turn(visit, replace(location, writing=True)) if location else None


def choose_group(library: Library, visit: Visit, event: ChoseGroup) -> Visit | None:
    """Rule for a chosen heading: list the topics under it; None where there is no such heading."""
    catalogue = library.catalogues.get(visit.language)
    if catalogue is None or event.group not in {group.name for group in catalogue.groups}:
        return None
    return turn(visit, AtTopics(TopicQuery(group=event.group)))


def ask_more(_: Library, visit: Visit, __: NextPageRequested) -> Visit | None:
    """Rule for the next page of topics found; None where there is no further page."""
    location = visit.location
    if not isinstance(location, AtTopics) or location.sought is None or not location.has_more:
        return None
    start = location.sought.start + MOST_FOUND
    return turn(visit, AtTopics(replace(location.sought, start=start)))


def topics_found(library: Library, visit: Visit, event: TopicsFound) -> Visit | None:
    """Rule for the results of a search: show its topics, and an alarm if the typed text gave one.

    None where the visit waits for no results, or for those of another search.
    """
    location = visit.location
    if (
        not isinstance(location, AtTopics)
        or location.sought != event.sought
        or location.results is not None
    ):
        return None
    topics = tuple(id_ for id_ in event.topics if library.card(id_, visit.language))
    listed = replace(
        location, results=topics, has_more=event.has_more, alarm=event.alarm, unchecked=""
    )
    if not location.unchecked or event.alarm is not None:
        return turn(visit, listed)
    begins = topics_of(library, visit)
    if begins.sought is None and location.sought == TopicQuery():
        listed = replace(begins, writing=location.writing)
    return replace(turn(visit, listed), notice=Notice.TOO_LONG)


def typed_question(visit: Visit, location: AtTopics) -> Question:
    """Return the text typed to find a topic as a question, so that it can be checked for alarms."""
    text = location.unchecked or (location.sought.text if location.sought else "")
    return Question(text, visit.language, visit.level or Level.PLAIN)


def back(library: Library, visit: Visit, location: AtTopics) -> AtTopics | None:
    """Return where Back leads among the pages of choosing a topic;
    None where it leads out of them.
    """
    if location.writing:
        return replace(location, writing=False) if location.sought else topics_of(library, visit)
    sought = location.sought
    if sought is None or (not sought.text and not sought.group and not sought.start):
        return None
    if sought.start:
        return AtTopics(replace(sought, start=max(0, sought.start - MOST_FOUND)))
    return topics_of(library, visit)


def _searchable(library: Library, visit: Visit) -> AtTopics | None:
    """The location, where there is more to look through than is listed."""
    location = visit.location
    many = library.count(visit.language) > FEW
    return location if many and isinstance(location, AtTopics) else None
