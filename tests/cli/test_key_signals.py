"""Keys that are signals neither end nor stop an unattended kiosk that is starting."""

from __future__ import annotations

import subprocess
import sys

import pytest

PRESSED = "[os.kill(os.getpid(), number) for number in key_signals.KEY_SIGNALS]"


def outcome(code: str) -> tuple[int, str]:
    """Run code in a process of its own; return its status and its output."""
    done = subprocess.run(
        [sys.executable, "-c", f"import os, signal, sys\n{code}"],
        capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout


def test_until_the_command_is_known_keys_end_nothing() -> None:
    status, output = outcome(
        "import kiosk.__main__, kiosk.cli.main\n"
        "from kiosk.cli import key_signals\n"
        f"kiosk.cli.main.main = lambda _: [{PRESSED}, os.write(1, b'alive')] and 0\n"
        "sys.argv = ['kiosk', 'run', '--unattended']\n"
        "sys.exit(kiosk.__main__.main())\n"
    )
    assert (status, output) == (0, "alive")


def test_at_an_unattended_kiosk_they_are_ignored_for_good_also_after_execve() -> None:
    status, output = outcome(
        "from kiosk.cli import key_signals\n"
        f"key_signals.block(); {PRESSED}; key_signals.ignore(); {PRESSED}\n"
        "code = 'import os, signal; from kiosk.cli import key_signals; '\n"
        f"code += {PRESSED!r} + '; print(signal.pthread_sigmask(signal.SIG_BLOCK, ()))'\n"
        "os.execv(sys.executable, [sys.executable, '-c', code])\n"
    )
    assert (status, output) == (0, "set()\n")


@pytest.mark.parametrize(("name", "status"), [("SIGINT", 130), ("SIGQUIT", -3)])
def test_any_other_command_is_ended_by_a_key_that_waited(name: str, status: int) -> None:
    code = (
        "from kiosk.cli import key_signals, main\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a job that was put into
        "signal.signal(signal.SIGQUIT, signal.SIG_DFL)\n"  # the background ignores both
        "key_signals.block()\n"
        f"os.kill(os.getpid(), signal.{name})\n"
        "sys.exit(main.main(['pin']))\n"
    )
    assert outcome(code)[0] == status
