"""A page printed from the sandbox of an unattended visit, by a real CUPS."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.support.sheets.cups import QUEUE, Cups
from tests.support.terminal.unattended import Unattended, is_in_memory

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not Path("/usr/sbin/cupsd").exists() or os.geteuid() != 0,
        reason="needs cupsd, and root to start it",
    ),
]


def settings_for(cups: Cups, folder: Path) -> Path:
    file = folder / "kiosk.toml"
    file.write_text(f'[take-home]\nprinter = "{QUEUE}"\nprint-server = "{cups.server}"\n')
    return file


def test_a_visit_without_files_sockets_and_programs_prints_its_page_and_goes_on(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("print")
    with Cups(folder) as cups, Unattended("--config", str(settings_for(cups, folder))) as kiosk:
        kiosk.to_first_step()
        kiosk.press("t")
        kiosk.wait("Take it with you")
        kiosk.press("5")
        kiosk.wait("Your list is empty")
        kiosk.press("2")
        kiosk.wait("Your question:")
        kiosk.press("is bread fine for xyzzy?")
        kiosk.wait("Put it on my list")
        kiosk.press("\r")
        kiosk.wait("It is on your list")
        kiosk.press("b")
        kiosk.wait("Print it")
        kiosk.press("1")
        kiosk.wait("It is printed", 60)
        assert len(cups.papers()) == 1
        assert not cups.jobs()
        assert not cups.spooled()
        words = subprocess.run(
            ["pdftotext", str(cups.papers()[0]), "-"], capture_output=True, text=True, check=True
        ).stdout
        assert "is bread fine for xyzzy?" in words

        cups.run("cupsdisable", QUEUE)
        kiosk.press("b")
        kiosk.wait("Print it")
        kiosk.press("1")
        kiosk.wait("The printer has stopped", 60)
        assert not cups.jobs()
        assert not cups.spooled()
        kiosk.press("b")
        kiosk.wait("Take it with you")
        kiosk.press("b")
        kiosk.wait("Step 1 of 10")

        kiosk.press("o")
        kiosk.wait("Start over?")
        kiosk.press("1")
        kiosk.wait("START")
        assert not any(is_in_memory(pid, b"for xyzzy") for pid in kiosk.process_tree())
