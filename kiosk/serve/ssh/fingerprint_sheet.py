"""Write a sheet for the staff, to be printed: the `ssh` command that visitors type, and the
fingerprint of the server's host key.
"""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

import segno

from kiosk.serve.ssh.host_key import fingerprint, host_key, key_folder, public_line

MARGIN = 2
"""Light modules around the QR code."""
UPPER, LOWER, BOTH, NONE = "▀", "▄", "█", " "


def show(name: str, port: int, state: Path | None, out: TextIO) -> int:
    """Write to `out` the `ssh` command for visitors and the host key's fingerprint, as text and as
    a QR code, and the key's line for `known_hosts`; return the exit status, 0.

    Makes the host key if there is none. Raises HostKeyError if the key cannot be used.

    Args:
        name: the name of the machine that visitors connect to.
        port: the SSH server's port.
        state: the folder with the host key; None for the usual one.
        out: the open text file to write to, such as standard output.
    """
    folder = state or key_folder()
    owners = {folder.stat().st_uid} if folder.exists() else set()  # root shows the service's
    public = public_line(host_key(folder, owners))
    at = f"[{name}]:{port}" if port != 22 else name
    command = f"ssh {'' if port == 22 else f'-p {port} '}education@{name}"
    print(f"Visitors connect with:\n\n    {command}\n", file=out)
    print("The first time, their program shows a fingerprint. It must be this one:\n", file=out)
    print(f"    {fingerprint(public)}\n", file=out)
    print("The same two as a QR code:\n", file=out)
    code = segno.make(f"{command}\n{fingerprint(public)}", error="m")
    if out.isatty():
        code.terminal(out, border=MARGIN, compact=True)
    else:
        print(qr_lines([bytes(row) for row in code.matrix]), file=out)
    print(f"\nFor known_hosts of machines that IT looks after:\n\n    {at} {public}", file=out)
    return 0


def qr_lines(modules: list[bytes]) -> str:
    """Draw a QR code with block characters, for black text on white paper; return the lines as one
    text.

    Each character stands for two modules (the code's squares), one above the other. `modules` has
    one byte for each module, 1 for a dark one.
    """
    width = len(modules[0]) + 2 * MARGIN
    side = bytes(MARGIN)
    rows = (
        [bytes(width)] * MARGIN + [side + row + side for row in modules] + [bytes(width)] * MARGIN
    )
    rows += [bytes(width)] * (len(rows) % 2)
    characters = {(0, 0): NONE, (1, 0): UPPER, (0, 1): LOWER, (1, 1): BOTH}
    return "\n".join(
        "".join(characters[pair] for pair in zip(upper, lower, strict=True)).rstrip()
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    )
