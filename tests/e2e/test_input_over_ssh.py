"""Pastes, console keys and hasty input through both SSH servers, with the client of OpenSSH."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.prebuilt_pack import shipped_pack
from tests.support.shipped import CONTENT
from tests.support.terminal.kiosk_server import SshEndpoint, wait_until
from tests.support.terminal.openssh_server import SSH_SERVERS
from tests.support.terminal.terminal import Terminal

pytestmark = pytest.mark.skipif(
    not (Path("/usr/sbin/sshd").exists() and shutil.which("ssh")),
    reason="THIS MACHINE LACKS sshd and ssh (apt install openssh-server): no SSH server is tested",
)
QUESTION = (
    "Is a special diet good for the gut of somebody like me, "
    "and I just swallowed a whole bottle of sleeping tablets"
)
INTERFACE = tomllib.loads((CONTENT / "interface" / "en.toml").read_text("utf-8"))
ALARM: str = INTERFACE["answer-title"]["urgent"]
LINUX_FUNCTION_KEYS = [f"\x1b[[{letter}" for letter in "ABCDE"]


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("packs") / "shipped.pack"
    shutil.copy(shipped_pack(), file)
    return file


@pytest.fixture(scope="module", params=["own", "sshd"])
def endpoint(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, pack: Path
) -> Iterator[SshEndpoint]:
    folder = tmp_path_factory.mktemp(request.param)
    with SSH_SERVERS[request.param](folder, "--content", str(pack)) as opened:
        yield opened


def to_the_question(kiosk: Terminal) -> None:
    kiosk.to_first_step()
    kiosk.press("k")
    kiosk.until(lambda text: "Step 1 of" not in text, "the page for a question")
    kiosk.settle()


def words_of(kiosk: Terminal) -> str:
    """Return the words on the screen without line ends, frames and the cursor."""
    return " ".join(kiosk.text.replace("│", " ").replace("_", " ").split())


@pytest.mark.parametrize("marks", [("\x1b[200~", "\x1b[201~"), ("", "")], ids=["marked", "fast"])
def test_a_long_paste_is_taken_whole_and_its_end_gives_the_alarm_page(
    endpoint: SshEndpoint, marks: tuple[str, str]
) -> None:
    with endpoint.visitor() as kiosk:
        to_the_question(kiosk)
        kiosk.send(marks[0] + QUESTION + marks[1])
        kiosk.until(lambda _: QUESTION in words_of(kiosk), QUESTION)
        kiosk.press("\r")
        kiosk.wait(ALARM)


@pytest.mark.parametrize("marks", [("\x1b[200~", "\x1b[201~"), ("", "")], ids=["marked", "fast"])
def test_a_paste_too_long_to_be_answered_is_heard_to_its_end(
    endpoint: SshEndpoint, marks: tuple[str, str]
) -> None:
    story = "We came about the gut of my sister and what she could eat. " * 12 + QUESTION
    with endpoint.visitor() as kiosk:
        to_the_question(kiosk)
        kiosk.send(marks[0] + story + marks[1])
        kiosk.wait(ALARM)
        assert "sister" not in words_of(kiosk)


def test_function_keys_of_the_linux_console_do_nothing(endpoint: SshEndpoint) -> None:
    with endpoint.visitor(term="linux") as kiosk:
        kiosk.to_first_step()
        before = kiosk.settle()
        for key in LINUX_FUNCTION_KEYS:
            kiosk.press(key)
        assert kiosk.settle(0.5) == before
        kiosk.press("k")
        kiosk.until(lambda text: "Step 1 of" not in text, "the page for a question")
        before = kiosk.settle()
        for key in LINUX_FUNCTION_KEYS:
            kiosk.press(key)
        assert kiosk.settle(0.5) == before


def click_on(kiosk: Terminal, words: str) -> str:
    """Return the report of a click on words of the screen."""
    rows = kiosk.text.split("\n")
    row = next(number for number, text in enumerate(rows) if words in text)
    at = f"{rows[row].index(words) + 1};{row + 1}"
    return f"\x1b[<0;{at}M\x1b[<0;{at}m"


@pytest.mark.parametrize("by", ["click", "enter"])
def test_two_presses_within_an_eighth_of_a_second_leave_one_page(
    endpoint: SshEndpoint, by: str
) -> None:
    with endpoint.visitor() as kiosk:
        kiosk.wait("START")
        kiosk.look()
        press = click_on(kiosk, "START") if by == "click" else "\r"
        kiosk.send(press)
        time.sleep(0.1)
        kiosk.send(press)
        kiosk.wait("Which best describes you?")
        assert "Which best describes you?" in kiosk.settle(0.6)


def test_a_line_end_of_two_characters_is_one_answer(endpoint: SshEndpoint) -> None:
    """An empty line shows the choices again, so an answer counted twice prints a prompt more."""

    def output(end: str) -> str:
        done = subprocess.run(
            endpoint.command("-T"), input=end.join(["start", "easy", "next", ""]).encode(),
            capture_output=True, timeout=60, check=False,
        )  # fmt: skip
        return done.stdout.decode()

    lines = output("\n")
    assert "Which best describes you?" in lines
    assert output("\r\n") == lines


@pytest.mark.parametrize("option", ["-tt", "-T"])
def test_a_client_that_is_terminated_leaves_nothing(endpoint: SshEndpoint, option: str) -> None:
    wait_until(lambda: not endpoint.server.workers(), "a worker of an earlier visit is left", 10)
    with contextlib.ExitStack() as stack:
        if option == "-tt":
            kiosk = stack.enter_context(endpoint.visitor())
            to_the_question(kiosk)
            kiosk.send(QUESTION)
            kiosk.settle()
            assert endpoint.server.workers()
            os.kill(kiosk.pid, signal.SIGTERM)
            kiosk.leave()
        else:
            client = stack.enter_context(
                subprocess.Popen(
                    endpoint.command("-T"), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
                )
            )
            wait_until(lambda: bool(endpoint.server.workers()), "no visit begins", 10)
            client.terminate()
            client.wait(10)
        wait_until(lambda: not endpoint.server.workers(), "a worker is left", 10)
    assert "swallowed" not in endpoint.server.journal
