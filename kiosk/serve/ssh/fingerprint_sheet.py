"""Print the sheet for staff of an SSH server: the command that visitors
type, and the fingerprint of the host key.
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
    """Write the sheet of the machine `name` to `out`: the visitors' `ssh` command
    and the fingerprint; raises HostKeyError.
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
    """Return a QR code as lines of text, black on white; a character shows
    two of its modules, one above the other.
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
