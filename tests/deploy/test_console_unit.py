"""A screen in the waiting room and a server on one machine: the units of both, on a console."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.deploy.clean_debian import Debian
from tests.support.deploy.console import Console, free_console
from tests.support.deploy.document import DOCUMENT, installation
from tests.support.deploy.needs import needs_console, needs_debian
from tests.support.terminal.kiosk_server import SshTerminal, listens, ssh_command, wait_until

pytestmark = [*needs_debian(), needs_console()]
PIN = "481516"
SETTINGS = f"""
mkdir -p /etc/kiosk/kiosk.toml.d
{{ echo '[staff]'; printf %s {PIN} | kiosk pin --stdin; }} > /etc/kiosk/kiosk.toml.d/10-site.toml
printf '[usage]\\nenabled = true\\n' > /etc/kiosk/kiosk.toml.d/20-usage.toml
"""
FIRST_PAGE = "1  START"
COMES_BACK = 15.0
"""Seconds within which the first page is there again on a busy machine; the sixth wait that grew
would be longer."""
STAFF_ONLY = "For our staff only"


@pytest.fixture(scope="module")
def console() -> Console:
    device = free_console()
    assert device is not None
    return Console(device)


@pytest.fixture(scope="module")
def debian(copy_of_fresh: Callable[[], Path], console: Console) -> Iterator[Debian]:
    """Both, installed by the document, and rebooted."""
    with Debian(copy_of_fresh(), console) as booted:
        booted.check(installation(DOCUMENT, "console"))
        booted.check(installation(DOCUMENT, "own"))
        booted.check("set -e", SETTINGS)
        booted.check("kiosk doctor --no-services")
        booted.reboot()
        yield booted


@pytest.fixture(autouse=True)
def _first_page(debian: Debian, console: Console) -> None:
    """Have nobody read."""
    debian.check("systemctl restart kiosk")
    console.wait(FIRST_PAGE)


def begin(console: Console) -> None:
    """Begin a visit."""
    console.wait(FIRST_PAGE)
    console.type("1")
    console.wait("Which best describes you?")


def test_both_are_open_after_a_boot(debian: Debian, console: Console) -> None:
    begin(console)
    wait_until(lambda: listens(debian.port), "it does not listen")
    command = ssh_command(debian.port, "-tt", name="education")
    with SshTerminal(*command, HOME="/nonexistent") as reader:
        reader.to_first_step()
        told = debian.check("kiosk status")
        assert "1 of at most" in told
        assert "somebody is reading" in told
    debian.check("kiosk doctor")
    console.wait("Which best describes you?")
    assert debian.check("systemctl --failed --no-legend") == ""
    assert "n_restarts=0" in debian.check("echo n_restarts=$(systemctl show -P NRestarts kiosk)")


def test_whatever_is_killed_the_first_page_comes_back(debian: Debian, console: Console) -> None:
    """More often than the steps of the unit's growing waits."""
    for _ in range(8):
        begin(console)
        debian.check("systemctl kill --kill-whom=main --signal=SIGKILL kiosk")
        console.until(lambda text: FIRST_PAGE in text, "it does not come back", COMES_BACK)
    assert "SIGKILL" not in debian.check("systemctl --failed --no-legend")


def test_an_upgrade_ends_no_visit_on_the_console(debian: Debian, console: Console) -> None:
    begin(console)
    debian.check("kiosk upgrade /root/kiosk/kiosk-0.2.0*.whl")
    console.type("2")
    console.wait("1 of ")
    assert "The console (kiosk 0.1.0)" in debian.check("kiosk status")
    console.type("o")
    console.until(lambda text: "1 of " not in text, "it does not start over")
    console.type("1")
    wait_until(
        lambda: "The console (kiosk 0.2.0)" in debian.run("kiosk status").stdout,
        "the console does not change over", 60,
    )  # fmt: skip
    console.wait(FIRST_PAGE)
    debian.check("kiosk upgrade --back")


def test_after_staff_left_there_is_a_login_and_the_unit_did_not_fail(
    debian: Debian, console: Console
) -> None:
    console.wait(FIRST_PAGE)
    console.type("a")
    console.wait(STAFF_ONLY)
    console.type("1")
    console.until(lambda text: STAFF_ONLY not in text, "no page for the PIN")
    console.type(PIN + "\r")
    console.wait("The kiosk is closed.")
    console.wait("login:")
    assert debian.run("systemctl is-active kiosk").stdout == "inactive\n"
    assert debian.check("systemctl --failed --no-legend") == ""
    debian.check("systemctl start kiosk")
    console.wait(FIRST_PAGE)
    assert debian.run("systemctl is-active kiosk-closed").stdout == "inactive\n"


def test_a_visit_in_use_when_the_unit_is_stopped_is_counted(
    debian: Debian, console: Console
) -> None:
    begin(console)
    console.type("2")
    console.wait("1 of ")
    debian.check("systemctl restart kiosk")
    console.wait(FIRST_PAGE)
    counted = debian.check("kiosk report --format csv")
    assert "visits" in counted.lower()
