"""Durations, in seconds without input, after which the parser of a terminal's bytes waits no
longer: for the end of a key's sequence, of a paste, or of what is late.
"""

from __future__ import annotations

from typing import Final

ESCAPE: Final = 0.2
"""Seconds after which a lone ESC was a key: a slow line brings the bytes of one 0.15 s apart."""
LATE: Final = 1.0  # within which what completes a sequence that had not ended is dropped with it
PASTE: Final = 10.0  # after which a paste that has not ended is given up: lines stall
CUT: Final = 3.0  # after which what still came of such a paste has ended, if its mark was lost
WAITED_FOR: Final = 0.3
"""The same, if somebody pressed a key in it that no text has: Esc twice, an arrow, a touch."""
