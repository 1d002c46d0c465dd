"""Check the password that visitors log in with over SSH, against a hash that is slow on purpose,
with limits on tries.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
from collections.abc import Awaitable, Callable

from kiosk.serve.ssh.admission import source_of
from kiosk.token_bucket import TokenBucket

MAX_WRONG_PER_MINUTE = 10
"""Wrong passwords from one source; further ones are not verified."""
MAX_VERIFIED_PER_MINUTE = 60
"""Passwords from all sources that are verified; the next ones wait. Who has many addresses guesses
no faster and keeps no core busy. The right password, once known, never waits."""
MAX_SOURCES = 1000
MAX_LENGTH = 128


class PasswordVerifier:
    """Compares passwords with the hash of the right one, and limits the tries of one source and of
    all.

    Args:
        password_hash: the hash in the settings; empty if no password is right.
        verify: takes a password and a hash, and returns whether they match; slow on purpose.
        clock: returns seconds that never go backwards.
        pause: waits for so many seconds.
    """

    def __init__(
        self,
        password_hash: str,
        verify: Callable[[str, str], bool],
        clock: Callable[[], float],
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._hash = password_hash
        self._verify = verify
        self._clock = clock
        self._pause = pause
        self._wrong: dict[str, TokenBucket] = {}
        self._all = TokenBucket(MAX_VERIFIED_PER_MINUTE, clock())
        self._lock = asyncio.Lock()
        self._salt = secrets.token_bytes(16)
        self._right = b""
        """A fast digest of the right password, once it has been verified, with a salt of this
        process: for hundreds of visitors with the same password the slow hash is made once."""

    async def verify(self, password: str, address: str) -> bool:
        """Return whether the password is right. `address` is the client's IP address.

        After ten wrong passwords in a minute from one source (an IP address or network), all but a
        right one that was verified before count as wrong. When many are tried at once, this waits.
        """
        if not self._hash or len(password) > MAX_LENGTH:
            return False
        digest = hashlib.blake2b(password.encode(), key=self._salt).digest()
        if self._right and hmac.compare_digest(digest, self._right):
            return True
        bucket = self._bucket(address)
        if not bucket.has(self._clock()):
            return False
        async with self._lock:
            # Many may have waited for the lock: the first of them may have had the right password.
            if self._right and hmac.compare_digest(digest, self._right):
                return True
            if not bucket.has(self._clock()):
                return False
            if wait := self._all.take_all(1, self._clock()):
                await self._pause(wait)
            is_right = await asyncio.to_thread(self._verify, password, self._hash)
            if is_right:
                self._right = digest
            else:
                bucket.take()
        return is_right

    def _bucket(self, address: str) -> TokenBucket:
        source = source_of(address)
        if source not in self._wrong:
            while len(self._wrong) >= MAX_SOURCES:
                del self._wrong[next(iter(self._wrong))]
            self._wrong[source] = TokenBucket(MAX_WRONG_PER_MINUTE, self._clock())
        return self._wrong[source]
