"""The rules of the SSH door are what the settings say of it, and nothing else."""

from __future__ import annotations

from dataclasses import asdict, fields

import pytest

from kiosk.settings.file import check_settings
from kiosk.settings.server import SshSettings as SettingsSsh
from kiosk.settings.ssh_rules import SshSettings, ssh_settings_in


def test_settings_and_rules_are_the_same() -> None:
    assert asdict(SshSettings()) == {**asdict(SettingsSsh()), "addresses": False}
    names = {field.name for field in fields(SettingsSsh)}
    assert {field.name for field in fields(SshSettings)} == names | {"addresses"}


def test_what_the_settings_say_arrives() -> None:
    said = '[ssh]\nport = 22\nentry = "keys"\nkeys = "/k"\nconnections-from-one = 7\ngrace = 9\n'
    told = asdict(check_settings(said.encode(), "kiosk.toml").remote)
    rules = ssh_settings_in(told)
    assert (rules.port, rules.entry, rules.keys, rules.grace) == (22, "keys", "/k", 9.0)
    assert rules.limits.at_once_from_one == 7


@pytest.mark.parametrize(
    "told", [None, [], {"port": "22"}, {"grace": None}, {"shared": 1}, {"unheard of": 2}]
)
def test_what_is_no_rule_changes_none(told: object) -> None:
    assert ssh_settings_in(told) == SshSettings()
