"""What the command line says where it cannot do as asked, and no file is to blame."""

from __future__ import annotations

NEEDS_LINUX = (
    "`{command}` needs Linux. On this system `kiosk` opens the kiosk for somebody you know, and "
    "`kiosk read` tells the same line by line."
)
NOT_WHOLE = (
    "This copy of kiosk lacks {module}, which this needs. Install kiosk from its wheel, as "
    "docs/deploying.md says."
)
NOT_ASKED = "Give one file of questions, and at most one pack or content directory to ask them of."
NOT_UNATTENDED = (
    "This terminal (TERM={term}) cannot be drawn on, so nobody can be left alone with it. "
    "Start `kiosk read` on it instead."
)
CRASHED = (
    "kiosk has stopped because of a mistake in it ({where}). Nothing was kept. "
    "Please start it again."
)
FULL = "The kiosk is busy. Please try again in a few minutes, or ask our staff."
CLOSING = "The kiosk is closing. Please try again in a minute, or ask our staff."
REFUSED_SESSION = {"full": FULL, "closing": CLOSING}
"""Why no session is opened, by `kiosk.serve.pool.session.Refusal`."""
NO_COMMANDS = (
    "There are no commands here, only patient education. Please come again without a command."
)
ENDED = {
    "no worker": "The kiosk could not begin. Please try again, or ask our staff.",
    "crashed": "The kiosk has stopped because of a mistake in it. Nothing was kept. "
    "Please start it again.",
    "hung": "The kiosk has stopped because of a mistake in it. Nothing was kept. "
    "Please start it again.",
    "too long": "This visit has lasted as long as one may. Nothing was kept. "
    "You can start the kiosk again.",
    "idle": "Nobody was there, so the kiosk has closed. You can start it again.",
    "drained": "The kiosk is closing. Please try again in a minute, or ask our staff.",
    "closed": "The kiosk has closed.",
}
"""What is said at the end of a session, by `kiosk.serve.pool.session.EndReason`."""
