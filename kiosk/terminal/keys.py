"""Tokens for the keys and touches that the kiosk knows, and the escape sequences for them.

Sequences are written without their ESC. A sequence that is on no list here is dropped, never
guessed.
"""

from __future__ import annotations

import re
from typing import Final

from kiosk.fast_dataclass import dataclass


@dataclass(frozen=True)
class Key:
    """A key that types no character, by Textual's name, such as "enter" or "ctrl+left"."""

    name: str


@dataclass(frozen=True)
class Character:
    """One printable character that was typed."""

    text: str


@dataclass(frozen=True)
class MouseButton:
    """A press (`down`) or release of the first mouse button, or a touch, at a cell from 0, 0."""

    x: int
    y: int
    down: bool


@dataclass(frozen=True)
class MouseDrag:
    """A move of the pointer to a cell, counted from 0, 0, with the first mouse button down."""

    x: int
    y: int


@dataclass(frozen=True)
class MouseWheel:
    """One notch of the mouse wheel over a cell, from 0, 0; `up` scrolls toward the beginning."""

    x: int
    y: int
    up: bool


@dataclass(frozen=True)
class Paste:
    """Text that came as a whole, such as a paste: printable, with a space for each line end."""

    text: str


Token = Key | Character | MouseButton | MouseDrag | MouseWheel | Paste

CONTROLS: Final = {
    0x0D: "enter", 0x0A: "enter", 0x09: "tab", 0x7F: "backspace", 0x08: "backspace",
    0x17: "ctrl+backspace",
}  # fmt: skip
"""The keys that are one byte."""
AFTER_ESCAPE: Final = {
    ord("b"): "ctrl+left", ord("f"): "ctrl+right", 0x7F: "ctrl+backspace",
}  # fmt: skip
"""The keys that are ESC and one byte: Alt with a letter, which moves by words."""
_KEYS: Final = {
    b"[A": "up", b"[B": "down", b"[C": "right", b"[D": "left",
    b"OA": "up", b"OB": "down", b"OC": "right", b"OD": "left", b"OM": "enter",
    b"[H": "home", b"[F": "end", b"OH": "home", b"OF": "end",
    b"[1~": "home", b"[4~": "end", b"[7~": "home", b"[8~": "end",
    b"[5~": "pageup", b"[6~": "pagedown", b"[3~": "delete", b"[Z": "shift+tab",
    b"[1;5C": "ctrl+right", b"[1;5D": "ctrl+left", b"[1;3C": "ctrl+right", b"[1;3D": "ctrl+left",
    b"[3;5~": "ctrl+delete", b"[3;3~": "ctrl+delete",
}  # fmt: skip
_KITTY_KEYS: Final = {
    27: "escape", 13: "enter", 9: "tab", 127: "backspace", 57414: "enter", 57417: "left",
    57418: "right", 57419: "up", 57420: "down", 57421: "pageup", 57422: "pagedown", 57423: "home",
    57424: "end", 57426: "delete",
}  # fmt: skip
"""Keys of kitty's protocol, which another program may have left on, by their number; the keypad's
are beyond 57398."""
_KITTY_DIGITS: Final = range(57399, 57409)
KEY_NAMES: Final = frozenset(
    {*CONTROLS.values(), *AFTER_ESCAPE.values(), *_KEYS.values(), *_KITTY_KEYS.values()}
)
"""The names of all keys that mean something here."""
_KITTY = re.compile(rb"\[(\d{1,7})(?::[\d:]{0,16})?(?:;(\d{0,3})(?::([12]))?(?:;([\d:]{1,16}))?)?u")
_WITH_EVENT = re.compile(rb"\[(\d);(\d{1,3})(?::[12])?([ABCDHF~])")
"""A key of the lists as kitty's protocol writes it where it also tells of locks and of keys let
go."""
_SHIFT, _LOCKS = 1, 64 | 128
_MOUSE = re.compile(rb"\[<(\d{1,3});(\d{1,5});(\d{1,5})([Mm])")
_LEFT, _LEFT_DRAG, _WHEEL_UP, _WHEEL_DOWN = 0, 32, 64, 65


def token_of(sequence: bytes) -> Key | Character | MouseButton | MouseDrag | MouseWheel | None:
    """Return the key, character or touch of a whole sequence (without ESC); None if not known."""
    if sequence in _KEYS:
        return Key(_KEYS[sequence])
    if mouse := _MOUSE.fullmatch(sequence):
        return _mouse(mouse)
    if kitty := _KITTY.fullmatch(sequence):
        return _kitty(kitty)
    if key := _WITH_EVENT.fullmatch(sequence):
        modifiers = (int(key[2]) - 1) & ~_LOCKS
        number = key[1] if modifiers or key[3] == b"~" else b""
        plain = b"[" + number + (b";%d" % (modifiers + 1) if modifiers else b"") + key[3]
        return Key(_KEYS[plain]) if plain in _KEYS else None
    return None


def _mouse(report: re.Match[bytes]) -> MouseButton | MouseDrag | MouseWheel | None:
    button, x, y = int(report[1]), int(report[2]) - 1, int(report[3]) - 1
    down = report[4] == b"M"
    if x < 0 or y < 0:
        return None
    if button == _LEFT:
        return MouseButton(x, y, down)
    if button == _LEFT_DRAG and down:
        return MouseDrag(x, y)
    if button in (_WHEEL_UP, _WHEEL_DOWN) and down:
        return MouseWheel(x, y, up=button == _WHEEL_UP)
    return None


def _kitty(report: re.Match[bytes]) -> Key | Character | None:
    """A key of kitty's protocol that went down, with no other modifier than Shift."""
    code = int(report[1])
    modifiers = (int(report[2] or 1) - 1) & ~_LOCKS
    if code == 9 and modifiers == _SHIFT:
        return Key("shift+tab")
    if code in _KITTY_KEYS and not modifiers:
        return Key(_KITTY_KEYS[code])
    if modifiers & ~_SHIFT or code in _KITTY_KEYS:
        return None
    if code in _KITTY_DIGITS:
        return Character(str(_KITTY_DIGITS.index(code)))
    typed = int(report[4].split(b":")[0] or 0) if report[4] else code
    if typed > 0x10FFFF or 0xE000 <= typed <= 0xF8FF:  # keys that type nothing have numbers there
        return None
    text = chr(typed)
    if modifiers and not report[4]:
        text = text.upper()
    return Character(text) if len(text) == 1 and text.isprintable() else None
