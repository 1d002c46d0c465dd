"""Two servers at one address: a new version takes over, two share a port, sockets are inherited."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.prebuilt_pack import with_prebuilt_pack
from tests.support.terminal.kiosk_server import (
    AttachedTerminal,
    KioskServer,
    SshEndpoint,
    free_port,
    wait_until,
)
from tests.support.terminal.terminal import ROOT

pytestmark = pytest.mark.skipif(
    shutil.which("ssh") is None,
    reason="THIS MACHINE LACKS ssh (apt install openssh-client): no second server is tested",
)
SOCKET_ACTIVATE = shutil.which("systemd-socket-activate")
needs_socket_activate = pytest.mark.skipif(
    SOCKET_ACTIVATE is None,
    reason="THIS MACHINE LACKS systemd-socket-activate (apt install systemd): no inherited socket "
    "is tested",
)


@pytest.fixture
def settings() -> str:
    return f'[ssh]\naddress = "127.0.0.1"\nport = {free_port()}\n'


def endpoint_of(server: KioskServer, settings: str) -> SshEndpoint:
    return SshEndpoint(server, int(settings.rsplit(" ", 1)[1]), "education")


def test_a_new_server_gets_the_new_visitors_and_the_old_one_drains(
    tmp_path: Path, settings: str
) -> None:
    with KioskServer(tmp_path / "old", "--ssh", settings=settings) as old:
        endpoint = endpoint_of(old, settings)
        with endpoint.visitor() as inside:
            inside.wait("START")
            inside.press("1")
            inside.wait("Which best describes you?")
            there = ("--socket", str(old.socket))
            with KioskServer(tmp_path / "new", "--ssh", *there, settings=settings) as new:
                wait_until(lambda: "another server listens" in old.journal, "the old one stays")
                for _ in range(4):  # the kernel would have spread them
                    with endpoint.visitor() as another:
                        another.wait("START")
                        assert len(new.workers()) == 1
                    wait_until(lambda: not new.workers(), "a worker is left")
                inside.press("1")
                inside.wait("Step 1 of 10")
                inside.press("o")
                inside.wait("Start over?")
                inside.press("1")
                assert inside.leave() == 0
                assert old.wait(5) == 0
                with endpoint.visitor() as another:
                    another.wait("START")


def test_a_second_server_that_cannot_open_its_port_changes_nothing(
    tmp_path: Path, settings: str
) -> None:
    with KioskServer(tmp_path / "old", "--ssh", settings=settings) as old:
        there = ("--socket", str(old.socket))
        with pytest.raises(AssertionError, match="no SSH"):
            KioskServer(
                tmp_path / "new", "--ssh", *there, settings=f"{settings}reuse-port = false\n"
            )
        with endpoint_of(old, settings).visitor() as kiosk:
            kiosk.wait("START")
        assert "another server" not in old.journal
        with AttachedTerminal(old) as kiosk:
            kiosk.wait("START")


def test_two_servers_at_one_port_share_the_visitors(tmp_path: Path, settings: str) -> None:
    with (
        KioskServer(tmp_path / "one", "--ssh", settings=settings) as first,
        KioskServer(tmp_path / "two", "--ssh", settings=settings) as two,
        contextlib.ExitStack() as stack,
    ):
        endpoint = endpoint_of(first, settings)
        for _ in range(12):
            stack.enter_context(endpoint.visitor()).wait("START")
        here, there = len(first.workers()), len(two.workers())
        print(f"\n{here} with one, {there} with the other")
        assert here + there == 12
        assert min(here, there) > 0  # each alone: once in 2048


@contextlib.contextmanager
def activated(folder: Path, *listening: str, arguments: tuple[str, ...] = ()) -> Iterator[None]:
    """`kiosk serve` started by socket activation, as by systemd, at the first connection."""
    assert SOCKET_ACTIVATE
    folder.mkdir(exist_ok=True)
    names = ("XDG_CACHE_HOME", "STATE_DIRECTORY", "RUNTIME_DIRECTORY")
    # compiling would take longer than `kiosk attach` waits, on a machine that does other things
    variables = with_prebuilt_pack(dict.fromkeys(names, str(folder)))
    setting = [f"--setenv={name}={value}" for name, value in variables.items()]
    (folder / "kiosk.toml").write_text("[ssh]\nport = 1\n")
    config = str(folder / "kiosk.toml")
    program = (sys.executable, "-m", "kiosk", "serve", *arguments, "--config", config)
    with (folder / "journal").open("w") as journal, subprocess.Popen(
        [SOCKET_ACTIVATE, *listening, *setting, *program], cwd=ROOT, stderr=journal,
        env={"PATH": os.environ["PATH"]},
    ) as process:  # fmt: skip
        try:
            yield
            assert "kiosk: open" in (folder / "journal").read_text()
        finally:
            process.terminate()
            process.terminate()


@needs_socket_activate
def test_an_inherited_unix_socket_is_served(tmp_path: Path) -> None:
    folder = tmp_path / "server"
    path = tmp_path / "given.sock"
    with activated(folder, "--seqpacket", f"--listen={path}"):
        wait_until(lambda: is_listening_at(path), "nobody listens")
        with AttachedTerminal(path) as kiosk:
            kiosk.wait("START")


@needs_socket_activate
def test_an_inherited_port_is_served_whatever_the_settings_say(tmp_path: Path) -> None:
    port = free_port()
    with activated(tmp_path / "server", f"--listen=127.0.0.1:{port}", arguments=("--ssh",)):
        wait_until(lambda: is_listening(port), "nobody listens")
        with SshEndpoint(None, port, "education").visitor() as kiosk:  # type: ignore[arg-type]
            kiosk.wait("START")


def is_listening(port: int) -> bool:
    """Whether the kernel lists the port; connecting would start the server."""
    return f":{port:04X} 00000000:0000 0A" in Path("/proc/net/tcp").read_text()


def is_listening_at(path: Path) -> bool:
    """Whether the kernel lists the socket as one that listens: its path is there before that."""
    fields = [line.split() for line in Path("/proc/net/unix").read_text().splitlines()]
    return any(field[3] == "00010000" and field[-1] == str(path) for field in fields)
