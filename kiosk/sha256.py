"""SHA-256 without OpenSSL, for what is checked at every start.

`hashlib` loads OpenSSL: 3.6 MiB and several milliseconds of a start. Python has a SHA-256 of its
own, which `random` takes in the same way. It is slower, so the seal of a pack is left to `hashlib`,
but for those of the cache.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import sha256
else:
    try:
        from _sha2 import sha256  # Python 3.12 and later
    except ImportError:
        try:
            from _sha256 import sha256
        except ImportError:  # a Python that was built to use OpenSSL's alone
            from hashlib import sha256

__all__ = ["sha256"]
