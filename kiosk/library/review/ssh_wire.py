"""Fields of SSH's binary formats (RFC 4251, section 5): read with bounds checked, or written."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator

ED25519 = "ssh-ed25519"
SK_ED25519 = "sk-ssh-ed25519@openssh.com"
"""An Ed25519 key on a token (FIDO)."""


class WireError(ValueError):
    """Bytes that are not the fields that they should be."""


class WireReader:
    """Reader of one field after another; raises WireError where they end too early."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def is_at_end(self) -> bool:
        """True if all bytes have been read."""
        return self._at == len(self._data)

    def take(self, count: int) -> bytes:
        """Read the next `count` bytes."""
        if count > len(self._data) - self._at:
            raise WireError("it ends too early")
        self._at += count
        return self._data[self._at - count : self._at]

    def number(self, size: int = 4) -> int:
        """Read an unsigned integer of `size` bytes."""
        return int.from_bytes(self.take(size))

    def string(self) -> bytes:
        """Read a string: its length in four bytes, then the bytes."""
        return self.take(self.number())

    def text(self) -> str:
        """Read a string of ASCII."""
        try:
            return self.string().decode("ascii")
        except UnicodeDecodeError:
            raise WireError("a name in it is not ASCII") from None

    def strings(self) -> Iterator[bytes]:
        """Read all strings up to the end, one by one."""
        while not self.is_at_end:
            yield self.string()

    def end(self) -> None:
        """Raise WireError if any bytes are left."""
        if not self.is_at_end:
            raise WireError("it goes on after its end")


def string(data: bytes) -> bytes:
    """Encode bytes as a string field of SSH: the length in four bytes, then the bytes."""
    return len(data).to_bytes(4) + data


def from_base64(text: str) -> bytes:
    """Decode base64; raises WireError where `text` is none."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise WireError("it is not base64") from None


def key_type(blob: bytes) -> str:
    """Return the type of an encoded public key, such as `ssh-ed25519`, with which its bytes begin.

    Raises WireError where they begin with none.
    """
    return WireReader(blob).text()
