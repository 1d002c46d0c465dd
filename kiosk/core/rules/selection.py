"""Rules of choosing the reader, language or topic; of entering a topic, or leaving one that the
site withdrew; of opening a panel; and of starting over.
"""

from __future__ import annotations

from kiosk.core.content import Topic
from kiosk.core.events import (
    TAKING_ALONG,
    Agreed,
    ChoseLanguage,
    ChoseReader,
    ChoseTopic,
    Event,
    Panel,
    PanelOpened,
    Started,
    StartedOver,
    TopicOpened,
    TopicWithdrawn,
    WentBack,
)
from kiosk.core.gate import is_open, section_in_view, topic_of, would_reopen
from kiosk.core.library import Library
from kiosk.core.rules.navigation import arrive, begin, fit, lay, turn
from kiosk.core.rules.topic_search import back as back_among
from kiosk.core.rules.topic_search import topics_of
from kiosk.core.visit import (
    AtCaution,
    AtFinish,
    AtLoading,
    AtProduct,
    AtReaders,
    AtSection,
    AtTopics,
    AtWelcome,
    AtWithdrawn,
    Notice,
    OpenPanel,
    Visit,
    new_visit,
)
from kiosk.core.wording import Level
from kiosk.fast_dataclass import replace


def start(library: Library, visit: Visit, _: Started) -> Visit:
    """Rule for START: ask which kind of reader this is, or go to the topic if the site has fixed
    the level.
    """
    level = visit.opening.level
    if level is None:
        return turn(visit, AtReaders())
    reader = next((candidate.id for candidate in library.readers if candidate.level is level), None)
    return _to_topic(library, replace(visit, reader=reader, level=level))


def choose_reader(library: Library, visit: Visit, event: ChoseReader) -> Visit | None:
    """Rule for a chosen kind of reader: use its level; ask first if answered cautions would have to
    be answered again in its words. None where there is no such reader.
    """
    reader = next(
        (candidate for candidate in library.readers if candidate.id == event.reader), None
    )
    if reader is None:
        return None
    if visit.level is not None and would_reopen(visit, reader.level, visit.language):
        return lay(visit, OpenPanel(Panel.NEW_WORDS, reader=reader.id))
    return _read_as(library, visit, reader.id, reader.level, visit.language)


def choose_language(library: Library, visit: Visit, event: ChoseLanguage) -> Visit | None:
    """Rule for a chosen language: use it; ask first if answered cautions would have to be answered
    again in it. None where the library or the visit's topic does not have it.
    """
    if event.language not in library.languages:
        return None
    if visit.topic is not None and not _can_be_read(library, visit, event.language):
        return None
    if visit.level is not None and would_reopen(visit, visit.level, event.language):
        return lay(visit, OpenPanel(Panel.NEW_WORDS, language=event.language))
    return _read_as(library, visit, visit.reader, visit.level, event.language)


def agree(library: Library, visit: Visit, _: Agreed) -> Visit | None:
    """Rule for agreeing to change level or language although answered cautions must be answered
    again: make the change. None where no panel is open.
    """
    over = visit.open_panel
    if over is None:
        return None
    if over.reader is not None:
        level = library.reader(over.reader).level
        return _read_as(library, visit, over.reader, level, visit.language)
    return _read_as(library, visit, visit.reader, visit.level, over.language or visit.language)


def _read_as(
    library: Library, visit: Visit, reader: str | None, level: Level | None, language: str
) -> Visit:
    again = level is not None and would_reopen(visit, level, language)
    changed = visit.level is not None and (level, language) != (visit.level, visit.language)
    notice = Notice.CAUTIONS_AGAIN if again else Notice.NEW_WORDS if changed else None
    visit = replace(visit, reader=reader, level=level, language=language)
    if isinstance(visit.location, AtReaders) and level is not None:
        return _to_topic(library, visit)
    return _settle(library, visit, notice)


def _settle(library: Library, visit: Visit, notice: Notice | None) -> Visit:
    """Stay where the visit is, on a screen that exists and is open in the new words."""
    topic = topic_of(library, visit)
    location = visit.location
    if isinstance(location, AtTopics):
        return turn(visit, topics_of(library, visit), notice)
    if topic is None or not isinstance(location, AtSection | AtCaution | AtProduct):
        return turn(visit, location, notice)
    if not isinstance(location, AtSection):
        if _is_there(topic, visit, location):
            return turn(visit, location, notice)
        location = AtSection(location.section)
    return arrive(topic, visit, fit(topic, visit, location), notice)


def _is_there(topic: Topic, visit: Visit, location: AtCaution | AtProduct) -> bool:
    """Return whether the topic, maybe in another language than before, has this location, and the
    reader may be there: a product's section must be open.
    """
    if not topic.has_section(location.section):
        return False
    section = topic.section(location.section)
    if isinstance(location, AtCaution):
        return location.caution in section.requires
    return is_open(topic, visit, section) and any(
        p.id == location.product for p in section.products
    )


def _to_topic(library: Library, visit: Visit) -> Visit:
    topic = visit.topic or visit.opening.topic
    only = library.only(visit.language)
    if topic is None and only is not None:
        topic = only.id
    if not library.count(visit.language):
        return turn(visit, AtWithdrawn())
    if topic is None or library.card(topic, visit.language) is None:
        return turn(visit, topics_of(library, visit))
    return _enter(library, replace(visit, topic=topic))


def _can_be_read(library: Library, visit: Visit, language: str) -> bool:
    """Return whether the visit's topic can be read in `language`."""
    card = library.card(visit.topic or "", visit.language)
    return card is not None and language in card.languages


def _enter(library: Library, visit: Visit) -> Visit:
    topic = topic_of(library, visit)
    return turn(visit, AtLoading()) if topic is None else begin(topic, visit)


def choose_topic(library: Library, visit: Visit, event: ChoseTopic) -> Visit | None:
    """Rule for a chosen topic: enter it, or wait while it is loaded; None where the library lacks
    it.
    """
    if library.card(event.topic, visit.language) is None:
        return None
    return _enter(library, replace(visit, topic=event.topic))


def topic_opened(library: Library, visit: Visit, event: TopicOpened) -> Visit | None:
    """Rule for the news that a topic was loaded: begin it, or go on where the visit stands in it;
    None where the visit is not in that topic or language.
    """
    topic = topic_of(library, visit)
    if topic is None or (topic.id, topic.language) != (event.topic, event.language):
        return None
    if isinstance(visit.location, AtLoading):
        return begin(topic, visit)
    return _settle(library, visit, visit.notice)


def leave_topics(library: Library, visit: Visit, _: WentBack) -> Visit | None:
    """Rule for Back while choosing a topic: one page back, or from the first to the choice of
    reader; None elsewhere.
    """
    location = visit.location
    if not isinstance(location, AtTopics):
        return None
    return turn(visit, back_among(library, visit, location) or AtReaders())


def withdraw(_: Library, visit: Visit, __: TopicWithdrawn) -> Visit | None:
    """Rule for a topic withdrawn by the site while it is read: leave it for a page that says so,
    and forget the reader's progress in it; None where the visit has no topic.
    """
    if visit.topic is None:
        return None
    kept = tuple(progress for progress in visit.progress if progress.topic != visit.topic)
    return replace(turn(visit, AtWithdrawn()), topic=None, progress=kept)


def open_panel(library: Library, visit: Visit, event: PanelOpened) -> Visit | None:
    """Rule for opening a panel, a page in front of the visit's location; None where that panel has
    nothing to show here.
    """
    location = visit.location
    in_topic = topic_of(library, visit) is not None and isinstance(
        location, AtSection | AtCaution | AtProduct | AtFinish
    )
    if event.panel in TAKING_ALONG - {Panel.TAKE}:
        from kiosk.core.rules import take_home

        return take_home.open_panel(library, visit, event) if in_topic else None
    permitted = {
        Panel.HELP: True,
        Panel.STAFF: True,
        Panel.POLICY: True,
        Panel.STEPS: in_topic,
        Panel.EVIDENCE: has_evidence(library, visit),
        Panel.READERS: visit.level is not None
        and not isinstance(location, AtWelcome | AtReaders | AtWithdrawn),
        Panel.LANGUAGES: len(library.languages) > 1,
        Panel.START_OVER: not isinstance(location, AtWelcome | AtWithdrawn),
        Panel.LEAVE: visit.opening.may_leave,
        Panel.ASK: in_topic,
        Panel.TAKE: in_topic,
    }
    return lay(visit, OpenPanel(event.panel)) if permitted.get(event.panel) else None


def has_evidence(library: Library, visit: Visit) -> bool:
    """Return whether the page in view is a caution or belongs to an open section, so that its
    sources may be shown.
    """
    topic, section = topic_of(library, visit), section_in_view(library, visit)
    if topic is None or section is None:
        return False
    return isinstance(visit.location, AtCaution) or is_open(topic, visit, section)


def stay_in_visit(_: Library, visit: Visit, __: object) -> Visit:
    """Rule for somebody still there: close "Are you still there?" and show again the page or panel
    that it covered.
    """
    over = visit.open_panel
    if over is None or over.beneath is None:
        return turn(visit, visit.location)
    return lay(visit, replace(over, panel=over.beneath, beneath=None, left=0))


def start_over(_: Library, visit: Visit, event: StartedOver) -> Visit:
    """Rule for starting over: return a new visit, which keeps nothing of the old one."""
    return new_visit(visit.opening, event.at)


def record_activity(_: Library, visit: Visit, __: Event) -> Visit:
    """Rule for an event that only shows somebody is there: return the visit unchanged; the core's
    `apply()` sets the time of last activity.
    """
    return visit
