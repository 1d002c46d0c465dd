"""`kiosk pin`: make the settings line of a staff PIN or an SSH password."""

from __future__ import annotations

import argparse
import getpass
import sys
from typing import TextIO

from kiosk.core.rules.pin_entry import LONGEST
from kiosk.password_hash import hash_password

SHORTEST = 4


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kiosk pin`."""
    parser.set_defaults(run=lambda _: ask(sys.stdout))


def ask(out: TextIO) -> int:
    """Ask for a PIN twice and print the line for the settings; the exit status."""
    if not sys.stdin.isatty():
        print("`kiosk pin` asks for a PIN: start it in a terminal.", file=sys.stderr)
        return 1
    pin = getpass.getpass(f"A PIN of {SHORTEST} to {LONGEST} digits: ")
    if not (pin.isascii() and pin.isdecimal() and SHORTEST <= len(pin) <= LONGEST):
        print("That is not a PIN: digits alone, please.", file=sys.stderr)
        return 1
    if getpass.getpass("The same again: ") != pin:
        print("Those are two different PINs.", file=sys.stderr)
        return 1
    print("Put this under [staff] in kiosk.toml (or, as password, under [ssh]):\n", file=out)
    print(f'pin = "{hash_password(pin)}"', file=out)
    return 0
