"""A kiosk that is left alone with somebody who presses everything."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from tests.support.terminal.unattended import Unattended
from tests.support.terminal.visitors import NOT_OURS, TRICKS, honest_visitor

WELCOME = "START"


@pytest.fixture
def kiosk(tmp_path: Path):  # type: ignore[no-untyped-def]
    with Unattended(XDG_CACHE_HOME=str(tmp_path)) as one:
        one.wait(WELCOME)
        yield one


def test_type_ahead_is_dropped_with_the_visit(kiosk: Unattended) -> None:
    kiosk.to_first_step()
    visit = kiosk.visit()
    os.kill(visit, signal.SIGSTOP)
    kiosk.send("1111111")
    time.sleep(0.1)
    os.kill(visit, signal.SIGKILL)
    kiosk.wait(WELCOME)
    kiosk.settle(0.5)
    assert WELCOME in kiosk.text


DAILY = {("linux", (40, 15))}
TERMS = ("xterm-256color", "linux", "vt100", "screen")
SIZES = ((80, 24), (40, 15), (200, 60))


@pytest.mark.parametrize(
    ("term", "size"),
    [
        pytest.param(t, s, marks=[] if (t, s) in DAILY else pytest.mark.second_tier)
        for t in TERMS
        for s in SIZES
    ],
)
def test_no_key_is_a_way_out(term: str, size: tuple[int, int], tmp_path: Path) -> None:
    with Unattended(TERM=term, XDG_CACHE_HOME=str(tmp_path), size=size) as kiosk:
        kiosk.wait(WELCOME)
        for name, trick in TRICKS.items():
            os.write(kiosk.fd, trick)
            time.sleep(0.12)
            kiosk.settle(0.05)
            assert os.waitpid(kiosk.pid, os.WNOHANG) == (0, 0), f"{name} ended it"
        time.sleep(1)
        assert not [words for words in NOT_OURS if words in kiosk.text]
        if size == (80, 24):
            honest_visitor(kiosk)
        else:
            kiosk.resize((80, 24))
            honest_visitor(kiosk)


def test_held_keys_type_ahead_and_a_click_hammer_pass_no_caution(kiosk: Unattended) -> None:
    kiosk.to_first_step()
    kiosk.press_each("n" * 10)
    kiosk.wait("Read about supplements?")
    hold(kiosk, "1")  # down before the caution came: it opens the door, and answers nothing
    assert "Caution 1 of 5" in kiosk.settle()
    kiosk.settle(3)
    hold(kiosk, "1")  # its first press is an answer; the rest answers no other caution
    assert "Caution 2 of 5" in kiosk.settle()
    kiosk.settle(3)
    hold(kiosk, touch(kiosk, "I have read this"))
    assert "Caution 3 of 5" in kiosk.settle()
    kiosk.settle(3)
    for key in ("\r", " "):
        hold(kiosk, key)
        assert "Caution 3 of 5" in kiosk.settle()
    kiosk.send("1" * 200)  # all at once: that is text, and answers nothing
    kiosk.settle(3)
    assert "Caution 3 of 5" in kiosk.text


def touch(kiosk: Unattended, words: str) -> str:
    """What a terminal tells of a touch on these words."""
    rows = kiosk.text.split("\n")
    row = next(index for index, text in enumerate(rows) if words in text)
    at = f"{rows[row].index(words) + 1};{row + 1}"
    return f"\x1b[<0;{at}M\x1b[<0;{at}m"


def hold(kiosk: Unattended, what: str, seconds: float = 2.5) -> None:
    """As a held key repeats, or a hammered touch: thirty times a second."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        kiosk.send(what)
        kiosk.settle(1 / 30)
