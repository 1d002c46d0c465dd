"""A conversation over this process's standard input and output."""

from __future__ import annotations

import codecs
import contextlib
import gc
import os
import sys
from collections.abc import Callable

from kiosk.core.port import Port
from kiosk.lines.ascii_text import to_ascii
from kiosk.lines.conversation import Conversation
from kiosk.lines.loop import ConversationLoop
from kiosk.lines.stdin import StandardInput


def run_lines(
    port: Port, clock: Callable[[], float], *, width: int, pause: int, ascii_only: bool
) -> int:
    """Tell the port's visits until somebody ends it; the exit status.

    Args:
        port: the visits.
        clock: seconds, on the port's own clock.
        width: the longest row, in characters.
        pause: rows after which a long page waits for Enter; 0 for never.
        ascii_only: whether to write ASCII; where the output can carry no more, it is anyway.
    """
    gc.freeze()
    gc.enable()
    bare = ascii_only or not codecs.lookup(sys.stdout.encoding or "ascii").name.startswith("utf")

    def write(text: str) -> None:
        sys.stdout.write(to_ascii(text) if bare else text)
        sys.stdout.flush()

    conversation = Conversation(
        port,
        lambda row: write(f"{row}\n"),
        width=width,
        pause=pause,
        spelt=to_ascii if bare else str,
    )
    try:
        with StandardInput() as ears:
            ConversationLoop(conversation, ears, write, clock).run()
    except OSError:  # nobody is listening any more, or there is no room for what is told
        with contextlib.suppress(OSError):  # a visit that has given up files opens none
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
