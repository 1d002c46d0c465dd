"""An upgrade, a rollback, a stop and a shutdown of a booted Debian, with readers in mid-visit."""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Iterator

import pytest

from tests.support.deploy.clean_debian import Debian, install_debian, missing
from tests.support.deploy.document import DOCUMENT, commands
from tests.support.deploy.two_versions import build_two_versions
from tests.support.terminal.kiosk_server import SshTerminal, listens, ssh_command
from tests.support.terminal.terminal import Terminal

PORT = 2222
READERS = 20
WATCHDOG = 12
"""Seconds of WatchdogSec here, so that a drain outlasts it soon."""
pytestmark = [
    pytest.mark.second_tier,
    pytest.mark.skipif(bool(missing()), reason=missing()),
    pytest.mark.skipif(
        shutil.which("ssh") is None, reason="THIS MACHINE LACKS ssh (openssh-client)"
    ),
    pytest.mark.skipif(listens(PORT), reason=f"SOMEBODY LISTENS AT PORT {PORT} OF THIS MACHINE"),
]


@pytest.fixture(scope="module")
def debian(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Debian]:
    """A booted Debian with the kiosk's own SSH server, and the wheel of a later version."""
    root = tmp_path_factory.mktemp("debian") / "root"
    if why := install_debian(root):
        pytest.skip(why)
    files = root / "root" / "kiosk"
    files.mkdir()
    build_two_versions(files)
    with Debian(root) as booted:
        run(booted, "cd /root/kiosk", *(f"{each} || exit 1" for each in commands(DOCUMENT, "own")))
        folder = "/etc/systemd/system/kiosk-ssh@.service.d"
        run(
            booted,
            f"mkdir {folder}; printf '[Service]\\nWatchdogSec={WATCHDOG}\\n' > {folder}/short.conf",
            "systemctl daemon-reload; systemctl restart kiosk-ssh@0.1.0",
        )
        yield booted
    shutil.rmtree(root)


def run(debian: Debian, *lines: str) -> str:
    """Run lines of a script; return what they print."""
    done = debian.run("\n".join(lines))
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


def check_all_read_on(readers: list[Terminal]) -> None:
    """Have each reader open Help and come back to the step."""
    for reader in readers:
        reader.press("h")
        reader.wait("Next leads you on")
        reader.press("b")
        reader.wait(" of 10")


def test_no_visit_is_ended_by_an_upgrade_a_rollback_or_a_stop(debian: Debian) -> None:
    with contextlib.ExitStack() as stack:

        def enter() -> Terminal:
            command = ssh_command(PORT, "-tt", name="education")
            reader = stack.enter_context(SshTerminal(*command, HOME="/nonexistent"))
            reader.to_first_step()
            return reader

        readers = [enter() for _ in range(READERS)]
        settings = run(debian, "sha256sum /etc/kiosk/kiosk.toml")
        upgraded = run(debian, "kiosk=/opt/kiosk/bin/kiosk; $kiosk upgrade /root/kiosk/*0.2.0*.whl")
        assert f"{READERS} sessions left" in upgraded
        readers.append(enter())
        time.sleep(WATCHDOG + 3)
        check_all_read_on(readers)
        assert "opens sessions again" in run(debian, "/opt/kiosk/bin/kiosk upgrade --back")
        check_all_read_on(readers)
        assert "kiosk 0.1.0" in run(debian, "/opt/kiosk/bin/kiosk status")
        run(debian, "systemctl stop --no-block 'kiosk-ssh@*'")
        time.sleep(WATCHDOG + 3)
        check_all_read_on(readers)
        assert run(debian, "systemctl --failed --no-legend --plain 'kiosk*'") == ""
        assert run(debian, "sha256sum /etc/kiosk/kiosk.toml") == settings
        began = time.monotonic()
        debian.run("systemctl poweroff")
        debian.wait(90)
        assert time.monotonic() - began < 60
