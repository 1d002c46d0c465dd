"""`kiosk serve` and `kiosk attach` as they run: many visits, and what becomes of them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import bare_words
from kiosk.command_line import Request
from kiosk.serve import attach
from kiosk.serve.runtime import socket_paths
from kiosk.serving import status
from tests.blackbox.housed import Housed
from tests.blackbox.terminal import ROOT


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Housed]:
    with Housed(tmp_path) as one:
        yield one


def attached(house: Housed, typed: str, *arguments: str, **environment: str) -> str:
    """What is told where there is no terminal."""
    command = [sys.executable, "-I", "-S", str(ROOT / "kiosk/serve/attach.py")]
    ran = subprocess.run(
        [*command, "--socket", str(house.path), *arguments],
        input=typed, capture_output=True, text=True, timeout=30, check=False,
        env={"PATH": os.environ["PATH"], **environment},
    )  # fmt: skip
    return ran.stdout + ran.stderr


def test_a_terminal_is_handed_over_resized_and_given_back(house: Housed) -> None:
    with house.attach() as one:
        one.wait("START")
        one.resize((100, 30))
        one.until(lambda text: "Quit" in text.splitlines()[-1], "the last row of 100x30")
        house.until(visits=1)
        one.press("q")
        assert one.leave() == 0
        assert one.raw.endswith(attach.WIPE)
    house.until(visits=0, crashed=0)


def test_the_status_tells_what_waits_and_prometheus_the_same(tmp_path: Path) -> None:
    where = tmp_path / "metrics.sock"
    with Housed(tmp_path, "--metrics", str(where)) as house:
        house.until(waiting=3, visits=0, factories=1)
        with socket.socket(socket.AF_UNIX) as one, one.makefile("rb") as heard:
            one.connect(str(where))
            one.sendall(b"GET /metrics HTTP/1.1\r\n\r\n")
            told = heard.read().decode()
    assert "HTTP/1.1 200 OK" in told
    assert "\nkiosk_waiting 3\n" in told
    assert "\nkiosk_refused_total 0\n" in told


def test_who_starts_over_finds_another_visit_in_another_process(house: Housed) -> None:
    with house.attach() as one:
        one.wait("START")
        one.press("1")
        one.wait("Which best describes you?")
        one.press("o")
        one.wait("stay here")
        one.press("1")
        one.wait("START")
        house.until(visits=1, ended=1, crashed=0)


def test_a_client_that_is_killed_takes_its_visit_with_it(house: Housed) -> None:
    with house.attach() as one:
        one.wait("START")
        os.kill(one.pid, signal.SIGKILL)
        house.until(visits=0, seconds=2)


def test_without_a_terminal_it_is_told_and_nothing_is_passed_unread(house: Housed) -> None:
    told = attached(house, "1\n1\nstop\n", SSH_ORIGINAL_COMMAND="id")
    assert "1. START" in told
    assert "Goodbye" in told
    assert "\x1b" not in told
    assert "uid=" not in told


def test_a_reader_who_goes_while_it_tells_is_no_crash(house: Housed) -> None:
    command = [sys.executable, "-I", "-S", str(ROOT / "kiosk/serve/attach.py")]
    with subprocess.Popen(
        [*command, "--socket", str(house.path), "plain"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={"PATH": os.environ["PATH"]},
    ) as one:  # fmt: skip
        assert one.stdin is not None
        assert one.stdout is not None
        assert one.stdout.readline()
        one.stdout.close()
        one.stdin.write(b"start\n")
        one.stdin.flush()
        house.until(visits=0, ended=1, crashed=0)


@pytest.mark.parametrize("name", ["plain", "plain-easy"])
def test_by_name_it_is_told_line_by_line(house: Housed, name: str) -> None:
    with house.attach(name) as one:
        one.wait("You can type: 1")
        os.write(one.fd, b"\x03")
        one.wait("press Ctrl+C once more")
        os.write(one.fd, b"stop\n")
        assert one.leave() == 0
    house.until(visits=0, crashed=0)


def test_who_finds_nobody_or_a_full_house_is_told_so(tmp_path: Path) -> None:
    with Housed(tmp_path, settings="[serve]\nvisits = 1\n") as house, house.attach() as one:
        one.wait("START")
        assert attached(house, "") == f"{bare_words.FULL}\n"
        assert house.status()["refused"] == 1
        there = house.path
    assert there == house.path
    assert attached(house, "") == f"{attach.NOBODY}\n"


def test_a_factory_that_is_killed_is_replaced_and_its_visits_go_on(house: Housed) -> None:
    with house.attach() as one:
        one.wait("START")
        (factory,) = house.factories()
        os.kill(factory, signal.SIGKILL)
        began = time.monotonic()
        with house.attach() as another:
            another.wait("START")
            print(f"\na new visit {time.monotonic() - began:.2f} s after the factory was killed")
        one.press("1")
        one.wait("Which best describes you?")
        house.until(visits=1, crashed=0, factories=1)


def test_settings_are_read_again_for_those_who_come(house: Housed) -> None:
    with house.attach() as one:
        one.wait("This clinic")
        (house.folder / "kiosk.toml").write_text('[clinic]\nname = "Elm Street"\n')
        house.process.send_signal(signal.SIGHUP)
        house.wait_for("read again")
        with house.attach() as another:
            another.wait("Elm Street")
        (house.folder / "kiosk.toml").write_text("[clinic\n")
        house.process.send_signal(signal.SIGHUP)
        house.wait_for("cannot be used")
        with house.attach() as another:
            another.wait("Elm Street")
        one.press("1")
        one.wait("Which best describes you?")


def test_a_house_that_closes_waits_for_those_inside(house: Housed) -> None:
    with house.attach() as one:
        one.wait("START")
        one.press("1")
        one.wait("Which best describes you?")
        house.process.send_signal(signal.SIGTERM)
        time.sleep(1)
        assert attached(house, "") == f"{attach.NOBODY}\n"
        one.press("1")
        one.wait("Step 1 of 9")
        assert house.process.poll() is None
        one.press("o")
        one.wait("stay here")
        one.press("1")
        house.process.wait(5)


def test_a_new_house_takes_the_place_and_the_old_one_drains(house: Housed) -> None:
    with house.attach() as one:
        one.wait("START")
        one.press("1")
        one.wait("Which best describes you?")
        with Housed(house.folder) as new:
            house.wait_for("another house")
            with new.attach() as another:
                another.wait("START")
                new.until(visits=1)
            one.press("1")
            one.wait("Step 1 of 9")


@pytest.mark.parametrize("where", ["file/kiosk.sock", "x" * 120])
def test_where_nobody_can_listen_it_says_so_in_words(tmp_path: Path, where: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(AssertionError, match=r"no socket at .*Name another") as why:
        Housed(tmp_path, "--socket", str(tmp_path / where))
    assert "Traceback" not in str(why.value)


def test_the_status_is_the_machines_where_the_user_has_no_house(
    house: Housed, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Root, logged in, has a runtime directory of its own, and nothing listens there."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(house.folder / "roots"))
    monkeypatch.delenv("RUNTIME_DIRECTORY", raising=False)
    assert socket_paths()[-1] == Path("/run/kiosk/kiosk.sock")
    monkeypatch.setattr("kiosk.serve.runtime.MACHINES", house.folder)
    assert status(Request("serve", about="status")) == 0
    assert "The kiosk is open" in capsys.readouterr().out
