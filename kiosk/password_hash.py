"""Make and verify hashes of PINs and passwords, slowly: so four digits cannot be guessed quickly.

The function is scrypt (RFC 7914) with N = 2^14, r = 8, p = 5, as OWASP's Password Storage Cheat
Sheet recommends.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

_COST, _BLOCK, _PARALLEL = 2**14, 8, 5
_SALT = 16


def hash_password(pin: str) -> str:
    """Return the salted hash of a PIN or password, as the settings keep it: `scrypt$salt$key`, in
    hex.
    """
    salt = secrets.token_bytes(_SALT)
    return f"scrypt${salt.hex()}${_key(pin, salt).hex()}"


def verify_password(pin: str, hashed: str) -> bool:
    """Return whether a PIN or password fits a hash made by `hash_password`.

    False, too, where `hashed` is malformed.
    """
    try:
        _, salt, key = hashed.split("$")
        expected = bytes.fromhex(key)
        computed = _key(pin, bytes.fromhex(salt))
    except ValueError:
        return False
    return hmac.compare_digest(computed, expected)


def _key(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, n=_COST, r=_BLOCK, p=_PARALLEL, maxmem=2**26)
