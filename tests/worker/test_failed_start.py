"""A fork server that fails while it starts says why, and a visit says where it failed."""

from __future__ import annotations

import json
import socket
import subprocess
import sys

import pytest

from kiosk.errors import raised_at

START = """
import sys
from kiosk.worker import main as worker
def planted(*_, **__):
    raise {error}
worker.VisitTemplate.__init__ = planted
worker.main(sys.argv[1])
"""


@pytest.mark.parametrize("error", ["TypeError('planted')", "SystemExit(3)", "KeyboardInterrupt()"])
def test_a_fork_server_that_fails_at_start_prints_a_traceback_and_exits_with_1(error: str) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        script = f"import os; os.dup2({theirs.fileno()}, 3)\n" + START.format(error=error)
        done = subprocess.run(
            [sys.executable, "-c", script, json.dumps({"size": [80, 24]})],
            pass_fds=[theirs.fileno()], capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" in done.stderr
    assert error.partition("(")[0] in done.stderr
    assert "in planted" in done.stderr


def test_where_an_error_was_raised_is_reported_without_its_message() -> None:
    try:
        int("my secret question")
    except ValueError as error:
        where = raised_at(error)
    assert where.startswith("ValueError test_failed_start.py:")
    assert "secret" not in where
    assert raised_at(None) == ""
    assert raised_at(KeyError("secret")) == "KeyError"
