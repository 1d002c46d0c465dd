"""Input that no person makes key by key: a flood, a stuck key, text that comes as a whole."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.terminal.input import LONGEST_PASTE
from kiosk.terminal.keys import Character, Key, Paste, Token
from kiosk.token_bucket import TokenBucket

TYPED_PER_MINUTE, TYPED_AT_ONCE = 3600, 40
"""Keys and touches that a person can make: so many a minute, so many at once."""


class StuckKeyFilter:
    """Whether a key is held down by no person: a bag on the keyboard, a panel with a ghost touch.

    The same token again and again, without a pause, for longer than a person holds anything.
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
        """Whether this token, read at the time `at`, comes from a key that is stuck."""
        if token != self._last or at - self._last_at > self.PAUSE:
            self._since = at
        self._last, self._last_at = token, at
        return at - self._since > self.LONGEST


class TextCollector:
    """Puts text that comes faster than a person types together, so that none of it is lost.

    A paste in a terminal that does not mark it, dictation, a swipe keyboard, a scanner, a slow line
    that catches up: several characters in one read, or more than the bucket lets through. It
    becomes one `Paste`, whole, line ends and all: a field takes it or refuses it, and where nothing
    is written it does nothing. Keys and touches that are too many are dropped.

    A line end in the midst of such text is a space, and so is the one after it: an Enter that came
    with the text was pressed before anybody could read what stands there.
    """

    __slots__ = ("_bucket", "_last_at", "_text")

    AT_ONCE = 3
    """Characters in one read from which on they are text and not keys."""
    PAUSE = 0.1
    """Seconds after which the text has ended."""

    def __init__(self) -> None:
        self._bucket = TokenBucket(TYPED_PER_MINUTE, 0.0, TYPED_AT_ONCE)
        self._text: list[str] = []
        self._last_at = float("-inf")

    @property
    def is_waiting(self) -> bool:
        """Whether there is text that `rest()` would give out."""
        return bool(self._text)

    def feed(self, tokens: Iterable[Token], at: float) -> list[Token]:
        """What to do about the tokens of one read, in their order."""
        collected: list[Token] = []
        run: list[Token] = []
        for token in tokens:
            if _is_text(token):
                run.append(token)
                continue
            collected += [*self._run(run, at), *self._whole()]
            self._last_at = float("-inf")
            run = []
            if self._bucket.try_take(at):
                collected.append(token)
        return [*collected, *self._run(run, at)]

    def rest(self) -> list[Token]:
        """The text has ended."""
        return self._whole()

    def _run(self, run: list[Token], at: float) -> list[Token]:
        """Characters and line ends of one read without another key between them."""
        if not run:
            return []
        goes_on = self.is_waiting or at - self._last_at < self.PAUSE
        characters = sum(isinstance(token, Character) for token in run)
        if not goes_on and characters < self.AT_ONCE:
            if all(self._bucket.try_take(at) for _ in run):
                return run
            if not characters:
                return []
        self._last_at = at
        text = (token.text if isinstance(token, Character) else " " for token in run)
        self._text += list(text)[: LONGEST_PASTE - len(self._text)]
        return []

    def _whole(self) -> list[Token]:
        text, self._text = "".join(self._text), []
        return [Paste(text)] if text.strip() else []


def _is_text(token: Token) -> bool:
    return isinstance(token, Character) or token in (Key("enter"), Key("tab"))
