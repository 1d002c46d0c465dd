"""Two servers at one place: a version beside another, two for two cores, and sockets given."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.terminal.listeners import Attached, Door, House, free_port, until_true
from tests.support.terminal.terminal import ROOT

pytestmark = pytest.mark.skipif(
    shutil.which("ssh") is None,
    reason="THIS MACHINE LACKS ssh (apt install openssh-client): no second server is tested",
)
ACTIVATE = shutil.which("systemd-socket-activate")
given = pytest.mark.skipif(
    ACTIVATE is None,
    reason="THIS MACHINE LACKS systemd-socket-activate (apt install systemd): no socket is given",
)


@pytest.fixture
def settings() -> str:
    return f'[ssh]\naddress = "127.0.0.1"\nport = {free_port()}\n'


def door_of(house: House, settings: str) -> Door:
    return Door(house, int(settings.rsplit(" ", 1)[1]), "education")


def test_a_new_server_takes_who_comes_and_the_old_one_drains(tmp_path: Path, settings: str) -> None:
    with House(tmp_path / "old", "--ssh", settings=settings) as old:
        door = door_of(old, settings)
        with door.visitor() as inside:
            inside.wait("START")
            inside.press("1")
            inside.wait("Which best describes you?")
            there = ("--socket", str(old.socket))
            with House(tmp_path / "new", "--ssh", *there, settings=settings) as new:
                until_true(lambda: "another server listens" in old.journal, "the old one stays")
                for _ in range(4):  # the kernel would have spread them
                    with door.visitor() as another:
                        another.wait("START")
                        assert len(new.visits()) == 1
                    until_true(lambda: not new.visits(), "a visit is left")
                inside.press("1")
                inside.wait("Step 1 of 9")
                inside.press("o")
                inside.wait("Start over?")
                inside.press("1")
                assert inside.leave() == 0
                assert old.wait(5) == 0
                with door.visitor() as another:
                    another.wait("START")


def test_one_that_cannot_open_its_port_takes_nobodys_place(tmp_path: Path, settings: str) -> None:
    with House(tmp_path / "old", "--ssh", settings=settings) as old:
        there = ("--socket", str(old.socket))
        with pytest.raises(AssertionError, match="no SSH"):
            House(tmp_path / "new", "--ssh", *there, settings=f"{settings}reuse-port = false\n")
        with door_of(old, settings).visitor() as kiosk:
            kiosk.wait("START")
        assert "another server" not in old.journal
        with Attached(old) as kiosk:
            kiosk.wait("START")


def test_two_servers_at_one_port_share_who_comes(tmp_path: Path, settings: str) -> None:
    with (
        House(tmp_path / "one", "--ssh", settings=settings) as one,
        House(tmp_path / "two", "--ssh", settings=settings) as two,
        contextlib.ExitStack() as stack,
    ):
        door = door_of(one, settings)
        for _ in range(12):
            stack.enter_context(door.visitor()).wait("START")
        here, there = len(one.visits()), len(two.visits())
        print(f"\n{here} with one, {there} with the other")
        assert here + there == 12
        assert min(here, there) > 0  # each alone: once in 2048


@contextlib.contextmanager
def activated(folder: Path, *listening: str, asked: tuple[str, ...] = ()) -> Iterator[None]:
    """`kiosk serve` as systemd starts it when somebody comes."""
    assert ACTIVATE
    folder.mkdir(exist_ok=True)
    variables = {"XDG_CACHE_HOME": folder, "STATE_DIRECTORY": folder, "RUNTIME_DIRECTORY": folder}
    setting = [f"--setenv={name}={value}" for name, value in variables.items()]
    (folder / "kiosk.toml").write_text("[ssh]\nport = 1\n")
    config = str(folder / "kiosk.toml")
    program = (sys.executable, "-m", "kiosk", "serve", *asked, "--config", config)
    with (folder / "journal").open("w") as journal, subprocess.Popen(
        [ACTIVATE, *listening, *setting, *program], cwd=ROOT, stderr=journal,
        env={"PATH": os.environ["PATH"]},
    ) as process:  # fmt: skip
        try:
            yield
            assert "kiosk: open" in (folder / "journal").read_text()
        finally:
            process.terminate()
            process.terminate()


@given
def test_a_given_unix_socket_is_a_door(tmp_path: Path) -> None:
    folder = tmp_path / "house"
    path = tmp_path / "given.sock"
    with activated(folder, "--seqpacket", f"--listen={path}"):
        until_true(path.exists, "nobody listens")
        with Attached(path) as kiosk:
            kiosk.wait("START")


@given
def test_a_given_port_is_a_door_whatever_the_settings_say(tmp_path: Path) -> None:
    port = free_port()
    with activated(tmp_path / "house", f"--listen=127.0.0.1:{port}", asked=("--ssh",)):
        until_true(lambda: listens_without_a_word(port), "nobody listens")
        with Door(None, port, "education").visitor() as kiosk:  # type: ignore[arg-type]
            kiosk.wait("START")


def listens_without_a_word(port: int) -> bool:
    """As the kernel says; to connect would start the house."""
    return f":{port:04X} 00000000:0000 0A" in Path("/proc/net/tcp").read_text()
