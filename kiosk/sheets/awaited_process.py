"""Start the process that saves a sheet on Windows, and wait for its answer in a thread.

Windows has no `posix_spawn`, and its event loop cannot watch a pipe.
"""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Callable
from functools import partial

LONGEST = 60.0
"""Seconds within which a sheet must have been saved; then the process is ended."""
MOST_ANSWER = 4096
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""Windows would open a console for the process, over the page."""

Answered = Callable[[str, str], None]


def hand_over(command: list[str], data: bytes, answered: Answered) -> None:
    """Start the process that saves a sheet, with `data` (the sheet) as its standard input, and call
    `answered(word, path)` with its answer: a value of SheetResult, and the path of the saved file,
    if any.

    Where an event loop runs, `answered` is called later, in that loop; elsewhere before this
    returns. Both texts are empty where the process could not be started, or did not end within 60
    s.
    """
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        answered(*_run(command, data))
        return
    waiting = loop.run_in_executor(None, partial(_run, command, data))
    waiting.add_done_callback(lambda done: answered(*done.result()))


def _run(command: list[str], data: bytes) -> tuple[str, str]:
    try:
        done = subprocess.run(
            command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=LONGEST, check=False, creationflags=_NO_WINDOW,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return "", ""
    said = done.stdout[:MOST_ANSWER].decode("utf-8", "replace").strip()
    word, _, where = said.partition("\t")
    return word, where
