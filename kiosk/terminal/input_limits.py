"""Filters for input that no person makes key by key: floods, stuck and held keys, text at once."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.terminal.input import LONGEST_PASTE
from kiosk.terminal.keys import Character, Key, Paste, Token
from kiosk.token_bucket import TokenBucket

TYPED_PER_MINUTE, TYPED_AT_ONCE = 3600, 40
"""Keys and touches that a person can make: so many a minute, so many at once."""


class StuckKeyFilter:
    """Filter that notices a stuck key, such as one under a bag, or a ghost touch.

    Stuck is the same token again and again, without a pause of `PAUSE` seconds, for more than
    `LONGEST` seconds.
    """

    __slots__ = ("_last", "_last_at", "_since")

    PAUSE = 0.7
    """Seconds that end a repetition: longer than keyboards wait before they repeat."""
    LONGEST = 30.0
    """Seconds that a person may hold a key."""

    def __init__(self) -> None:
        self._last: Token | None = None
        self._since = 0.0
        self._last_at = float("-inf")

    def is_stuck(self, token: Token, at: float) -> bool:
        """Note a token, read at the time `at` in seconds; return whether its key is stuck."""
        if token != self._last or at - self._last_at > self.PAUSE:
            self._since = at
        self._last, self._last_at = token, at
        return at - self._since > self.LONGEST


class HeldKeyFilter:
    """Filter that notices when Enter or Space repeats because a finger rests on the key.

    These two choose the item that has the focus: held down, they would run through pages that
    nobody has read. All other keys may repeat.
    """

    __slots__ = ("_last", "_last_at")

    REPEAT = 0.12
    """Seconds between two presses below which a keyboard repeats; a person takes longer."""

    def __init__(self) -> None:
        self._last: Token | None = None
        self._last_at = float("-inf")

    def is_held(self, token: Token, at: float) -> bool:
        """Note a token delivered at the time `at`; return whether it repeats Enter or Space."""
        takes = token in (Key("enter"), Character(" "))
        is_held = takes and token == self._last and at - self._last_at < self.REPEAT
        self._last, self._last_at = token, at
        return is_held


class TextCollector:
    """Collector of text that comes faster than a person types, so that none of it is lost.

    Such text comes from a paste that the terminal does not mark, dictation, a scanner or a slow
    line. Its signs are several characters in one read, one close behind another, or more than a
    limit of the rate lets through. The text becomes one `Paste`, which a field takes or refuses as
    a whole. Any other character is given out after `PACE` seconds. Keys and touches above the
    limit are dropped.

    A line end in such text, or close behind it, becomes a space and never Enter: it was sent before
    anybody could read what stands there.
    """

    __slots__ = ("_bucket", "_last_at", "_pause", "_text", "_waiting")

    AT_ONCE = 3
    """Characters in one read from which on they are text and not keys."""
    PACE = 0.032
    """Seconds that a person leaves between two keys; the same key may repeat faster."""
    PAUSE = 0.1
    """Seconds after which text that came in reads of several characters has ended."""
    PAUSE_OF_SINGLE = 0.06
    """Seconds after which text that came letter by letter has: a fast writer's Enter is no part."""

    def __init__(self) -> None:
        self._bucket = TokenBucket(TYPED_PER_MINUTE, 0.0, TYPED_AT_ONCE)
        self._text: list[str] = []
        self._waiting: list[Token] = []
        """Characters that are keys, unless others come close behind."""
        self._last_at = float("-inf")
        self._pause = 0.0
        """Seconds after which the text that came last has ended."""

    @property
    def silence(self) -> float | None:
        """Seconds without a token after which to call `rest()`; None while no text is kept back."""
        if self._text:
            return self._pause
        return self.PACE if self._waiting else None

    def feed(self, tokens: Iterable[Token], at: float) -> list[Token]:
        """Take the tokens of one read, at a time in seconds; return those to give out, in order.

        Text is kept back while more of it may follow.
        """
        collected: list[Token] = []
        run: list[Token] = []
        for token in tokens:
            if _is_text(token):
                run.append(token)
                continue
            collected += [*self._run(run, at), *self.rest()]
            self._last_at = float("-inf")
            run = []
            if self._bucket.try_take(at):
                collected.append(token)
        return [*collected, *self._run(run, at)]

    def rest(self) -> list[Token]:
        """Return what was kept back: text as one `Paste`, a character that came alone as it is."""
        keys, self._waiting = self._waiting, []
        text, self._text = "".join(self._text), []
        return [*keys, Paste(text)] if text.strip() else keys

    def _run(self, run: list[Token], at: float) -> list[Token]:
        """Characters and line ends of one read without another key between them."""
        if not run:
            return []
        since, self._last_at = at - self._last_at, at
        if not self._text and since >= self._pause:
            self._pause = 0.0
        characters = sum(isinstance(token, Character) for token in run)
        is_many = characters >= self.AT_ONCE
        follows = since < self.PACE and bool(self._waiting) and run != self._waiting[-1:]
        if not (self._pause or is_many or follows or _ends_a_line(run)):
            if all(self._bucket.try_take(at) for _ in run):
                keys = [*self.rest(), *(token for token in run if not isinstance(token, Character))]
                self._waiting = [token for token in run if isinstance(token, Character)]
                return keys
            if not characters:
                return self.rest()
            is_many = True
        self._pause = max(self._pause, self.PAUSE if is_many else self.PAUSE_OF_SINGLE)
        run, self._waiting = [*self._waiting, *run], []
        text = (token.text if isinstance(token, Character) else " " for token in run)
        self._text += list(text)[: LONGEST_PASTE - len(self._text)]
        return []


def _is_text(token: Token) -> bool:
    return isinstance(token, Character) or token in (Key("enter"), Key("tab"))


def _ends_a_line(run: list[Token]) -> bool:
    """Return whether a line end follows a character at once, which nobody presses so fast."""
    kinds = [isinstance(token, Character) for token in run]
    return True in kinds and False in kinds[kinds.index(True) :]
