"""Sign with `ssh-keygen`: the private key stays in its file, its agent or its token."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from kiosk.errors import KioskError
from kiosk.library.review.allowed_signers import parse_public_key
from kiosk.library.review.ed25519 import TYPES
from kiosk.library.review.ssh_wire import WireError, key_type

PROGRAM = "ssh-keygen"


class SigningError(KioskError):
    """Nothing was signed; the message says why and what to do."""


def sign(message: bytes, key: Path, namespace: str) -> str:
    """Return the signature of a message, as text; asks for the key's passphrase where it has one.

    Args:
        message: what is signed.
        key: a private key, or a public one whose private half an agent or a token has.
        namespace: what the signature is for.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "message")
        file.write_bytes(message)
        command = [PROGRAM, "-Y", "sign", "-f", str(key), "-n", namespace, str(file)]
        try:
            done = subprocess.run(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
        except FileNotFoundError:
            reason = "To sign, install OpenSSH's ssh-keygen (Debian: openssh-client)."
            raise SigningError(reason) from None
        if done.returncode:
            said = " ".join(done.stderr.decode("utf-8", errors="replace").split())
            raise SigningError(f"ssh-keygen did not sign: {said or 'it was interrupted'}.")
        return file.with_name("message.sig").read_text("ascii")


def public_key_of(key: Path) -> bytes:
    """Return the public key, as SSH encodes it, of a private or a public key's file.

    Raises SigningError for anything but an Ed25519 key.
    """
    public = key if key.suffix == ".pub" else key.with_name(key.name + ".pub")
    try:
        blob = parse_public_key(public.read_text("utf-8"))
        type_ = key_type(blob)
    except FileNotFoundError:
        raise SigningError(f"There is no public key {public}.") from None
    except (OSError, ValueError, WireError) as error:
        raise SigningError(f"{public} is no public key: {error}.") from None
    if type_ not in TYPES:
        raise SigningError(
            f"{public} is a key of the type {type_}, and only Ed25519 counts. "
            "`ssh-keygen -t ed25519` makes one."
        )
    return blob
