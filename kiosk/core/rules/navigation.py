"""Rules of going through a topic: next, back, and to a section, a product or cautions."""

from __future__ import annotations

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
from kiosk.core.take_home.state import OpenedPart
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
from kiosk.fast_dataclass import replace


def turn(visit: Visit, location: Location, notice: Notice | None = None) -> Visit:
    """The visit moved to `location`, with no panel over it and its page not yet shown."""
    return replace(
        visit, location=location, open_panel=None, notice=notice, shown_at=None, early_at=None
    )


def lay(visit: Visit, over: OpenPanel) -> Visit:
    """The visit where it is, with a panel laid over it that has not yet been shown."""
    return replace(turn(visit, visit.location), open_panel=over)


def arrive(topic: Topic, visit: Visit, location: AtSection, notice: Notice | None = None) -> Visit:
    """Turn to a screen; where it is a step's, remember it as the screen to come back to."""
    visit = turn(visit, location, notice)
    if location.section not in topic.steps:
        return visit
    index = topic.steps.index(location.section)
    before = visit.progress_in(topic.id)
    reached = max(index, before.furthest) if before else index
    others = tuple(progress for progress in visit.progress if progress.topic != topic.id)
    return replace(visit, progress=(*others, Progress(topic.id, location, reached)))


def begin(topic: Topic, visit: Visit) -> Visit:
    """Turn to where the reader is in `topic`: its first screen, or the last one they saw."""
    progress = visit.progress_in(topic.id)
    location = progress.at if progress else AtSection(topic.steps[0])
    visit = replace(visit, topic=topic.id)
    return arrive(topic, visit, fit(topic, visit, location))


def fit(topic: Topic, visit: Visit, location: AtSection) -> AtSection:
    """`location` moved to a screen that its section has at the visit's level and may show.

    To the first screen where the topic, in another language than before, has no such section.
    """
    if not topic.has_section(location.section):
        return AtSection(topic.steps[0])
    section = topic.section(location.section)
    if section.gated and not is_open(topic, visit, section):
        return AtSection(location.section)
    last = last_screen(section, _level(visit))
    return AtSection(location.section, max(0, min(location.screen, last)))


def advance(library: Library, visit: Visit, _: Advanced) -> Visit | None:
    """Go on: to the next screen or step, through a section that cautions opened, to the end."""
    topic = topic_of(library, visit)
    location = visit.location
    if topic is None:
        return None
    if isinstance(location, AtProduct):
        return _after_product(topic, visit, location)
    if not isinstance(location, AtSection):
        return None
    section = topic.section(location.section)
    if not is_open(topic, visit, section):
        return None
    if location.screen < last_screen(section, _level(visit)):
        return arrive(topic, visit, AtSection(location.section, location.screen + 1))
    if section.gated and section.products:
        return turn(visit, AtProduct(section.id, section.products[0].id))
    if section.gated:
        return _beyond(topic, visit, section)
    if location.section not in topic.steps:
        return _return_to_steps(topic, visit)
    return _next_step(topic, visit, location.section)


def _next_step(topic: Topic, visit: Visit, step: str) -> Visit:
    """The step after `step`, or what comes after the last."""
    index = topic.steps.index(step)
    if index + 1 < len(topic.steps):
        return arrive(topic, visit, AtSection(topic.steps[index + 1]))
    return _beyond(topic, visit, None)


def _after_product(topic: Topic, visit: Visit, location: AtProduct) -> Visit | None:
    section = topic.section(location.section)
    if not is_open(topic, visit, section):
        return None
    ids = [product.id for product in section.products]
    following = ids[ids.index(location.product) + 1 :]
    if following:
        return turn(visit, AtProduct(location.section, following[0]))
    return _beyond(topic, visit, section)


def _beyond(topic: Topic, visit: Visit, after: Section | None) -> Visit:
    """The step after the door to `after`; without a door the next gated section, or the end."""
    door = topic.door_of(after.id) if after else None
    if door is not None:
        return _next_step(topic, visit, door.id)
    gated = tuple(
        section for section in topic.gated_sections() if topic.door_of(section.id) is None
    )
    following = gated[gated.index(after) + 1 :] if after else gated
    return turn(visit, AtSection(following[0].id) if following else AtFinish())


def _return_to_steps(topic: Topic, visit: Visit) -> Visit:
    progress = visit.progress_in(topic.id)
    location = progress.at if progress else AtSection(topic.steps[0])
    return arrive(topic, visit, fit(topic, visit, location))


def go_back(library: Library, visit: Visit, _: WentBack) -> Visit | None:
    """Back: close the panel, or turn to the location before this one."""
    if visit.open_panel is not None:
        return turn(visit, visit.location)
    location = visit.location
    if isinstance(location, AtReaders):
        return turn(visit, AtWelcome())
    topic = topic_of(library, visit)
    if topic is None:
        return None
    if isinstance(location, AtCaution):
        if location.again:
            return turn(visit, AtCaution(location.section, location.caution))
        return turn(visit, AtSection(location.section))
    if isinstance(location, AtProduct):
        section = topic.section(location.section)
        return turn(visit, fit(topic, visit, AtSection(section.id, 10_000)))
    if isinstance(location, AtSection):
        return _back_in_section(library, topic, visit, location)
    if isinstance(location, AtFinish):
        return _return_to_steps(topic, visit)
    return None


def _back_in_section(library: Library, topic: Topic, visit: Visit, location: AtSection) -> Visit:
    section = topic.section(location.section)
    if location.screen > 0 and is_open(topic, visit, section):
        return arrive(topic, visit, AtSection(location.section, location.screen - 1))
    if location.section not in topic.steps:
        return _return_to_steps(topic, visit)
    index = topic.steps.index(location.section)
    if index == 0:
        several = library.count(visit.language) > 1 and visit.opening.topic is None
        return turn(visit, AtTopics() if several else AtReaders())
    before = topic.section(topic.steps[index - 1])
    return arrive(topic, visit, AtSection(before.id, last_screen(before, _level(visit))))


def open_section(library: Library, visit: Visit, event: OpenedSection) -> Visit | None:
    """Turn to a section by name; a closed one shows the page of its cautions."""
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
    location = visit.location
    if topic is None or not isinstance(location, AtSection):
        return None
    section = topic.section(location.section)
    if not section.gated or not is_open(topic, visit, section):
        return None
    if event.product not in {product.id for product in section.products}:
        return None
    return turn(visit, AtProduct(location.section, event.product))


def begin_cautions(library: Library, visit: Visit, _: BeganCautions) -> Visit | None:
    """Turn to the first open caution of the section in view, or of the one its step leads to."""
    topic = topic_of(library, visit)
    location = visit.location
    if topic is None or not isinstance(location, AtSection):
        return None
    section = topic.section(location.section)
    behind = topic.section(section.opens) if section.opens else section
    waiting = open_cautions(topic, visit, behind)
    return turn(visit, AtCaution(behind.id, waiting[0].id)) if waiting else None


def go_without(library: Library, visit: Visit, _: GateSkipped) -> Visit | None:
    """Leave a closed section unread, for what comes after it."""
    topic = topic_of(library, visit)
    location = visit.location
    if topic is None or not isinstance(location, AtSection | AtCaution):
        return None
    section = topic.section(location.section)
    if not section.gated or (isinstance(location, AtSection) and is_open(topic, visit, section)):
        return None
    if topic.door_of(section.id) is not None:
        return _beyond(topic, visit, section)
    progress = visit.progress_in(topic.id)
    last = topic.section(topic.steps[-1])
    end = AtSection(last.id, last_screen(last, _level(visit)))
    if progress and progress.at != end:
        return _return_to_steps(topic, visit)
    return _beyond(topic, visit, section)


def _level(visit: Visit) -> Level:
    return visit.level or Level.PLAIN


def with_part(library: Library, visit: Visit) -> Visit:
    """The visit with the product in view noted as read, if it stands at one that is open."""
    location, topic = visit.location, topic_of(library, visit)
    if not isinstance(location, AtProduct) or topic is None:
        return visit
    if not is_open(topic, visit, topic.section(location.section)):
        return visit
    part = OpenedPart(topic.id, location.section, location.product)
    return visit if part in visit.parts else replace(visit, parts=visit.parts | {part})
