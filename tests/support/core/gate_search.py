"""Exhaustive search of a small topic for a page that shows gated text too early."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kiosk.core import events as ev
from kiosk.core import transitions
from kiosk.core.library import Library
from kiosk.core.page import Page
from kiosk.core.pages.build import page_for
from kiosk.core.take_home import events as te
from kiosk.core.visit import Timings, Visit, VisitDefaults, new_visit
from kiosk.core.wording import Level
from tests.support.core import topic_builder
from tests.support.core.handouts import Handouts

NOW = 10_000.0


PACE = Timings(dwell=1.0, quiet=2.0, seen=0.0)
"""Short, and the quiet longer than the dwell, so that steps of a second tell them apart."""
UNHURRIED = replace(PACE, seen=Timings().seen)
"""The same, and a page that nobody can have seen is not left, as in the product."""
STEP = 1.0
"""Seconds that pass with somebody there."""
SHORT_STEP = 0.5
"""The same, between the time that a page needs to be seen and the dwell; exact in binary."""
ABSENCE = 200.0
"""Time that passes with nobody there: once brings the question, twice the next person."""


LEVELS = (Level.PLAIN, Level.EVERYDAY)


Acked = frozenset[tuple[str, str, Level]]


@dataclass(frozen=True)
class Books:
    """The model's own: what was acknowledged, and how long ago things happened on this page."""

    acked: Acked = frozenset()
    shown: float | None = None
    early: float | None = None
    turned: float = 0.0
    away: float = 0.0


@dataclass(frozen=True)
class State:
    visit: Visit
    books: Books


@dataclass(frozen=True)
class Setting:
    library: Library
    pages: dict[Visit, Page]
    """Those drawn so far: the same visit has the same page."""
    handouts: Handouts
    requires: tuple[tuple[str, ...], ...]
    languages: tuple[str, ...]
    levels: tuple[Level, ...]
    pace: Timings

    @property
    def step(self) -> float:
        """Seconds that pass at a time with somebody there."""
        return SHORT_STEP if self.pace.seen else STEP


Shape = tuple[int, tuple[tuple[int, ...], ...], tuple[str, ...], tuple[Level, ...]]
"""How many cautions, which of them each gate names, languages, levels."""


def setting(shape: Shape, pace: Timings = PACE) -> Setting:
    cautions, gates, languages, levels = shape
    requires = tuple(tuple(f"k{n}" for n in gate) for gate in gates)
    topics = [topic_builder.topic("t0", language, cautions, requires) for language in languages]
    library = replace(topic_builder.library(*topics), languages=languages)
    return Setting(library, {}, Handouts(library), requires, languages, levels, pace)


def page_of(here: Setting, visit: Visit) -> Page:
    if visit not in here.pages:
        here.pages[visit] = page_for(here.library, visit)
    return here.pages[visit]


def ago(at: float | None, most: float) -> float | None:
    return None if at is None else min(NOW - at, most)


def long_seen(pace: Timings) -> float:
    """An age from which on a page has been seen: whole steps, for exact differences."""
    return math.ceil(pace.seen / SHORT_STEP) * SHORT_STEP


def normal(visit: Visit) -> Visit:
    """The same visit with its times as ages that matter, seen from `NOW`."""
    pace = visit.opening.pace
    shown, early = ago(visit.shown_at, pace.dwell), ago(visit.early_at, pace.quiet)
    away = min((NOW - visit.last_activity_at) // ABSENCE, 2) * ABSENCE
    return replace(
        visit,
        shown_at=None if shown is None else NOW - shown,
        early_at=None if early is None else NOW - early,
        turned_at=NOW - min(NOW - visit.turned_at, long_seen(pace)),
        last_activity_at=NOW - away,
        progress=tuple(replace(progress, reached=frozenset()) for progress in visit.progress),
        notice=None,
        helpful=None,  # one answer on the last page
        doubted=frozenset(),  # only adds questions for the clinician, which have no text of a topic
    )


def older(visit: Visit, by: float, *, stirring: bool) -> Visit:
    return replace(
        visit,
        shown_at=None if visit.shown_at is None else visit.shown_at - by,
        early_at=None if visit.early_at is None else visit.early_at - by,
        turned_at=visit.turned_at - by,
        last_activity_at=NOW if stirring else visit.last_activity_at - by,
    )


def passed(state: State, by: float, *, stirring: bool) -> State:
    books, pace = state.books, state.visit.opening.pace
    aged = Books(
        books.acked,
        None if books.shown is None else min(books.shown + by, pace.dwell),
        None if books.early is None else min(books.early + by, pace.quiet),
        min(books.turned + by, long_seen(pace)),
        0.0 if stirring else books.away + by,
    )
    return State(normal(older(state.visit, by, stirring=stirring)), aged)


def forged(here: Setting, visit: Visit) -> Iterator[ev.Event]:
    """What no page offers, or offers only elsewhere."""
    for n in range(len(here.requires)):
        yield ev.OpenedSection(section=f"g{n}")
        yield ev.OpenedProduct(product=f"p{n}")
    cautions = sorted({caution for gate in here.requires for caution in gate})
    for caution in cautions:
        for language in here.languages:
            for level in here.levels:
                yield ev.CautionAcknowledged(caution=caution, language=language, level=level)
    for panel in (ev.Panel.EVIDENCE, ev.Panel.READERS, ev.Panel.IDLE):
        yield ev.PanelOpened(panel=panel)
    yield from (ev.Advanced(), ev.WentBack(), ev.BeganCautions(), ev.ShownWhole(), ev.Agreed())
    yield from (ev.GateSkipped(), ev.StartedOver(), ev.Ticked())
    yield from (ev.ChoseLanguage(language=language) for language in here.languages)
    yield from (ev.ChoseReader(reader=level.value) for level in here.levels)


def offered(here: Setting, page: Page) -> Iterator[ev.Event]:
    skipped = {
        ev.Panel.HELP, ev.Panel.STAFF, ev.Panel.POLICY, ev.Panel.STEPS, ev.Panel.ASK,
        ev.Panel.TAKE,  # the hand-out is looked at in every visit
    }  # fmt: skip
    for choice in page.choices:
        event = replace(choice.event, at=0.0)
        if isinstance(event, ev.PanelOpened) and event.panel in skipped:
            continue
        if isinstance(event, te.AskedAboutSection):
            continue  # so are own questions; each list of them would be a state
        if isinstance(event, ev.ChoseReader) and Level(event.reader) not in here.levels:
            continue
        yield event


def is_over(state: State) -> bool:
    """Whether the next event belongs to another person; nothing ends while the kiosk rests."""
    deserted = state.books.away >= PACE.idle + PACE.warning
    return deserted and not transitions.is_resting(state.visit)


def after(here: Setting, state: State, event: ev.Event, page: Page) -> State:
    """The visit after an event, and the model's own account of it."""
    books = state.books
    outcome = transitions.apply(here.library, state.visit, replace(event, at=NOW))
    visit = normal(outcome.visit)
    next_page = page_of(here, visit)
    if is_over(state) or (isinstance(event, ev.StartedOver) and not outcome.refused):
        return State(visit, Books())
    acked, early = books.acked, books.early
    if isinstance(event, ev.CautionAnswered) and event in set(offered(here, page)):
        ready = books.shown is not None and books.shown >= PACE.dwell
        if not ready or (early is not None and early < PACE.quiet):
            early = 0.0
        elif isinstance(event, ev.CautionAcknowledged):
            acked |= {(event.caution, event.language, event.level)}
        else:
            acked = frozenset(answer for answer in acked if answer[0] != event.caution)
    shown, turned = books.shown, books.turned
    if isinstance(event, ev.ShownWhole) and shown is None:
        shown = 0.0
    if isinstance(event, ev.ShownWhole) and not outcome.refused:
        turned = 0.0
    if not next_page.is_like(page):
        shown, early, turned = None, None, 0.0
    by_person = not outcome.refused and not isinstance(event, ev.Ticked | ev.ShownWhole)
    return State(visit, Books(acked, shown, early, turned, 0.0 if by_person else books.away))


def violation(here: Setting, state: State, page: Page) -> bool:
    text = " ".join((*page.words(), here.handouts.text_of(state.visit)))
    for number, gate in enumerate(here.requires):
        if f"{topic_builder.CANARY}-{number}" in text:
            visit = state.visit
            for caution in gate:
                if (
                    visit.level is None
                    or (caution, visit.language, visit.level) not in state.books.acked
                ):
                    return True
    return False


def is_hasty(state: State, event: ev.Event, page: Page, next_page: Page) -> bool:
    """Whether a person leaves a page sooner than it can be seen.

    Whoever touches the question whether they are still there has what lay under it again.
    """
    panel = state.visit.open_panel
    stays = panel is not None and panel.panel is ev.Panel.IDLE
    if isinstance(event, transitions.BY_MACHINE) or is_over(state):
        return False
    if stays and not isinstance(event, ev.StartedOver):
        return False
    return state.books.turned < state.visit.opening.pace.seen and not next_page.is_like(page)


def dead_choices(here: Setting, state: State, page: Page) -> list[str]:
    """The choices of a page long enough in view that do nothing."""
    if state.books.turned < here.pace.seen:
        return []
    return [
        str(event) for event in offered(here, page)
        if transitions.apply(here.library, state.visit, replace(event, at=NOW)).refused
    ]  # fmt: skip


def search(here: Setting, most: int = 10_000_000) -> tuple[int, list[str]]:
    """How many states there are; and the way to a violation, empty where there is none.

    A violation is gated text too early; a page left before it can be seen; a choice that does
    nothing although its page has been seen.
    """
    first = State(normal(new_visit(VisitDefaults("en", pace=here.pace), NOW)), Books())
    came: dict[State, tuple[State, str] | None] = {first: None}
    waiting = deque([first])
    while waiting:
        state = waiting.popleft()
        page = page_of(here, state.visit)
        if violation(here, state, page):
            return len(came), way_to(state, came)
        if dead := dead_choices(here, state, page):
            return len(came), [*way_to(state, came), f"nothing is done by {dead}"]
        steps = [(f"{here.step} s pass", passed(state, here.step, stirring=True))]
        if state.books.away < 2 * ABSENCE:
            steps.append((f"{ABSENCE} s with nobody", passed(state, ABSENCE, stirring=False)))
        for event in {*offered(here, page), *forged(here, state.visit)}:
            following = after(here, state, event, page)
            if is_hasty(state, event, page, page_of(here, following.visit)):
                return len(came), [*way_to(state, came), f"too soon: {event}"]
            steps.append((str(event), following))
        for name, following in steps:
            if following not in came:
                came[following] = (state, name)
                waiting.append(following)
        assert len(came) <= most
    return len(came), []


def way_to(state: State, came: dict[State, tuple[State, str] | None]) -> list[str]:
    steps: list[str] = []
    while (before := came[state]) is not None:
        state, name = before
        steps.append(name)
    return steps[::-1]


PLAIN = (Level.PLAIN,)


SMALLEST: Shape = (1, ((0,),), ("en",), PLAIN)


SMALL: tuple[Shape, ...] = (
    (2, ((0, 1),), ("en",), PLAIN),
    (1, ((0,),), ("en",), LEVELS),
    (1, ((0,),), ("en", "es"), PLAIN),
)
