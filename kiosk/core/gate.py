"""The gate: works out from library and visit whether a section is open, and which of its cautions
the reader has not acknowledged yet. It stores no result, so no answer can be out of date.

Also tells where the visit stands: its topic, its section, and the last screen of a section.
"""

from __future__ import annotations

from kiosk.core.content import Caution, Section, Topic
from kiosk.core.library import Library
from kiosk.core.screens import screens
from kiosk.core.visit import Acknowledgement, AtCaution, AtProduct, AtSection, Visit
from kiosk.core.wording import Level


def topic_of(library: Library, visit: Visit) -> Topic | None:
    """The topic that the visit is in; None without one, or while it is not opened in its
    language.
    """
    if visit.topic is None or not library.has_opened(visit.topic, visit.language):
        return None
    return library.topic(visit.topic, visit.language)


def has_acknowledged(visit: Visit, topic: str, caution: str) -> bool:
    """Return whether the reader acknowledged a caution of a topic, both given by id, in the visit's
    present language and level. False where no level is chosen.
    """
    if visit.level is None:
        return False
    key = Acknowledgement(topic, caution, visit.language, visit.level)
    return key in visit.acknowledged


def open_cautions(topic: Topic, visit: Visit, section: Section) -> tuple[Caution, ...]:
    """The cautions that `section` requires and the reader has not yet acknowledged in the visit's
    language and level, in the section's order; empty where all are acknowledged.
    """
    waiting = (id_ for id_ in section.requires if not has_acknowledged(visit, topic.id, id_))
    return tuple(topic.caution(id_) for id_ in waiting)


def is_open(topic: Topic, visit: Visit, section: Section) -> bool:
    """Return whether the text of `section` may be shown: the reader has acknowledged each caution
    that it requires.

    A section with products that requires no caution is never open.
    """
    if section.products and not section.gated:
        return False
    return not open_cautions(topic, visit, section)


def open_sections(library: Library, visit: Visit) -> frozenset[tuple[str, str]]:
    """The gated sections that are open in this visit, as pairs of topic id and section id; only of
    topics that are loaded in the visit's language.
    """
    return frozenset(
        (topic.id, section.id)
        for topic in library.opened
        if topic.language == visit.language
        for section in topic.gated_sections()
        if is_open(topic, visit, section)
    )


def section_in_view(library: Library, visit: Visit) -> Section | None:
    """The section, open or closed, whose screen, caution or product the visit stands at.

    None where the visit stands at no section, such as at the list of topics, or where its topic is
    not opened.
    """
    topic = topic_of(library, visit)
    if topic is None or not isinstance(visit.location, AtSection | AtCaution | AtProduct):
        return None
    return topic.section(visit.location.section)


def would_reopen(visit: Visit, level: Level, language: str) -> bool:
    """Return whether the reader, changing to `level` and `language`, would have to answer a caution
    again that is acknowledged now.
    """
    here = {
        (answer.topic, answer.caution)
        for answer in visit.acknowledged
        if answer.level is visit.level and answer.language == visit.language
    }
    there = {
        (answer.topic, answer.caution)
        for answer in visit.acknowledged
        if answer.level is level and answer.language == language
    }
    return bool(here - there)


def last_screen(section: Section, level: Level) -> int:
    """The number, counted from 0, of the last screen of `section` at `level`."""
    return len(screens(section, level)) - 1
