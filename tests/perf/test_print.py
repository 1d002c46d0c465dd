"""How fast keys are answered while a page of the same visit is made and printed."""

from __future__ import annotations

import os
import select
import statistics
import time
from pathlib import Path

import pytest

from tests.support.sheets.cups import QUEUE, Cups
from tests.support.terminal.unattended import UndrawnKiosk
from tests.support.timing import check_time

pytestmark = [
    pytest.mark.second_tier,
    pytest.mark.timed,
    pytest.mark.skipif(
        not Path("/usr/sbin/cupsd").exists() or os.geteuid() != 0,
        reason="needs cupsd, and root to start it",
    ),
]

DOWN, UP = "\x1b[B", "\x1b[A"


def answered(kiosk: UndrawnKiosk, key: str) -> float:
    """Press a key; the seconds until the screen changes."""
    began = time.perf_counter()
    kiosk.send(key)  # `press` would look at the page first
    ready, _, _ = select.select([kiosk.fd], [], [], 10)
    took = time.perf_counter() - began
    assert ready
    while select.select([kiosk.fd], [], [], 0.02)[0]:
        os.read(kiosk.fd, 65536)
    return took


def test_keys_are_answered_in_50_ms_while_a_page_prints(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("print")
    config = folder / "kiosk.toml"
    with Cups(folder) as cups:
        config.write_text(f'[take-home]\nprinter = "{QUEUE}"\nprint-server = "{cups.server}"\n')
        (cups.printer / "hold").touch()
        with UndrawnKiosk(folder, "--config", str(config)) as kiosk:
            kiosk.read_until(b"START")
            for key, marker in (("1", b"medical words"), ("1", b"Step 1"), ("t", b"Print it")):
                kiosk.look()
                kiosk.press(key)
                kiosk.read_until(marker)
            kiosk.look()
            kiosk.press("1")
            kiosk.read_until(b"One moment")
            kiosk.look()
            kiosk.press("b")
            kiosk.read_until(b"Print it")
            took = [answered(kiosk, key) for _ in range(20) for key in (DOWN, UP)]
            assert cups.jobs()
            assert not cups.papers()
            (cups.printer / "hold").unlink()
    print(f"\nkeys while a page prints: median {statistics.median(took) * 1000:.0f} ms")
    check_time(max(took), 0.05, "the slowest key while a page prints")
