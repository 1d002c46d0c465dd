"""Escape sequences, as constants, that all terminals understand or ignore.

They reset modes, erase the screen, and give the terminal back to its owner. The drawn front end,
the console supervisor and the SSH server share them. `serve/attach.py` repeats some, because it
imports nothing of the program.
"""

from kiosk.window_size import MAX_SIZE

NO_CURSOR = ("", "dumb", "unknown")
"""Values of TERM for terminals whose cursor cannot be moved."""
RESET_MODES = "\x18\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[?2004l\x1b[?2026l"
"""Ends a half-sent sequence, mouse and focus reports, bracketed paste and synchronized output."""
ERASE_LINES = "".join(f"\x1b[{row};1H\x1b[2K" for row in range(1, MAX_SIZE[1] + 1)) + "\x1b[H"
"""Erases the screen line by line: many terminals put what `ESC [ 2 J` erases into the scrollback,
and one without an alternate screen would keep the last page there."""
ERASE_SCROLLBACK = "\x1b[3J"
"""Erases what has been scrolled out of the screen."""
GIVE_BACK = RESET_MODES + "\x1b[0m\x1b(B\x1b[?7h" + ERASE_LINES + "\x1b[?1049l\x1b[?25h"
"""Gives the terminal back to its owner: no color, and nothing of the visit on either screen. The
scrollback is the owner's, and the visit is not in it."""
RESET_CONSOLE_PALETTE = "\x1b]R"
"""Resets the palette of the Linux console."""
RESET_PALETTE = "\x1b]104\x1b\\"
"""Resets the palette of other terminals."""
