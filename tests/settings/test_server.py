"""Settings of the server as its fork server sends them, in JSON."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from kiosk.settings.file import check_settings
from kiosk.settings.server import Auth, SessionLimits, SshSettings, settings_from


def test_what_the_file_says_arrives() -> None:
    text = b"""
        [ssh]
        port = 22
        auth = "keys"
        keys = "/k"
        max-connections-per-source = 7
        login-grace-time = 9
    """
    ssh = check_settings(text, "kiosk.toml").ssh
    assert settings_from(SshSettings, json.loads(json.dumps(asdict(ssh)))) == ssh
    assert (ssh.port, ssh.auth, ssh.keys, ssh.login_grace_time) == (22, Auth.KEYS, "/k", 9.0)
    assert ssh.max_connections_per_source == 7


@pytest.mark.parametrize(
    "data",
    [None, [], {"port": "22"}, {"login_grace_time": None}, {"reuse_port": 1}, {"auth": "all"},
     {"unheard of": 2}],
)  # fmt: skip
def test_what_is_no_setting_changes_none(data: object) -> None:
    assert settings_from(SshSettings, data) == SshSettings()


def test_a_whole_number_is_taken_for_seconds_and_true_for_no_number() -> None:
    data = {"max_sessions": 7, "idle_timeout": 90, "cpu_limit": True, "memory_limit": "9"}
    assert settings_from(SessionLimits, data) == SessionLimits(max_sessions=7, idle_timeout=90.0)
