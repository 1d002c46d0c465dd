"""Run visits line by line over standard input and output: puts together the line source, the
conversation and its loop.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.core.port import Port
from kiosk.lines.conversation import Conversation
from kiosk.lines.line_source import LineBuffer, Terminated
from kiosk.lines.loop import ConversationLoop
from kiosk.lines.render import to_ascii
from kiosk.system.signals import SIGNALLED
from kiosk.typed_text import encoding_of, is_unicode

if TYPE_CHECKING:
    from kiosk.lines.console_input import ConsoleInput
    from kiosk.lines.stdin import StandardInput


def run_lines(
    port: Port,
    clock: Callable[[], float],
    *,
    width: int,
    pause: int,
    ascii_only: bool,
    is_owner: bool = True,
) -> int:
    """Run visits line by line on standard input and output until the reader or a signal ends them;
    return the process's exit status.

    Args:
        port: of the visits.
        clock: returns seconds, on the same clock as the port's.
        width: the longest row, in cells.
        pause: the number of rows after which a long page waits for Enter; 0 for never.
        ascii_only: whether to print ASCII alone, which is done anyway if the output's encoding is
            not a Unicode one.
        is_owner: True if this process owns the terminal, restores its modes and shows typed text;
            False if another process has handed the terminal over and does that.
    """
    gc.freeze()
    gc.enable()
    encoding = encoding_of(sys.stdout)
    is_ascii = ascii_only or not is_unicode(encoding)

    def write(text: str) -> None:
        sys.stdout.write(to_ascii(text) if is_ascii else text)
        sys.stdout.flush()

    conversation = Conversation(
        port,
        lambda row: write(f"{row}\n"),
        width=width,
        pause=pause,
        spelt=to_ascii if is_ascii else str,
    )
    try:
        with standard_input(is_owner=is_owner) as source:
            ConversationLoop(
                conversation, source, write, clock, lines=LineBuffer(encoding), repeats=is_owner
            ).run()
    except Terminated as ended:
        return SIGNALLED + ended.number
    except OSError as error:  # nobody is listening any more, or there is no room for what is told
        if is_owner and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise  # somebody is there, and is told why
        with contextlib.suppress(OSError):  # a visit that has given up files opens none
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1 if is_owner else 0  # as any command whose output nobody reads to the end
    return 0


def standard_input(*, is_owner: bool) -> StandardInput | ConsoleInput:
    """Return this process's standard input as a line source: a StandardInput on POSIX, a
    ConsoleInput on Windows. `is_owner` is whether this process must restore the terminal's modes.
    """
    try:
        from kiosk.lines.stdin import StandardInput
    except ImportError:  # there is no `termios`
        from kiosk.lines.console_input import ConsoleInput

        return ConsoleInput()
    return StandardInput(is_owner=is_owner)
