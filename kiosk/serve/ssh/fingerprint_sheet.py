"""The staff sheet: how visitors come in, and the fingerprint by which they know this machine."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TextIO

import segno

from kiosk.serve.ssh.host_key import HostKeyError, fingerprint, host_key, kept_folder, public_line

MARGIN = 2
"""Light modules around the QR code."""
UPPER, LOWER, BOTH, NONE = "▀", "▄", "█", " "


def show(name: str, port: int, state: Path | None, out: TextIO) -> int:
    """Print the sheet for a machine of this name; the exit status."""
    try:
        public = public_line(host_key(state or kept_folder()))
    except HostKeyError as why:
        print(why, file=sys.stderr)
        return 1
    at = f"[{name}]:{port}" if port != 22 else name
    command = f"ssh {'' if port == 22 else f'-p {port} '}education@{name}"
    print(f"Visitors come in with:\n\n    {command}\n", file=out)
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
    """Two rows of modules in one of text, dark for ink: to be printed, black on white."""
    width = len(modules[0]) + 2 * MARGIN
    side = bytes(MARGIN)
    rows = (
        [bytes(width)] * MARGIN + [side + row + side for row in modules] + [bytes(width)] * MARGIN
    )
    rows += [bytes(width)] * (len(rows) % 2)
    signs = {(0, 0): NONE, (1, 0): UPPER, (0, 1): LOWER, (1, 1): BOTH}
    return "\n".join(
        "".join(signs[pair] for pair in zip(upper, lower, strict=True)).rstrip()
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    )
