"""Sentences printed when a command cannot run, such as on a system that is not Linux."""

from __future__ import annotations

NEEDS_LINUX = (
    "`{command}` needs Linux. On this system `kiosk` opens the kiosk for somebody you know, and "
    "`kiosk read` prints the same line by line."
)
NOT_WHOLE = (
    "This copy of kiosk lacks {module}, which this needs. Install kiosk from its wheel, as "
    "docs/deploying.md says."
)
NOT_ASKED = "Give one file of questions, and at most one pack or content directory to ask them of."
