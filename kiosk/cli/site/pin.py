"""`kiosk pin`: ask for a PIN or password of digits and print the
line for kiosk.toml with its hash.
"""

from __future__ import annotations

import argparse
import sys
from getpass import getpass
from typing import TextIO

from kiosk.core.rules.pin_entry import LONGEST
from kiosk.password_hash import hash_password
from kiosk.system.signals import undone_first

SHORTEST = 4
MOST_READ = 200
"""Characters of a line that is read; longer ones are no PIN."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the option of `kiosk pin` on its parser, and set `ask` as the function to run."""
    parser.add_argument(
        "--stdin", action="store_true",
        help="read the PIN from standard input and print the line alone, for scripts",
    )  # fmt: skip
    parser.set_defaults(run=lambda options: ask(sys.stdout, from_input=options.stdin))


def ask(out: TextIO, *, from_input: bool = False) -> int:
    """Ask for a PIN twice on the terminal, and print the line with its hash for kiosk.toml.

    With `from_input` the PIN is one line of standard input, and the line for kiosk.toml is all
    that is printed. Returns the exit status: 1 where there is no terminal to ask on, what was
    typed is no PIN, or the two differ, else 0.
    """
    if from_input:
        pin = sys.stdin.readline(MOST_READ).rstrip("\r\n")
    elif not sys.stdin.isatty():
        print(
            "`kiosk pin` asks for a PIN: start it in a terminal, or use --stdin.", file=sys.stderr
        )
        return 1
    else:
        pin = _asked(f"A PIN of {SHORTEST} to {LONGEST} digits: ")
    if not (pin.isascii() and pin.isdecimal() and SHORTEST <= len(pin) <= LONGEST):
        print(f"That is not a PIN: {SHORTEST} to {LONGEST} digits, please.", file=sys.stderr)
        return 1
    line = f'pin = "{hash_password(pin)}"'
    if from_input:
        print(line, file=out)
        return 0
    if _asked("The same again: ") != pin:
        print("Those are two different PINs.", file=sys.stderr)
        return 1
    print("Put this under [staff] in kiosk.toml (or, as password, under [ssh]):\n", file=out)
    print(line, file=out)
    return 0


def _asked(prompt: str) -> str:
    """Ask for what does not show; the terminal shows again what is typed however that ends."""
    with undone_first():
        return getpass(prompt)
