"""Signatures under packs: the person who puts a pack together signs its seal, in a file next to it.

What is signed is two lines of text with the seal, which is a SHA-256 over every byte of the pack.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from kiosk.errors import PackError
from kiosk.library.pack.atomic_file import write_whole
from kiosk.library.review.allowed_signers import AllowedSigner
from kiosk.library.review.signing import sign
from kiosk.library.review.ssh_wire import ED25519, SK_ED25519, WireError, key_type
from kiosk.library.review.sshsig import LONGEST, SshSignature, parse_signature
from kiosk.library.review.verdict import SignerPolicy

NAMESPACE = "kiosk-pack@v1"
"""Namespace of a pack's signature: a reviewer's key signs topics in another."""


def signed_message(seal: bytes) -> bytes:
    """Return the bytes that are signed for a pack with this seal."""
    return f"kiosk pack 1\nseal: sha256:{seal.hex()}\n".encode("ascii")


def signature_path(pack: Path) -> Path:
    """Return the path of the signature that comes with a pack: the pack's, with `.sig` added."""
    return pack.with_name(pack.name + ".sig")


def kept_signature(pack: Path, seal: bytes) -> Path:
    """Return the path at which the signature of an installed pack is kept.

    Its name has the seal, so that it belongs to that pack alone, whether the pack is in use or the
    one before.
    """
    return pack.with_name(f"{seal.hex()[:16]}.sig")


def keep_signature(file: Path, in_use: Path, seal: bytes) -> None:
    """Copy the signature of a pack that is being installed to a file next to the pack in use.

    Nothing is done where the pack has no signature.
    """
    with suppress(FileNotFoundError):
        write_whole(kept_signature(in_use, seal), signature_path(file).read_bytes()[: LONGEST + 1])


def sign_pack(pack: Path, seal: bytes, key: Path) -> Path:
    """Sign a pack's seal, which the caller has checked; return the path of the signature's file."""
    file = signature_path(pack)
    file.write_text(sign(signed_message(seal), key, NAMESPACE), encoding="ascii")
    return file


def signer_of(pack: Path, seal: bytes, policy: SignerPolicy, now: datetime) -> str:
    """Return who has signed a pack, as the file of allowed signers names them.

    Args:
        pack: the file of the pack; its signature is the one kept when it was installed, or else
            the file next to it.
        seal: of the pack; the caller has checked it.
        policy: the site's policy on whose signatures count.
        now: the time at which the signer's key must be valid, with a time zone.

    Raises PackError, with a sentence of its own for each reason why no signature counts.
    """
    kept, beside = kept_signature(pack, seal), signature_path(pack)
    try:
        file = kept if kept.exists() else beside
        text = file.read_bytes()[: LONGEST + 1].decode("ascii", errors="replace")
    except FileNotFoundError:
        raise PackError(pack, f"it is not signed: there is no {beside}.") from None
    except OSError as error:
        raise PackError(pack, f"its signature cannot be read: {error.strerror}.") from None
    try:
        signature = parse_signature(text)
        type_ = key_type(signature.public_key)
        _check_form(pack, signature, type_)
        if policy.problem is not None:
            why = policy.problem[1] or "review.allowed-signers in kiosk.toml names nobody"
            raise PackError(pack, f"it is signed, but no signature can count: {why}.")
        _check_genuine(pack, signature, seal)
    except WireError as error:
        raise PackError(pack, f"its signature is garbled: {error}.") from None
    return _allowed(pack, signature.public_key, policy, now)


def _check_form(pack: Path, signature: SshSignature, type_: str) -> None:
    if signature.namespace != NAMESPACE:
        why = f'its signature was made for "{signature.namespace}", not for packs.'
        raise PackError(pack, why)
    if type_ not in (ED25519, SK_ED25519):
        raise PackError(pack, f"it is signed by a key of the type {type_}; only Ed25519 counts.")


def _check_genuine(pack: Path, signature: SshSignature, seal: bytes) -> None:
    from kiosk.library.review.ed25519 import NoVerifier, is_genuine  # an extra

    try:
        if not is_genuine(signature, signed_message(seal)):
            raise PackError(pack, "its signature is of another pack, or forged.")
    except NoVerifier:
        why = "its signature cannot be checked here: the extra `review` is missing. Install "
        raise PackError(pack, f"{why}'kiosk[review]'.") from None


def _allowed(pack: Path, key: bytes, policy: SignerPolicy, now: datetime) -> str:
    if policy.revoked.has(key):
        raise PackError(pack, "the key that signed it is revoked.")
    lines = [line for line in policy.signers if line.key == key and not line.is_authority]
    if not lines:
        raise PackError(pack, "the key that signed it is not in this site's file of signers.")
    for line in lines:
        if not _refusal(line, now):
            return line.principals
    raise PackError(pack, _refusal(lines[0], now))


def _refusal(line: AllowedSigner, now: datetime) -> str:
    if not line.permits(NAMESPACE):
        return f"the file of signers does not let the key of {line.principals} sign packs."
    if line.valid_after and now < line.valid_after:
        return f"the key of {line.principals} is only valid from {line.valid_after:%Y-%m-%d} on."
    if line.valid_before and now > line.valid_before:
        return f"the key of {line.principals} was valid until {line.valid_before:%Y-%m-%d}."
    return ""
