"""Visitors at a terminal: one who only wants to read, and one who tries to get out."""

from __future__ import annotations

import os
import time

from tests.support.terminal.terminal import Terminal

NOT_OURS = ("Traceback", ">>>", "$ ", "# ", "lynx", "w3m", "/bin/sh", "Screenshot", "Quit the app")
"""Words of other programs, which no page of the kiosk has."""


TRICKS: dict[str, bytes] = {
    "every control key": bytes(byte for byte in range(32) if byte not in (13, 10, 9, 8, 27)),
    "ctrl+q, c, p, z, backslash, d": b"\x11\x03\x10\x1a\x1c\x04",
    "ctrl keys as kitty tells them": b"\x1b[113;5u\x1b[99;5u\x1b[112;5u\x1b[122;5u",
    "ctrl keys as xterm tells them": b"\x1b[27;5;113~\x1b[27;5;99~\x1b[27;5;112~",
    "kitty events that kill a parser": b"\x1b[:u\x1b[4:P\x1b[97;1:3u\x1b[57441;1:u",
    "bytes that are no text": bytes(range(128, 256)) * 4,
    "Latin-1 from an old terminal": "déjà vu à côté".encode("latin-1"),
    "an X10 mouse report": b"\x1b[M\xff\xff\xff\x1b[M\x00\x00\x00\x1b[M   ",
    "pixels of a mouse": b"\x1b[?1016;2$y\x1b[<0;0;0M\x1b[<35;-1;-1M\x1b[<0;99999;99999M",
    "a size that somebody typed": b"\x1b[48;12000;12000;12000;12000t\x1b[48;0;0;0;0t",
    "replies that nobody asked for": b"\x1b[?2026;1$y\x1b[24;80R\x1b[?62;c\x1bP1+r\x1b\\",
    "a clipboard, a title, a link": b"\x1b]52;c;c2VjcmV0\x07\x1b]2;x\x07\x1b]8;;http://x\x07",
    "a paste with keys in it": b"\x1b[200~\x1b[31m\x11\x03q\r\r\r\x1b[201~",
    "a paste without end": b"\x1b[200~" + b"1" * 5000,
    "a string without end": b"\x1b]" + b"1" * 5000,
    "a sequence without end": b"\x1b[" + b"1" * 5000,
    "function keys": b"\x1bOP\x1bOQ\x1bOR\x1bOS\x1b[15~\x1b[17~\x1b[24~\x1b[1;3P",
    "alt and letters": b"\x1bq\x1bx\x1b:\x1b!\x1bc",
    "a shell, an editor": b"!sh|:q!:!",
    "focus": b"\x1b[I\x1b[O",
    "buttons two and three": b"\x1b[<1;5;5M\x1b[<1;5;5m\x1b[<2;5;5M\x1b[<2;5;5m",
    "markup": b"[@click=app.quit][b]",
    "a flood of arrows": b"\x1b[A\x1b[B" * 5000,
    "a flood of letters": b"z" * 50_000,
}  # fmt: skip


def try_every_trick(kiosk: Terminal) -> None:
    """Send every trick; none may end the kiosk or show anything of another program."""
    for name, trick in TRICKS.items():
        os.write(kiosk.fd, trick)
        time.sleep(0.12)
        kiosk.settle(0.05)
        assert os.waitpid(kiosk.pid, os.WNOHANG) == (0, 0), f"{name} ended it"
    time.sleep(1)
    assert not [words for words in NOT_OURS if words in kiosk.text]


def honest_visitor(kiosk: Terminal) -> None:
    """Start over wherever the tricks have led, and walk to the supplements."""
    for _ in range(6):
        kiosk.press("\x1b")
        time.sleep(0.15)
    kiosk.settle()
    if "START" not in kiosk.text:
        kiosk.start_over()
    kiosk.to_first_step()
    for key in "s9":
        kiosk.press(key)
        kiosk.settle(0.1)
    kiosk.wait("What about supplements?")
    kiosk.press("1")
    for number in range(1, 5):
        kiosk.wait(f"Caution {number} of 4")
        time.sleep(2.2)
        kiosk.press("1")
    kiosk.wait("You can now read about supplements")
