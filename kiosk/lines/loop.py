"""Drives a conversation: prompts, waits, drops what came too early, ends."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.lines.conversation import Conversation
from kiosk.lines.parse import cleaned
from kiosk.lines.stdin import EndOfInput, Interrupted, LineBuffer, LineSource

PROMPT = ">"
TICK = 5.0
"""Seconds between looks at the time while nothing is typed."""
PATIENCE = 30.0
"""Seconds that silence is waited for: an input that never falls silent is no person."""


class ConversationLoop:
    """One conversation between a port's visits and whoever is heard.

    Args:
        conversation: what is told and understood.
        ears: where lines come from.
        write: puts text out at once, as it is.
        clock: seconds, on the port's own clock.
    """

    def __init__(
        self,
        conversation: Conversation,
        ears: LineSource,
        write: Callable[[str], None],
        clock: Callable[[], float],
    ) -> None:
        self._conversation = conversation
        self._ears = ears
        self._write = write
        self._clock = clock
        self._lines = LineBuffer()
        self._over = False
        """Whether the input has ended; what is left of it is still heard."""

    def run(self) -> None:
        """Talk until somebody ends it."""
        self._conversation.begin()
        while not self._conversation.ended:
            if self._settle():
                self._conversation.ask()
                self._one_answer()

    def _one_answer(self) -> None:
        """Prompt, and hand on one line."""
        self._write(f"{PROMPT} " if self._ears.echoes else PROMPT)
        try:
            line = self._next_line()
        except Interrupted:
            self._write("\n")
            self._conversation.interrupt()
            return
        if line is None:
            self._write("\n")
            if self._over:
                self._conversation.end()
            else:
                self._lines.clear()
                self._ears.drop()
                self._conversation.follow()
            return
        if not self._ears.echoes:
            self._write(f" {cleaned(line)}".rstrip() + "\n")
        self._conversation.handle_line(line)

    def _next_line(self) -> str | None:
        """The next line; None at the end of input, or where time has turned the page."""
        while True:
            line = self._lines.take()
            if line is not None:
                return line
            if self._over:
                return self._lines.take_rest()
            try:
                got = self._ears.listen(TICK)
            except EndOfInput:
                self._over = True
                continue
            if got:
                self._lines.feed(got)
            elif self._conversation.tick():
                return None

    def _settle(self) -> bool:
        """Drop input until an answer to the page can be one; False where the talk is over."""
        settling = self._conversation.settling
        if settling is None:
            return True
        dwell, quiet = settling
        began = self._clock()
        heard_at = began
        if dropped := self._lines.clear():
            self._conversation.dropped()
        self._ears.stop_listening()
        while (wait := max(began + dwell, heard_at + quiet) - self._clock()) > 0:
            if self._clock() - began > PATIENCE:
                self._conversation.flood()
                return False
            try:
                if self._ears.listen(wait):
                    heard_at = self._clock()
                    if not dropped:
                        self._conversation.dropped()
                    dropped = True
            except Interrupted:
                self._conversation.interrupt()
                if self._conversation.ended:
                    return False
            except EndOfInput:
                self._over = True
                self._conversation.end()
                return False
        self._ears.drop()
        return True
