"""Ears for tests: what arrives at which second of a clock that only waiting moves."""

from __future__ import annotations

from kiosk.lines.conversation import Conversation
from kiosk.lines.line_source import EndOfInput, Interrupted
from kiosk.lines.loop import ConversationLoop
from tests.support.shipped import Clock, lines_port

INTERRUPT = b"INTERRUPT"
TO_THE_CAUTIONS = b"start\neasy\nsteps\n9\n1\n"
SILENCE = 60.0
"""Seconds between the last arrival and the end of input: time for what was kept to be checked."""
Arrival = tuple[float, bytes]


class Arrivals:
    """Hears each arrival at its second; then the input ends."""

    echoes = False

    def __init__(self, arrivals: list[Arrival], clock: Clock, sent_at: float = 0.0) -> None:
        self._sent_at = sent_at
        self._coming = list(arrivals)
        self._clock = clock

    def listen(self, seconds: float) -> bytes:
        if not self._coming:
            raise EndOfInput
        at, got = self._coming[0]
        if at > self._clock.now + seconds:
            self._clock.now += seconds
            return b""
        self._clock.now = max(at, self._clock.now)
        del self._coming[0]
        if got == INTERRUPT:
            raise Interrupted
        return got

    def read_rest(self) -> bytes:
        return b""

    def is_sending(self) -> bool:
        return self._clock.now < self._sent_at

    def stop_listening(self) -> None:
        pass

    def drop(self) -> None:
        pass


def printed_for(
    arrivals: list[Arrival], *, before: bytes = TO_THE_CAUTIONS, sent_at: float = 0.0
) -> str:
    """All that is printed while this input arrives, from the first caution on.

    Until `sent_at` the line is stopped.
    """
    last = (max((at for at, _ in arrivals), default=0.0) + SILENCE, b"\n")
    clock = Clock()
    port = lines_port(clock)
    out: list[str] = []
    conversation = Conversation(port, lambda row: out.append(f"{row}\n"))
    ConversationLoop(
        conversation, Arrivals([(0.0, before), *arrivals, last], clock, sent_at), out.append, clock
    ).run()
    return "".join(out)
