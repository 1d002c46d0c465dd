"""The staff's PIN: made into a line of the settings, and compared with it.

scrypt (RFC 7914) with N = 2^14, r = 8, p = 5, as OWASP's Password Storage Cheat Sheet has it: slow
enough that the few digits of a PIN are not tried one after another by whoever has the settings.
"""

from __future__ import annotations

import getpass
import hashlib
import hmac
import secrets
import sys
from typing import TextIO

from kiosk.core.leaving import LONGEST

SHORTEST = 4
_COST, _BLOCK, _PARALLEL = 2**14, 8, 5
_SALT = 16


def hashed(pin: str) -> str:
    """What stands in the settings for `pin`: `scrypt$salt$key`, both in hexadecimal."""
    salt = secrets.token_bytes(_SALT)
    return f"scrypt${salt.hex()}${_key(pin, salt).hex()}"


def fits(pin: str, kept: str) -> bool:
    """Whether `pin` is the one that was made into `kept`; False where `kept` is no such thing."""
    try:
        _, salt, key = kept.split("$")
        wanted = bytes.fromhex(key)
        found = _key(pin, bytes.fromhex(salt))
    except ValueError:
        return False
    return hmac.compare_digest(found, wanted)


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
    print(f'Put this under [staff] in kiosk.toml:\n\npin = "{hashed(pin)}"', file=out)
    return 0


def _key(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, n=_COST, r=_BLOCK, p=_PARALLEL, maxmem=2**26)
