"""Whether a password is the right one: asked rarely, answered slowly, and not at all too often."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
from collections.abc import Callable

from kiosk.serve.ssh.admission import TokenBucket, source_of

WRONG_A_MINUTE = 10
"""Wrong passwords from one source; further ones are not looked at."""
MOST_SOURCES = 1000
LONGEST = 128


class PasswordVerifier:
    """Compares with the one in the settings.

    Args:
        kept: what the settings have.
        fits: whether a password is the one that was made into `kept`; slow on purpose.
        clock: seconds, never backwards.
    """

    def __init__(
        self, kept: str, fits: Callable[[str, str], bool], clock: Callable[[], float]
    ) -> None:
        self._kept = kept
        self._fits = fits
        self._clock = clock
        self._wrong: dict[str, TokenBucket] = {}
        self._one_at_a_time = asyncio.Lock()
        self._salt = secrets.token_bytes(16)
        self._right = b""
        """A fast digest of the right one, once it has come, under a salt of this process: hundreds
        of visitors with the password from the same sheet cost a slow one once."""

    async def verify(self, password: str, address: str) -> bool:
        """Whether it is the right one."""
        if not self._kept or len(password) > LONGEST:
            return False
        digest = hashlib.blake2b(password.encode(), key=self._salt).digest()
        if self._right and hmac.compare_digest(digest, self._right):
            return True
        bucket = self._bucket(address)
        if not bucket.has(self._clock()):
            return False
        async with self._one_at_a_time:
            # Of many who came together each looks again: another may have shown what is right.
            if self._right and hmac.compare_digest(digest, self._right):
                return True
            if not bucket.has(self._clock()):
                return False
            found = await asyncio.to_thread(self._fits, password, self._kept)
            if found:
                self._right = digest
            else:
                bucket.take()
        return found

    def _bucket(self, address: str) -> TokenBucket:
        source = source_of(address)
        if source not in self._wrong:
            while len(self._wrong) >= MOST_SOURCES:
                del self._wrong[next(iter(self._wrong))]
            self._wrong[source] = TokenBucket(WRONG_A_MINUTE, self._clock())
        return self._wrong[source]
