"""`kiosk attach` as somebody meets it: by a name, at a terminal or none, where nobody answers."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import fallback_messages
from kiosk.library.pack.reader import open_pack
from kiosk.serve import attach
from tests.support.perf.generated_library import write_made
from tests.support.terminal.listeners import Attached, House, attached


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with House(tmp_path) as one:
        yield one


def test_a_terminal_is_handed_over_resized_and_given_back(house: House) -> None:
    with Attached(house) as one:
        one.wait("START")
        one.resize((100, 30))
        one.until(lambda text: "Quit" in text.splitlines()[-1], "the last row of 100x30")
        house.until(sessions=1)
        one.press("q")
        assert one.leave() == 0
        assert one.raw.endswith(attach.WIPE)
    house.until(sessions=0, crashed=0)


def test_without_a_terminal_it_is_told_and_nothing_is_passed_unread(house: House) -> None:
    told = attached(house, "1\n1\nstop\n", SSH_ORIGINAL_COMMAND="id")
    assert "1. START" in told
    assert "Goodbye" in told
    assert "\x1b" not in told
    assert "uid=" not in told


@pytest.mark.parametrize("name", ["plain", "plain-easy"])
def test_by_name_it_is_told_line_by_line(house: House, name: str) -> None:
    with Attached(house, name) as one:
        one.wait("You can type: 1")
        os.write(one.fd, b"\x03")
        one.wait("press Ctrl+C once more")
        os.write(one.fd, b"stop\n")
        assert one.leave() == 0
    house.until(sessions=0, crashed=0)


def test_who_finds_nobody_or_a_full_house_is_told_so(tmp_path: Path) -> None:
    with House(tmp_path, settings="[serve]\nmax-sessions = 1\n") as house, Attached(house) as one:
        one.wait("START")
        assert attached(house, "") == f"{fallback_messages.FULL}\n"
        assert house.status()["refused"] == 1
        there = house.socket
    assert there == house.socket
    assert attached(house, "") == f"{attach.NO_SERVER}\n"


def test_who_comes_to_a_house_that_does_not_answer_waits_no_longer_than_ten_seconds(
    house: House,
) -> None:
    house.signal(signal.SIGSTOP)
    began = time.monotonic()
    with Attached(house) as one:
        assert one.leave(15) == 1
        assert time.monotonic() - began > 9
        assert one.text.strip() == attach.NO_SERVER
        house.signal(signal.SIGCONT)
        house.until(spare_workers=3, sessions=0, ended=0)
        assert one.settle().strip() == attach.NO_SERVER  # it is not drawn on afterwards


def test_when_a_house_dies_the_terminal_is_given_back_with_a_word(house: House) -> None:
    with Attached(house) as one:
        one.wait("START")
        house.signal(signal.SIGKILL)
        assert one.leave() == 1
        assert attach.WIPE in one.raw
        assert one.text.strip() == attach.NO_SERVER


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGUSR1", "SIGALRM", "SIGRTMIN"])
def test_a_signal_that_ends_it_gives_the_terminal_back_wiped(house: House, name: str) -> None:
    with Attached(house) as one:
        one.wait("START")
        one.press("1")
        one.wait("Which best describes you?")
        before = len(one.raw)
        os.kill(one.pid, getattr(signal, name))
        assert one.leave() == 0
        assert attach.WIPE in one.raw[before:]
    house.until(sessions=0, crashed=0)


def test_by_name_a_visit_has_its_topic_and_its_theme(tmp_path: Path) -> None:
    library = tmp_path / "made.pack"
    write_made(library, 80)
    with open_pack(library) as opened:
        title = opened.open_topic("made-77", "en").question.plain
    black = b"48;5;16m"  # behind the words of one theme alone
    with House(tmp_path, "--content", str(library)) as house:
        with Attached(house, "made-77-high-contrast") as kiosk:
            kiosk.wait(title)
            kiosk.settle()
            assert black in kiosk.raw
        with Attached(house, "made-777") as kiosk:
            kiosk.wait("What would you like to read about?")
            kiosk.settle()
            assert black not in kiosk.raw


@pytest.mark.parametrize(
    ("name", "words", "not_these"),
    [
        ("easy", "Science has proven no treatment", "scientifically validated"),
        ("health-care", "scientifically validated", "Science has proven no treatment"),
    ],
)
def test_by_name_a_visit_has_its_level_and_asks_for_none(
    house: House, name: str, words: str, not_these: str
) -> None:
    with Attached(house, name) as kiosk:
        kiosk.wait("START")
        kiosk.press("1")
        kiosk.wait("Step 1 of 9")
        kiosk.wait(words)
        assert not_these not in kiosk.text
