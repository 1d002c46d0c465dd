"""`kiosk attach`: with a login name, with and without a terminal, with and without a server."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import fallback_messages
from kiosk.library.pack.reader import open_pack
from kiosk.serve import attach
from tests.support.perf.generated_library import write_generated
from tests.support.terminal.kiosk_server import AttachedTerminal, KioskServer, run_attach
from tests.support.terminal.terminal import ROOT


@pytest.fixture
def server(tmp_path: Path) -> Iterator[KioskServer]:
    with KioskServer(tmp_path) as running:
        yield running


def test_a_terminal_is_handed_over_resized_and_restored(server: KioskServer) -> None:
    with AttachedTerminal(server) as visitor:
        visitor.wait("START")
        visitor.resize((100, 30))
        visitor.until(lambda text: "Quit" in text.splitlines()[-1], "the last row of 100x30")
        server.wait_for_status(sessions=1)
        visitor.press("q")
        assert visitor.leave() == 0
        assert visitor.raw.endswith(attach.WIPE)
    server.wait_for_status(sessions=0, crashed=0)


def test_without_a_terminal_attach_prints_lines_and_runs_no_command(server: KioskServer) -> None:
    output = run_attach(server, "1\n1\nstop\n", SSH_ORIGINAL_COMMAND="id")
    assert "1. START" in output
    assert "Goodbye" in output
    assert "\x1b" not in output
    assert "uid=" not in output


@pytest.mark.parametrize("name", ["plain", "plain-easy"])
def test_the_name_plain_gives_a_line_session(server: KioskServer, name: str) -> None:
    with AttachedTerminal(server, name) as visitor:
        visitor.wait("You can type: 1")
        os.write(visitor.fd, b"\x03")
        visitor.wait("press Ctrl+C again")
        os.write(visitor.fd, b"stop\n")
        assert visitor.leave() == 0
    server.wait_for_status(sessions=0, crashed=0)


def test_attach_says_that_the_server_is_full_or_not_running(tmp_path: Path) -> None:
    with (
        KioskServer(tmp_path, settings="[serve]\nmax-sessions = 1\n") as server,
        AttachedTerminal(server) as visitor,
    ):
        visitor.wait("START")
        assert run_attach(server, "") == f"{fallback_messages.FULL}\n"
        assert server.status()["refused"] == 1
    assert run_attach(server, "") == f"{attach.NO_SERVER}\n"


def test_attach_gives_up_on_a_stopped_server_after_ten_seconds(
    server: KioskServer,
) -> None:
    server.signal(signal.SIGSTOP)
    began = time.monotonic()
    with AttachedTerminal(server) as visitor:
        assert visitor.leave(15) == 1
        assert time.monotonic() - began > 9
        assert visitor.text.strip() == attach.NO_SERVER
        server.signal(signal.SIGCONT)
        server.wait_for_status(spare_workers=3, sessions=0, ended=0)
        assert visitor.settle().strip() == attach.NO_SERVER  # nothing is drawn on it afterwards


def test_when_the_server_is_killed_the_terminal_is_restored_with_a_message(
    server: KioskServer,
) -> None:
    with AttachedTerminal(server) as visitor:
        visitor.wait("START")
        server.signal(signal.SIGKILL)
        assert visitor.leave() == 1
        assert attach.WIPE in visitor.raw
        assert visitor.text.strip() == attach.NO_SERVER


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGUSR1", "SIGALRM", "SIGRTMIN"])
def test_a_signal_that_ends_attach_restores_and_wipes_the_terminal(
    server: KioskServer, name: str
) -> None:
    with AttachedTerminal(server) as visitor:
        visitor.wait("START")
        visitor.press("1")
        visitor.wait("Which best describes you?")
        before = len(visitor.raw)
        os.kill(visitor.pid, getattr(signal, name))
        assert visitor.leave() == 0
        assert attach.WIPE in visitor.raw[before:]
    server.wait_for_status(sessions=0, crashed=0)


def test_a_login_name_selects_topic_and_theme(tmp_path: Path) -> None:
    library = tmp_path / "made.pack"
    write_generated(library, 80)
    with open_pack(library) as opened:
        title = opened.open_topic("made-77", "en").question.plain
    black = b"48;5;16m"  # behind the words of one theme alone
    with KioskServer(tmp_path, "--content", str(library)) as server:
        with AttachedTerminal(server, "made-77-high-contrast") as visitor:
            visitor.wait(title)
            visitor.settle()
            assert black in visitor.raw
        with AttachedTerminal(server, "made-777") as visitor:
            visitor.wait("What would you like to read about?")
            visitor.settle()
            assert black not in visitor.raw


@pytest.mark.parametrize(
    ("name", "words", "not_these"),
    [
        ("easy", "not an official diagnosis", "not currently accepted"),
        ("health-care", "not currently accepted", "not an official diagnosis"),
    ],
)
def test_a_login_name_selects_the_level_and_skips_its_question(
    server: KioskServer, name: str, words: str, not_these: str
) -> None:
    with AttachedTerminal(server, name) as visitor:
        visitor.wait("START")
        visitor.press("1")
        visitor.wait("Step 1 of 10")
        visitor.wait(words)
        assert not_these not in visitor.text


def attached(server: KioskServer, words: str) -> subprocess.CompletedProcess[str]:
    """Run `kiosk attach` in a shell, with the redirections that `words` end with."""
    command = f"{sys.executable} -m kiosk attach --socket {server.socket} {words}"
    return subprocess.run(
        command, shell=True, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )


def test_input_and_output_may_be_files(server: KioskServer, tmp_path: Path) -> None:
    asked, told = tmp_path / "asked", tmp_path / "told"
    asked.write_text("1\n1\nstop\n")
    done = attached(server, f"plain <{asked} >{told}")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Step 1 of" in told.read_text()
    assert "Goodbye" in told.read_text()
    assert "Step 1 of" in attached(server, f"plain <{asked} | cat").stdout


def test_an_output_that_cannot_be_written_is_named(server: KioskServer) -> None:
    full = attach.NOT_WRITTEN.format(why="No space left on device")
    for words, sentence in (
        ("plain </dev/null >/dev/full", full),
        ("plain </dev/null >&-", fallback_messages.NO_OUTPUT),
        ("--help >/dev/full", full),
        ("--help >&-", fallback_messages.NO_OUTPUT),
    ):
        done = attached(server, words)
        assert (done.returncode, done.stderr) == (1, f"{sentence}\n"), words


def test_input_that_is_closed_is_as_one_that_is_empty(server: KioskServer) -> None:
    assert "START" in attached(server, "plain <&-").stdout
    assert attached(server, "--help").stdout == f"{attach.USAGE}\n"


def test_an_output_in_a_file_ends_with_a_server_that_takes_nothing(tmp_path: Path) -> None:
    told, path = tmp_path / "told", tmp_path / "s"
    command = [sys.executable, "-I", "-S", str(ROOT / "kiosk/serve/attach.py"), "--socket"]
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener, told.open("wb") as out:
        listener.bind(str(path))
        listener.listen()
        with subprocess.Popen([*command, str(path)], stdin=subprocess.DEVNULL, stdout=out) as run:
            assert select.select([listener], [], [], 10)[0]
            try:
                time.sleep(0.3)  # until it handles signals
                run.terminate()
                assert run.wait(5) == 1
            finally:
                run.kill()
