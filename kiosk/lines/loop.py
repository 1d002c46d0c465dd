"""Main loop of the line-by-line front end: prompts, reads lines for a conversation, and throws away
what was typed before a caution could be read.
"""

from __future__ import annotations

from collections.abc import Callable

from kiosk.lines.conversation import Conversation
from kiosk.lines.line_source import EndOfInput, Interrupted, LineBuffer, LineSource
from kiosk.lines.parse import cleaned

PROMPT = ">"
TICK = 5.0
"""Seconds between looks at the time while nothing is typed."""
SENDING = 0.2
"""Seconds between looks whether a slow line has sent a page."""
SILENCE_TIMEOUT = 30.0
"""Seconds that silence is waited for: an input that never falls silent is no person."""


class ConversationLoop:
    """Main loop of the line-by-line front end: prompts for lines, hands them to the conversation,
    and drops what is typed while a page must be read first.

    Args:
        conversation: prints the pages, and acts on the lines.
        source: reads what is typed.
        write: prints a text at once, without adding a line end.
        clock: returns the time in seconds, from the clock that the port uses.
        lines: buffer that makes lines from the bytes read; for None, one of UTF-8.
        repeats: whether a typed line that the source does not show (`echoes` is False) is printed,
            so that the output is a whole transcript. Of no use for `ssh -T`: there the reader's
            own terminal shows the line, and speech would read it twice.
    """

    def __init__(
        self,
        conversation: Conversation,
        source: LineSource,
        write: Callable[[str], None],
        clock: Callable[[], float],
        *,
        lines: LineBuffer | None = None,
        repeats: bool = True,
    ) -> None:
        self._conversation = conversation
        self._source = source
        self._write = write
        self._clock = clock
        self._lines = lines or LineBuffer()
        self._repeats = repeats
        self._over = False
        """True if the input has ended; what is left of it still counts."""

    def run(self) -> None:
        """Print pages and handle typed lines until the reader, or the end of the input, ends the
        conversation. Lets Terminated and OSError through.
        """
        self._conversation.begin()
        while not self._conversation.ended:
            if self._settle():
                self._conversation.ask()
                self._next_answer()

    def _next_answer(self) -> None:
        """Prompt, and hand on one line."""
        self._write(PROMPT if self._repeats and not self._source.echoes else f"{PROMPT} ")
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
                self._source.drop()
                self._conversation.follow()
            return
        if self._conversation.is_question(line):
            line = self._with_rest(line)
        if not self._source.echoes:
            self._write(f" {cleaned(line)}".rstrip() + "\n" if self._repeats else "\n")
        self._conversation.handle_line(line)

    def _with_rest(self, line: str) -> str:
        """A question with all that was pasted with it: its first line may ask something else."""
        try:
            self._lines.feed(self._source.read_rest())
        except Interrupted:
            return line
        if not self._source.echoes:
            return line
        return f"{line} {self._lines.join()}".strip()

    def _next_line(self) -> str | None:
        """The next line; None at the end of input, or where time has turned the page."""
        while True:
            line = self._lines.take()
            if line is not None:
                return line
            if self._over:
                return self._lines.take_rest()
            try:
                got = self._source.listen(TICK)
            except EndOfInput:
                self._over = True
                continue
            if got:
                self._lines.feed(got)
            elif self._conversation.tick():
                return None

    def _settle(self) -> bool:
        """Drop input until an answer to the page can be one.

        The page stands its time from when a slow line has sent it. False where the talk is over, or
        time has turned the page.
        """
        settling = self._conversation.settling
        if settling is None:
            return True
        dwell, quiet = settling
        began = self._clock()
        last_at = began
        if dropped := self._lines.clear():
            self._conversation.dropped()
        self._source.stop_listening()
        while (wait := max(began + dwell, last_at + quiet) - self._clock()) > 0:
            if self._source.is_sending():
                began, wait = self._clock(), SENDING
                if self._conversation.tick():
                    self._source.drop()
                    self._conversation.follow()
                    return False
            if self._clock() - began > SILENCE_TIMEOUT:
                self._conversation.flood()
                return False
            try:
                if self._source.listen(wait):
                    last_at = self._clock()
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
        self._source.drop()
        return True
