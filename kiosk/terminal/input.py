"""Bytes from a terminal into the few keys and touches that the kiosk knows; all else is dropped.

Its rules:

1.  What is not on a list here is dropped, never guessed: other sequences, replies that a terminal
    was not asked for, C0 and C1 controls, what is no UTF-8.
2.  A sequence never becomes keys. Inside one that does not end, everything is dropped until
    silence: `rest()` ends it.
3.  What is remembered between bytes is bounded: `MOST_HELD` bytes of a sequence, `MOST_PASTED`
    characters of a paste.
4.  No input raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

MOST_HELD = 32
"""Bytes of one sequence; the longest on the lists has half as many."""
MOST_PASTED = 500
"""Characters of one paste."""

_KEYS: Final = {
    b"[A": "up", b"[B": "down", b"[C": "right", b"[D": "left",
    b"OA": "up", b"OB": "down", b"OC": "right", b"OD": "left", b"OM": "enter",
    b"[H": "home", b"[F": "end", b"OH": "home", b"OF": "end",
    b"[1~": "home", b"[4~": "end", b"[7~": "home", b"[8~": "end",
    b"[5~": "pageup", b"[6~": "pagedown", b"[3~": "delete", b"[Z": "shift+tab",
}  # fmt: skip
_CONTROLS: Final = {
    0x0D: "enter", 0x0A: "enter", 0x09: "tab", 0x7F: "backspace", 0x08: "backspace",
}  # fmt: skip
_ESC: Final = 0x1B
_BELL: Final = 0x07
_CANCEL: Final = (0x18, 0x1A)
_MOUSE = re.compile(rb"\[<(\d{1,3});(\d{1,5});(\d{1,5})([Mm])")
_LEFT, _WHEEL_UP, _WHEEL_DOWN = 0, 64, 65
_X10_BYTES = 3


@dataclass(frozen=True)
class Key:
    """A key of the lists above, by Textual's name."""

    name: str


@dataclass(frozen=True)
class Character:
    """One printable character."""

    text: str


@dataclass(frozen=True)
class MouseButton:
    """The first button went down or up at a cell, counted from 0."""

    x: int
    y: int
    down: bool


@dataclass(frozen=True)
class MouseWheel:
    """A notch of the wheel over a cell; `up` moves towards the beginning."""

    x: int
    y: int
    up: bool


@dataclass(frozen=True)
class Paste:
    """Printable text that was pasted, cut to `MOST_PASTED`."""

    text: str


Token = Key | Character | MouseButton | MouseWheel | Paste


class _State(Enum):
    GROUND = auto()
    ESCAPE = auto()
    """After ESC: a key by itself, if silence follows."""
    CSI = auto()
    SS3 = auto()
    STRING = auto()
    """An OSC, DCS, APC, PM or SOS: dropped whole."""
    STRING_ESCAPE = auto()
    X10 = auto()
    """The three bytes after `ESC [ M`: an old mouse report, dropped."""
    OVERLONG = auto()
    """A sequence longer than any we know: dropped until it ends, or until silence."""
    UTF8 = auto()


class InputParser:
    """Feed it bytes; tell it of silence."""

    __slots__ = ("_held", "_paste", "_state", "_want")

    def __init__(self) -> None:
        self._state = _State.GROUND
        self._held = bytearray()
        self._want = 0
        """Bytes that a character or an old mouse report still lacks."""
        self._paste: list[str] | None = None
        """What is being pasted; None outside a paste."""

    @property
    def is_between(self) -> bool:
        """Whether nothing is half said: silence would change nothing."""
        return self._state is _State.GROUND and self._paste is None

    def feed(self, got: bytes) -> Iterator[Token]:
        """The tokens that `got` completes."""
        for byte in got:
            token = self._step(byte)
            if token is None:
                continue
            if self._paste is None:
                yield token
            elif isinstance(token, Character) and len(self._paste) < MOST_PASTED:
                self._paste.append(token.text)
            elif token == Paste(""):
                text, self._paste = "".join(self._paste), None
                yield Paste(text)

    def rest(self) -> Iterator[Token]:
        """Silence: a lone ESC was a key; anything else half said is dropped."""
        lone = self._state is _State.ESCAPE and self._paste is None
        self._ground()
        self._paste = None
        if lone:
            yield Key("escape")

    def _ground(self) -> None:
        self._state = _State.GROUND
        self._held.clear()
        self._want = 0

    def _go(self, state: _State) -> None:
        self._state = state

    def _step(self, byte: int) -> Token | None:
        if byte in _CANCEL:
            self._ground()
            return None
        return _STEPS[self._state](self, byte)

    def _ground_step(self, byte: int) -> Token | None:
        if byte == _ESC:
            self._go(_State.ESCAPE)
            return None
        if byte < 0x20 or byte == 0x7F:
            name = _CONTROLS.get(byte)
            return Key(name) if name else None
        if byte < 0x80:
            return Character(chr(byte))
        self._want = 1 if 0xC2 <= byte <= 0xDF else 2 if byte >> 4 == 0xE else 3
        if 0xC2 <= byte <= 0xF4:
            self._held[:] = bytes([byte])
            self._go(_State.UTF8)
        return None

    def _utf8_step(self, byte: int) -> Token | None:
        if byte >> 6 != 0b10:
            self._ground()
            return self._ground_step(byte)
        self._held.append(byte)
        self._want -= 1
        if self._want:
            return None
        text = bytes(self._held).decode("utf-8", "ignore")
        self._ground()
        return Character(text) if len(text) == 1 and text.isprintable() else None

    def _escape_step(self, byte: int) -> Token | None:
        after = {
            ord("["): _State.CSI, ord("O"): _State.SS3, ord("]"): _State.STRING,
            ord("P"): _State.STRING, ord("X"): _State.STRING, ord("^"): _State.STRING,
            ord("_"): _State.STRING, _ESC: _State.ESCAPE,
        }  # fmt: skip
        self._held[:] = bytes([byte])
        self._go(after.get(byte, _State.GROUND))
        return None

    def _sequence_step(self, byte: int) -> Token | None:
        """Inside `ESC [` or `ESC O`: parameters until a final byte."""
        if byte == _ESC:
            self._go(_State.ESCAPE)
            return None
        self._held.append(byte)
        if len(self._held) > MOST_HELD:
            self._held.clear()
            self._go(_State.OVERLONG)
            return None
        if byte < 0x40 or byte > 0x7E:
            return None
        sequence = bytes(self._held)
        if sequence == b"[M":
            self._want = _X10_BYTES
            self._go(_State.X10)
            return None
        self._ground()
        return self._meant(sequence)

    def _overlong_step(self, byte: int) -> Token | None:
        if byte == _ESC:
            self._go(_State.ESCAPE)
        return None

    def _x10_step(self, _: int) -> Token | None:
        self._want -= 1
        if not self._want:
            self._ground()
        return None

    def _string_step(self, byte: int) -> Token | None:
        if byte == _BELL:
            self._ground()
        elif byte == _ESC:
            self._go(_State.STRING_ESCAPE)
        return None

    def _string_escape_step(self, byte: int) -> Token | None:
        """After an ESC inside a string: its end, or what is dropped with it."""
        if byte == ord("\\"):
            self._ground()
        elif byte != _ESC:
            self._go(_State.STRING)
        return None

    def _meant(self, sequence: bytes) -> Token | None:
        if sequence == b"[200~":
            self._paste = []
            return None
        if sequence == b"[201~":
            return Paste("") if self._paste is not None else None
        if sequence in _KEYS:
            return Key(_KEYS[sequence])
        mouse = _MOUSE.fullmatch(sequence)
        return _mouse(mouse) if mouse else None


def _mouse(report: re.Match[bytes]) -> Token | None:
    button, x, y = int(report[1]), int(report[2]) - 1, int(report[3]) - 1
    down = report[4] == b"M"
    if x < 0 or y < 0:
        return None
    if button == _LEFT:
        return MouseButton(x, y, down)
    if button in (_WHEEL_UP, _WHEEL_DOWN) and down:
        return MouseWheel(x, y, up=button == _WHEEL_UP)
    return None


_STEPS = {
    _State.GROUND: InputParser._ground_step,
    _State.UTF8: InputParser._utf8_step,
    _State.ESCAPE: InputParser._escape_step,
    _State.CSI: InputParser._sequence_step,
    _State.SS3: InputParser._sequence_step,
    _State.STRING: InputParser._string_step,
    _State.STRING_ESCAPE: InputParser._string_escape_step,
    _State.X10: InputParser._x10_step,
    _State.OVERLONG: InputParser._overlong_step,
}
