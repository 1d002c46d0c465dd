"""Silences, in seconds without a byte, after which the parser of a terminal's bytes ends what is
unfinished: a key's sequence, a paste, or the rest of one of these that it is dropping.
"""

from __future__ import annotations

from typing import Final

ESCAPE: Final = 0.2
"""After a lone ESC, which was then the Esc key, or an unfinished sequence. A slow line brings the
bytes of one 0.15 s apart."""
LATE: Final = 1.0  # within which what completes a sequence that had not ended is dropped with it
PASTE: Final = 10.0  # after which a paste that has not ended is given up: lines stall
CUT: Final = 3.0  # after which what still came of such a paste has ended, if its mark was lost
WAITED_FOR: Final = 0.3
"""After a key that no pasted text has (Esc twice, an arrow, a touch): it shows that the paste's end
mark was lost. What comes before this silence is dropped with the paste."""
