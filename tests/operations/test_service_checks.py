"""The doctor looks at the services themselves."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from kiosk.operations.machine import Done, Machine
from kiosk.operations.service_checks import BAD, CLOSED, GOOD, NOTE, service_findings
from tests.support.other_user import needs_root

UNIT = "kiosk-ssh@0.1.0.service"
WELL = {"version": "0.1.0", "settings_ok": True, "content": {"settings": ["/etc/kiosk/kiosk.toml"]}}


def findings(
    folder: Path, answer: Mapping[str, object] | None = WELL, unit: str = UNIT, **facts: str
) -> dict[str, str]:
    """Return what is said of one unit: the sentences, each with its state."""
    shown = {"ActiveState": "active", "NRestarts": "0", "User": "kiosk", **facts}

    def run(command: list[str]) -> Done:
        if command[1] == "list-units":
            return Done(0, f"{unit} loaded active running A kiosk\n")
        return Done(0, "\n".join(f"{name}={value}" for name, value in shown.items()))

    machine = Machine(run, folder / "opt", folder / "units")
    key = folder / "ssh" / "key"
    return {
        sentence: state
        for state, sentence in service_findings(machine, lambda _: answer, key, has_systemd=True)
    }


def state_of(told: dict[str, str], words: str) -> str:
    [state] = [state for sentence, state in told.items() if words in sentence]
    return state


def test_a_service_that_is_well_is_good(tmp_path: Path) -> None:
    told = findings(tmp_path)
    assert state_of(told, "runs as the user kiosk") == GOOD
    assert state_of(told, "last read /etc/kiosk/kiosk.toml") == GOOD
    assert BAD not in told.values()


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"ActiveState": "activating", "SubState": "auto-restart", "NRestarts": "7"}, "7 times"),
        ({"ActiveState": "failed", "Result": "watchdog"}, "watchdog"),
    ],
)
def test_a_unit_that_does_not_start_is_bad(
    tmp_path: Path, facts: dict[str, str], words: str
) -> None:
    assert state_of(findings(tmp_path, WELL, UNIT, **facts), words) == BAD


@pytest.mark.parametrize("unit", [UNIT, "kiosk.service", "kiosk-sshd.service"])
@pytest.mark.parametrize(("enabled", "state"), [("enabled", BAD), ("disabled", NOTE)])
def test_a_stopped_unit_is_bad_where_it_starts_with_the_machine(
    tmp_path: Path, unit: str, enabled: str, state: str
) -> None:
    told = findings(tmp_path, None, unit, ActiveState="inactive", UnitFileState=enabled)
    assert state_of(told, unit) == state
    if state == BAD:
        assert any(f"`systemctl start {unit}`" in sentence for sentence in told)


@pytest.mark.parametrize("enabled", ["enabled", "disabled"])
def test_a_console_that_staff_have_closed_is_a_state_of_its_own(
    tmp_path: Path, enabled: str
) -> None:
    facts = {"ActiveState": "inactive", "ExecMainStatus": "3", "UnitFileState": enabled}
    told = findings(tmp_path, None, "kiosk.service", **facts)
    assert state_of(told, "closed the screen with their PIN") == CLOSED
    assert BAD not in told.values()
    server = findings(tmp_path, None, UNIT, **{**facts, "UnitFileState": "enabled"})
    assert CLOSED not in server.values()
    assert state_of(server, UNIT) == BAD


def test_a_unit_that_has_not_run_yet_waits_for_a_reboot(tmp_path: Path) -> None:
    facts = {"ActiveState": "inactive", "UnitFileState": "enabled"}
    told = findings(tmp_path, None, "kiosk.service", ExecMainStartTimestampMonotonic="0", **facts)
    assert state_of(told, "reboot, or `systemctl start kiosk.service`") == BAD


def test_a_unit_that_is_not_installed_is_not_mentioned(tmp_path: Path) -> None:
    facts = {"ActiveState": "inactive", "LoadState": "not-found"}
    assert not findings(tmp_path, None, "kiosk-touch.service", **facts)


def test_a_second_sshd_that_runs_is_not_asked_for_numbers(tmp_path: Path) -> None:
    told = findings(tmp_path, None, "kiosk-sshd.service")
    assert set(told.values()) == {GOOD}


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (None, "answers no `kiosk status`"),
        ({**WELL, "settings_ok": False, "settings_age": 61}, "For 61 seconds it cannot use"),
        ({**WELL, "content": {"lacking": ["Landlock: off."]}}, "Landlock: off."),
    ],
)
def test_what_a_service_says_of_itself_is_heard(
    tmp_path: Path, answer: Mapping[str, object] | None, words: str
) -> None:
    assert state_of(findings(tmp_path, answer), words) == BAD


def test_a_version_that_drains_is_a_note(tmp_path: Path) -> None:
    told = findings(tmp_path, StatusText="draining: 3 sessions left")
    assert state_of(told, "draining: 3 sessions left") == NOTE


@needs_root
def test_a_host_key_of_another_user_is_bad(tmp_path: Path) -> None:
    (tmp_path / "ssh").mkdir()
    key = tmp_path / "ssh" / "key"
    key.touch()
    assert state_of(findings(tmp_path), "chown -R kiosk:") == BAD
    os.chown(key, 65534, 65534)
    assert state_of(findings(tmp_path), "chown -R kiosk:") == BAD
    assert not any("chown" in told for told in findings(tmp_path, unit="kiosk.service"))
