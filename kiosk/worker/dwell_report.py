"""Tell a server of the pages that must stand for a time before an answer to them counts."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.core.page import Page
from kiosk.core.port import Port


class DwellReport:
    """Reporter of pages that must stand before they are answered, called when the page changes.

    Args:
        port: what runs the visit; has the page.
        report: called with the seconds that a page must stand, and with 0 when it is left.
    """

    def __init__(self, port: Port, report: Callable[[float], None]) -> None:
        self._port = port
        self._report = report
        self._reported: Page | None = None
        """The page that was reported and is in view."""

    def __call__(self) -> None:
        """Report the page in view, if it is another than the last."""
        page = self._port.page
        if self._reported is not None and page.is_like(self._reported):
            return
        if page.dwell or self._reported is not None:
            self._report(page.dwell)
        self._reported = page if page.dwell else None
