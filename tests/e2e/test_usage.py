"""Figures of real visits: what was done is counted, and no word of it is kept."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from kiosk.usage import store
from tests.support.terminal.kiosk_server import AttachedTerminal, KioskServer
from tests.support.terminal.unattended import Unattended

ON = '[usage]\nenabled = true\nsite = "Elm Street"\n'
WORDS = "zanzibar flamingo"


def visit(server: KioskServer) -> None:
    """Read two steps, ask a question that no library answers, and go."""
    with AttachedTerminal(server) as visitor:
        visitor.to_first_step()
        visitor.press("n")
        visitor.wait("Step 2 of 10")
        visitor.press("k")
        visitor.wait("question")
        visitor.press_each(*WORDS)
        visitor.press("\r")
        visitor.settle(1.0)


def counted(folder: Path) -> dict[tuple[str, str, str], int]:
    rows = store.read(folder / store.FILE, "0", "9")
    return {(row.kind, row.topic, row.detail): row.count for row in rows}


def test_a_visit_is_counted_and_its_words_are_nowhere(tmp_path: Path) -> None:
    with KioskServer(tmp_path, settings=ON) as server:
        with AttachedTerminal(server) as reader:
            reader.wait("START")
            reader.press("p")
            reader.wait("What we count")
        visit(server)
        server.wait_for_status(sessions=0)
        server.signal(signal.SIGTERM)
        server.wait(5)
    # written before the server ended: systemd kills what is left of a unit then
    numbers = counted(tmp_path)
    assert numbers["visits", "", ""] == 1
    assert numbers["language", "", "en"] == 1
    assert numbers["stopped at step", "leaky-gut", "2"] == 1
    assert numbers["questions asked", "", ""] == 1
    for file in tmp_path.iterdir():
        if file.is_file():
            assert not any(word in file.read_bytes().lower() for word in WORDS.encode().split())


def test_nothing_is_counted_where_it_is_off(tmp_path: Path) -> None:
    with KioskServer(tmp_path) as server:
        with AttachedTerminal(server) as reader:
            reader.wait("START")
            reader.press("p")
            reader.settle(0.5)
            assert "What we count" not in reader.text
        visit(server)
        server.wait_for_status(sessions=0)
        server.signal(signal.SIGTERM)
        server.wait(5)
    assert not (tmp_path / store.FILE).exists()


def test_a_visit_in_use_when_the_console_ends_is_counted(tmp_path: Path) -> None:
    """The supervisor is stopped, as at a reboot or a restart of the unit."""
    (tmp_path / "kiosk.toml").write_text(ON)
    with Unattended(
        "--config", str(tmp_path / "kiosk.toml"),
        XDG_CACHE_HOME=str(tmp_path), STATE_DIRECTORY=str(tmp_path),
    ) as kiosk:  # fmt: skip
        kiosk.to_first_step()
        os.kill(kiosk.pid, signal.SIGTERM)
        kiosk.leave()
    numbers = counted(tmp_path)
    assert numbers["visits", "", ""] == 1
    assert numbers["stopped at step", "leaky-gut", "1"] == 1
