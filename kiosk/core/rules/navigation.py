"""Walking: next, back, and opening a section, a product or the cautions of a closed section."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.content import Section, Topic
from kiosk.core.events import (
    Advanced,
    BeganCautions,
    GateSkipped,
    OpenedProduct,
    OpenedSection,
    WentBack,
)
from kiosk.core.gate import is_open, last_screen, open_cautions, topic_of
from kiosk.core.library import Library
from kiosk.core.visit import (
    AtCaution,
    AtFinish,
    AtProduct,
    AtReaders,
    AtSection,
    AtTopics,
    AtWelcome,
    Location,
    Notice,
    OpenPanel,
    Progress,
    Visit,
)
from kiosk.core.wording import Level


def turn(visit: Visit, place: Location, notice: Notice | None = None) -> Visit:
    """The visit at `place`, its page not yet shown, no panel over it."""
    return replace(
        visit, location=place, open_panel=None, notice=notice, shown_at=None, early_at=None
    )


def lay(visit: Visit, over: OpenPanel) -> Visit:
    """The visit where it is, its page not yet shown, a panel over it."""
    return replace(turn(visit, visit.location), open_panel=over)


def arrive(topic: Topic, visit: Visit, place: AtSection, notice: Notice | None = None) -> Visit:
    """Turn to a screen; on the way, remember it as the one to come back to."""
    visit = turn(visit, place, notice)
    if place.section not in topic.way:
        return visit
    index = topic.way.index(place.section)
    before = visit.progress_in(topic.id)
    reached = max(index, before.furthest) if before else index
    others = tuple(one for one in visit.progress if one.topic != topic.id)
    return replace(visit, progress=(*others, Progress(topic.id, place, reached)))


def begin(topic: Topic, visit: Visit) -> Visit:
    """Turn to where the reader is in `topic`: its first screen, or the last one they saw."""
    progress = visit.progress_in(topic.id)
    place = progress.at if progress else AtSection(topic.way[0])
    visit = replace(visit, topic=topic.id)
    return arrive(topic, visit, fit(topic, visit, place))


def fit(topic: Topic, visit: Visit, place: AtSection) -> AtSection:
    """`place`, moved to a screen that its section has at the visit's level and may show.

    To the first screen where the topic, in another language than before, has no such section.
    """
    if not topic.has_section(place.section):
        return AtSection(topic.way[0])
    section = topic.section(place.section)
    if section.gated and not is_open(topic, visit, section):
        return AtSection(place.section)
    last = last_screen(section, _level(visit))
    return AtSection(place.section, max(0, min(place.screen, last)))


def advance(library: Library, visit: Visit, _: Advanced) -> Visit | None:
    """Next: a screen, a step; through what cautions were read for, its products last; the end."""
    topic = topic_of(library, visit)
    place = visit.location
    if topic is None:
        return None
    if isinstance(place, AtProduct):
        return _after_product(topic, visit, place)
    if not isinstance(place, AtSection):
        return None
    section = topic.section(place.section)
    if not is_open(topic, visit, section):
        return None
    if place.screen < last_screen(section, _level(visit)):
        return arrive(topic, visit, AtSection(place.section, place.screen + 1))
    if section.gated and section.products:
        return turn(visit, AtProduct(section.id, section.products[0].id))
    if section.gated:
        return _beyond(topic, visit, section)
    if place.section not in topic.way:
        return _return_to_way(topic, visit)
    return _next_step(topic, visit, place.section)


def _next_step(topic: Topic, visit: Visit, step: str) -> Visit:
    """The step of the way after `step`, or what comes after the way."""
    index = topic.way.index(step)
    if index + 1 < len(topic.way):
        return arrive(topic, visit, AtSection(topic.way[index + 1]))
    return _beyond(topic, visit, None)


def _after_product(topic: Topic, visit: Visit, place: AtProduct) -> Visit | None:
    section = topic.section(place.section)
    if not is_open(topic, visit, section):
        return None
    ids = [product.id for product in section.products]
    following = ids[ids.index(place.product) + 1 :]
    if following:
        return turn(visit, AtProduct(place.section, following[0]))
    return _beyond(topic, visit, section)


def _beyond(topic: Topic, visit: Visit, after: Section | None) -> Visit:
    """The step after the door to `after`; without a door the next gated section, or the end."""
    door = topic.door_of(after.id) if after else None
    if door is not None:
        return _next_step(topic, visit, door.id)
    gated = tuple(one for one in topic.gated_sections() if topic.door_of(one.id) is None)
    following = gated[gated.index(after) + 1 :] if after else gated
    return turn(visit, AtSection(following[0].id) if following else AtFinish())


def _return_to_way(topic: Topic, visit: Visit) -> Visit:
    progress = visit.progress_in(topic.id)
    place = progress.at if progress else AtSection(topic.way[0])
    return arrive(topic, visit, fit(topic, visit, place))


def go_back(library: Library, visit: Visit, _: WentBack) -> Visit | None:
    """Back: uncover the place under a panel, or turn to the place before it."""
    if visit.open_panel is not None:
        return turn(visit, visit.location)
    place = visit.location
    if isinstance(place, AtReaders):
        return turn(visit, AtWelcome())
    topic = topic_of(library, visit)
    if topic is None:
        return None
    if isinstance(place, AtCaution):
        if place.again:
            return turn(visit, AtCaution(place.section, place.caution))
        return turn(visit, AtSection(place.section))
    if isinstance(place, AtProduct):
        section = topic.section(place.section)
        return turn(visit, fit(topic, visit, AtSection(section.id, 10_000)))
    if isinstance(place, AtSection):
        return _back_in_section(library, topic, visit, place)
    if isinstance(place, AtFinish):
        return _return_to_way(topic, visit)
    return None


def _back_in_section(library: Library, topic: Topic, visit: Visit, place: AtSection) -> Visit:
    section = topic.section(place.section)
    if place.screen > 0 and is_open(topic, visit, section):
        return arrive(topic, visit, AtSection(place.section, place.screen - 1))
    if place.section not in topic.way:
        return _return_to_way(topic, visit)
    index = topic.way.index(place.section)
    if index == 0:
        several = library.count(visit.language) > 1 and visit.opening.topic is None
        return turn(visit, AtTopics() if several else AtReaders())
    before = topic.section(topic.way[index - 1])
    return arrive(topic, visit, AtSection(before.id, last_screen(before, _level(visit))))


def open_section(library: Library, visit: Visit, event: OpenedSection) -> Visit | None:
    """Turn to a section by name. A closed one shows its door."""
    topic = topic_of(library, visit)
    if topic is None or not isinstance(
        visit.location, AtSection | AtCaution | AtProduct | AtFinish
    ):
        return None
    if event.section not in {section.id for section in topic.sections}:
        return None
    return arrive(topic, visit, fit(topic, visit, AtSection(event.section, event.screen)))


def open_product(library: Library, visit: Visit, event: OpenedProduct) -> Visit | None:
    """Turn to a product of the open section in view."""
    topic = topic_of(library, visit)
    place = visit.location
    if topic is None or not isinstance(place, AtSection):
        return None
    section = topic.section(place.section)
    if not section.gated or not is_open(topic, visit, section):
        return None
    if event.product not in {product.id for product in section.products}:
        return None
    return turn(visit, AtProduct(place.section, event.product))


def begin_cautions(library: Library, visit: Visit, _: BeganCautions) -> Visit | None:
    """Turn to the first open caution before the section in view, or the one it is the door to."""
    topic = topic_of(library, visit)
    place = visit.location
    if topic is None or not isinstance(place, AtSection):
        return None
    section = topic.section(place.section)
    behind = topic.section(section.opens) if section.opens else section
    waiting = open_cautions(topic, visit, behind)
    return turn(visit, AtCaution(behind.id, waiting[0].id)) if waiting else None


def go_without(library: Library, visit: Visit, _: GateSkipped) -> Visit | None:
    """Leave a closed section for what comes after it; no lesser way."""
    topic = topic_of(library, visit)
    place = visit.location
    if topic is None or not isinstance(place, AtSection | AtCaution):
        return None
    section = topic.section(place.section)
    if not section.gated or (isinstance(place, AtSection) and is_open(topic, visit, section)):
        return None
    if topic.door_of(section.id) is not None:
        return _beyond(topic, visit, section)
    progress = visit.progress_in(topic.id)
    last = topic.section(topic.way[-1])
    end = AtSection(last.id, last_screen(last, _level(visit)))
    if progress and progress.at != end:
        return _return_to_way(topic, visit)
    return _beyond(topic, visit, section)


def _level(visit: Visit) -> Level:
    return visit.level or Level.PLAIN
