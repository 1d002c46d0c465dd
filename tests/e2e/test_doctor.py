"""`kiosk doctor` and `kiosk pin`, as clinic IT meets them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kiosk.password_hash import verify_password
from tests.support.terminal.terminal import Terminal


def doctor(*arguments: str, status: int, **environment: str) -> str:
    with Terminal("doctor", *arguments, size=(160, 60), **environment) as terminal:
        assert terminal.leave() == status
        assert "Traceback" not in terminal.text
        return terminal.text


def test_doctor_describes_this_machine_and_its_settings(tmp_path: Path) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text('[staff]\nwords = "Ring the bell."\nemergency = "911"\n[times]\nidle = 90')
    text = doctor("--config", str(file), status=0, XDG_CACHE_HOME=str(tmp_path))
    for words in (
        "TERM=xterm-256color, 160x60", "256 or more", "UTF-8", "Read from", "After 90 s",
        "says to call 911", "Topic leaky-gut (en): submitted", "no PIN is set", "It will open.",
    ):  # fmt: skip
        assert words in text, text


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("[times]\nidel = 90", 'Did you mean "idle"?'),
        ('[show]\nreaders = ["docter"]', "docter under show.readers"),
        ("[show]\nunapproved = false", "There is no topic to show here"),
        ("rubbish", "not valid TOML"),
    ],
)
def test_doctor_names_what_prevents_a_start(settings: str, words: str, tmp_path: Path) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text(settings)
    text = doctor("--config", str(file), status=1, XDG_CACHE_HOME=str(tmp_path))
    assert words in " ".join(text.split()), text
    assert "Something stops it from opening." in text
    with Terminal("--config", str(file), size=(160, 24), XDG_CACHE_HOME=str(tmp_path)) as kiosk:
        assert kiosk.leave() == 1
        assert "Traceback" not in kiosk.text


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"TERM": "dumb"}, "tells the visit line by line"),
        ({"TERM": "linux"}, "16, so linux's own"),
        ({"NO_COLOR": "1"}, "as NO_COLOR asks"),
        ({"XDG_CACHE_HOME": "/proc/nowhere"}, "no folder of its own for compiled content"),
    ],
)
def test_doctor_describes_the_terminal(environment: dict[str, str], words: str) -> None:
    assert words in doctor(status=0, **environment)


def test_doctor_reports_a_window_that_is_too_small() -> None:
    with Terminal("doctor", size=(30, 90)) as terminal:
        assert terminal.leave() == 1
        assert "30x90" in terminal.text.replace("\n", "")


def test_a_pin_is_asked_for_twice_and_printed_as_a_hash() -> None:
    with Terminal("pin", size=(200, 24)) as terminal:
        terminal.wait("digits:")
        terminal.press("4071\r")
        terminal.wait("again:")
        terminal.press("4071\r")
        assert terminal.leave() == 0
        hashed = re.search(r'pin = "(scrypt\$[^"]+)"', terminal.text)
        assert hashed
        assert verify_password("4071", hashed[1])
        assert "4071" not in terminal.text.replace(hashed[1], "")  # whose digits are random


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [("12", "", "not a PIN"), ("abcd", "", "not a PIN"), ("4071", "4072", "two different PINs")],
)
def test_an_invalid_pin_is_refused(first: str, second: str, words: str) -> None:
    with Terminal("pin") as terminal:
        terminal.wait("digits:")
        terminal.press(f"{first}\r")
        if second:
            terminal.wait("again:")
            terminal.press(f"{second}\r")
        assert terminal.leave() == 1
        assert words in terminal.text
        assert "scrypt" not in terminal.text
