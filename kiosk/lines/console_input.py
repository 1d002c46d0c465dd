"""Standard input as typed lines on Windows, where no wait for console input can have a timeout: a
thread reads, and Ctrl+C is noticed while waiting.
"""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading
from contextlib import suppress
from importlib import import_module
from types import TracebackType

from kiosk.lines.line_source import LONGEST, EndOfInput, Interrupted, Terminated
from kiosk.system.signals import existing

_ASKING = existing(("SIGINT",))
_ENDING = existing(("SIGTERM", "SIGBREAK"))
_PAUSE = 0.2
"""Seconds after which a wait looks whether Ctrl+C came: on Windows no signal ends a wait."""
_TOGETHER = 0.05
"""Seconds within which the lines of a paste follow each other."""


class ConsoleInput:
    """Line source for Windows: the process's standard input, read by a thread that starts when the
    `with` block is entered; inside the block Ctrl+C raises Interrupted from `listen`.

    The console edits each line and always shows what is typed, even what `drop()` throws away
    later.
    """

    def __init__(self) -> None:
        self._fd = sys.stdin.fileno() if sys.stdin else os.open(os.devnull, os.O_RDONLY)
        self.echoes = os.isatty(self._fd)
        self._read: queue.Queue[bytes] = queue.Queue(1)
        """One piece at a time: the rest stays with the console, where it can be dropped."""
        self._is_over = False
        self._is_interrupted = False

    def __enter__(self) -> ConsoleInput:
        self._handlers = {number: signal.signal(number, self._interrupt) for number in _ASKING}
        self._handlers |= {number: signal.signal(number, _terminate) for number in _ENDING}
        threading.Thread(target=self._run, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        for number, handler in self._handlers.items():
            signal.signal(number, handler)

    def listen(self, seconds: float) -> bytes:
        """Wait up to `seconds` for typed input; return the bytes that came, empty if none did.

        Raises:
            Interrupted: Ctrl+C was pressed.
            EndOfInput: nothing more can come.
        """
        left = max(0.0, seconds)
        while True:
            if self._is_interrupted:
                self._is_interrupted = False
                raise Interrupted
            with suppress(queue.Empty):
                got = self._read.get(timeout=min(left, _PAUSE) or 0.001)
                if not got:
                    self._is_over = True
                    raise EndOfInput
                return got
            if self._is_over:
                raise EndOfInput
            left -= _PAUSE
            if left <= 0:
                return b""

    def read_rest(self) -> bytes:
        """Return the bytes of lines that were pasted together with the last line; empty if there
        are none. A line without its line end is not among them: it stays in the console's editor.
        Raises Interrupted where Ctrl+C was pressed meanwhile.
        """
        got = b""
        with suppress(EndOfInput):
            while len(got) < LONGEST and (chunk := self.listen(_TOGETHER)):
                got += chunk
        return got

    def stop_listening(self) -> None:
        """Do nothing: a Windows console cannot be kept from showing what is typed while a page must
        be read. `drop()` throws that input away later.
        """

    def is_sending(self) -> bool:
        """Return False: a Windows console shows printed text at once, so none waits to be sent."""
        return False

    def drop(self) -> None:
        """Throw away what has been typed and not read. Do nothing where standard input is no
        console.
        """
        if not self.echoes:
            return
        with suppress(queue.Empty):
            while self._read.get(timeout=_TOGETHER):
                pass  # the thread may have read one more already
            self._is_over = True
        with suppress(ImportError):
            console = import_module("msvcrt")
            while console.kbhit():
                console.getwch()

    def _run(self) -> None:
        got = b"?"
        while got:
            try:
                got = os.read(self._fd, LONGEST)
            except OSError:  # the console is gone
                got = b""
            self._read.put(got)

    def _interrupt(self, *_: object) -> None:
        self._is_interrupted = True


def _terminate(number: int, _: object) -> None:
    """Leave whatever is being done; nothing after it may stop the end."""
    for other in _ENDING:
        signal.signal(other, signal.SIG_IGN)
    raise Terminated(number)
