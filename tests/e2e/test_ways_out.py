"""Keys, variables and signals that might lead out of the kiosk: none does.

After each, an honest visitor gets through with the keys that the screen shows.
"""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from tests.support.terminal.terminal import Terminal
from tests.support.terminal.visitors import honest_visitor, try_every_trick

ENTER = "\r"

PRELUDES = {"welcome": "", "step": ENTER + ENTER, "steps": ENTER + ENTER + "s"}


DAILY = {("xterm-256color", "step")}
TERMS = ("xterm-256color", "linux", "vt100", "screen")


@pytest.mark.parametrize(
    ("term", "prelude"),
    [
        pytest.param(
            term, prelude, marks=[] if (term, prelude) in DAILY else pytest.mark.second_tier
        )
        for term in TERMS
        for prelude in PRELUDES
    ],
)
def test_no_key_ends_the_kiosk_or_opens_another_program(
    term: str, prelude: str, tmp_path: Path
) -> None:
    with Terminal(TERM=term, XDG_CACHE_HOME=str(tmp_path)) as kiosk:
        kiosk.wait("START")
        kiosk.press(PRELUDES[prelude])
        kiosk.settle()
        try_every_trick(kiosk)
        honest_visitor(kiosk)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TEXTUAL_PRESS", "enter,enter,n,n,n"),
        ("TEXTUAL_DRIVER", "antigravity:x"),
        ("TEXTUAL", "debug,devtools"),
        ("TEXTUAL_LOG", "textual.log"),
        ("TEXTUAL_DEBUG", "1"),
        ("TEXTUAL_SCREENSHOT", "1"),
        ("TEXTUAL_ALLOW_SIGNALS", "1"),
        ("TEXTUAL_COLOR_SYSTEM", "rubbish"),
        ("TEXTUAL_THEME", "rubbish"),
        ("TEXTUAL_FILTERS", "rubbish"),
        ("COLUMNS", "1"),
        ("LINES", "1"),
        ("LC_TERMINAL", "iTerm2"),
        ("ESCDELAY", "rubbish"),
    ],
)
def test_no_environment_variable_changes_the_kiosk(name: str, value: str, tmp_path: Path) -> None:
    logged = tmp_path / "log"
    logged.mkdir()
    value = str(logged / value) if name == "TEXTUAL_LOG" else value
    variables = {name: value, "XDG_CACHE_HOME": str(tmp_path)}
    with Terminal(size=(80, 24), **variables) as kiosk:
        kiosk.wait("START")
        time.sleep(0.5)
        kiosk.settle()
        assert "START" in kiosk.text
        kiosk.press("\x03")
        kiosk.settle()
        assert os.waitpid(kiosk.pid, os.WNOHANG) == (0, 0)
        kiosk.press_each(ENTER, ENTER)
        kiosk.wait("Step 1 of 10")
    assert not list(logged.iterdir())


def test_a_hangup_of_the_terminal_ends_the_visit(tmp_path: Path) -> None:
    with Terminal(XDG_CACHE_HOME=str(tmp_path)) as kiosk:
        kiosk.wait("START")
        os.kill(kiosk.pid, signal.SIGHUP)
        assert kiosk.leave() == 128 + signal.SIGHUP
        assert "Traceback" not in kiosk.text


@pytest.mark.parametrize("number", [signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU])
def test_stop_signals_are_ignored(number: int, tmp_path: Path) -> None:
    with Terminal(XDG_CACHE_HOME=str(tmp_path)) as kiosk:
        kiosk.wait("START")
        os.kill(kiosk.pid, number)
        kiosk.press(ENTER)
        kiosk.wait("Which best describes you?")


def test_an_idle_screen_sends_nothing_and_costs_nothing(tmp_path: Path) -> None:
    with Terminal(XDG_CACHE_HOME=str(tmp_path)) as kiosk:
        kiosk.wait("START")
        kiosk.settle(0.5)
        sent, spent = len(kiosk.raw), cpu_ticks(kiosk.pid)
        kiosk.settle(4)
        assert len(kiosk.raw) == sent
        assert cpu_ticks(kiosk.pid) - spent <= 2


def cpu_ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
