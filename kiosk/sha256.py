"""The function `sha256`, without loading OpenSSL, for hashes that are computed at every start.

`hashlib` loads OpenSSL: 3.6 MiB and several milliseconds of a start. So this takes the SHA-256 that
is built into Python, and falls back to `hashlib` where there is none. The built-in function is
slower, so the seal of a pack is computed with `hashlib`, except for packs in the cache.
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
