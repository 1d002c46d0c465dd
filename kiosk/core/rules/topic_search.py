"""Rules of finding a topic among many: by heading, by the beginnings of words, page by page."""

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
    """The location where choosing a topic begins: the headings, or a list."""
    catalogue = library.catalogues.get(visit.language)
    listed = catalogue is not None and catalogue.count > FEW and not catalogue.groups
    return AtTopics(TopicQuery()) if listed else AtTopics()


def write(library: Library, visit: Visit, event: TextChanged) -> Visit | None:
    """Look for topics by the text in the entry; without text, begin the choice anew."""
    location = _searchable(library, visit)
    if location is None:
        return None
    text = printable(event.text).lstrip()
    if len(text) > LONGEST_SOUGHT:  # somebody in danger may have written it
        sought = location.sought or TopicQuery()
        return turn(visit, AtTopics(sought, heard=text, writing=location.writing))
    anew = replace(topics_of(library, visit), writing=location.writing)
    return turn(visit, AtTopics(TopicQuery(text), writing=location.writing) if text else anew)


def begin_writing(library: Library, visit: Visit, _: KeyboardOpened) -> Visit | None:
    """Show letters on the screen, to write what to look for."""
    location = _searchable(library, visit)
    return turn(visit, replace(location, writing=True)) if location else None


def choose_group(library: Library, visit: Visit, event: ChoseGroup) -> Visit | None:
    """Show the topics under one heading."""
    catalogue = library.catalogues.get(visit.language)
    if catalogue is None or event.group not in {group.name for group in catalogue.groups}:
        return None
    return turn(visit, AtTopics(TopicQuery(group=event.group)))


def ask_more(_: Library, visit: Visit, __: NextPageRequested) -> Visit | None:
    """Ask for the next page of the topics that were found."""
    location = visit.location
    if not isinstance(location, AtTopics) or location.sought is None or not location.more:
        return None
    start = location.sought.start + MOST_FOUND
    return turn(visit, AtTopics(replace(location.sought, start=start)))


def topics_found(library: Library, visit: Visit, event: TopicsFound) -> Visit | None:
    """Show the topics that were found, if they are still what is looked for."""
    location = visit.location
    if (
        not isinstance(location, AtTopics)
        or location.sought != event.sought
        or location.results is not None
    ):
        return None
    topics = tuple(id_ for id_ in event.topics if library.card(id_, visit.language))
    listed = replace(location, results=topics, more=event.more, alarm=event.alarm, heard="")
    if not location.heard or event.alarm is not None:
        return turn(visit, listed)
    begins = topics_of(library, visit)
    if begins.sought is None and location.sought == TopicQuery():
        listed = replace(begins, writing=location.writing)
    return replace(turn(visit, listed), notice=Notice.TOO_LONG)


def written(visit: Visit, location: AtTopics) -> Question:
    """What was typed to find a topic, as a question to be looked at for danger."""
    text = location.heard or (location.sought.text if location.sought else "")
    return Question(text, visit.language, visit.level or Level.PLAIN)


def back(library: Library, visit: Visit, location: AtTopics) -> AtTopics | None:
    """The location to which Back leads among the topics; None where it leads out of them."""
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
