"""Build the page that may be shown now, from the library and the visit."""

from __future__ import annotations

from kiosk.core.library import Library
from kiosk.core.page import Page
from kiosk.core.pages import welcome
from kiosk.core.pages.context import PageContext
from kiosk.core.visit import AtWelcome, Visit


def page_for(library: Library, visit: Visit) -> Page:
    """Return the page to show now for this visit. Text of a closed section is not in it at all."""
    context = PageContext(library, visit)
    if visit.open_panel is None and isinstance(visit.location, AtWelcome):
        return welcome.welcome(context)
    from kiosk.core.pages.all_pages import page_of  # a start waits for none of the others

    return page_of(context)
