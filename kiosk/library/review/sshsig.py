"""Signatures that `ssh-keygen -Y sign` makes: the SSHSIG format of OpenSSH (PROTOCOL.sshsig)."""

from __future__ import annotations

from kiosk.fast_dataclass import dataclass
from kiosk.library.review.ssh_wire import WireError, WireReader, from_base64, string

MAGIC = b"SSHSIG"
VERSION = 1
BEGIN, END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
LONGEST = 16_384
"""Characters of a signature in a file; those of Ed25519 have some 300."""
HASHES = ("sha256", "sha512")


@dataclass(frozen=True)
class SshSignature:
    """A signature of ssh-keygen, with all that it says of itself; nothing of it is checked yet."""

    public_key: bytes
    """The key that it says it was made with, as SSH encodes it."""
    namespace: str
    hash_algorithm: str
    algorithm: str
    """The type of the signature, such as `ssh-ed25519`."""
    value: bytes
    """The signature's bytes, as the algorithm made them of the message."""
    rest: bytes = b""
    """Of a token's signature: its flags and its counter, five bytes."""

    def signed_bytes(self, message: bytes) -> bytes:
        """Return the bytes that the key has signed if it signed `message`: its hash, and more."""
        from hashlib import new  # only where a signature is checked

        digest = new(self.hash_algorithm, message).digest()
        parts = (self.namespace.encode(), b"", self.hash_algorithm.encode(), digest)
        return MAGIC + b"".join(map(string, parts))


def parse_signature(text: str) -> SshSignature:
    """Return the signature that a file of ssh-keygen has; raises WireError saying what is wrong."""
    text = text.strip().replace("\r\n", "\n")
    if len(text) > LONGEST:
        raise WireError("it is too long")
    if not text.startswith(BEGIN + "\n") or not text.endswith("\n" + END):
        raise WireError(f'it does not begin with "{BEGIN}" and end with "{END}"')
    reader = WireReader(from_base64("".join(text[len(BEGIN) : -len(END)].split())))
    if reader.take(len(MAGIC)) != MAGIC:
        raise WireError("it is no signature of ssh-keygen")
    if (version := reader.number()) != VERSION:
        raise WireError(f"it is of version {version}, and only {VERSION} is known")
    public_key, namespace = reader.string(), reader.text()
    reader.string()  # reserved
    hash_algorithm, signature = reader.text(), WireReader(reader.string())
    reader.end()
    if hash_algorithm not in HASHES:
        raise WireError(f"it uses the hash {hash_algorithm!r}, and not {' or '.join(HASHES)}")
    algorithm, value = signature.text(), signature.string()
    rest = b"" if signature.is_at_end else signature.take(5)
    signature.end()
    return SshSignature(public_key, namespace, hash_algorithm, algorithm, value, rest)
