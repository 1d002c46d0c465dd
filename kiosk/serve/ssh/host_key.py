"""The key by which visitors know this machine: made once, kept closely, shown to be compared."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
import secrets
import stat
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_ssh_private_key,
)

NAME = "ssh_host_ed25519_key"
SERVICE = Path("/var/lib/kiosk-ssh/ssh")
"""Where the service of this machine (deploy/kiosk-ssh@.service) keeps it."""


class HostKeyError(Exception):
    """The key cannot be kept, or has not been kept closely; the message says what to do."""


def state_folder() -> Path:
    """Where a service keeps its state, else a user."""
    given = os.environ.get("STATE_DIRECTORY", "").split(":")[0]
    if os.path.isabs(given):
        return Path(given) / "ssh"
    home = os.environ.get("XDG_STATE_HOME", "")
    base = Path(home) if os.path.isabs(home) else Path.home() / ".local" / "state"
    return base / "kiosk" / "ssh"


def kept_folder() -> Path:
    """Where the key is that visitors of this machine see: the service's, if one can be read."""
    return SERVICE if os.access(SERVICE / NAME, os.R_OK) else state_folder()


def host_key(folder: Path) -> bytes:
    """The private key in OpenSSH's form; made where there is none. Raises Unkept."""
    file = folder / NAME
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not file.exists():
            _make(file)
        return read_closely(file)
    except OSError as error:
        raise HostKeyError(f"The host key {file} cannot be kept: {error.strerror}.") from None


def read_closely(file: Path) -> bytes:
    """The bytes of a file that nobody else can read or replace; raises Unkept and OSError."""
    with open(file, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NOFOLLOW)) as held:
        here, above = os.fstat(held.fileno()), os.stat(file.parent)
        for found, name in ((here, file), (above, file.parent)):
            if found.st_uid not in (0, os.geteuid()) and os.geteuid():
                raise HostKeyError(
                    f"{name} belongs to somebody else, so the key in it is not used."
                )
            if stat.S_IMODE(found.st_mode) & (0o077 if found is here else 0o022):
                raise HostKeyError(
                    f"Others can read or change {name}, so its key is not used. If nobody has read "
                    f"it, `chmod go= {name}` is enough; else delete it, and a new one is made."
                )
        return held.read()


def public_line(private: bytes) -> str:
    """The public half as one line: kind and base64."""
    key = load_ssh_private_key(private, password=None)
    return key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()


def fingerprint(public: str) -> str:
    """What a client shows for a public line: `SHA256:` and base64 without padding."""
    blob = base64.b64decode(public.split()[1])
    return "SHA256:" + base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")


def _make(file: Path) -> None:
    """Whole or not at all, and once: of several servers that start together, one's is kept."""
    key = Ed25519PrivateKey.generate()
    held = key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
    fresh = file.with_name(f".{NAME}-{secrets.token_hex(8)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(held)
            out.flush()
            os.fsync(out.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(fresh, file)
    finally:
        os.unlink(fresh)
