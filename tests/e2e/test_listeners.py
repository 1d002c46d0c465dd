"""Both front doors with the stock OpenSSH client: whole visits, and what may befall them."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from kiosk.library.pack.build import build_pack
from tests.support.core.gated_terms import gated_terms
from tests.support.shipped import CONTENT, THEMES
from tests.support.terminal.listeners import Door, until_true
from tests.support.terminal.planted_faults import AWAY, TRIES
from tests.support.terminal.stock_sshd import DOORS
from tests.support.terminal.terminal import ROOT, Terminal
from tests.support.terminal.unattended import memory_has, processes
from tests.support.terminal.visitors import honest_visitor

FEW = 5
"""Visitors in the daily tests."""

pytestmark = pytest.mark.skipif(
    not (Path("/usr/sbin/sshd").exists() and shutil.which("ssh")),
    reason="THIS MACHINE LACKS sshd and ssh (apt install openssh-server): no door is tested",
)
Opened = Callable[..., AbstractContextManager[Door]]
WELCOME = "START"


@pytest.fixture(scope="session")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("packs") / "shipped.pack"
    build_pack(CONTENT, THEMES, file)
    return file


@pytest.fixture(params=["own", "sshd"])
def opened(request: pytest.FixtureRequest, tmp_path: Path, pack: Path) -> Opened:
    """Opens one of the two doors, of a house of its own."""

    @contextlib.contextmanager
    def door(settings: str = "", planted: bool = False, content: Path = pack) -> Iterator[Door]:
        doors = DOORS[request.param]
        content_is = ("--content", str(content))
        with doors(tmp_path / "house", *content_is, settings=settings, planted=planted) as one:
            yield one

    return door


def to_first_step(kiosk: Terminal) -> None:
    kiosk.wait(WELCOME)
    kiosk.press("1")
    kiosk.wait("Which best describes you?")
    kiosk.press("1")
    kiosk.wait("Step 1 of 9")


def to_caution(kiosk: Terminal, wanted: int) -> None:
    to_first_step(kiosk)
    for _ in range(10):
        kiosk.press("n")
        kiosk.settle(0.1)
    kiosk.wait("Read about supplements?")
    kiosk.press("1")
    for number in range(1, wanted):
        kiosk.wait(f"Caution {number} of 5")
        time.sleep(2.2)
        kiosk.press("1")
    kiosk.wait(f"Caution {wanted} of 5")


def test_a_whole_visit_in_every_size_of_window(opened: Opened) -> None:
    with opened() as door, door.visitor() as kiosk:
        kiosk.wait(WELCOME)
        kiosk.resize((100, 30))
        to_first_step(kiosk)
        for size in ((60, 20), (132, 40), (80, 24)):
            kiosk.resize(size)
            kiosk.settle(0.4)
            assert "Step 1" in kiosk.text
            assert max(map(len, kiosk.text.split("\n"))) <= size[0]
        honest_visitor(kiosk)


def test_a_line_that_drops_in_mid_caution_leaves_nothing_and_opens_nothing(opened: Opened) -> None:
    with opened() as door:
        with door.visitor() as kiosk:
            to_caution(kiosk, 3)
            [visit] = door.house.visits()
            os.kill(kiosk.pid, signal.SIGKILL)
            until_true(lambda: visit not in processes(), "the visit outlives its line", 5)
        with door.visitor() as kiosk:
            to_caution(kiosk, 1)
            assert visit not in door.house.visits()


def test_two_visitors_never_see_each_others_words(opened: Opened) -> None:
    canaries = ("zqxjkvbw7531", "wvbkjxqz8642")
    with opened() as door, door.visitor() as one, door.visitor() as other:
        for kiosk, canary in zip((one, other), canaries, strict=True):
            to_first_step(kiosk)
            kiosk.press(canary)
            kiosk.press(f"\x1b[200~{canary}\x1b[201~\x1b[200~{canary}")
            kiosk.settle()
        both = door.house.visits()
        assert len(both) == 2
        for canary in canaries:
            held = {pid for pid in both if memory_has(pid, canary.encode())}
            assert len(held) <= 1
            for pid in door.house.factories():
                assert not memory_has(pid, canary.encode())
        assert canaries[1].encode() not in one.raw
        assert canaries[0].encode() not in other.raw
        os.kill(one.pid, signal.SIGKILL)
        os.kill(other.pid, signal.SIGKILL)
        until_true(lambda: not both & set(processes()), "they are still there")
        with door.visitor() as later:
            later.wait(WELCOME)
            assert not [c for c in canaries if c.encode() in later.raw]
            [visit] = door.house.visits()
            assert not [c for c in canaries if memory_has(visit, c.encode())]


def test_a_crash_ends_one_visit_only_and_tells_nothing_of_the_page(opened: Opened) -> None:
    with opened(planted=True) as door, door.visitor() as one, door.visitor() as other:
        to_first_step(one)
        to_first_step(other)
        told = len(one.raw)
        one.press("y")
        one.leave()
        assert "a mistake in it" in one.text
        assert b"a secret" not in one.raw[told:]
        assert "a secret" not in door.house.journal
        assert "a worker crashed" in door.house.journal
        other.press("n")
        other.wait("Step 2 of 9")
        with door.visitor() as third:
            to_first_step(third)


def test_from_inside_a_visit_nothing_can_be_written_reached_run_or_killed(opened: Opened) -> None:
    from kiosk.serve.forkserver.sandbox import lacking

    missing = list(lacking())
    assert not missing, f"this machine lacks {missing}: nothing is shown of what a visit gives up"
    AWAY.unlink(missing_ok=True)
    with opened(planted=True) as door, door.visitor() as other:
        to_first_step(other)
        with door.visitor(size=(80, 30)) as kiosk:
            kiosk.wait(WELCOME)
            kiosk.press("z")
            kiosk.wait(" end")
            told = dict(word.split("=") for word in kiosk.text.split() if "=" in word)
        print(f"\nfrom inside a visit: {told}")
        assert set(told) == set(TRIES)
        assert set(told.values()) <= {"EPERM", "EACCES"}
        assert not AWAY.exists()
        other.press("n")
        other.wait("Step 2 of 9")


def test_a_house_that_is_asked_to_stop_lets_visits_end(opened: Opened) -> None:
    with opened() as door, door.visitor() as kiosk:
        to_first_step(kiosk)
        door.house.signal(signal.SIGTERM)
        time.sleep(0.5)
        refused = subprocess.run(
            door.command("-T"), capture_output=True, text=True, timeout=20, check=False,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        assert refused.returncode != 0
        assert WELCOME not in refused.stdout
        kiosk.press("n")
        kiosk.wait("Step 2 of 9")
        family = door.house.family()
        kiosk.press("o")
        kiosk.wait("Start over?")
        kiosk.press("1")
        kiosk.leave()
        assert door.house.wait(5) == 0
        until_true(lambda: not family & set(processes()), "something is left")


def test_a_new_pack_comes_without_dropping_anybody(
    opened: Opened, tmp_path: Path, pack: Path
) -> None:
    tree, live = tmp_path / "tree", tmp_path / "live.pack"
    shutil.copytree(ROOT / "content", tree)
    shutil.copy(pack, live)
    wording = tree / "interface" / "en.toml"
    assert "START" in wording.read_text("utf-8")
    wording.write_text(wording.read_text("utf-8").replace("START", "BEGIN NOW"), "utf-8")
    build_pack(tree, THEMES, tmp_path / "new.pack")
    with opened(content=live) as door, door.visitor() as inside:
        to_first_step(inside)
        (tmp_path / "new.pack").rename(live)
        door.house.signal(signal.SIGHUP)

        def is_new() -> bool:
            with door.visitor() as kiosk:
                return "BEGIN NOW" in kiosk.until(
                    lambda text: WELCOME in text or "BEGIN NOW" in text, "Welcome"
                )

        until_true(is_new, "the new pack does not come", 20)
        inside.press("n")
        inside.wait("Step 2 of 9")
        live.write_bytes(b"this is no pack")
        door.house.signal(signal.SIGHUP)
        time.sleep(2)
        assert is_new()
        inside.press("n")
        inside.wait("Step 3 of 9")


@pytest.mark.parametrize("visitors", [FEW, pytest.param(50, marks=pytest.mark.second_tier)])
def test_a_killed_factory_takes_nobody_with_it(opened: Opened, visitors: int) -> None:
    many = "[ssh]\nmax-connections-per-source = 100\nconnection-rate-per-source = 0\n"
    with opened(settings=many) as door, contextlib.ExitStack() as stack:
        began = time.monotonic()
        with door.visitor() as kiosk:
            kiosk.wait(WELCOME)
            usual = time.monotonic() - began
        inside = []
        for _ in range(visitors):
            kiosk = stack.enter_context(door.visitor())
            to_first_step(kiosk)
            inside.append(kiosk)
        before = door.house.visits()
        for factory in door.house.factories():
            os.kill(factory, signal.SIGKILL)
        began = time.monotonic()
        new = stack.enter_context(door.visitor())
        new.wait(WELCOME)
        took = time.monotonic() - began
        print(f"\nfrom the factory's death to a new visitor's page: {took:.2f} s, of which coming "
              f"in usually takes {usual:.2f}; load average {os.getloadavg()[0]:.1f}")  # fmt: skip
        if visitors > FEW:  # the long test, run alone: others may have the processor meanwhile
            assert took - usual < 1.0
        for kiosk in inside:
            kiosk.press("n")
            kiosk.wait("Step 2 of 9")
        assert before <= door.house.visits()
        assert "a worker died" not in door.house.journal


def piped(door: Door, typed: str, *options: str, name: str = "") -> str:
    """What a client without a terminal hears to what a shell sends."""
    command = " ".join(door.command("-T", *options, name=name))
    done = subprocess.run(
        ["/bin/sh", "-c", f"({typed}) | {command}"], capture_output=True, text=True, timeout=90,
        check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    return done.stdout


@pytest.mark.representative
def test_without_a_terminal_it_is_told_line_by_line(opened: Opened) -> None:
    with opened() as door:
        told = piped(door, r"printf 'start\neasy\nnext\n'")
        assert "Which best describes you?" in told
        assert "\x1b" not in told
        until_true(lambda: not door.house.visits(), "a visit is left")


def test_ones_without_end_pass_no_caution(opened: Opened) -> None:
    begun = r"start\neasy\n" + r"next\n" * 10 + r"1\n"
    with opened() as door:
        told = piped(door, f"printf '{begun}'; timeout 20 yes 1")
        assert "Caution 1 of 5" in told
        assert "Caution 2 of 5" not in told
        assert not gated_terms().search(told.casefold())
        until_true(lambda: not door.house.visits(), "a visit is left")


@pytest.mark.parametrize("term", ["dumb"])
def test_a_terminal_without_a_cursor_is_told_line_by_line(opened: Opened, term: str) -> None:
    with opened() as door, door.visitor(term=term) as kiosk:
        kiosk.wait("You can type")
        assert b"\x1b[" not in kiosk.raw
