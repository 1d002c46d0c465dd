"""An unattended kiosk and a visitor who presses every key."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from tests.support.terminal.unattended import Unattended
from tests.support.terminal.visitors import honest_visitor, try_every_trick

WELCOME = "START"


def test_type_ahead_is_dropped_when_a_visit_ends(kiosk: Unattended) -> None:
    kiosk.to_first_step()
    worker = kiosk.worker()
    os.kill(worker, signal.SIGSTOP)
    kiosk.send("1111111")
    time.sleep(0.1)
    os.kill(worker, signal.SIGKILL)
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
def test_no_key_ends_the_kiosk_or_opens_another_program(
    term: str, size: tuple[int, int], tmp_path: Path
) -> None:
    with Unattended(TERM=term, XDG_CACHE_HOME=str(tmp_path), size=size) as kiosk:
        kiosk.wait(WELCOME)
        try_every_trick(kiosk)
        if size != (80, 24):
            kiosk.resize((80, 24))
        honest_visitor(kiosk)


def test_held_keys_type_ahead_and_rapid_clicks_pass_no_caution(kiosk: Unattended) -> None:
    kiosk.to_first_step()
    kiosk.press_each("s9")
    kiosk.wait("What about supplements?")
    kiosk.settle()  # the list of the steps has these words, too
    hold_key(
        kiosk, "1"
    )  # pressed before the caution came: it opens the caution and answers nothing
    assert "Caution 1 of 4" in kiosk.settle()
    kiosk.settle(3)
    hold_key(kiosk, "1")  # its first press is an answer; the rest answers no other caution
    assert "Caution 2 of 4" in kiosk.settle()
    kiosk.settle(3)
    hold_key(kiosk, touch_report(kiosk, "I have read this"))
    if "Caution 3 of 4" not in kiosk.settle():  # there the finger was on the other way out
        assert "Step 10 of 10" in kiosk.text
        kiosk.press_each("s91")
        kiosk.wait("Caution 3 of 4")
    kiosk.settle(3)
    for key in ("\r", " "):
        hold_key(kiosk, key)
        assert "Caution 3 of 4" in kiosk.settle()
    kiosk.send("1" * 200)  # all at once: that is text, and answers nothing
    kiosk.settle(3)
    assert "Caution 3 of 4" in kiosk.text


def touch_report(kiosk: Unattended, words: str) -> str:
    """The mouse report of a terminal for a touch on these words."""
    rows = kiosk.text.split("\n")
    row = next(index for index, text in enumerate(rows) if words in text)
    at = f"{rows[row].index(words) + 1};{row + 1}"
    return f"\x1b[<0;{at}M\x1b[<0;{at}m"


def hold_key(kiosk: Unattended, what: str, seconds: float = 2.5) -> None:
    """Send a key or touch thirty times a second, as a held key repeats."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        kiosk.send(what)
        kiosk.settle(1 / 30)
