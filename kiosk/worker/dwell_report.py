"""Report from a worker to its server for how many seconds a caution just drawn must stand before an
answer to it counts.
"""

from __future__ import annotations

from collections.abc import Callable

from kiosk.core.page import Page
from kiosk.core.port import Port


class DwellReport:
    """Listener of a visit's port: at each change of the page, reports for how long the new page
    must stand.

    Args:
        port: the visit's port, which has the page in view.
        report: called with those seconds when a caution comes into view, and with 0 when another
            page follows it.
    """

    def __init__(self, port: Port, report: Callable[[float], None]) -> None:
        self._port = port
        self._report = report
        self._reported: Page | None = None
        """The page that was reported and is in view."""

    def __call__(self) -> None:
        """Report the page in view, unless it is like the one reported last."""
        page = self._port.page
        if self._reported is not None and page.is_like(self._reported):
            return
        if page.dwell or self._reported is not None:
            self._report(page.dwell)
        self._reported = page if page.dwell else None
