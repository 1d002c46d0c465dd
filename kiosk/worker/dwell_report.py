"""Reports from a worker to its server of pages that must stand before an answer to them counts."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.core.page import Page
from kiosk.core.port import Port


class DwellReport:
    """Reporter of pages that must stand for a time; to be called whenever the page has changed.

    Args:
        port: the visit's port, which has the page in view.
        report: called with the seconds that a new page must stand, and with 0 when a page without
            such a time follows.
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
