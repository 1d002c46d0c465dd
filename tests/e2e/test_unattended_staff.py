"""How staff leave a kiosk that nobody else can leave."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

from kiosk.password_hash import hash_password
from kiosk.system.processes import LEFT_BY_STAFF
from tests.support.terminal.unattended import Unattended

PIN = "407100"


def staffed(tmp_path: Path) -> Unattended:
    """An unattended kiosk that staff can leave with PIN."""
    file = tmp_path / "kiosk.toml"
    file.write_text(f'[staff]\nwords = "Ring the bell."\npin = "{hash_password(PIN)}"')
    return Unattended("--config", str(file), XDG_CACHE_HOME=str(tmp_path))


def enter_pin(kiosk: Unattended, pin: str) -> None:
    """Type a PIN on the page that asks for it, and submit it."""
    kiosk.wait("Type the PIN")
    kiosk.press_each(pin)
    kiosk.wait("*" * len(pin))
    kiosk.press(key_of(kiosk, "Leave"))


def test_wrong_pins_are_slowed_down_across_restarts_of_the_worker(tmp_path: Path) -> None:
    with staffed(tmp_path) as kiosk:
        kiosk.wait("START")
        kiosk.press("a")
        kiosk.wait("Ring the bell.")
        kiosk.press("1")
        for _ in range(3):
            enter_pin(kiosk, "123")
            kiosk.wait("That is not the PIN.")
            kiosk.settle(0.1)
        enter_pin(kiosk, PIN)
        kiosk.wait("Please wait")
        os.kill(kiosk.worker(), signal.SIGKILL)
        kiosk.wait("START")
        kiosk.press_each("a1")
        enter_pin(kiosk, PIN)
        kiosk.wait("Please wait")


def test_staff_leave_with_the_right_pin(tmp_path: Path) -> None:
    with staffed(tmp_path) as kiosk:
        kiosk.wait("START")
        kiosk.press_each("a1")
        enter_pin(kiosk, PIN)
        assert kiosk.leave() == LEFT_BY_STAFF
        assert "leaky gut" not in kiosk.text


def test_enter_after_the_digits_submits_the_pin(tmp_path: Path) -> None:
    with staffed(tmp_path) as kiosk:
        kiosk.wait("START")
        kiosk.press_each("a1")
        kiosk.wait("Then press Enter")
        kiosk.press_each(PIN)
        kiosk.wait("*" * len(PIN))
        kiosk.press("\r")
        assert kiosk.leave() == LEFT_BY_STAFF


def test_a_reload_ends_it_only_when_nobody_is_reading(tmp_path: Path) -> None:
    """SIGUSR1, as `kiosk upgrade` sends it: systemd then starts the new version."""
    with Unattended(XDG_CACHE_HOME=str(tmp_path)) as kiosk:
        kiosk.wait("START")
        kiosk.press("1")
        kiosk.wait("Which best describes you?")
        os.kill(kiosk.pid, signal.SIGUSR1)
        kiosk.settle(1.0)
        kiosk.press("2")
        kiosk.wait("Step 1 of 10")
        kiosk.press("o")
        kiosk.wait("Start over?")
        kiosk.press("1")
        assert kiosk.leave() == 0


def key_of(kiosk: Unattended, label: str) -> str:
    """Return the key that the screen shows in front of a choice."""
    match = re.search(rf"(\w)  {label}", kiosk.settle())
    assert match, kiosk.text
    return match[1].lower()
