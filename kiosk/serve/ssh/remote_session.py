"""Session of a remote client: opens a terminal and has a worker run on it, relays bytes, and ends
the session at its time limits.

It knows no network protocol: `handlers` passes on what an SSH client sent, and is the
`ClientChannel` on which to answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from kiosk import fallback_messages
from kiosk.escape_sequences import (
    GIVE_BACK,
    NO_CURSOR,
    RESET_CONSOLE_PALETTE,
    RESET_PALETTE,
)
from kiosk.serve.pool.session import EndReason, Refusal, Refused, Session, SessionRequest
from kiosk.serve.pool.session_manager import SessionManager
from kiosk.serve.ssh import pty
from kiosk.serve.ssh.confirmation import StalledLine
from kiosk.serve.ssh.pty import TerminalFds, open_pipes, open_terminal
from kiosk.serve.ssh.relay import ByteRelay
from kiosk.serve.terminal_info import known_term
from kiosk.window_size import clamp_size

RESIZE_DELAY = 0.03
"""Seconds within which several sizes count as one: a window that is dragged has a hundred."""
RESIZE_INTERVAL = 0.25
"""Seconds between two sizes at least: for each the worker draws the page again."""


class ClientChannel(Protocol):
    """Interface of a `RemoteSession`'s channel to its client: sends bytes, pauses input, tells when
    output has arrived, and ends with an exit status. `handlers` has the one for SSH.
    """

    def write(self, data: bytes) -> None:
        """Send these bytes to the client's screen."""
        ...

    def set_receiving(self, may_send: bool) -> None:
        """Let the client send input (True), or have it wait (False)."""
        ...

    def confirm(self, on_taken: Callable[[], None]) -> None:
        """Call `on_taken` later, when the client's program has taken all that was sent so far."""
        ...

    def exit(self, status: int) -> None:
        """Send the session's exit status to the client, and end the channel after what was sent
        before.
        """
        ...

    def abort(self) -> None:
        """Close the connection at once, without a last message: the client
        reads nothing any more.
        """
        ...


@dataclass(frozen=True)
class ChannelRequest:
    """Request of a client as its session begins: a terminal of some size or none, the kind of
    terminal, and options of the visit.
    """

    size: tuple[int, int] | None
    """Columns and rows; None where it asked for no terminal."""
    term: str
    """The terminal's name for its own kind (TERM)."""
    options: Mapping[str, str]
    """Options that each visit begins with, by `protocol.OPTION_KEYS`."""


class RemoteSession:
    """Session of one remote client, from what the client asked for (`begin`) to its exit status.

    Args:
        sessions: opens the session of a worker.
        channel: the channel to the client.
        write_timeout: seconds after which the session ends if the client reads nothing.
        max_time: seconds that the session may last in all; 0 for no limit.
    """

    def __init__(
        self,
        sessions: SessionManager,
        channel: ClientChannel,
        *,
        write_timeout: float,
        max_time: float,
    ) -> None:
        self._sessions = sessions
        self._channel = channel
        self._write_timeout = write_timeout
        self._max_time = max_time
        self._loop = asyncio.get_running_loop()
        self._fds: TerminalFds | None = None
        self._has_terminal = False
        self._relay: ByteRelay | None = None
        self._line: StalledLine | None = None
        self._session: Session | None = None
        self._next_size: tuple[int, int] | None = None
        """The size that the terminal is about to have."""
        self._resized_at = float("-inf")
        self._end_reason: EndReason | None = None
        self._is_unread = False
        """True if it ends because the client read nothing."""
        self._goodbye = b""
        """Gives the client its terminal back."""
        self._is_closed = False
        self._timers: dict[str, asyncio.TimerHandle] = {}

    def begin(self, asked: ChannelRequest) -> None:
        """Open a terminal or pipes, as the client asked, and a session with a worker on them;
        raises Refused if the server is full or closing.
        """
        term = known_term(asked.term)
        options = dict(asked.options)
        self._has_terminal = asked.size is not None
        if not self._has_terminal or term in NO_CURSOR:
            options["presentation"] = "lines"
        is_drawn = options.get("presentation") != "lines"
        size = clamp_size(*(asked.size or (0, 0)))
        try:
            fds = open_terminal(size, is_raw=is_drawn) if self._has_terminal else open_pipes()
        except OSError as error:  # there are no more descriptors, or no more terminals
            raise Refused(Refusal.FULL) from error
        self._line = StalledLine(self._channel.confirm, self._loop)
        request = SessionRequest(fds.source, fds.sink, size, term, options, self._line.page_drawn)
        try:
            self._session = self._sessions.open_session(request, self._ended)
        except OSError as error:  # there are no descriptors to duplicate these
            fds.close_our_side()
            raise Refused(Refusal.FULL) from error
        except Refused:
            fds.close_our_side()
            raise
        finally:
            fds.close_worker_side()
        if is_drawn:
            palette = RESET_CONSOLE_PALETTE if term == "linux" else RESET_PALETTE
            self._goodbye = (GIVE_BACK + palette).encode()
        self._fds = fds
        self._relay = ByteRelay(fds, self._channel.write, self._channel.set_receiving, self._loop)
        if self._max_time:
            self._start_timer(self._max_time, "max time", self.close, EndReason.TOO_LONG)

    # -- what the client does

    def data_received(self, data: bytes) -> None:
        """Pass the client's input on to the worker. Input that was sent before the caution in view
        can have been seen is dropped.
        """
        if self._relay is not None and (self._line is None or self._line.may_pass()):
            self._relay.data_received(data)

    def eof_received(self) -> None:
        """End the worker's input, as the client sends nothing more; the session goes on until the
        worker ends.
        """
        if self._relay is not None:
            self._relay.eof_received()

    def resized(self, columns: int, rows: int) -> None:
        """Give the terminal the new size of the client's window, a moment later: of several changes
        in a row only the last counts.
        """
        before, self._next_size = self._next_size, clamp_size(columns, rows)
        if before is None and self._has_terminal and not self._is_closed:
            delay = self._resized_at + RESIZE_INTERVAL - self._loop.time()
            self._start_timer(max(RESIZE_DELAY, delay), "resize", self._resize)

    def pause_writing(self) -> None:
        """Stop sending to the client, which does not read, so that the worker waits. After the
        write timeout the session ends.
        """
        if self._relay is not None:
            self._relay.pause_reading()
            self._start_timer(self._write_timeout, "write", self._write_timed_out)

    def resume_writing(self) -> None:
        """Send the worker's output to the client again, after `pause_writing`."""
        self._cancel_timer("write")
        if self._relay is not None:
            self._relay.resume_reading()

    def connection_lost(self) -> None:
        """End the session and close its terminal, as the client is gone."""
        self.close(EndReason.CLOSED)
        self._close()

    # -- how it ends

    def close(self, reason: EndReason) -> None:
        """End the session: the worker is killed, then the client is sent a sentence for the reason,
        and the exit status. The first reason given is the one that counts.
        """
        self._end_reason = self._end_reason or reason
        if self._session is not None:
            self._session.close()

    def _write_timed_out(self) -> None:
        self._is_unread = True
        self.close(EndReason.CLOSED)

    def _ended(self, reason: EndReason) -> None:
        """Tell the client why the session has ended."""
        reason = self._end_reason or reason
        if self._is_closed:
            return
        if self._relay is not None:
            self._relay.drain()
        self._close()
        if self._is_unread:
            self._channel.abort()
            return
        sentence = fallback_messages.ENDED.get(reason, "")
        line_end = "\r\n" if self._has_terminal else "\n"
        self._channel.write(self._goodbye + (sentence + line_end if sentence else "").encode())
        self._channel.exit(0 if reason is EndReason.LEFT else 1)

    def _resize(self) -> None:
        size, self._next_size = self._next_size, None
        self._resized_at = self._loop.time()
        if size is not None and self._fds is not None and self._session is not None:
            pty.resize(self._fds.read, size)
            self._session.resized()

    def _close(self) -> None:
        if self._is_closed:
            return
        self._is_closed = True
        for name in list(self._timers):
            self._cancel_timer(name)
        if self._relay is not None:
            self._relay.close()
        if self._line is not None:
            self._line.close()
        self._relay = self._fds = self._session = self._line = None

    def _start_timer(
        self, seconds: float, name: str, callback: Callable[..., None], *args: EndReason
    ) -> None:
        self._cancel_timer(name)
        self._timers[name] = self._loop.call_later(seconds, callback, *args)

    def _cancel_timer(self, name: str) -> None:
        if timer := self._timers.pop(name, None):
            timer.cancel()
