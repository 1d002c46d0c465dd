"""Context for building pages: the program's phrases and authored words at the visit's level, the
review status, and the parts that every page has, such as its tools.
"""

from __future__ import annotations

from kiosk.core.content import Topic
from kiosk.core.events import Panel, PanelOpened, WentBack
from kiosk.core.gate import topic_of
from kiosk.core.library import Library, TopicCard
from kiosk.core.page import (
    Block,
    BlockKind,
    Choice,
    ChoiceRole,
    Gate,
    Page,
    PageKind,
    TextEntry,
    seconds_to_wait,
)
from kiosk.core.transitions import allowed
from kiosk.core.visit import AtReaders, AtTopics, AtWelcome, Visit
from kiosk.core.wording import Level, ReviewStatus, Wording
from kiosk.fast_dataclass import dataclass

TOOLS = (
    Panel.ASK,
    Panel.TAKE,
    Panel.HELP,
    Panel.STAFF,
    Panel.READERS,
    Panel.LANGUAGES,
    Panel.STEPS,
    Panel.POLICY,
    Panel.START_OVER,
)


@dataclass(frozen=True)
class PageContext:
    """Context that every page function is given: library and visit, with methods for phrases, the
    topic in view and the parts that all pages share.
    """

    library: Library
    visit: Visit

    @property
    def level(self) -> Level:
        """The level of words in view; plain until a reader is chosen."""
        return self.visit.level or Level.PLAIN

    @property
    def topic(self) -> Topic | None:
        """The visit's topic; None where none is chosen, or it is not loaded yet."""
        return topic_of(self.library, self.visit)

    def say(self, key: str, **values: object) -> str:
        """Return the program's phrase of `key` in the visit's language and level, with `values`
        filled in.
        """
        return self.library.words[self.visit.language].say(key, self.level, **values)

    def has(self, key: str) -> bool:
        """Return whether the visit's language has a phrase of that key, as some languages lack
        some.
        """
        return key in self.library.words[self.visit.language].phrases

    def say_here(self, key: str, **values: object) -> str:
        """Return the program's phrase whose key is "screen." or "lines." (by front end) and then
        `key`, since the two front ends word it differently.
        """
        return self.say(f"{self.visit.opening.presentation.value}.{key}", **values)

    def at(self, wording: Wording) -> str:
        """Return a text by the topic's authors at the level in view."""
        return wording.at(self.level)

    def card(self) -> TopicCard | None:
        """Return the card (what is known of a topic before it is loaded, such as its question) of
        the visit's topic, else of the topic that the site has fixed, else of the library's only
        one; None where there are several to choose from, or none.
        """
        visit, library = self.visit, self.library
        entered = None if self.is_choosing() else visit.topic
        cards = (library.card(id_, visit.language) for id_ in (entered, visit.opening.topic) if id_)
        return next((card for card in cards if card), None) or library.only(visit.language)

    def status(self) -> str:
        """Return the review status of the page's topic, in words; of several to choose from, the
        least reviewed one's. Empty where the library has no topic.
        """
        described = self.card() or self.library.catalogues.get(self.visit.language)
        if described is None or not self.library.count(self.visit.language):
            return ""
        if isinstance(described, TopicCard):
            return f"{self.status_of(described)} {self._one_level()}".strip()
        return self.say(f"status.{described.least.value}")

    def is_approved(self) -> bool:
        """Return whether clinicians have approved the text of the topic in view; False where none
        is in view.
        """
        card = self.card()
        return card is not None and card.status is ReviewStatus.APPROVED

    def status_of(self, card: TopicCard) -> str:
        """Return the review status of a topic in words, with the names of those who signed its
        review.
        """
        review = card.review
        if review is None or not (review.approvals or review.note):
            return self.say(f"status.{card.status.value}")
        signed = [
            self.say(
                "review.signed",
                name=approval.name,
                credentials=approval.credentials,
                date=approval.date,
            )
            for approval in review.approvals
        ]
        names = signed[0] if signed else ""
        for name in signed[1:]:
            names = self.say("review.both", first=names, second=name)
        key = review.note.value or review.status.value
        return self.say(f"review.{key}", names=names, due=review.due)

    def _one_level(self) -> str:
        """That the topic in view has one wording for every reader, and how hard it is."""
        topic = self.topic
        if topic is None or not topic.one_level or self.is_choosing():
            return ""
        return self.say(f"one-level.{topic.scale.value or 'unmeasured'}", measure=topic.grade)

    def stages(self) -> str:
        """Return a line that lists the stages of review in order and marks the one this text has
        reached; empty where the library has no topic.
        """
        described = self.card() or self.library.catalogues.get(self.visit.language)
        if described is None or not self.library.count(self.visit.language):
            return ""
        here = described.status if isinstance(described, TopicCard) else described.least
        marked = (
            self.say_here(
                "stage-here" if stage is here else "stage", stage=self.say(f"stage.{stage}")
            )
            for stage in ReviewStatus
        )
        return " ".join((self.say("stage.title"), *marked))

    def is_choosing(self) -> bool:
        """Return whether the visit is before a topic: at Welcome, at the readers, or at the choice
        of topics.
        """
        return isinstance(self.visit.location, AtWelcome | AtReaders | AtTopics)

    def back(self) -> Choice:
        """Return the choice "Back"."""
        return Choice("back", self.say("choice.back"), WentBack(), ChoiceRole.BACK)

    def tools(self) -> tuple[Choice, ...]:
        """Return the choices offered on nearly every page, such as help: those whose panel may be
        opened now and is not open already. An empty tuple on the page "Are you still there?".
        """
        over = self.visit.open_panel
        if over and over.panel is Panel.IDLE:
            return ()
        return tuple(
            Choice(
                panel.value,
                self.say(f"tool.{panel.value}"),
                PanelOpened(panel=panel),
                ChoiceRole.TOOL,
                short=self.say(f"tool-short.{panel.value}"),
            )
            for panel in TOOLS
            if not (over and over.panel is panel)
            and allowed(
                self.library, self.visit, PanelOpened(panel=panel, at=self.visit.last_activity_at)
            )
        )

    def page(
        self,
        kind: PageKind,
        title: str,
        blocks: tuple[Block, ...],
        choices: tuple[Choice, ...],
        *,
        likely: str = "",
        step_label: str = "",
        gate: Gate | None = None,
        timed: bool = False,
        entry: TextEntry | None = None,
    ) -> Page:
        """Return a page of these parts with what all pages have: clinic, review status, notice,
        Back and tools.

        `likely` is the id of the choice to preselect; with `timed`, the page carries the dwell and
        quiet times that answers to a caution must keep.
        """
        visit, pace = self.visit, self.visit.opening.pace
        back = WentBack(at=visit.last_activity_at)
        goes_back = allowed(self.library, visit, back) and all(
            choice.role is not ChoiceRole.BACK for choice in choices
        )
        return Page(
            kind=kind,
            language=visit.language,
            title=title,
            blocks=blocks,
            choices=(*choices, *((self.back(),) if goes_back else ()), *self.tools()),
            likely=likely,
            step_label=step_label,
            status=self.status(),
            clinic=self.library.clinic[visit.language],
            notice=self._notice(),
            gate=gate,
            dwell=pace.dwell if timed else 0.0,
            quiet=pace.quiet if timed else 0.0,
            entry=entry,
        )

    def _notice(self) -> str:
        """Return the notice of what has just changed, or an empty string; one of an answer that
        came too early says how long to wait.
        """
        if self.visit.notice is None:
            return ""
        seconds = seconds_to_wait(self.visit.opening.pace.dwell)
        return self.say(f"notice.{self.visit.notice.value}", seconds=seconds)


def paragraphs(text: str, mood: BlockKind = BlockKind.TEXT, label: str = "") -> tuple[Block, ...]:
    """Return a text as blocks of the kind `mood`, one for each line that is not empty; a line that
    begins with "- " is a point. `label` goes to the first block only.
    """
    blocks = []
    for line in text.split("\n"):
        line = line.strip()
        if line.startswith("- "):
            blocks.append(Block(BlockKind.POINT, line[2:], label))
        elif line:
            blocks.append(Block(mood, line, label))
        else:
            continue
        label = ""
    return tuple(blocks)
