"""A kiosk that is left alone: whatever happens to it, the next person finds Welcome."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

import pytest

from tests.support.terminal.planted_faults import AWAY, TRIES
from tests.support.terminal.unattended import Fast, Unattended, memory_has, processes
from tests.support.terminal.visitors import NOT_OURS, honest_visitor
from tests.support.timing import check_time

WELCOME = "START"


@pytest.fixture
def kiosk(tmp_path: Path):  # type: ignore[no-untyped-def]
    with Unattended(XDG_CACHE_HOME=str(tmp_path)) as one:
        one.wait(WELCOME)
        yield one


def test_starting_over_is_another_process_and_the_honest_visitor_gets_through(
    kiosk: Unattended,
) -> None:
    first = kiosk.visit()
    kiosk.to_first_step()
    kiosk.press("o")
    kiosk.wait("Start over?")
    kiosk.press("1")
    kiosk.wait(WELCOME)
    assert kiosk.visit() != first
    assert first not in processes()
    honest_visitor(kiosk)


def test_what_was_pressed_is_in_no_process_and_no_later_byte(kiosk: Unattended) -> None:
    secret = "zqxjkvbw7531"
    kiosk.to_first_step()
    first = kiosk.visit()
    kiosk.press(secret)
    kiosk.press(f"\x1b[200~{secret}\x1b[201~")
    kiosk.press(f"\x1b[200~{secret}")
    kiosk.settle()
    kiosk.press("\x1b")
    kiosk.settle(0.3)
    told = len(kiosk.raw)
    os.kill(first, signal.SIGKILL)
    kiosk.wait(WELCOME)
    kiosk.to_first_step()
    family = kiosk.family()
    assert len(family) >= 3
    for pid in family:
        assert memory_has(pid, b"Step 1 of 9") or pid != kiosk.visit()
        assert not memory_has(pid, secret.encode())
        assert not memory_has(pid, secret.encode("utf-32-le"))
    assert secret.encode() not in kiosk.raw[told:]


def test_the_last_page_is_wiped_with_its_scrollback_before_the_next(kiosk: Unattended) -> None:
    kiosk.to_first_step()
    kiosk.settle()
    told = len(kiosk.raw)
    os.kill(kiosk.visit(), signal.SIGKILL)
    kiosk.wait(WELCOME)
    after = kiosk.raw[told:]
    assert after.index(b"\x1b[?1049l") < after.index(b"\x1b[3J") < after.index(b"START")
    assert b"Science has proven" not in after


@pytest.mark.timed
def test_a_killed_visit_is_replaced_at_once(kiosk: Unattended) -> None:
    kills(kiosk, 30, random.Random(1))


def kills(kiosk: Unattended, count: int, chance: random.Random) -> list[float]:
    """Kill the visit at random moments; how long it took until Welcome was whole again."""
    took = []
    for _ in range(count):
        kiosk.press(chance.choice(["", "1", "1", "11", "h", "p"]))
        time.sleep(chance.random() * 0.2)
        kiosk.settle(0.01)
        visit = kiosk.visit()
        kiosk.screen.reset()
        began = time.monotonic()
        os.kill(visit, signal.SIGKILL)
        kiosk.until(lambda text: WELCOME in text and "H Help" in text, "Welcome", 5)
        took.append(time.monotonic() - began)
        assert not [words for words in NOT_OURS if words in kiosk.text]
    check_time(sorted(took)[int(len(took) * 0.99) - 1], 1.0, "Welcome after a kill, p99,")
    return took


def test_a_killed_factory_is_replaced_and_the_visit_outlives_it(kiosk: Unattended) -> None:
    kiosk.to_first_step()
    visit = kiosk.visit()
    [factory] = kiosk.factories()
    os.kill(factory, signal.SIGKILL)
    kiosk.press("n")
    kiosk.wait("Step 2 of 9")
    assert kiosk.visit() == visit
    os.kill(visit, signal.SIGKILL)
    kiosk.wait(WELCOME)
    assert kiosk.factories() != [factory]


def test_both_killed_at_once(kiosk: Unattended) -> None:
    visit = kiosk.visit()
    for pid in (*kiosk.factories(), visit):
        os.kill(pid, signal.SIGKILL)
    kiosk.until(lambda text: WELCOME in text and kiosk.visits() not in ([], [visit]), "Welcome")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_the_attendant_ends_with_all_its_family_and_gives_the_terminal_back(
    kiosk: Unattended, number: int
) -> None:
    family = kiosk.family()
    os.kill(kiosk.pid, number)
    assert kiosk.leave() == 0
    assert "leaky gut" not in kiosk.text
    time.sleep(0.3)
    assert not set(family) & set(processes())


def test_a_killed_attendant_takes_its_family_with_it(tmp_path: Path) -> None:
    with Unattended(XDG_CACHE_HOME=str(tmp_path)) as kiosk:
        kiosk.to_first_step()
        family = kiosk.family()
        assert len(family) >= 3
        os.kill(kiosk.pid, signal.SIGKILL)
        assert kiosk.leave() == -signal.SIGKILL
        time.sleep(0.5)
        assert not set(family) & set(processes())


@pytest.mark.parametrize(
    "number",
    [
        signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU,
        signal.SIGUSR1, signal.SIGUSR2, signal.SIGALRM, signal.SIGIO, signal.SIGVTALRM,
        signal.SIGPIPE,
    ],
)  # fmt: skip
def test_the_attendant_ignores_what_it_can(kiosk: Unattended, number: int) -> None:
    os.kill(kiosk.pid, number)
    kiosk.to_first_step()


def test_a_window_that_is_dragged_is_drawn_anew(kiosk: Unattended) -> None:
    kiosk.to_first_step()
    kiosk.resize((60, 20))
    kiosk.until(lambda text: max(map(len, text.split("\n"))) <= 60 and "Step 1" in text, "60")
    os.kill(kiosk.visit(), signal.SIGKILL)
    kiosk.wait(WELCOME)
    kiosk.resize((30, 8))
    kiosk.wait("larger")
    kiosk.resize((80, 24))
    kiosk.wait(WELCOME)


@pytest.mark.parametrize("term", ["dumb", "", "unknown", "x" * 500, "../../evil"])
def test_a_terminal_that_cannot_be_drawn_on_is_said(term: str) -> None:
    with Unattended(TERM=term) as kiosk:
        assert kiosk.leave() == 1
        assert "kiosk read" in kiosk.text


class Planted(Unattended):
    """Its factory has a hook planted in it, as no product has."""

    command = (
        "-c",
        "import json; from kiosk.serve.spawn import python_command; "
        "from kiosk.serve.console.main import main; "
        "main(json.dumps(python_command('tests.support.terminal.planted_faults', '{}')))",
    )


def test_a_visit_can_write_reach_run_and_kill_nothing(tmp_path: Path) -> None:
    from kiosk.serve.forkserver.sandbox import lacking

    missing = list(lacking())
    assert not missing, f"this machine lacks {missing}: nothing is shown of what a visit gives up"
    AWAY.unlink(missing_ok=True)
    with Planted(size=(80, 30), XDG_CACHE_HOME=str(tmp_path)) as kiosk:
        kiosk.wait(WELCOME)
        kiosk.press("z")
        kiosk.wait(" end")
        words = kiosk.text.split()
        told = dict(word.split("=") for word in words if "=" in word)
        print(f"\nfrom inside a visit: {told}")
        assert set(told) == set(TRIES)
        assert set(told.values()) <= {"EPERM", "EACCES"}
        assert not AWAY.exists()
        kiosk.to_first_step()


def test_a_crash_shows_and_logs_nothing_of_the_page(tmp_path: Path) -> None:
    with Planted(XDG_CACHE_HOME=str(tmp_path)) as kiosk:
        kiosk.to_first_step()
        first = kiosk.visit()
        told = len(kiosk.raw)
        kiosk.press("y")
        kiosk.wait(WELCOME)
        assert kiosk.visit() != first
        for words in (b"Traceback", b"RuntimeError", b"secret that was"):
            assert words not in kiosk.raw[told:]
        kiosk.to_first_step()


class FullDisk(Unattended):
    """Nothing can be written to any file."""

    command = (
        "-c",
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)); "
        "from kiosk.__main__ import main; main()",
    )


def test_a_full_disk_is_nothing_to_it(tmp_path: Path) -> None:
    with FullDisk("run", "--unattended", XDG_CACHE_HOME=str(tmp_path / "cache")) as kiosk:
        kiosk.wait(WELCOME)
        kiosk.to_first_step()
    assert not [one for one in tmp_path.rglob("*") if one.is_file() and one.stat().st_size]


@pytest.mark.second_tier
def test_a_page_that_nobody_touches_asks_and_is_wiped(tmp_path: Path) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text("[times]\nidle = 60\nwarning = 20")
    with Unattended("--config", str(file), XDG_CACHE_HOME=str(tmp_path)) as kiosk:
        kiosk.to_first_step()
        first = kiosk.visit()
        kiosk.wait("Are you still there?", 120)
        kiosk.press("\x1b[B")
        kiosk.wait("Step 1 of 9")
        kiosk.wait("Are you still there?", 120)
        kiosk.wait("in 10 seconds", 30)
        kiosk.wait(WELCOME, 40)
        assert first not in processes()


@pytest.mark.second_tier
def test_a_stopped_visit_is_replaced(kiosk: Unattended) -> None:
    kiosk.to_first_step()
    visit = kiosk.visit()
    os.kill(visit, signal.SIGSTOP)
    kiosk.wait(WELCOME, 20)
    assert visit not in processes()
    honest_visitor(kiosk)


@pytest.mark.second_tier
def test_a_stopped_factory_keeps_nobody_waiting_for_ever(kiosk: Unattended) -> None:
    [factory] = kiosk.factories()
    os.kill(factory, signal.SIGSTOP)
    kiosk.to_first_step()
    os.kill(kiosk.visit(), signal.SIGKILL)
    kiosk.wait(WELCOME, 30)
    honest_visitor(kiosk)


@pytest.mark.second_tier
def test_a_thousand_kills(kiosk: Unattended) -> None:
    took = sorted(kills(kiosk, 1000, random.Random(2)))
    print(
        f"\nkilled to Welcome whole: median {took[500] * 1000:.0f} ms, p99 {took[989] * 1000:.0f}"
    )
    assert took[989] < 1.0
    honest_visitor(kiosk)


def test_one_visit_after_another_without_a_pause_complains_of_nothing(tmp_path: Path) -> None:
    with Fast(tmp_path) as kiosk:
        kiosk.come(b"START")
        for _ in range(100):
            kiosk.reset()
        assert len(kiosk.family()) <= 4
        assert kiosk.journal.read_text() == ""
