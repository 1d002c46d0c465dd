"""Textual driver of a POSIX terminal: filtered both ways; no queries, links, files, suspending."""

from __future__ import annotations

import asyncio
import contextlib
import os
import queue
import select
import signal
import termios
import threading
import time
from collections.abc import Callable
from typing import Any, BinaryIO, TextIO

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.geometry import Size

from kiosk.escape_sequences import GIVE_BACK
from kiosk.system.signals import ENDING, SIGNALLED
from kiosk.terminal.input import InputParser
from kiosk.terminal.output import bare, filtered
from kiosk.terminal.size import terminal_size
from kiosk.terminal.token_delivery import TokenDelivery

AT_ONCE = 4096
"""Bytes that are read at a time."""
MOST_WAITING = 512
"""Writes that wait for a terminal that does not read; then the terminal counts as gone."""
ENTER = "\x1b[?1049h\x1b[?1000h\x1b[?1002h\x1b[?1006h\x1b[?2004h\x1b[?7l\x1b[2J\x1b[?25h"
"""The other screen, touches and drags, pastes that are marked, no wrapping, nothing on it."""
_STOPPING = (signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU)


class TerminalDriver(Driver):
    """Textual driver of a POSIX terminal, for the app: it reads keys and touches from descriptor
    `source` and draws on descriptor `sink`, both through allow-lists.
    """

    source = 0
    sink = 1
    on_input: Callable[[], None] | None = None
    """Called whenever somebody pressed or touched something."""
    ending: tuple[int, ...] = ENDING
    """Signals that end the app; the terminal is given back first."""

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._encoding = str(getattr(app, "encoding", "utf-8"))
        self._parser = InputParser(self._encoding)
        self._delivery = TokenDelivery(self._loop, self.process_message, self._report_input)
        self._read_at = 0.0
        """The time of the read before the next one."""
        self._silence: asyncio.TimerHandle | None = None
        self._before: list[Any] | None = None
        self._writer = WriterThread(self.sink, self._cannot_write, self._encoding)
        self._listening = False
        self.ascii_only = bool(getattr(app, "ascii_only", False))
        """True if nothing but ASCII is drawn."""

    def write(self, data: str) -> None:
        """Queue `data`, filtered by the allow-list, for the writer; end the app if it is full."""
        drawn = filtered(data)
        if not self._writer.put(bare(drawn) if self.ascii_only else drawn):
            self._gone()

    def start_application_mode(self) -> None:
        """Take over the terminal: set raw input, handle its signals, clear it, have it painted."""
        for stopping in _STOPPING:
            signal.signal(stopping, signal.SIG_IGN)
        with contextlib.suppress(termios.error):
            self._before = termios.tcgetattr(self.source)
            termios.tcsetattr(self.source, termios.TCSANOW, _unedited(self._before))
        self._loop.add_signal_handler(signal.SIGWINCH, self.window_changed)
        for number in self.ending:
            self._loop.add_signal_handler(number, self._end, number)
        self._writer.start()
        self.write(ENTER)
        self.begin()
        self._loop.add_reader(self.source, self._readable)
        self._listening = True

    def begin(self) -> None:
        """Paint the terminal that was just taken over: tell the app its size, so that it draws."""
        self.resized()

    def disable_input(self) -> None:
        """Stop reading the terminal, and drop input that nobody has read."""
        if not self._listening:
            return
        self._listening = False
        self._loop.remove_reader(self.source)
        self._loop.remove_signal_handler(signal.SIGWINCH)
        self._delivery.stop()
        if self._silence is not None:
            self._silence.cancel()
        with contextlib.suppress(termios.error):
            termios.tcflush(self.source, termios.TCIFLUSH)

    def stop_application_mode(self) -> None:
        """Stop reading, clear what the app drew, and restore the terminal's modes."""
        self.disable_input()
        self.write(GIVE_BACK)
        self._writer.stop()
        if self._before is not None:
            with contextlib.suppress(termios.error):
                termios.tcsetattr(self.source, termios.TCSANOW, self._before)
        for number in self.ending:  # only now: a second signal would leave the terminal taken
            self._loop.remove_signal_handler(number)

    def open_url(self, url: str, new_tab: bool = True) -> None:
        """Open no link: nothing leads out of a visit."""

    def deliver_binary(self, binary: BinaryIO | TextIO, **_: Any) -> None:
        """Save no file: a visit leaves no trace."""

    def _readable(self) -> None:
        try:
            got = os.read(self.source, AT_ONCE)
        except BlockingIOError:
            return
        except OSError:
            got = b""
        if not got:
            self._gone()
            return
        now = time.monotonic()
        if letters := list(self._parser.letters_before(got)):
            self._delivery.send(letters, self._read_at)
        self._delivery.send(self._parser.feed(got), now)
        self._read_at = now
        self._wait_for_silence()

    def _wait_for_silence(self) -> None:
        """Tell the parser of silence when it asks for it."""
        if self._silence is not None:
            self._silence.cancel()
            self._silence = None
        seconds = self._parser.silence
        if seconds is not None:
            self._silence = self._loop.call_later(seconds, self._on_silence)

    def _on_silence(self) -> None:
        self._delivery.send(self._parser.rest(), self._read_at)
        self._wait_for_silence()

    def _report_input(self) -> None:
        if self.on_input is not None:
            self.on_input()

    def _cannot_write(self) -> None:
        """From the writer's thread: the terminal is gone."""
        with contextlib.suppress(RuntimeError):  # the loop has ended, too
            self._loop.call_soon_threadsafe(self._gone)

    def _end(self, number: int) -> None:
        """A signal ends the visit; the exit status tells of it as a shell would."""
        self.disable_input()
        self._app.exit(return_code=SIGNALLED + number)

    def _gone(self) -> None:
        """Nobody is at the other end any more: the visit ends."""
        self.disable_input()
        self._app.exit()

    def window_changed(self) -> None:
        """Lay the app out for the window's present size, and paint the whole page again.

        It is painted also if the size is the same: resized and resized back, a terminal may be
        blank.
        """
        self.resized()
        self._app.refresh(layout=True)

    def resized(self) -> None:
        """Tell the app the size that the terminal's window has now."""
        size = Size(*terminal_size(self.sink))
        self.send_message(events.Resize(size, size))


class WriterThread:
    """Thread that writes to a terminal: one that does not read cannot block the event loop."""

    def __init__(self, sink: int, failed: Callable[[], None], encoding: str = "utf-8") -> None:
        self._sink = sink
        self._encoding = encoding
        self._failed = failed
        self._waiting: queue.Queue[bytes | None] = queue.Queue(MOST_WAITING)
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Start the thread that writes."""
        self._thread.start()

    def put(self, text: str) -> bool:
        """Queue text to be written; return False if the queue is full."""
        if not text:
            return True
        try:
            self._waiting.put_nowait(text.encode(self._encoding, "replace"))
        except queue.Full:
            return False
        return True

    def stop(self, seconds: float = 1.0) -> None:
        """Write what is queued, for `seconds` at most, and end the thread."""
        with contextlib.suppress(queue.Full):
            self._waiting.put_nowait(None)
            if self._thread.is_alive():
                self._thread.join(seconds)

    def _run(self) -> None:
        try:
            while (data := self._waiting.get()) is not None:
                while data:
                    data = data[self._write(data) :]
        except OSError:
            self._failed()

    def _write(self, data: bytes) -> int:
        try:
            return os.write(self._sink, data)
        except BlockingIOError:  # somebody else made the terminal so
            select.select([], [self._sink], [], 1.0)
            return 0


def _unedited(attributes: list[Any]) -> list[Any]:
    """The terminal's attributes with each key handed over as it is, and none of them a signal."""
    changed = [*attributes[:6], [*attributes[6]]]
    changed[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
    changed[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
    changed[6][termios.VMIN] = 1
    changed[6][termios.VTIME] = 0
    return changed
