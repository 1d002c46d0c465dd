"""Starts the line-by-line front end on this process's standard input and output, for visits until
somebody ends them.
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
    """Run visits line by line on standard input and output until somebody ends them; return the
    exit status: 0, 128 plus the number of the signal that ended them, or 1 where nobody reads the
    output.

    Raises OSError where the file that the output goes to has no room left.

    Args:
        port: what runs the visits.
        clock: returns the time in seconds, from the clock that the port uses.
        width: the longest row, in cells.
        pause: rows after which a long page waits for Enter; 0 for never.
        ascii_only: whether to write ASCII only; an output whose encoding is not of the UTF family
            gets ASCII in any case.
        is_owner: whether this process has to leave the terminal as it was. False where another
            process does that and shows what is typed; then closed or full output gives status 0.
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
    """Return a line source of this process's standard input, to be entered with `with`:
    StandardInput on POSIX, ConsoleInput on Windows. `is_owner`: whether this process, not another,
    has to leave the terminal as it was; on Windows of no effect.
    """
    try:
        from kiosk.lines.stdin import StandardInput
    except ImportError:  # there is no `termios`
        from kiosk.lines.console_input import ConsoleInput

        return ConsoleInput()
    return StandardInput(is_owner=is_owner)
