"""Both front ends show the same words of the topic, in the same order, and nothing more."""

from __future__ import annotations

import re

import pytest

from kiosk.core.page import BlockKind, ChoiceRole, Page, PageKind
from kiosk.core.wording import Level
from kiosk.lines.conversation import Conversation
from kiosk.lines.parse import CHOICE_OF
from kiosk.lines.render import numbered, spoken
from tests.support.shipped import Clock, library, lines_port, topic
from tests.support.ui.driving import Driver
from tests.support.ui.whole_page import FURNITURE, READERS, scrolled

COMMAND_OF = {choice: command for command, choice in CHOICE_OF.items()} | {
    "next": "next", "back": "back", "keep": "back",
}  # fmt: skip
OWN_WORDS = (
    PageKind.WELCOME,
    PageKind.HELP,
    PageKind.POLICY,
    PageKind.STAFF,
    PageKind.START_OVER,
    PageKind.IDLE,
    PageKind.FINISH,
)
"""Pages that say how this front end is used, and nothing of the topic."""


class Both:
    """One visitor at two front ends."""

    def __init__(self) -> None:
        self.screen = Driver()
        self.clock = Clock()
        self.port = lines_port(self.clock)
        self.printed: list[str] = []
        self.talk = Conversation(self.port, self.printed.append)
        self.talk.begin()
        self.compared: set[tuple[str, ...]] = set()

    @property
    def page(self) -> Page:
        return self.port.page

    def is_at(self, *kinds: PageKind) -> bool:
        return self.page.kind in kinds

    def take(self, id_: str) -> None:
        choice = self.page.choice(id_)
        main = numbered(self.page)
        typed = str(main.index(choice) + 1) if choice in main else COMMAND_OF[id_].replace("-", " ")
        self.printed.clear()
        self.clock.now += 3
        self.talk.handle_line(typed)
        self.screen.take(id_)
        self.compare()

    def compare(self) -> None:
        on_screen, spoken_page = self.screen.reading.page, self.page
        assert (on_screen.kind, on_screen.title) == (spoken_page.kind, spoken_page.title)
        assert (on_screen.status, on_screen.step_label) == (
            spoken_page.status,
            spoken_page.step_label,
        )
        assert on_screen.notice == spoken_page.notice
        assert words(on_screen.status) in self.drawn()
        if spoken_page.kind in OWN_WORDS or not spoken_page.status:
            return
        assert on_screen.blocks == spoken_page.blocks
        assert [c.label for c in on_screen.choices] == [c.label for c in spoken_page.choices]
        screen_words = self.furniture("ui", "tool", "choice", "readers", "step-label")
        self._is_whole(self.drawn(), [block.words for block in spoken_page.blocks], screen_words)
        said = [
            block.words if block.mood is BlockKind.SOURCE else spoken(block.words, self.port.say)
            for block in spoken_page.blocks
        ]
        furniture = self.furniture("lines", "command", "readers", "step-label", "status")
        self._is_whole(self.lines(), said, furniture)
        self.compared.add(spoken_page.words())

    def _is_whole(self, text: str, blocks: list[str], furniture: set[str]) -> None:
        """Every piece of the page is in `text`, in order, and between them only furniture."""
        page, between, at = self.page, "", 0
        pieces = [page.title, *blocks]
        for choice in page.choices:
            if choice.role is ChoiceRole.MAIN:
                pieces += [choice.label, choice.note]
        for piece in filter(None, pieces):
            start = text.find(words(piece), at)
            assert start >= 0, f"{piece!r} is not after {text[max(0, at - 200) : at]!r} in: {text}"
            between += " " + text[at:start]
            at = start + len(words(piece))
        between += " " + text[at:]
        own = {
            *words(page.status).split(),
            *words(page.step_label).split(),
            *words(page.clinic).split(),
        }
        own |= {word for c in page.choices for word in words(f"{c.preview} {c.group}").split()}
        own |= {*words(page.notice).split()}
        for block in page.blocks:
            cells = (spoken(cell, self.port.say) for row in block.cells for cell in row)
            drawn = (*block.art, *cells, *(cell for row in block.cells for cell in row))
            own |= set(words(" ".join(drawn)).split())
        extra = {word for word in between.split() if not word.isdecimal() and len(word) > 1}
        assert extra <= own | furniture, extra - own - furniture

    def drawn(self) -> str:
        rows = [row.text for row in self.screen.reading.frame.rows]
        return words(f"{rows[0]} {rows[1]} {scrolled(self.screen.reading)}")

    def lines(self) -> str:
        self.talk.ask()
        return words(" ".join(self.printed))

    def furniture(self, *groups: str) -> set[str]:
        said = library().words["en"]
        keys = [key for key in said.phrases if key.split(".")[0] in groups]
        return {word for key in keys for word in words(said.say(key, None)).split()}


def words(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.translate(FURNITURE).casefold()))


@pytest.mark.parametrize(
    "level",
    [
        Level.PLAIN,
        pytest.param(Level.EVERYDAY, marks=pytest.mark.slow),
        pytest.param(Level.PROFESSIONAL, marks=pytest.mark.slow),
    ],
)
def test_the_front_ends_say_the_same(level: Level) -> None:
    both = Both()
    both.take("start")
    both.take(f"reader-{READERS[level]}")
    for panel in ("steps", "policy", "staff", "readers", "help"):
        both.take(panel)
        both.take("back")
    while not both.is_at(PageKind.FINISH):
        both.take("evidence")
        both.take("back")
        both.take("next")
    for section in topic().sections:
        if section.id not in topic().steps and not section.gated:
            both.take("steps")
            both.take(f"section-{section.id}")
            while both.is_at(PageKind.DETOUR):
                both.take("evidence")
                both.take("back")
                both.take("next")
    both.take("steps")
    both.take("section-supplements")
    both.take("cautions")
    while both.is_at(PageKind.CAUTION):
        both.take("unsure")
        both.take("evidence")
        both.take("back")
        both.take("unsure")
    both.take("cautions")
    while both.is_at(PageKind.CAUTION):
        both.take("acknowledge")
    while both.is_at(PageKind.PRODUCTS, PageKind.PRODUCT):
        if any(choice.id == "evidence" for choice in both.page.choices):
            both.take("evidence")
            both.take("back")
        both.take("next")
    while both.is_at(PageKind.STEP):
        both.take("next")
    assert both.is_at(PageKind.FINISH)
    compared = " ".join(word for page in both.compared for word in page)
    number = library().words["en"].say("urgent.no-number")
    for section in topic().sections:
        for claim in section.claims:
            last = claim.wording.at(level).split("\n")[-1].removeprefix("- ")
            if claim.columns and ": " in last:
                last = last.split(": ", 1)[1]
            assert last.replace("{emergency}", number) in compared
    assert len(both.compared) > 60
