"""The kiosk is drawn on a console of Windows, as far as that can be made up on another system.

Textual's own driver runs, over a made-up kernel32 that reads a real pseudo-terminal. What Windows
itself would do is not shown by this.
"""

from __future__ import annotations

import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.terminal.terminal import Terminal

pytestmark = pytest.mark.slow


class Console(Terminal):
    """Runs the kiosk on a Python without POSIX, in a terminal that is read as a console."""

    command = ("-m", "tests.support.system.without_posix")


@pytest.fixture
def console(tmp_path: Path) -> Iterator[Console]:
    """Open the kiosk on a console."""
    opened = Console("run", TERM="", XDG_CACHE_HOME=str(tmp_path))
    with opened:
        tty.setraw(opened.fd)
        yield opened


def test_a_visit_begins_at_keys_and_leaves_nothing_on_the_console(console: Console) -> None:
    console.wait("START")
    console.press("\r")
    console.wait("Which best describes you?")
    console.press("b")
    console.wait("START")
    console.press("q")
    assert console.leave() == 0
    assert "START" not in console.text


def test_what_is_no_key_of_the_kiosk_does_nothing(console: Console) -> None:
    console.wait("START")
    console.press("\x1b[24~\x1b[?1;2c\x1b]0;title\x07\x02\x10")
    console.press("\r")
    console.wait("Which best describes you?")


def test_control_c_ends_it_in_order_and_leaves_nothing(console: Console) -> None:
    """The console hands it over as a key: no signal ends the process halfway."""
    console.wait("START")
    console.press("\r")
    console.wait("Which best describes you?")
    console.press("\x03")
    assert console.leave() == 0
    assert "Which best" not in console.text


def test_a_page_is_saved_while_the_screen_goes_on(tmp_path: Path) -> None:
    settings = tmp_path / "kiosk.toml"
    settings.write_text(f'[take-home]\nsave = "{tmp_path / "saved"}"\n', "utf-8")
    with Console("run", "--config", str(settings), TERM="", XDG_CACHE_HOME=str(tmp_path)) as opened:
        tty.setraw(opened.fd)
        opened.to_first_step()
        opened.press("t")
        opened.wait("Save it as a file")
        opened.press("1")
        opened.wait("It is saved", 60)
        (saved,) = (tmp_path / "saved").iterdir()
        assert saved.stat().st_size > 1000


def test_nothing_but_the_listed_sequences_is_drawn(console: Console) -> None:
    console.wait("START")
    for sequence in (b"\x1b[>1u", b"\x1b[?1004h", b"\x1b[?1003h", b"\x1b[?1015h"):
        assert sequence not in console.raw


def test_a_console_that_obeys_no_sequences_is_told_line_by_line(tmp_path: Path) -> None:
    cache = str(tmp_path)
    with Console("run", TERM="", CONSOLE_DRAWS="0", XDG_CACHE_HOME=cache) as console:
        console.wait("Type START and press Enter to begin.")
