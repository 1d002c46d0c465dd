"""Line sessions may be read slowly."""

from __future__ import annotations

import time
from pathlib import Path

from tests.support.terminal.kiosk_server import AttachedTerminal, KioskServer


def test_a_line_session_survives_a_pause_with_ctrl_s(tmp_path: Path) -> None:
    with KioskServer(tmp_path / "server") as server, AttachedTerminal(server, "plain") as kiosk:
        kiosk.wait("START")
        kiosk.press("\x13")  # Ctrl+S pauses the output of a terminal in line mode; people read so
        kiosk.press("1\n")
        time.sleep(20)
        kiosk.press("\x11")
        kiosk.wait("Which best describes you?")
        assert server.status()["crashed"] == 0
