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

from kiosk.cli.main import main
from kiosk.library.pack.build import build_pack
from kiosk.library.pack.reader import FORMAT
from kiosk.serve import attach
from kiosk.serve.sockets import socket_paths
from tests.support.shipped import CONTENT, THEMES
from tests.support.terminal.listeners import Attached, House, attached, own_door, until_true
from tests.support.terminal.terminal import ROOT


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with House(tmp_path) as one:
        yield one


def test_the_status_tells_what_waits_and_prometheus_the_same(tmp_path: Path) -> None:
    where = tmp_path / "metrics.sock"
    with House(tmp_path, "--metrics", str(where)) as house:
        house.until(spare_workers=3, sessions=0, fork_servers=1)
        with socket.socket(socket.AF_UNIX) as one, one.makefile("rb") as heard:
            one.connect(str(where))
            one.sendall(b"GET /metrics HTTP/1.1\r\n\r\n")
            told = heard.read().decode()
    assert "HTTP/1.1 200 OK" in told
    assert "\nkiosk_spare_workers 3\n" in told
    assert "\nkiosk_refused_total 0\n" in told


def test_who_starts_over_finds_another_visit_in_another_process(house: House) -> None:
    with Attached(house) as one:
        one.wait("START")
        one.press("1")
        one.wait("Which best describes you?")
        one.press("o")
        one.wait("stay here")
        one.press("1")
        one.wait("START")
        house.until(sessions=1, ended=1, crashed=0)


def test_a_client_that_is_killed_takes_its_visit_with_it(house: House) -> None:
    with Attached(house) as one:
        one.wait("START")
        os.kill(one.pid, signal.SIGKILL)
        house.until(sessions=0, seconds=2)


def test_a_reader_who_goes_while_it_tells_is_no_crash(house: House) -> None:
    command = [sys.executable, "-I", "-S", str(ROOT / "kiosk/serve/attach.py")]
    with subprocess.Popen(
        [*command, "--socket", str(house.socket), "plain"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={"PATH": os.environ["PATH"]},
    ) as one:  # fmt: skip
        assert one.stdin is not None
        assert one.stdout is not None
        assert one.stdout.readline()
        one.stdout.close()
        one.stdin.write(b"start\n")
        one.stdin.flush()
        house.until(sessions=0, ended=1, crashed=0)


def test_a_factory_that_is_killed_is_replaced_and_its_visits_go_on(house: House) -> None:
    with Attached(house) as one:
        one.wait("START")
        (factory,) = house.factories()
        os.kill(factory, signal.SIGKILL)
        began = time.monotonic()
        with Attached(house) as another:
            another.wait("START")
            print(f"\na new visit {time.monotonic() - began:.2f} s after the factory was killed")
        one.press("1")
        one.wait("Which best describes you?")
        house.until(sessions=1, crashed=0, fork_servers=1)


def test_settings_are_read_again_for_those_who_come(house: House) -> None:
    with Attached(house) as one:
        one.wait("This clinic")
        house.config.write_text('[clinic]\nname = "Elm Street"\n')
        house.signal(signal.SIGHUP)
        house.says("read again")
        with Attached(house) as another:
            another.wait("Elm Street")
        house.config.write_text("[clinic\n")
        house.signal(signal.SIGHUP)
        house.says("cannot be used")
        with Attached(house) as another:
            another.wait("Elm Street")
        one.press("1")
        one.wait("Which best describes you?")


def test_a_house_that_closes_waits_for_those_inside(house: House) -> None:
    with Attached(house) as one:
        one.wait("START")
        one.press("1")
        one.wait("Which best describes you?")
        house.signal(signal.SIGTERM)
        time.sleep(1)
        assert attached(house, "") == f"{attach.NO_SERVER}\n"
        one.press("1")
        one.wait("Step 1 of 9")
        assert house.runs
        one.press("o")
        one.wait("stay here")
        one.press("1")
        house.wait(5)


def test_a_new_house_takes_the_place_and_the_old_one_drains(house: House) -> None:
    with Attached(house) as one:
        one.wait("START")
        one.press("1")
        one.wait("Which best describes you?")
        with House(house.socket.parent) as new:
            house.says("another server")
            with Attached(new) as another:
                another.wait("START")
                new.until(sessions=1)
            one.press("1")
            one.wait("Step 1 of 9")


@pytest.mark.parametrize("where", ["file/kiosk.sock", "x" * 120])
def test_where_nobody_can_listen_it_says_so_in_words(tmp_path: Path, where: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(AssertionError, match=r"no socket at .*Name another") as why:
        House(tmp_path, "--socket", str(tmp_path / where))
    assert "Traceback" not in str(why.value)


def test_the_status_is_the_machines_where_the_user_has_no_house(
    house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Root, logged in, has a runtime directory of its own, and nothing listens there."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(house.socket.parent / "roots"))
    monkeypatch.delenv("RUNTIME_DIRECTORY", raising=False)
    assert socket_paths()[-1] == Path("/run/kiosk/kiosk.sock")
    monkeypatch.setattr("kiosk.serve.sockets.SYSTEM_RUNTIME_DIRECTORY", house.socket.parent)
    assert main(["status"]) == 0
    assert "The kiosk is open" in capsys.readouterr().out


def test_a_house_that_cannot_open_takes_nothing_from_the_one_that_is_there(tmp_path: Path) -> None:
    folder = tmp_path / "house"
    with own_door(folder, settings="[ssh]\nreuse-port = false\n") as door:
        before = door.house.socket.stat().st_ino
        for _ in range(2):
            second = second_house(folder, door.house.config)
            assert second.returncode == 1
            assert "no SSH" in second.stderr
            time.sleep(1.5)  # each of its looks comes within a second
            assert door.house.socket.stat().st_ino == before
            assert "had gone" not in door.house.journal
            assert not door.house.status()["draining"]
        with Attached(door.house) as kiosk:
            kiosk.wait("START")


def second_house(folder: Path, config: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kiosk", "serve", "--ssh", "--config", str(config)],
        cwd=ROOT, capture_output=True, timeout=30, check=False, text=True,
        env={
            "PATH": os.environ["PATH"], "XDG_CACHE_HOME": str(folder),
            "RUNTIME_DIRECTORY": str(folder), "STATE_DIRECTORY": str(folder),
        },
    )  # fmt: skip


def test_a_path_that_has_gone_is_listened_at_again(house: House) -> None:
    with Attached(house) as one:
        one.wait("START")
        mode = house.socket.stat().st_mode
        house.socket.unlink()
        until_true(house.socket.exists, "the door is gone")
        assert house.socket.stat().st_mode == mode
        with Attached(house) as another:
            another.wait("START")
        one.press("1")
        one.wait("Which best describes you?")
    house.signal(signal.SIGTERM)
    house.wait(5)
    assert not house.socket.exists()


@pytest.mark.parametrize("mode", ["", "600", "666"])
def test_the_door_is_open_to_whom_it_says(tmp_path: Path, mode: str) -> None:
    with House(tmp_path, *(["--mode", mode] if mode else [])) as house:
        assert oct(house.socket.stat().st_mode & 0o777)[2:] == (mode or "660")


def test_a_visit_is_confined_as_the_settings_say(tmp_path: Path) -> None:
    settings = "[serve]\nmemory-limit = 64\ncpu-limit = 60\n"
    with House(tmp_path, settings=settings) as house, Attached(house) as one:
        one.wait("START")
        [visit] = house.visits()
        [factory] = house.factories()
        held, usual = limits_of(visit), limits_of(factory)
    data, before = held.pop("Max data size"), usual.pop("Max data size")
    assert before == "unlimited"
    assert 64 << 20 < int(data) < 256 << 20
    assert held["Max file size"] == "0"
    assert held["Max core file size"] == "0"
    assert held["Max cpu time"] == "60"
    assert held["Max open files"] == "64"


def limits_of(pid: int) -> dict[str, str]:
    """The soft limits of a process (proc_pid_limits(5))."""
    rows = Path(f"/proc/{pid}/limits").read_text().splitlines()[1:]
    return {row[:26].strip(): row[26:].split()[0] for row in rows}


def test_nothing_that_a_visit_says_of_itself_reaches_the_journal(house: House) -> None:
    with Attached(house) as one:
        one.wait("START")
        [visit] = house.visits()
        where = [os.readlink(f"/proc/{visit}/fd/{number}") for number in (1, 2)]
        [factory] = house.factories()
        assert os.readlink(f"/proc/{factory}/fd/2") != "/dev/null"
    assert where == ["/dev/null", "/dev/null"]


@pytest.mark.parametrize(
    ("format_", "words"),
    [(FORMAT - 1, ("older kiosk", "Build it again")), (FORMAT + 1, ("newer kiosk",))],
)
def test_a_pack_of_another_version_is_refused_in_words(
    tmp_path: Path, format_: int, words: tuple[str, ...]
) -> None:
    live, other = tmp_path / "live.pack", tmp_path / "other.pack"
    build_pack(CONTENT, THEMES, live)
    whole = live.read_bytes()
    other.write_bytes(whole[:60] + format_.to_bytes(4, "big") + whole[64:])
    refused = subprocess.run(
        [sys.executable, "-m", "kiosk", "serve", "--content", str(other)],
        cwd=ROOT, capture_output=True, timeout=30, check=False, text=True,
    )  # fmt: skip
    assert refused.returncode == 1
    for one in words:
        assert one in refused.stderr
    assert "Traceback" not in refused.stderr
    with House(tmp_path, "--content", str(live)) as house:
        other.rename(live)
        house.signal(signal.SIGHUP)
        house.says("cannot be used; going on with those before")
        for one in words:
            assert one in house.journal
        with Attached(house) as kiosk:
            kiosk.wait("START")
