"""Rules of moving about in a topic: next, back, to a section, a product or cautions, and past a
closed section; and the helpers that move a visit and remember how far it came.
"""

from __future__ import annotations

from kiosk.core.content import Section, Topic
from kiosk.core.events import (
    Advanced,
    BeganCautions,
    GateSkipped,
    OpenedProduct,
    OpenedSection,
    Panel,
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
    """Return the visit moved to `location`, with no panel open and its page not yet shown."""
    return replace(
        visit, location=location, open_panel=None, notice=notice, shown_at=None, early_at=None
    )


def lay(visit: Visit, over: OpenPanel) -> Visit:
    """Return the visit with the panel `over` open in front of its location, not yet shown."""
    return replace(turn(visit, visit.location), open_panel=over)


def arrive(topic: Topic, visit: Visit, location: AtSection, notice: Notice | None = None) -> Visit:
    """Return the visit moved to a screen of a section; where that section is a step, also remember
    the screen as the one to come back to, and the step as reached.
    """
    visit = turn(visit, location, notice)
    if location.section not in topic.steps:
        return visit
    before = visit.progress_in(topic.id)
    reached = (before.reached if before else frozenset()) | {location.section}
    others = tuple(progress for progress in visit.progress if progress.topic != topic.id)
    return replace(visit, progress=(*others, Progress(topic.id, location, reached)))


def begin(topic: Topic, visit: Visit) -> Visit:
    """Return the visit with `topic` chosen, at the screen where its reader last was, else at the
    first.
    """
    progress = visit.progress_in(topic.id)
    location = progress.at if progress else AtSection(topic.steps[0])
    visit = replace(visit, topic=topic.id)
    return arrive(topic, visit, fit(topic, visit, location))


def fit(topic: Topic, visit: Visit, location: AtSection) -> AtSection:
    """Return `location` with its screen number limited to the screens that its section has at the
    visit's level; the first where the section is closed.

    Where the topic has no such section (as in another language), return the start of its first
    step.
    """
    if not topic.has_section(location.section):
        return AtSection(topic.steps[0])
    section = topic.section(location.section)
    if section.gated and not is_open(topic, visit, section):
        return AtSection(location.section)
    last = last_screen(section, _level(visit))
    return AtSection(location.section, max(0, min(location.screen, last)))


def advance(library: Library, visit: Visit, _: Advanced) -> Visit | None:
    """Rule for Next: move to the next screen, product or step, or to the topic's last page.

    None at a closed section, and outside of a topic's sections and products.
    """
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
    return _next_gated(topic, visit, None)


def _after_product(topic: Topic, visit: Visit, location: AtProduct) -> Visit | None:
    section = topic.section(location.section)
    if not is_open(topic, visit, section):
        return None
    ids = [product.id for product in section.products]
    following = ids[ids.index(location.product) + 1 :]
    if following:
        return turn(visit, AtProduct(location.section, following[0]))
    return _beyond(topic, visit, section)


def _beyond(topic: Topic, visit: Visit, section: Section) -> Visit:
    """Leave a gated section for the step after its door, or without a door for the next gated
    section, or the end; but for the step that the reader left, if that was another one, as after a
    question.
    """
    progress, door = visit.progress_in(topic.id), topic.door_of(section.id)
    if door is not None and progress and progress.at.section == door.id:
        return _next_step(topic, visit, door.id)
    last = topic.section(topic.steps[-1])
    end = AtSection(last.id, last_screen(last, _level(visit)))
    if door is None and progress and progress.at == end:
        return _next_gated(topic, visit, section)
    return _return_to_steps(topic, visit)


def _next_gated(topic: Topic, visit: Visit, after: Section | None) -> Visit:
    """The first gated section without a door, or the one that follows `after`; else the end."""
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
    """Rule for Back: close the open panel, else move to the location before the present one.

    None where Back leads nowhere, as at Welcome. Before a visit in use goes back to Welcome, which
    erases it, the reader is asked whether to start over.
    """
    if visit.open_panel is not None:
        return turn(visit, visit.location)
    location = visit.location
    if isinstance(location, AtReaders):
        if visit.level is not None:  # Welcome is for the next person: it must keep nothing of this
            return lay(visit, OpenPanel(Panel.START_OVER))
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
    """Rule for a section chosen by its id: move to it; if it is closed, to the page that leads to
    its cautions.

    None outside of a topic, and where the topic has no such section.
    """
    topic = topic_of(library, visit)
    if topic is None or not isinstance(
        visit.location, AtSection | AtCaution | AtProduct | AtFinish
    ):
        return None
    if event.section not in {section.id for section in topic.sections}:
        return None
    return arrive(topic, visit, fit(topic, visit, AtSection(event.section, event.screen)))


def open_product(library: Library, visit: Visit, event: OpenedProduct) -> Visit | None:
    """Rule for a product chosen in the gated section in view: move to it.

    None where that section is closed, or has no such product.
    """
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
    """Rule for beginning the cautions of a closed section, the one in view or the one that the step
    in view leads to: move to the first that is unanswered; None where none is.
    """
    topic = topic_of(library, visit)
    location = visit.location
    if topic is None or not isinstance(location, AtSection):
        return None
    section = topic.section(location.section)
    behind = topic.section(section.opens) if section.opens else section
    waiting = open_cautions(topic, visit, behind)
    return turn(visit, AtCaution(behind.id, waiting[0].id)) if waiting else None


def go_without(library: Library, visit: Visit, _: GateSkipped) -> Visit | None:
    """Rule for leaving a closed section unread: move on to what comes after it, or back to the step
    that the reader left. None where the section in view is not closed.
    """
    topic = topic_of(library, visit)
    location = visit.location
    if topic is None or not isinstance(location, AtSection | AtCaution):
        return None
    section = topic.section(location.section)
    if not section.gated or (isinstance(location, AtSection) and is_open(topic, visit, section)):
        return None
    return _beyond(topic, visit, section)


def _level(visit: Visit) -> Level:
    return visit.level or Level.PLAIN


def with_product_read(library: Library, visit: Visit) -> Visit:
    """Return the visit with the product in view added to the products read (which the hand-out then
    has); unchanged where no product is in view or its section is closed.
    """
    location, topic = visit.location, topic_of(library, visit)
    if not isinstance(location, AtProduct) or topic is None:
        return visit
    if not is_open(topic, visit, topic.section(location.section)):
        return visit
    part = OpenedPart(topic.id, location.section, location.product)
    return visit if part in visit.parts else replace(visit, parts=visit.parts | {part})
