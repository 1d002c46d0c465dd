"""The visit of `kiosk preview`: it goes on when the author's files change, and can jump anywhere.

Front ends are handed it in place of the port of an ordinary visit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kiosk.authoring.preview.texts import PreviewTexts
from kiosk.core.content import Section, Topic
from kiosk.core.events import Event, Panel
from kiosk.core.gate import last_screen, topic_of
from kiosk.core.page import Block, BlockKind, Page
from kiosk.core.pages.build import page_for
from kiosk.core.port import VisitController
from kiosk.core.screens import screens
from kiosk.core.visit import (
    Acknowledgement,
    AtCaution,
    AtProduct,
    AtSection,
    Location,
    Progress,
    Timings,
    Visit,
    VisitDefaults,
)
from kiosk.core.wording import Level
from kiosk.fast_dataclass import replace
from kiosk.library.problem import Problem

BANNER = (
    "PREVIEW: {topic}, {level}, {language}.{gates} < > step, + level, * language, # ids, = gates, "
    "! mistakes, q leaves"
)
_GATES = " ALL GATES ARE OPEN, no visitor sees this."
_NONE = "There are none. `kiosk check` has the warnings, too."
_MOST_SHOWN = 30
_AT_REST = Timings(dwell=0.0, quiet=0.0, seen=0.0, idle=10.0**9)
"""Nobody is asked whether they are still there."""


class PreviewPort(VisitController):
    """The port of a preview: a visit to topics that are still being written, with tools for their
    author.

    The tools go to any section, level or language, open all gates, and show ids and problems.

    Args:
        texts: the author's files, loaded already; the store of the visit.
        clock: a function that returns seconds.
        topic: the id of the topic to begin with; empty for the first one.
    """

    def __init__(self, texts: PreviewTexts, clock: Callable[[], float], topic: str = "") -> None:
        self._texts = texts
        self._problems: tuple[Problem, ...] = texts.problems
        self._shows_ids = self._opens_gates = self._lists_problems = False
        library = texts.library()
        defaults = VisitDefaults(library.languages[0], Level.PLAIN, pace=_AT_REST)
        super().__init__(library, defaults, clock, texts)
        begun = [each for each in texts.topics if topic in ("", each.id)]
        if begun:
            self._go(begun[0], begun[0].steps[0])

    @property
    def page(self) -> Page:
        """The page in view with remarks for the author around it; the list of problems instead, if
        that is switched on.

        The remarks are a banner with the keys, the first problem, reviewers' open comments, and
        ids if they are switched on.
        """
        page = self._page
        blocks = [Block(BlockKind.MARK, self._banner())]
        if self._problems:
            blocks.append(Block(BlockKind.VERDICT, str(self._problems[0]), self._counted()))
        if self._lists_problems:
            listed = [Block(BlockKind.POINT, str(p)) for p in self._problems[:_MOST_SHOWN]]
            listed = listed or [Block(BlockKind.TEXT, _NONE)]
            return replace(page, title="Problems", blocks=(*blocks[:1], *listed))
        ids = (Block(BlockKind.MARK, self._ids()),) if self._shows_ids else ()
        return replace(page, blocks=(*blocks, *page.blocks, *self._comments(), *ids))

    def deliver(self, event: Event) -> bool:
        """Deliver an event to the visit; return whether it was accepted.

        An event that raises an error, as a half-written text may, changes nothing and returns
        False; the error is then shown as a problem.
        """
        before, self._lists_problems = self._visit, False
        try:
            accepted = super().deliver(event)
            if self._opens_gates and self._acknowledge():
                self._turn()
        except Exception as error:
            self._visit = before
            self._fail(error)
            self._turn()
            return False
        return accepted

    def refresh(self, problems: Sequence[Problem] = ()) -> None:
        """Show the texts as they were last loaded, at the same section or the nearest that is left.

        `problems` are shown from then on; without any, those that loading the texts found.
        """
        self._problems = tuple(problems) or self._texts.problems
        before = (self._whole, self._library, self._visit)
        try:
            self._whole = self._library = self._texts.library()
            self._visit = _settled(self._visit, self._texts)
            if self._opens_gates:
                self._acknowledge()
            page_for(self._library, self._visit)
        except Exception as error:
            self._whole, self._library, self._visit = before
            self._fail(error)
        self._turn()

    def report(self, problems: Sequence[Problem]) -> None:
        """Replace the problems that are shown by those that `kiosk check` has found, and redraw the
        page.
        """
        self._problems = tuple(problems)
        self._tell()

    def jump(self, by: int) -> None:
        """Go forward by so many sections of the topic (back if negative), from the last on to the
        first.

        The order is: steps, then all other sections, also gated ones. Nothing happens without a
        topic.
        """
        topic = topic_of(self._library, self._visit)
        if topic is None:
            return
        rest = [section.id for section in topic.sections if section.id not in topic.steps]
        order = [*topic.steps, *rest]
        here = getattr(self._visit.location, "section", order[0])
        at = order.index(here) if here in order else 0
        self._go(topic, order[(at + by) % len(order)])

    def next_level(self) -> None:
        """Show the page in the words of the next level; after the last
        level, those of the first.
        """
        levels = list(Level)
        at = levels.index(self._visit.level) if self._visit.level else -1
        self._change(replace(self._visit, level=levels[(at + 1) % len(levels)]))

    def next_language(self) -> None:
        """Show the page in the next language that the topic has; after the
        last, the first again.
        """
        codes = [t.language for t in self._texts.topics if t.id in (self._visit.topic, "")]
        if codes:
            at = codes.index(self._visit.language) if self._visit.language in codes else -1
            self._change(replace(self._visit, language=codes[(at + 1) % len(codes)]))

    def toggle_ids(self) -> None:
        """Show the ids of the section and claims in view below the page, or hide them again."""
        self._shows_ids = not self._shows_ids
        self._tell()

    def toggle_gates(self) -> None:
        """Count every caution as acknowledged, so that all gates are open; or none, so that all are
        closed again.
        """
        self._opens_gates = not self._opens_gates
        self._change(replace(self._visit, acknowledged=frozenset()))

    def toggle_problems(self) -> None:
        """Show the list of problems in place of the page, or the page again."""
        self._lists_problems = not self._lists_problems
        self._tell()

    def _go(self, topic: Topic, section: str) -> None:
        location = AtSection(section)
        in_steps = section in topic.steps
        reached = frozenset(topic.steps[: topic.steps.index(section) + 1] if in_steps else ())
        at = location if in_steps else AtSection(topic.steps[0])
        others = tuple(p for p in self._visit.progress if p.topic != topic.id)
        progress = (*others, Progress(topic.id, at, reached))
        visit = replace(self._visit, topic=topic.id, location=location, open_panel=None)
        self._change(replace(visit, progress=progress, language=topic.language))

    def _change(self, visit: Visit) -> None:
        self._lists_problems = False
        self._visit = _settled(visit, self._texts)
        if self._opens_gates:
            self._acknowledge()
        self._turn()

    def _acknowledge(self) -> bool:
        """Count every caution as answered; return whether one was not before."""
        visit = self._visit
        if visit.level is None:
            return False
        every = {
            Acknowledgement(topic.id, caution.id, topic.language, visit.level)
            for topic in self._texts.topics
            for caution in topic.cautions
        }
        before, self._visit = visit, replace(visit, acknowledged=visit.acknowledged | every)
        return before.acknowledged != self._visit.acknowledged

    def _turn(self) -> None:
        try:
            self._page = page_for(self._library, self._visit)
        except Exception as error:
            self._fail(error)
        self._tell()

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()

    def _fail(self, error: Exception) -> None:
        message = f"this cannot be shown as it is: {type(error).__name__}: {error}"
        self._problems = (Problem("preview", "", message), *self._texts.problems)

    def _counted(self) -> str:
        count = len(self._problems)
        return f"{count} problem{'' if count == 1 else 's'}, ! for all of them."

    def _banner(self) -> str:
        visit = self._visit
        return BANNER.format(
            topic=visit.topic or "no topic",
            level=visit.level.value if visit.level else "no level",
            language=visit.language,
            gates=_GATES if self._opens_gates else "",
        )

    def _comments(self) -> Iterator[Block]:
        """Yield what reviewers say of the section in view: to authors, never to visitors."""
        topic, section = topic_of(self._library, self._visit), self._visit.location
        if topic is None or not isinstance(section, AtSection | AtCaution | AtProduct):
            return
        for comment in self._texts.comments(topic, section.section):
            who = ", ".join(part for part in (comment.by, comment.date) if part)
            yield Block(BlockKind.MARK, f"Comment of {who}: {comment.text}")

    def _ids(self) -> str:
        topic = topic_of(self._library, self._visit)
        location = self._visit.location
        if topic is None or not isinstance(location, AtSection | AtCaution | AtProduct):
            return "ids: none here"
        section = topic.section(location.section)
        if isinstance(location, AtCaution):
            return f"ids: caution {location.caution}, before section {section.id}"
        if isinstance(location, AtProduct):
            product = next(p for p in section.products if p.id == location.product)
            claims = ", ".join(f"{c.id} ({', '.join(c.rests_on)})" for c in product.all_claims)
            return f"ids: section {section.id}, product {product.id}: {claims}"
        return f"ids: section {section.id}: {self._claims(section, location.screen)}"

    def _claims(self, section: Section, screen: int) -> str:
        shown = screens(section, self._visit.level or Level.PLAIN)
        claims = shown[min(screen, len(shown) - 1)].claims if shown else ()
        return ", ".join(f"{c.id} ({', '.join(c.rests_on)})" for c in claims) or "no claims"


def _settled(visit: Visit, texts: PreviewTexts) -> Visit:
    """Return the visit in the nearest place that the texts have now."""
    topic = next(
        (t for t in texts.topics if (t.id, t.language) == (visit.topic, visit.language)), None
    )
    if topic is None:
        return visit
    names = {section.id for section in topic.sections}
    progress = tuple(
        p for p in visit.progress if p.topic != topic.id or p.at.section in topic.steps
    )
    if len(progress) < len(visit.progress):
        progress = (*progress, Progress(topic.id, AtSection(topic.steps[0])))
    location = _nearest(visit.location, topic, names, visit.level or Level.PLAIN)
    panel = visit.open_panel
    if panel is not None and panel.panel in (Panel.ANSWER, Panel.EVIDENCE):
        panel = None if panel.panel is Panel.ANSWER else panel
    return replace(visit, progress=progress, location=location, open_panel=panel)


def _nearest(location: Location, topic: Topic, names: set[str], level: Level) -> Location:
    if not isinstance(location, AtSection | AtCaution | AtProduct):
        return location
    if location.section not in names:
        return AtSection(topic.steps[0])
    section = topic.section(location.section)
    if isinstance(location, AtSection):
        return AtSection(section.id, min(location.screen, max(0, last_screen(section, level))))
    if isinstance(location, AtCaution):
        return location if location.caution in section.requires else AtSection(section.id)
    is_there = any(product.id == location.product for product in section.products)
    return location if is_there else AtSection(section.id)
