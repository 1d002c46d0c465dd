"""The PIN and what is kept of it."""

from __future__ import annotations

import io
import os
import signal
from types import SimpleNamespace

import pytest

from kiosk.cli.site.pin import ask
from kiosk.password_hash import hash_password, verify_password
from kiosk.settings.file import check_settings


def test_only_the_same_pin_fits_and_no_two_are_kept_alike() -> None:
    kept = hash_password("4071889203")
    assert "4071889203" not in kept
    assert verify_password("4071889203", kept)
    assert not verify_password("4071889204", kept)
    assert not verify_password("", kept)
    assert hash_password("4071889203") != kept


@pytest.mark.parametrize(
    "kept", ["", "scrypt$", "scrypt$zz$zz", "4071889203", "scrypt$00$", "a$b$c$d"]
)
def test_what_is_no_kept_pin_lets_nobody_in(kept: str) -> None:
    assert not verify_password("", kept)
    assert not verify_password("4071889203", kept)


def test_the_settings_take_it() -> None:
    kept = hash_password("4071889203")
    assert check_settings(f'[staff]\npin = "{kept}"'.encode(), "kiosk.toml").staff.pin == kept


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_a_script_gets_the_line_alone(monkeypatch: pytest.MonkeyPatch, end: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"4071{end}"))
    out = io.StringIO()
    assert ask(out, from_input=True) == 0
    [line] = out.getvalue().splitlines()
    assert verify_password("4071", line.removeprefix('pin = "').removesuffix('"'))


@pytest.mark.parametrize("typed", ["", "407", "words\n", "4071 \n", "4" * 500])
def test_a_script_that_gives_no_pin_gets_no_line(
    monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    out = io.StringIO()
    assert ask(out, from_input=True) == 1
    assert not out.getvalue()


@pytest.mark.parametrize("name", ["SIGTERM", "SIGQUIT", "SIGHUP", "SIGRTMIN"])
def test_a_signal_while_a_pin_is_asked_for_is_undone_first(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = int(getattr(signal, name))
    before = signal.getsignal(number)
    undone = []

    def getpass(_: str) -> str:
        try:
            os.kill(os.getpid(), number)
            return "4071"
        finally:
            undone.append(name)

    monkeypatch.setattr("kiosk.cli.site.pin.getpass", getpass)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    with pytest.raises(SystemExit) as ended:
        ask(io.StringIO())
    assert ended.value.code == 128 + number
    assert undone == [name]
    assert signal.getsignal(number) == before
