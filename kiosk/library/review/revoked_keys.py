"""Revoked keys: a list of public keys, one a line, or a KRL of `ssh-keygen -k` (PROTOCOL.krl)."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha1, sha256

from kiosk.fast_dataclass import dataclass
from kiosk.library.review.allowed_signers import parse_public_key
from kiosk.library.review.ssh_wire import WireError, WireReader

_KRL = b"SSHKRL\n\0"
_CERTIFICATES, _KEYS, _SHA1, _SHA256, _EXTENSION = 1, 2, 3, 5, 255


@dataclass(frozen=True)
class RevokedKeys:
    """Public keys whose signatures count no more, each listed by itself or by its hash."""

    keys: frozenset[bytes] = frozenset()
    hashes: frozenset[bytes] = frozenset()
    """SHA-1 or SHA-256."""

    def has(self, key: bytes) -> bool:
        """Return whether a key, as SSH encodes it, is revoked."""
        digests = {sha256(key).digest(), sha1(key, usedforsecurity=False).digest()}
        return key in self.keys or not self.hashes.isdisjoint(digests)


def parse_revoked_keys(raw: bytes) -> RevokedKeys:
    """Return what a file of revoked keys lists, in either format; raises WireError if damaged."""
    if raw.startswith(_KRL):
        return _parse_krl(raw)
    keys = set()
    for number, line in enumerate(raw.decode("utf-8", errors="replace").splitlines(), 1):
        if line.strip() and not line.strip().startswith("#"):
            try:
                keys.add(parse_public_key(line.strip()))
            except WireError as error:
                raise WireError(f"line {number}: {error}") from None
    return RevokedKeys(frozenset(keys))


def _parse_krl(raw: bytes) -> RevokedKeys:
    """Return the keys of a KRL. Certificates are left out: no signature by one is accepted."""
    reader = WireReader(raw[len(_KRL) :])
    if (version := reader.number()) != 1:
        raise WireError(f"a KRL of version {version}")
    reader.take(8 * 3)  # its number, its date, flags
    reader.string()  # reserved
    reader.string()  # comment
    keys: set[bytes] = set()
    hashes: set[bytes] = set()
    for kind, section in _sections(reader):
        if kind == _KEYS:
            keys.update(section.strings())
        elif kind in (_SHA1, _SHA256):
            hashes.update(section.strings())
        elif kind == _EXTENSION:
            name, is_critical = section.text(), section.number(1)
            if is_critical:
                raise WireError(f"a KRL with an extension that is not known: {name}")
        elif kind != _CERTIFICATES:
            raise WireError(f"a KRL with a section that is not known: {kind}")
    return RevokedKeys(frozenset(keys), frozenset(hashes))


def _sections(reader: WireReader) -> Iterator[tuple[int, WireReader]]:
    while not reader.is_at_end:
        kind = reader.number(1)
        yield kind, WireReader(reader.string())
