"""Ed25519 signatures, checked with the library `cryptography`, which is an extra.

It is imported at the first signature and not before: it takes 25 ms and loads OpenSSL.
"""

from __future__ import annotations

from hashlib import sha256

from kiosk.errors import KioskError
from kiosk.library.review.ssh_wire import ED25519, SK_ED25519, WireError, WireReader
from kiosk.library.review.sshsig import SshSignature

TYPES = (ED25519, SK_ED25519)
_USER_PRESENT = 1
"""Flag of a token's signature: somebody touched it."""


class NoVerifier(KioskError):
    """The library that checks signatures is not installed."""


def is_genuine(signature: SshSignature, message: bytes) -> bool:
    """Return whether `message` was signed with the key that the signature names.

    Whether that key may sign is not looked at. Raises NoVerifier, and WireError for a key or
    signature that is not of Ed25519.
    """
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        raise NoVerifier("the library that checks signatures is not installed") from None
    key = WireReader(signature.public_key)
    type_, point = key.text(), key.string()
    application = key.string() if type_ == SK_ED25519 else b""
    key.end()
    if type_ not in TYPES or signature.algorithm != type_:
        raise WireError(f"its key is of the type {type_}, and not Ed25519")
    signed = signature.signed_bytes(message)
    if type_ == SK_ED25519:
        if len(signature.rest) != 5 or not signature.rest[0] & _USER_PRESENT:
            return False
        signed = sha256(application).digest() + signature.rest + sha256(signed).digest()
    elif signature.rest:
        raise WireError("it goes on after its end")
    try:
        Ed25519PublicKey.from_public_bytes(point).verify(signature.value, signed)
    except (InvalidSignature, ValueError):
        return False
    return True
