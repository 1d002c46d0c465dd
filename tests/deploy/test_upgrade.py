"""The life of a machine with readers in mid-visit: upgrade, rollback, reboot, backup, removal."""

from __future__ import annotations

import contextlib
import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.deploy.clean_debian import Debian
from tests.support.deploy.document import DOCUMENT, block, installation
from tests.support.deploy.needs import needs_debian
from tests.support.terminal.kiosk_server import SshTerminal, listens, ssh_command, wait_until
from tests.support.terminal.terminal import Terminal

pytestmark = needs_debian()
READERS = 20
LAST_READERS = 3
"""Those who read while the machine goes down."""
WATCHDOG = 12
"""Seconds of WatchdogSec here, so that a drain outlasts it soon."""
SHUTDOWN = 60
"""Seconds within which a machine is down though visitors read."""
SETTINGS = """
mkdir -p /etc/kiosk/kiosk.toml.d
printf '[usage]\\nenabled = true\\nsite = "river"\\n' > /etc/kiosk/kiosk.toml.d/10-site.toml
kiosk pack install /root/kiosk/clinic.pack
folder=/etc/systemd/system/kiosk-ssh@.service.d
mkdir -p $folder; printf '[Service]\\nWatchdogSec={watchdog}\\n' > $folder/short.conf
systemctl daemon-reload; systemctl restart kiosk-ssh@0.1.0
"""
NOTHING_LEFT = """
find / -xdev -ignore_readdir_race -iname '*kiosk*' -not -path '/proc/*' -not -path '/sys/*' \\
    -not -path '/root/kiosk*' -not -path '/var/log/journal/*' -not -path '/var/tmp/*' \\
    -not -path '/run/systemd/*'
grep -i kiosk /etc/passwd /etc/group; systemctl list-units --all --no-legend 'kiosk*'
systemctl --failed --no-legend; systemctl list-unit-files --state=masked --no-legend \\
    getty@tty1.service ctrl-alt-del.target
true
"""
"""Prints what a removal has left."""


@pytest.fixture(scope="module")
def debian(copy_of_fresh: Callable[[], Path]) -> Iterator[Debian]:
    """A booted Debian with the kiosk's own SSH server, settings and a pack."""
    with Debian(copy_of_fresh()) as booted:
        install(booted)
        yield booted


def install(debian: Debian) -> None:
    debian.check(installation(DOCUMENT, "own"))
    debian.check("set -e", SETTINGS.replace("{watchdog}", str(WATCHDOG)))
    wait_until(lambda: listens(debian.port), "it does not listen")


def readers_of(debian: Debian, stack: contextlib.ExitStack, number: int) -> list[Terminal]:
    """Have visitors come in and go to the first step."""
    command = ssh_command(debian.port, "-tt", name="education")
    readers = [
        stack.enter_context(SshTerminal(*command, HOME="/nonexistent")) for _ in range(number)
    ]
    for reader in readers:
        reader.to_first_step()
    return readers


def check_all_read_on(readers: list[Terminal]) -> None:
    """Have each reader open Help and come back to the step."""
    for reader in readers:
        reader.press("h")
        reader.wait("Next leads you on")
        reader.press("b")
        reader.wait(" of 10")


def sums(debian: Debian) -> str:
    """Return the checksums of settings, pack and host key."""
    return debian.check(
        "find /etc/kiosk /var/lib/kiosk /var/lib/kiosk-ssh/ssh -type f | sort | xargs sha256sum"
    )


def test_no_visit_is_ended_by_an_upgrade_a_rollback_or_a_stop(debian: Debian) -> None:
    with contextlib.ExitStack() as stack:
        readers = readers_of(debian, stack, READERS)
        before = sums(debian)
        upgraded = debian.check("kiosk upgrade /root/kiosk/kiosk-0.2.0*.whl")
        assert f"{READERS} sessions left" in upgraded
        status = json.loads(debian.check("kiosk status --json"))
        assert status["version"] == "0.2.0"
        [drain] = status["drains"]
        assert (drain["version"], drain["sessions"]) == ("0.1.0", READERS)
        readers += readers_of(debian, stack, 1)
        time.sleep(WATCHDOG + 3)
        check_all_read_on(readers)
        assert "opens sessions again" in debian.check("kiosk upgrade --back")
        check_all_read_on(readers)
        told = debian.check("kiosk status")
        assert "kiosk 0.1.0" in told
        assert "kiosk-ssh@0.2.0.service is draining" in told
        assert " 1 session left" in told
        debian.check("systemctl stop --no-block 'kiosk-ssh@*'")
        time.sleep(WATCHDOG + 3)
        check_all_read_on(readers)
        assert debian.check("systemctl list-units --failed --no-legend --plain 'kiosk*'") == ""
        assert sums(debian) == before


def test_a_reboot_while_draining_is_not_held_up(debian: Debian) -> None:
    debian.run("systemctl reset-failed; systemctl start kiosk-ssh@0.1.0")
    wait_until(lambda: listens(debian.port), "it does not listen", 60)
    before = sums(debian)
    with contextlib.ExitStack() as stack:
        readers_of(debian, stack, LAST_READERS)
        debian.check("kiosk upgrade /root/kiosk/kiosk-0.2.0*.whl")
        seconds = debian.reboot()
        print(f"\ndown {seconds:.1f} s after a reboot with readers of a draining version")
        assert seconds < SHUTDOWN
    wait_until(lambda: listens(debian.port), "it does not listen after a reboot", 60)
    assert "kiosk 0.2.0" in debian.check("kiosk status")
    assert sums(debian) == before
    counted = re.search(r"visits +(\d+|under 5)", debian.check("kiosk report"))
    assert counted
    assert counted[1] in (str(READERS + 1 + LAST_READERS), "under 5"), (
        "with the test before, or not"
    )
    debian.check("kiosk upgrade --back")


def test_a_machine_that_was_wiped_is_restored_whole(debian: Debian) -> None:
    debian.run("systemctl start kiosk-ssh@0.1.0")
    before, figures = sums(debian), debian.check("kiosk report")
    debian.check(block(DOCUMENT, "backup"))
    removal = block(DOCUMENT, "remove")
    assert removal.splitlines()[-1].startswith("reboot")
    debian.run(removal.rpartition("\n")[0])
    assert debian.check(NOTHING_LEFT) == ""
    debian.reboot()
    assert debian.check(NOTHING_LEFT) == ""
    debian.check(installation(DOCUMENT, "own"))
    debian.check(block(DOCUMENT, "restore"), "systemctl start kiosk-ssh@0.1.0")
    assert (sums(debian), debian.check("kiosk report")) == (before, figures)
    wait_until(lambda: listens(debian.port), "it does not listen")
    with contextlib.ExitStack() as stack:
        check_all_read_on(readers_of(debian, stack, 1))


def test_a_recall_of_the_shipped_text_outlives_an_upgrade(debian: Debian) -> None:
    debian.check("rm /var/lib/kiosk/library.pack", "kiosk pack recall leaky-gut")
    upgraded = debian.check("kiosk upgrade /root/kiosk/kiosk-0.2.0*.whl")
    assert "Recalled: leaky-gut (en)." in upgraded
    assert "Recalled, so it is not shown: leaky-gut (en)." in debian.check("kiosk doctor")
    content = json.loads(debian.check("kiosk status --json"))["content"]
    assert content["pack"].startswith("/opt/kiosk-0.2.0/")
    assert content["recalled"] == 1
