"""What holds of any terminal, by whatever way we write to it. `serve/attach.py`, which imports next
to nothing, says some of it again."""

LARGEST = (400, 150)
"""Columns and rows that are drawn at most: whoever is at the other end chooses the size."""
NO_CURSOR = ("", "dumb", "unknown")
"""What TERM is where the cursor cannot be moved."""
CALM = "\x18\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[?2004l\x1b[?2026l"
"""No sequence half begun, no touch reports, no pastes, nothing withheld from the screen."""
GIVE_BACK = CALM + "\x1b[0m\x1b(B\x1b[?7h\x1b[2J\x1b[H\x1b[?1049l\x1b[?25h"
"""The terminal as its owner had it: no colour, and of the visit nothing on either of its screens.
Its scrollback is its owner's: the visit, drawn on the other screen, is not in it."""
