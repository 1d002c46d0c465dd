"""`kiosk doctor` says what pages can be taken along, and what is missing for that."""

from __future__ import annotations

import pytest

from kiosk.cli.site.doctor_take_home import NOTE, take_home
from kiosk.settings.model import Settings, TakeHomeSettings


def found(**keys: object) -> str:
    settings = Settings(take_home=TakeHomeSettings(**keys))  # type: ignore[arg-type]
    return "\n".join(f"{state} {sentence}" for state, sentence in take_home(settings))


def test_without_settings_nothing_is_missing() -> None:
    assert NOTE not in found()
    assert "nothing is printed or saved" in found()


def test_a_printer_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert NOTE in found(printer="nobody", print_server="/no/such.sock")
    monkeypatch.setenv("PATH", "/nowhere")
    assert "lp is missing" in found(printer="front-desk")


def test_an_address_that_is_too_long_for_a_console_is_named() -> None:
    assert "leaky-gut" in found(addresses={"leaky-gut": "https://clinic.example/gut"})
    assert "leaky-gut" not in found(addresses={"leaky-gut": "HTTPS://ELM.ORG/G"})
