"""Whole visits as text files: what was told, and after "> " what was typed at that prompt.

A file in `visits/` is the exact transcript. To write a new one, put down only the typed lines, each
after "> ", and run `python -m tests.support.transcripts`: it fills in what is told. Read what it
wrote before you keep it.

The clock is the harness's own: silence passes as fast as it is waited for, and a line comes only
at its prompt. Besides words, a line can be `^C` (interrupt), and `(N s pass)` before the words
lets time go by first.
"""

from __future__ import annotations

import re
from pathlib import Path

from kiosk.lines.conversation import Conversation
from kiosk.lines.line_source import EndOfInput, Interrupted
from kiosk.lines.loop import PROMPT, ConversationLoop
from tests.support.shipped import Clock, lines_port

VISITS = Path(__file__).resolve().parents[1] / "transcripts" / "visits"
_PASS = re.compile(r"\((\d+) s pass\) ?")
INTERRUPT = "^C"


class Script:
    """Ears that hear the next typed line at each prompt, and silence everywhere else."""

    echoes = False

    def __init__(self, typed: list[str], clock: Clock) -> None:
        self._typed = list(typed)
        self._clock = clock
        self._prompted = False
        self.printed: list[str] = []

    def write(self, text: str) -> None:
        self.printed.append(text)
        self._prompted = text == PROMPT

    def listen(self, seconds: float) -> bytes:
        if not self._prompted:
            self._clock.now += seconds
            return b""
        if not self._typed:
            raise EndOfInput
        typed = self._typed.pop(0)
        if passing := _PASS.match(typed):
            self._clock.now += int(passing[1])
            self.printed.append(f" {passing[0].strip()}")
            if rest := typed[passing.end() :]:
                self._typed.insert(0, rest)
            return b""
        if typed == INTERRUPT:
            self.printed.append(f" {INTERRUPT}")
            raise Interrupted
        return f"{typed}\n".encode()

    def read_rest(self) -> bytes:
        return b""

    def is_sending(self) -> bool:
        return False

    def stop_listening(self) -> None:
        pass

    def drop(self) -> None:
        pass


def tell(typed: list[str], *, width: int = 76, pause: int = 0) -> str:
    """What is told to one who types these lines, with the lines."""
    clock = Clock()
    port = lines_port(clock)
    script = Script(typed, clock)
    conversation = Conversation(
        port, lambda row: script.write(f"{row}\n"), width=width, pause=pause
    )
    ConversationLoop(conversation, script, script.write, clock).run()
    return "".join(script.printed)


def typed_in(transcript: str) -> list[str]:
    """The lines that were typed in a transcript."""
    lines = [line for line in transcript.split("\n") if line.startswith(PROMPT)]
    typed = [line.removeprefix(PROMPT).strip() for line in lines]
    return typed[:-1] if typed and not typed[-1] else typed


if __name__ == "__main__":
    for file in sorted(VISITS.glob("*.txt")):
        before = file.read_text()
        after = tell(typed_in(before))
        file.write_text(after)
        print(file.name, "as it was" if after == before else "written anew")
