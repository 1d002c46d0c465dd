"""The SSH server's host key: where its file is, making it once, reading it safely, its public line
and fingerprint.

The private key is kept in a file that nobody else can read or replace.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
import secrets
import stat
from collections.abc import Collection
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_ssh_private_key,
)

from kiosk.errors import HostKeyError
from kiosk.system.files import READ_NO_LINK, folder_of_others, open_ordinary

FILE_NAME = "ssh_host_ed25519_key"
SERVICE_FOLDER = Path("/var/lib/kiosk-ssh/ssh")
"""The folder in which this machine's service (deploy/kiosk-ssh@.service) stores it."""


def state_folder() -> Path:
    """Return the folder in which this process keeps the host key: under the service's state
    directory (STATE_DIRECTORY), else under the user's (XDG_STATE_HOME).
    """
    given = os.environ.get("STATE_DIRECTORY", "").split(":")[0]
    if os.path.isabs(given):
        return Path(given) / "ssh"
    home = os.environ.get("XDG_STATE_HOME", "")
    base = Path(home) if os.path.isabs(home) else Path.home() / ".local" / "state"
    return base / "kiosk" / "ssh"


def key_folder() -> Path:
    """Return the folder of the host key that visitors see: the kiosk-ssh service's, if its key can
    be read; else `state_folder()`.
    """
    return SERVICE_FOLDER if os.access(SERVICE_FOLDER / FILE_NAME, os.R_OK) else state_folder()


def host_key(folder: Path, owners: Collection[int] = ()) -> bytes:
    """Return the private host key, in OpenSSH's format; make it first if the folder has none.

    Raises HostKeyError if it cannot be stored or read, or if others could read or replace it.

    Args:
        folder: the folder of the key's file; made if missing.
        owners: ids of users to whom the file may belong, besides root and this process's user.
    """
    file = folder / FILE_NAME
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not os.path.lexists(file):
            _make(file)
        return read_private(file, owners)
    except OSError as error:
        raise HostKeyError(f"The host key {file} cannot be stored: {error.strerror}.") from None


def read_private(file: Path, owners: Collection[int] = ()) -> bytes:
    """Return the bytes of a file that must stay secret.

    Raises HostKeyError if another user could read or replace the file, or owns it, and OSError if
    it cannot be read. `owners` are ids of users who may own it besides root and this process's
    user.
    """
    owners = {0, os.geteuid(), *owners}
    _check_way(file.parent.absolute(), owners)
    with os.fdopen(open_ordinary(file, READ_NO_LINK), "rb") as opened:
        status, folder_status = os.fstat(opened.fileno()), os.stat(file.parent)
        for each, name in ((status, file), (folder_status, file.parent)):
            if each.st_uid not in owners:
                raise HostKeyError(
                    f"{name} belongs to somebody else, so the key in it is not used."
                )
            if stat.S_IMODE(each.st_mode) & (0o077 if each is status else 0o022):
                raise HostKeyError(
                    f"Others can read or change {name}, so its key is not used. If nobody has read "
                    f"it, `chmod go= {name}` is enough; else delete it, and a new one is made."
                )
        return opened.read()


def _check_way(folder: Path, owners: Collection[int]) -> None:
    """Raise HostKeyError where others can exchange a folder on the way to the key."""
    if parent := folder_of_others(folder.parent, owners):
        raise HostKeyError(
            f"Others can replace what is in {parent}, so the key in {folder} is not used."
        )


def public_line(private: bytes) -> str:
    """Return the public key that belongs to a private key, as OpenSSH's one line: kind and base64.
    `private` is in OpenSSH's format, without a password.
    """
    key = load_ssh_private_key(private, password=None)
    return key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()


def fingerprint(public: str) -> str:
    """Return the SHA-256 fingerprint of a public key as SSH clients show it, `SHA256:` and base64;
    `public` is a line as from `public_line`.
    """
    blob = base64.b64decode(public.split()[1])
    return "SHA256:" + base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")


def _make(file: Path) -> None:
    """Make the file, whole or not at all; of several servers that start together, one makes it."""
    key = Ed25519PrivateKey.generate()
    data = key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
    temporary = file.with_name(f".{FILE_NAME}-{secrets.token_hex(8)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(temporary, file)
    finally:
        os.unlink(temporary)
