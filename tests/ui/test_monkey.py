"""A monkey at the keys, the glass and the window: no supplement shows or is held before its time.

In this process: bytes go through the tokeniser and the driver's own messages to the screen. After
every event all that the sheet, the reading and the page hold is looked at, and now and then what
the compositor draws. The pseudo-terminal's half is in `tests/e2e/test_monkey.py`.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from textual import events
from textual.geometry import Size

from kiosk.core.gate import is_open
from kiosk.core.page import PageKind
from kiosk.core.port import VisitController
from kiosk.core.take_home.sheet import Sheet
from kiosk.core.take_home.state import HandOver, Outlet, SheetResult
from kiosk.core.visit import AtCaution, VisitDefaults
from kiosk.terminal.input import InputParser
from kiosk.terminal.token_delivery import events_of
from kiosk.ui.app import KioskApp
from tests.support.shipped import AT_ONCE, Clock, pack, palettes, shelf, topic
from tests.support.system.peak_memory import resident
from tests.support.terminal.supplement_words import OPEN_WITH_WARNINGS, SUPPLEMENT_WORDS
from tests.support.ui.monkey_input import typed

ADDRESS = "https://elm.example/leaky-gut"
SIZES = [(80, 24), (40, 15), (40, 15), (38, 12), (20, 5), (132, 43), (1, 1), (200, 60)]


class Printer:
    """Prints or saves each sheet at once, and keeps none."""

    def today(self) -> str:
        return "2026-11-28"

    def hand_over(
        self, sheet: Sheet, wanted: HandOver, then: Callable[[SheetResult, str], None]
    ) -> None:
        then(SheetResult.PRINTED if wanted.outlet is Outlet.PRINT else SheetResult.SAVED, "a file")


class Monkey:
    """One app, one screen, one clock; `count` events."""

    def __init__(self, seed: int, count: int) -> None:
        self.chance = random.Random(seed)
        self.count = count
        self.clock = Clock()
        self.port = VisitController(
            replace(pack().library(), addresses={"leaky-gut": ADDRESS}, emergency="911"),
            VisitDefaults("en", pace=AT_ONCE, outlets=frozenset(Outlet)),
            self.clock,
            shelf(),
            outlets=Printer(),
        )
        self.app = KioskApp(self.port, palettes(), may_quit=False)
        self.tokens = InputParser()
        self.size = (80, 24)
        self.seen: dict[str, int] = {}
        self.memory: list[int] = []
        """Resident memory in bytes after each tenth of the events."""

    async def run(self) -> None:
        async with self.app.run_test(size=self.size):
            for number in range(self.count):
                self.once()
                self.look()
                if number % 500 == 0:
                    await asyncio.sleep(0.02)
                    self.look_at(drawn_by(self.app))
                if number % max(1, self.count // 10) == 0:
                    self.memory.append(resident())
            assert self.app.is_running
            assert self.app.return_code in (None, 0)

    def once(self) -> None:
        chance = self.chance
        self.clock.now += chance.choice([0.01, 0.5, 2.5, 2.5, 2.5])
        if chance.random() < 0.0005:
            self.clock.now += chance.choice([200, 500])
            self.port.tick()
        if chance.random() < 0.01:
            self.size = chance.choice(SIZES)
            size = Size(*self.size)
            self.app._visit_screen.on_resize(events.Resize(size, size))
            return
        got = typed(chance, self.size)
        if self.port.page.kind in (PageKind.CAUTION, PageKind.DOOR) and chance.random() < 0.6:
            got = chance.choice([b"1", b"1", b"\x1b[6~"])  # or hardly a monkey would come in
        for message in self.messages(got):
            screen = self.app._visit_screen
            if isinstance(message, events.Key):
                screen.on_key(message)
            elif isinstance(message, events.MouseUp):
                click = events.Click(None, message.x, message.y, 0, 0, 1, False, False, False)
                screen.on_click(click)
            elif isinstance(message, events.MouseScrollDown):
                screen.on_mouse_scroll_down(message)
            elif isinstance(message, events.MouseScrollUp):
                screen.on_mouse_scroll_up(message)

    def messages(self, got: bytes) -> Iterator[events.Event]:
        for token in (*self.tokens.feed(got), *self.tokens.rest()):
            yield from events_of(token)

    def look(self) -> None:
        reading = self.app._visit_screen.reading
        self.seen[reading.page.kind] = self.seen.get(reading.page.kind, 0) + 1
        rows = [row.text for row in reading.frame.rows]
        rows += [row.text for row in self.app._visit_screen.sheet._rows]
        rows += [f"{item.label} {item.note} {item.preview}" for item in reading.items]
        rows += reading.page.words()
        text = " ".join(rows)
        self.look_at(text)
        # of the whole page: what is drawn of it may be a few rows of a small window
        if OPEN_WITH_WARNINGS & named_in(text):
            assert "water" in text.casefold(), (reading.page.kind, self.port._visit.location)
            self.seen["with warnings"] = self.seen.get("with warnings", 0) + 1

    def look_at(self, text: str) -> None:
        gated = named_in(text) - OPEN_WITH_WARNINGS
        if gated:
            visit = self.port._visit
            assert is_open(topic(), visit, topic().section("supplements")), (gated, visit)
            if visit.open_panel is None:  # a panel, such as an answer, has it from anywhere
                section = topic().section(getattr(visit.location, "section", "supplements"))
                assert section.gated, (gated, visit.location)
                assert not isinstance(visit.location, AtCaution), (gated, visit.location)
            self.seen["secret"] = self.seen.get("secret", 0) + 1


def named_in(text: str) -> set[str]:
    return {match[0].casefold() for match in SUPPLEMENT_WORDS.finditer(text)}


def drawn_by(app: KioskApp) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text for strip in strips)


async def run(seed: int, count: int) -> Monkey:
    monkey = Monkey(seed, count)
    await monkey.run()
    pages = ", ".join(f"{kind} {times}" for kind, times in sorted(monkey.seen.items()))
    print(f"\n{count} events, seed {seed}: {pages}; MiB {[size >> 20 for size in monkey.memory]}")
    return monkey


@pytest.mark.slow
async def test_a_monkey_sees_no_supplement_before_its_time() -> None:
    monkey = await run(seed=11, count=8_000)
    assert {
        PageKind.CAUTION,
        PageKind.DOOR,
        PageKind.PRODUCTS,
        PageKind.EVIDENCE,
        PageKind.STEPS,
    } <= set(monkey.seen)


@pytest.mark.second_tier
async def test_three_hundred_thousand_events() -> None:
    monkey = await run(seed=12, count=300_000)
    assert set(PageKind) - {
        PageKind.TOPICS,
        PageKind.OPENING,
        PageKind.LANGUAGES,
        PageKind.LEAVE,
        PageKind.WITHDRAWN,  # no key recalls a text
    } <= set(monkey.seen)
    assert monkey.seen["secret"] > 1000
    assert monkey.seen["with warnings"] > 200
    assert monkey.memory[-1] < monkey.memory[1] * 1.2
