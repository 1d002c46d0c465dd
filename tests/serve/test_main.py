"""The end of the server's process."""

from __future__ import annotations

import subprocess
import sys

STOPPING = """
import asyncio, os, signal, sys
from asyncio.selector_events import BaseSelectorEventLoop
from kiosk.serve.main import ignore_late_signals
from kiosk.serve.spawn import reap_children

close = BaseSelectorEventLoop._close_self_pipe

def close_and_lose_a_child(loop):
    close(loop)
    os.kill(os.getpid(), signal.SIGCHLD)  # a fork server dies at the worst moment
    os.kill(os.getpid(), signal.SIGTERM)  # and systemd asks once more

BaseSelectorEventLoop._close_self_pipe = close_and_lose_a_child

async def serve():
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGCHLD, reap_children)
    loop.add_signal_handler(signal.SIGTERM, print)
    loop.add_signal_handler(signal.SIGUSR2, print)
    {ignore}

asyncio.run(serve())
os.kill(os.getpid(), signal.SIGUSR2)  # an upgrade takes itself back, too late
"""


def stopped(ignore: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-c", STOPPING.format(ignore=ignore)],
        capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    return done.returncode, done.stderr


def test_a_signal_while_the_event_loop_closes_is_no_traceback_and_no_failure() -> None:
    assert stopped("ignore_late_signals()") == (0, "")


def test_without_that_it_would_be_one() -> None:
    """What asyncio does by itself, so that the test above is known to test something."""
    assert "wakeup fd" in stopped("pass")[1]
