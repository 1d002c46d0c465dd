"""How staff leave a kiosk that nobody else can leave."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

from kiosk.password_hash import hash_password
from kiosk.serve.console.supervisor import LEFT_BY_STAFF
from tests.support.terminal.unattended import Unattended

WELCOME = "START"


def with_pin(tmp_path: Path, pin: str) -> tuple[str, ...]:
    file = tmp_path / "kiosk.toml"
    file.write_text(f'[staff]\nwords = "Ring the bell."\npin = "{hash_password(pin)}"')
    return ("--config", str(file))


def test_wrong_pins_are_slowed_down_across_restarts_of_the_worker(tmp_path: Path) -> None:
    with Unattended(*with_pin(tmp_path, "407100"), XDG_CACHE_HOME=str(tmp_path)) as kiosk:
        kiosk.wait(WELCOME)
        kiosk.press("a")
        kiosk.wait("Ring the bell.")
        kiosk.press("1")
        kiosk.wait("Type the PIN")
        for _ in range(3):
            kiosk.press_each("123")
            kiosk.wait("* * *")
            kiosk.press(key_of(kiosk, "Leave"))
            kiosk.wait("That is not the PIN.")
            kiosk.settle(0.1)
        kiosk.press_each("407100")
        kiosk.wait("* * * * * *")
        kiosk.press(key_of(kiosk, "Leave"))
        kiosk.wait("Please wait")
        os.kill(kiosk.worker(), signal.SIGKILL)
        kiosk.wait(WELCOME)
        kiosk.press_each("a1")
        kiosk.wait("Type the PIN")
        kiosk.press_each("407100")
        kiosk.wait("* * * * * *")
        kiosk.press(key_of(kiosk, "Leave"))
        kiosk.wait("Please wait")


def test_staff_leave_with_the_right_pin(tmp_path: Path) -> None:
    with Unattended(*with_pin(tmp_path, "407100"), XDG_CACHE_HOME=str(tmp_path)) as kiosk:
        kiosk.wait(WELCOME)
        kiosk.press_each("a1")
        kiosk.wait("Type the PIN")
        kiosk.press_each("407100")
        kiosk.wait("* * * * * *")
        kiosk.press(key_of(kiosk, "Leave"))
        assert kiosk.leave() == LEFT_BY_STAFF
        assert "leaky gut" not in kiosk.text


def key_of(kiosk: Unattended, label: str) -> str:
    """The key that the screen shows in front of a choice."""
    found = re.search(rf"(\w)  {label}", kiosk.settle())
    assert found, kiosk.text
    return found[1].lower()
