"""Tables of which rule handles an event at which location or in which panel; `apply()`, which
applies an event to a visit; and when an idle visit is asked about, and ended.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any

from kiosk.core import events as ev
from kiosk.core import visit as vi
from kiosk.core.library import Library
from kiosk.core.outcome import Ask, AskLibrary, CheckPin, FindTopics, OpenTopic, Outcome
from kiosk.core.rules import (
    cautions,
    navigation,
    pin_entry,
    questions,
    selection,
    topic_search,
)
from kiosk.core.visit import OpenPanel, Visit, new_visit
from kiosk.fast_dataclass import replace

Rule = Callable[[Library, Visit, Any], "Visit | None"]
"""The next visit, or None where the event is refused."""

ANYWHERE: Mapping[type[ev.Event], Rule] = {
    ev.PanelOpened: selection.open_panel,
    ev.ShownWhole: cautions.shown_whole,
    ev.UserActive: selection.record_activity,
    ev.SentenceTyped: selection.record_activity,
    ev.WindowRead: selection.record_activity,
    ev.AnswerFound: questions.answer_found,
    ev.TopicOpened: selection.topic_opened,
}

AT_PLACE: Mapping[tuple[type[vi.Location], type[ev.Event]], Rule] = {
    (vi.AtWelcome, ev.Started): selection.start,
    (vi.AtWelcome, ev.ChoseLanguage): selection.choose_language,
    (vi.AtReaders, ev.ChoseReader): selection.choose_reader,
    (vi.AtReaders, ev.WentBack): navigation.go_back,
    (vi.AtTopics, ev.ChoseTopic): selection.choose_topic,
    (vi.AtTopics, ev.WentBack): selection.leave_topics,
    (vi.AtTopics, ev.TextChanged): topic_search.write,
    (vi.AtTopics, ev.KeyboardOpened): topic_search.begin_writing,
    (vi.AtTopics, ev.ChoseGroup): topic_search.choose_group,
    (vi.AtTopics, ev.NextPageRequested): topic_search.ask_more,
    (vi.AtTopics, ev.TopicsFound): topic_search.topics_found,
    (vi.AtSection, ev.Advanced): navigation.advance,
    (vi.AtSection, ev.WentBack): navigation.go_back,
    (vi.AtSection, ev.OpenedSection): navigation.open_section,
    (vi.AtSection, ev.OpenedProduct): navigation.open_product,
    (vi.AtSection, ev.BeganCautions): navigation.begin_cautions,
    (vi.AtSection, ev.GateSkipped): navigation.go_without,
    (vi.AtCaution, ev.CautionAcknowledged): cautions.acknowledge,
    (vi.AtCaution, ev.CautionUnsure): cautions.was_unsure,
    (vi.AtCaution, ev.WentBack): navigation.go_back,
    (vi.AtCaution, ev.GateSkipped): navigation.go_without,
    (vi.AtProduct, ev.Advanced): navigation.advance,
    (vi.AtProduct, ev.WentBack): navigation.go_back,
    (vi.AtFinish, ev.OpenedSection): navigation.open_section,
    (vi.AtFinish, ev.WentBack): navigation.go_back,
    (vi.AtFinish, ev.StartedOver): selection.start_over,
    (vi.AtWithdrawn, ev.StartedOver): selection.start_over,
}

IN_PANEL: Mapping[tuple[ev.Panel, type[ev.Event]], Rule] = {
    **{(panel, ev.WentBack): navigation.go_back for panel in ev.Panel},
    (ev.Panel.STEPS, ev.OpenedSection): navigation.open_section,
    (ev.Panel.EVIDENCE, ev.OpenedSection): navigation.open_section,
    (ev.Panel.READERS, ev.ChoseReader): selection.choose_reader,
    (ev.Panel.LANGUAGES, ev.ChoseLanguage): selection.choose_language,
    (ev.Panel.NEW_WORDS, ev.Agreed): selection.agree,
    (ev.Panel.START_OVER, ev.StartedOver): selection.start_over,
    (ev.Panel.IDLE, ev.StartedOver): selection.start_over,
    (ev.Panel.ASK, ev.TextChanged): questions.write,
    (ev.Panel.ASK, ev.KeyboardOpened): questions.begin_writing,
    (ev.Panel.ASK, ev.ChoseQuestion): questions.choose_question,
    (ev.Panel.ASK, ev.QuestionAsked): questions.ask,
    (ev.Panel.WRITE, ev.WentBack): questions.stop_writing,
    (ev.Panel.WRITE, ev.TextChanged): questions.write,
    (ev.Panel.WRITE, ev.ChoseQuestion): questions.choose_question,
    (ev.Panel.WRITE, ev.QuestionAsked): questions.ask,
    (ev.Panel.ANSWER, ev.OpenedPassage): questions.open_passage,
    (ev.Panel.ANSWER, ev.OpenedLocked): questions.open_locked,
    (ev.Panel.LEAVE, ev.PressedDigit): pin_entry.press_digit,
    (ev.Panel.LEAVE, ev.PinCleared): pin_entry.rub_out,
    (ev.Panel.LEAVE, ev.PinSubmitted): pin_entry.try_pin,
    (ev.Panel.LEAVE, ev.PinRefused): pin_entry.refuse_pin,
}

BY_MACHINE = (
    ev.Ticked, ev.ShownWhole, ev.TopicOpened, ev.PinRefused, ev.TopicsFound, ev.AnswerFound,
    ev.TopicWithdrawn, ev.SheetHandedOver,
)  # fmt: skip
"""Events that no person makes: they keep no visit alive."""
LATE = "kiosk.core.take_home.events"
LATE_EVENTS = (ev.SheetHandedOver, ev.QuestionSaved)
"""Events whose rules are in `take_home.transitions`, besides those of the module LATE."""
WRITING = (ev.TextChanged, ev.PressedDigit, ev.PinCleared)
"""Events that change what stands in a page's entry, as fast as somebody writes."""
WRITTEN = (ev.Panel.WRITE, ev.Panel.WRITE_OWN, ev.Panel.LEAVE)
"""The panels that have such an entry."""


def apply(library: Library, visit: Visit, event: ev.Event) -> Outcome:
    """Apply `event` to a visit: return the next visit, its requests, and whether it was refused.

    A refused event changes nothing. One that comes after the visit's deadline only starts a new
    visit.
    """
    if not event.at >= visit.last_activity_at:  # a clock that ran backwards, or gave no number
        event = replace(event, at=visit.last_activity_at)
    if not is_resting(visit) and event.at >= ends_at(visit):
        return Outcome(new_visit(visit.opening, event.at), over=True)
    if isinstance(event, ev.Ticked):
        return Outcome(_tick(visit, event.at))
    rule = _rule(visit, event)
    after = rule(library, visit, event) if rule else None
    if after is None or _leaves_unseen(visit, after, event):
        return Outcome(visit, refused=True)
    if after.location != visit.location:
        after = navigation.with_product_read(library, after)
    if _is_turned(visit, after, event):
        after = replace(after, turned_at=event.at)
    if not isinstance(event, BY_MACHINE):
        after = replace(after, last_activity_at=event.at)
    asks: tuple[Ask, ...] = _asks(library, after)
    if isinstance(event, ev.PinSubmitted) and visit.open_panel is not None:
        asks = (*asks, CheckPin(visit.open_panel.typed))
    if isinstance(event, ev.SentenceTyped):
        asks = (*asks, AskLibrary(questions.to_question(library, after, event.text)))
    if type(event).__module__ == LATE:
        asks = (*asks, *_late().asks_of(after, event))
    return Outcome(after, asks, over=rule is selection.start_over)


def allowed(library: Library, visit: Visit, event: ev.Event) -> bool:
    """Return whether `apply()` would accept the event if the reader had looked at the page long
    enough.
    """
    return not apply(library, replace(visit, turned_at=float("-inf")), event).refused


def _rule(visit: Visit, event: ev.Event) -> Rule | None:
    kind = type(event)
    if kind is ev.TopicWithdrawn:
        return selection.withdraw
    if visit.open_panel is not None and visit.open_panel.panel is ev.Panel.IDLE:
        if kind is ev.StartedOver:
            return selection.start_over
        return None if isinstance(event, BY_MACHINE) else selection.stay_in_visit
    if kind in LATE_EVENTS or kind.__module__ == LATE or _takes_along(visit):
        late: Rule | None = _late().rule_of(visit, kind)
        if late is not None:
            return late
    if kind in ANYWHERE:
        return ANYWHERE[kind]
    if visit.open_panel is not None:
        return IN_PANEL.get((visit.open_panel.panel, kind))
    return AT_PLACE.get((type(visit.location), kind))


def _takes_along(visit: Visit) -> bool:
    return visit.open_panel is not None and visit.open_panel.panel in ev.TAKING_ALONG


def _late() -> ModuleType:
    """The rules of taking along, which most visits never want: a start shall not pay for them."""
    return import_module("kiosk.core.take_home.transitions")


def _page_of(visit: Visit) -> tuple[object, ...]:
    """Return a key of the page in view: where it differs between two visits, another page is in
    view.
    """
    over = visit.open_panel
    inner = over and (over.panel, over.answer, over.number, over.result, over.check)
    return (visit.location, inner)


def _leaves_unseen(visit: Visit, after: Visit, event: ev.Event) -> bool:
    """Return whether an event would lead a person away from a page, or from one window of it,
    before they can have seen it.
    """
    over = visit.open_panel
    if (
        isinstance(event, (*BY_MACHINE, *WRITING))
        or visit.opening.presentation is vi.Presentation.LINES
    ):
        return False
    if over is not None and over.panel is ev.Panel.IDLE and not isinstance(event, ev.StartedOver):
        return False
    seen_for = event.at - visit.turned_at
    leaves = isinstance(event, ev.WindowRead) or _page_of(after) != _page_of(visit)
    return leaves and 0 <= seen_for < visit.opening.pace.seen


def _is_turned(visit: Visit, after: Visit, event: ev.Event) -> bool:
    """Return whether an event brought something new into view: another page, or another window of
    the page. Text that the reader writes is not new.
    """
    if isinstance(event, WRITING):
        return False
    over = visit.open_panel
    written = over is not None and over.panel in WRITTEN
    scrolled = isinstance(event, ev.WindowRead | ev.ShownWhole) and not written
    return scrolled or _page_of(after) != _page_of(visit)


def ends_at(visit: Visit) -> float:
    """The time, on the clock of events, when the visit ends unless somebody does something."""
    return asks_at(visit) + visit.opening.pace.warning


def asks_at(visit: Visit) -> float:
    """The time, on the clock of events, when an idle visit asks if somebody is still there."""
    return visit.last_activity_at + max(visit.opening.pace.idle, visit.reading)


def is_resting(visit: Visit) -> bool:
    """Return whether the visit is at Welcome as a new one is, with nothing of a reader in it."""
    if not isinstance(visit.location, vi.AtWelcome):
        return False  # asked at every event: nothing is made where this tells
    bare = replace(visit, shown_at=None, reading=0.0, turned_at=visit.last_activity_at)
    return bare == new_visit(visit.opening, visit.last_activity_at)


def _tick(visit: Visit, at: float) -> Visit:
    if is_resting(visit) or at < asks_at(visit):
        return visit
    covered = visit.open_panel
    left = _tens(min(visit.opening.pace.warning, ends_at(visit) - at))
    if covered is None:
        over = OpenPanel(ev.Panel.IDLE, left=left)
    elif covered.panel is not ev.Panel.IDLE:
        over = replace(covered, panel=ev.Panel.IDLE, beneath=covered.panel, left=left)
    elif visit.opening.presentation is vi.Presentation.SCREEN:
        over = replace(covered, left=left)
    else:  # told once: a countdown would be read aloud again and again
        over = covered
    if over == covered:
        return visit
    asked = covered is None or covered.panel is not ev.Panel.IDLE
    return replace(navigation.lay(visit, over), turned_at=at if asked else visit.turned_at)


def _tens(seconds: float) -> int:
    """Seconds in whole tens, never more than there are, and never none."""
    return max(1, int(seconds // 10)) * 10 if seconds >= 10 else max(1, int(seconds))


def _asks(library: Library, visit: Visit) -> tuple[Ask, ...]:
    """Return the requests that the visit waits for. They are read off its state, so that none can
    be made and then forgotten.
    """
    location = visit.location
    if visit.topic is not None and not library.has_opened(visit.topic, visit.language):
        return (OpenTopic(visit.topic, visit.language),)
    if (
        isinstance(location, vi.AtTopics)
        and location.sought is not None
        and location.results is None
    ):
        return (FindTopics(location.sought, topic_search.typed_question(visit, location)),)
    question = questions.question_of(library, visit)
    return () if question is None else (AskLibrary(question),)
