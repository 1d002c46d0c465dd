"""The commands of docs/deploying.md, word for word, in a fresh Debian."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.deploy.clean_debian import Debian
from tests.support.deploy.document import DOCUMENT, installation
from tests.support.deploy.needs import needs_debian
from tests.support.terminal.kiosk_server import SshTerminal, listens, ssh_command, wait_until

pytestmark = needs_debian()
NO_PENALTIES = (
    "install -D /opt/kiosk/share/kiosk/sshd-9.8.conf /etc/kiosk/sshd_config.d/sshd-9.8.conf && "
    "systemctl restart kiosk-sshd"
)
"""Told by the document for OpenSSH 9.8 and later, which Debian 13 has."""


@pytest.mark.parametrize("server", ["sshd", "own"])
def test_the_ten_commands_set_up_a_kiosk(copy_of_fresh: Callable[[], Path], server: str) -> None:
    with Debian(copy_of_fresh()) as debian:
        assert "SHA256:" in debian.check(installation(DOCUMENT, server))
        if server == "sshd":
            assert "install -D sshd-9.8.conf /etc/kiosk/sshd_config.d/sshd-9.8.conf" in DOCUMENT
            debian.check(NO_PENALTIES)
        wait_until(lambda: listens(debian.port), "it does not listen")
        a_visit_and_nothing_else(debian.port)
        output = debian.check("/opt/kiosk/bin/kiosk status; journalctl -u 'kiosk-*'")
        assert ", 0 of them by an error" in output
        assert "127.0.0.1" not in output
        debian.check("/opt/kiosk/bin/kiosk doctor")


def a_visit_and_nothing_else(port: int) -> None:
    """Visit from outside with the client of OpenSSH, which gets nothing but the kiosk."""
    with SshTerminal(*ssh_command(port, "-tt", name="education"), HOME="/nonexistent") as kiosk:
        kiosk.wait("START")
        kiosk.press("1")
        kiosk.wait("Which best describes you?")
    output = ssh_output(port, "-T", name="plain", typed="stop\n")
    assert "1. START" in output
    assert "\x1b" not in output
    assert "uid=" not in ssh_output(port, command=("id",))
    for name in ("root", "kiosk"):
        assert "uid=" not in ssh_output(port, name=name, command=("id",))
    assert "SSH-2.0" not in ssh_output(port, "-W", "127.0.0.1:22")
    assert "root:" not in ssh_output(port, "-s", command=("sftp",))
    done = subprocess.run(
        [*ssh_command(port, "-N", "-o", "ExitOnForwardFailure=yes", "-R", "1:127.0.0.1:22",
                      name="education")],
        capture_output=True, timeout=30, check=False,
    )  # fmt: skip
    assert done.returncode != 0


def ssh_output(
    port: int, *options: str, name: str = "education", command: tuple[str, ...] = (),
    typed: str = "",
) -> str:  # fmt: skip
    """Return the whole output of the client of OpenSSH."""
    done = subprocess.run(
        [*ssh_command(port, *options, name=name), *command], input=typed, capture_output=True,
        text=True, errors="replace", timeout=30, check=False,
    )  # fmt: skip
    return done.stdout + done.stderr
