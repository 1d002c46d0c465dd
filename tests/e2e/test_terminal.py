"""The command in a real terminal, from Welcome to the supplements and back to Welcome."""

from __future__ import annotations

import os
import re

import pytest

from tests.support.terminal.supplement_words import SUPPLEMENT_WORDS
from tests.support.terminal.terminal import Terminal

DOWN, ENTER = "\x1b[B", "\r"


@pytest.mark.parametrize(
    "term",
    [
        pytest.param("xterm-256color", marks=pytest.mark.representative),
        "linux",
        "screen",
    ],
)
def test_a_visit_from_welcome_to_supplements_and_back(tmp_path, term: str) -> None:  # type: ignore[no-untyped-def]
    with Terminal(TERM=term, XDG_CACHE_HOME=str(tmp_path)) as kiosk:
        kiosk.wait("START")
        kiosk.press(ENTER)
        kiosk.wait("Which best describes you?")
        kiosk.press(ENTER)
        kiosk.wait("Step 1 of 10")
        if term == "xterm-256color":  # the quick one
            kiosk.press_each("s9")
        for _ in range(30):
            if "What about supplements?" in kiosk.settle():
                break
            kiosk.press(ENTER)
        assert "What about supplements?" in kiosk.text
        kiosk.press("1")
        for number in range(1, 5):
            kiosk.wait(f"Caution {number} of 4")
            kiosk.press("1")
            kiosk.wait("Then wait 3 seconds, and answer once.")
            kiosk.settle(2.2)
            kiosk.press("2" if number == 2 else "1")
            if number == 2:
                kiosk.wait("in other words")
                kiosk.settle(2.2)
                kiosk.press("2")
        kiosk.wait("One caution is still open: Ask first.")
        assert not [text for text in kiosk.seen if SUPPLEMENT_WORDS.search(text)]
        kiosk.press("1")
        kiosk.wait("Caution 2 of 4")
        kiosk.settle(2.2)
        kiosk.press("1")
        kiosk.wait("You can now read about supplements.")
        for _ in range(12):
            if "Zinc" in kiosk.settle():
                break
            kiosk.press("n")
        assert "Zinc" in kiosk.text
        kiosk.press_each("w2")
        kiosk.wait("Change the words?")
        kiosk.press("1")
        kiosk.wait("First come 4 short cautions")
        kiosk.press("o")
        kiosk.wait("Start over?")
        kiosk.press("1")
        kiosk.wait("START")
        kiosk.press_each("11sd")
        kiosk.wait("First come 4 short cautions")
        assert not SUPPLEMENT_WORDS.search(kiosk.settle())
        kiosk.press_each("o1")
        kiosk.wait("START")
        kiosk.press("q")
        assert kiosk.leave() == 0
        assert b"Traceback" not in kiosk.raw
        assert b"\x1b[?1049l" in kiosk.raw
        assert b"\x1b[?25h" in kiosk.raw


def test_the_first_page_is_painted_once(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with Terminal(XDG_CACHE_HOME=str(tmp_path)) as kiosk:
        kiosk.wait("START")
        kiosk.settle(0.5)
        assert [kiosk.raw.count(b"\x1b[%d;1H" % row) for row in (1, 12, 24)] == [1, 1, 1]
        assert len(kiosk.raw) < 4500


def test_the_window_can_be_resized(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with Terminal(XDG_CACHE_HOME=str(tmp_path)) as kiosk:
        kiosk.wait("START")
        kiosk.press_each(ENTER, ENTER)
        kiosk.wait("Step 1 of 10")
        kiosk.resize((30, 8))
        kiosk.wait("Please make this window")
        kiosk.resize((40, 15))
        kiosk.wait("Read on")
        kiosk.resize((200, 60))
        kiosk.wait("But your symptoms are real")


def test_the_cursor_stands_on_the_focus_for_braille_and_speech(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with Terminal(XDG_CACHE_HOME=str(tmp_path)) as kiosk:

        def under_the_cursor() -> str:
            kiosk.settle(0.4)
            cursor = kiosk.screen.cursor
            assert not cursor.hidden
            return str(kiosk.screen.display[cursor.y][cursor.x :].strip())

        kiosk.wait("START")
        assert under_the_cursor() == "► 1  START"
        kiosk.press(ENTER)
        kiosk.wait("Which best")
        assert under_the_cursor().startswith("► 1  I like easy words")
        kiosk.press("\x1b[B")
        assert under_the_cursor().startswith("► 2  I like everyday words")
        kiosk.press(ENTER)
        kiosk.wait("Step 1 of 10")
        assert under_the_cursor().startswith("► N  Next")


def test_no_colour_is_sent_with_no_color(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with Terminal(NO_COLOR="1", XDG_CACHE_HOME=str(tmp_path)) as kiosk:
        kiosk.wait("START")
        assert not re.search(rb"\x1b\[[0-9;]*(?:38|48);", kiosk.raw)


def test_it_starts_without_a_home_folder(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with Terminal(HOME="/nonexistent", XDG_CACHE_HOME="/proc/nowhere") as kiosk:
        kiosk.wait("START")


def test_an_unknown_theme_is_reported_on_the_first_page(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with Terminal("--theme", "purple", XDG_CACHE_HOME=str(tmp_path)) as kiosk:
        kiosk.wait("There is no theme purple")


def test_level_and_topic_skip_their_questions(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with Terminal("--level", "professional", XDG_CACHE_HOME=str(tmp_path)) as kiosk:
        kiosk.wait("START")
        kiosk.press(ENTER)
        kiosk.wait("Studies have not validated")


def test_what_is_typed_is_decoded_as_the_terminal_encodes_it(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with Terminal(XDG_CACHE_HOME=str(tmp_path), PYTHONIOENCODING="iso8859-1") as kiosk:
        kiosk.wait("START")
        kiosk.press_each("\r", "\r", "k")
        kiosk.wait("Have a follow-up question?")
        os.write(kiosk.fd, "me tragué lejía".encode("iso8859-1"))
        kiosk.wait("me trague lejia")
