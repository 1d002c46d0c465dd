"""Reviewers for tests: keys, and signatures as ssh-keygen makes them, made without ssh-keygen."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field, replace
from hashlib import sha256, sha512
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.library.checks.rules import examine
from kiosk.library.review.canonical import canonical_digest, canonical_text
from kiosk.library.review.files import record_path, signature_of, text_path
from kiosk.library.review.record import NAMESPACE, ReviewRecord, write_record
from kiosk.library.review.ssh_wire import ED25519, SK_ED25519, string
from kiosk.library.review.sshsig import BEGIN, END, MAGIC

HASHES = {"sha256": sha256, "sha512": sha512}


@dataclass
class Signer:
    """Somebody with a key that is made for the test."""

    principal: str = "ana@elm.example"
    name: str = "Ana Ruiz"
    credentials: str = "MD"
    token: str = ""
    """The application of a key on a token; empty for a key in a file."""
    private: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    @property
    def public_key(self) -> bytes:
        point = self.private.public_key().public_bytes_raw()
        if self.token:
            return string(SK_ED25519.encode()) + string(point) + string(self.token.encode())
        return string(ED25519.encode()) + string(point)

    @property
    def key_type(self) -> str:
        return SK_ED25519 if self.token else ED25519

    def line(self, options: str = "") -> str:
        """Return a line of an allowed signers file."""
        words = [self.principal, options, self.key_type, b64encode(self.public_key).decode()]
        return " ".join(word for word in words if word) + "\n"

    def sign(
        self, message: bytes, namespace: str = NAMESPACE, algorithm: str = "sha512", flags: int = 1
    ) -> str:
        """Return the armored signature of a message."""
        parts = (namespace.encode(), b"", algorithm.encode())
        digest = HASHES[algorithm](message).digest()
        signed, rest = MAGIC + b"".join(map(string, (*parts, digest))), b""
        if self.token:
            rest = bytes([flags]) + (7).to_bytes(4)
            signed = sha256(self.token.encode()).digest() + rest + sha256(signed).digest()
        value = string(self.key_type.encode()) + string(self.private.sign(signed)) + rest
        blob = MAGIC + (1).to_bytes(4) + b"".join(map(string, (self.public_key, *parts, value)))
        text = b64encode(blob).decode()
        lines = [text[i : i + 70] for i in range(0, len(text), 70)]
        return "\n".join([BEGIN, *lines, END]) + "\n"


def record_of(root: Path, signer: Signer, topic: str = "sore-back") -> ReviewRecord:
    """Return what `signer` would sign of a topic of the tree at `root`, in its first language."""
    draft, problems = examine(root)
    assert draft is not None
    assert not problems
    text = next(draft_topic.topic for draft_topic in draft.topics if draft_topic.topic.id == topic)
    return ReviewRecord(
        topic, text.language, canonical_digest(text), signer.name, signer.credentials,
        signer.principal, "2026-11-20", "2099-11-20",
    )  # fmt: skip


def approve(root: Path, signer: Signer, topic: str = "sore-back", **changes: str) -> Path:
    """Sign a topic of a tree as it is, with `changes` to the record; return the record's file."""
    record = replace(record_of(root, signer, topic), **changes)
    file = record_path(root / topic, "en", signer.principal)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(write_record(record))
    signature_of(file).write_text(signer.sign(file.read_bytes()))
    draft, _ = examine(root)
    assert draft is not None
    text = next(draft_topic.topic for draft_topic in draft.topics if draft_topic.topic.id == topic)
    kept = text_path(root / topic, "en", canonical_digest(text))
    kept.parent.mkdir(exist_ok=True)
    kept.write_text(canonical_text(text))
    return file
