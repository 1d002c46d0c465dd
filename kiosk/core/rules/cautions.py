"""Rules of answering a caution with "I have read this" or "I am not sure".

A caution has a page to itself. An answer counts only after the caution was shown whole for the
dwell time (seconds set by the site), and only for the level and language in view.
"""

from __future__ import annotations

from collections.abc import Callable

from kiosk.core.content import Section, Topic
from kiosk.core.events import CautionAcknowledged, CautionAnswered, CautionUnsure, ShownWhole
from kiosk.core.gate import is_open, open_cautions, topic_of
from kiosk.core.library import Library
from kiosk.core.rules.navigation import turn
from kiosk.core.visit import Acknowledgement, AtCaution, AtSection, Notice, Visit
from kiosk.fast_dataclass import replace


def shown_whole(_: Library, visit: Visit, event: ShownWhole) -> Visit | None:
    """Rule for the front end's report that the whole page was on the screen: note the first such
    time, from which a caution's dwell time counts; None where it is noted already.
    """
    return None if visit.shown_at is not None else replace(visit, shown_at=event.at)


def is_ready(visit: Visit, at: float) -> bool:
    """Return whether an answer to the caution in view, given at time `at` in seconds, counts: it
    must come after the dwell time, and after the quiet time if an earlier answer came too early.
    """
    pace = visit.opening.pace
    if visit.shown_at is None or at - visit.shown_at < pace.dwell:
        return False
    return visit.early_at is None or at - visit.early_at >= pace.quiet


def acknowledge(library: Library, visit: Visit, event: CautionAcknowledged) -> Visit | None:
    """Rule for "I have read this": count the answer, and move to the next unanswered caution or to
    the section. Too early, the visit only gets a notice; None where that caution is not in view.
    """

    def counted(topic: Topic, location: AtCaution) -> Visit:
        key = Acknowledgement(topic.id, event.caution, event.language, event.level)
        return _next_after(topic, replace(visit, acknowledged=visit.acknowledged | {key}), location)

    return _once_ready(library, visit, event, counted)


def was_unsure(library: Library, visit: Visit, event: CautionUnsure) -> Visit | None:
    """Rule for "I am not sure": show the caution in other words; at the second such answer, leave
    it unanswered and move on. Earlier answers to it no longer count.

    Too early, the visit only gets a notice; None where that caution is not in view.
    """

    def left_open(topic: Topic, location: AtCaution) -> Visit:
        doubted = (topic.id, event.caution)
        kept = (
            answer for answer in visit.acknowledged if (answer.topic, answer.caution) != doubted
        )
        doubting = replace(visit, acknowledged=frozenset(kept), doubted=visit.doubted | {doubted})
        if not location.again:
            return turn(doubting, AtCaution(location.section, location.caution, again=True))
        return _next_after(topic, doubting, location)

    return _once_ready(library, visit, event, left_open)


def _once_ready(
    library: Library,
    visit: Visit,
    event: CautionAnswered,
    answered: Callable[[Topic, AtCaution], Visit],
) -> Visit | None:
    """Return the visit after an answer to the caution in view, from `answered`; or, if the answer
    is too early, the visit with a notice that says so. None if the answer is not to the caution in
    view.
    """
    location = _answered_location(visit, event)
    topic = topic_of(library, visit)
    if location is None or topic is None:
        return None
    if not is_ready(visit, event.at):
        return replace(visit, early_at=event.at, notice=Notice.TOO_EARLY)
    return answered(topic, location)


def _answered_location(visit: Visit, event: CautionAnswered) -> AtCaution | None:
    location = visit.location
    if visit.open_panel is not None:
        return None
    if not isinstance(location, AtCaution) or location.caution != event.caution:
        return None
    if event.language != visit.language or event.level is not visit.level:
        return None
    return location


def _next_after(topic: Topic, visit: Visit, location: AtCaution) -> Visit:
    section = topic.section(location.section)
    following = _open_after(topic, visit, section, location.caution)
    if following is not None:
        return turn(visit, AtCaution(section.id, following))
    notice = Notice.OPEN_NOW if is_open(topic, visit, section) else Notice.LEFT_OPEN
    return turn(visit, AtSection(section.id), notice)


def _open_after(topic: Topic, visit: Visit, section: Section, caution: str) -> str | None:
    later = section.requires[section.requires.index(caution) + 1 :]
    waiting = {caution.id for caution in open_cautions(topic, visit, section)}
    return next((id_ for id_ in later if id_ in waiting), None)
