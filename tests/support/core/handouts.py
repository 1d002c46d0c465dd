"""Everything that a visit may take along, as text."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.library import Library
from kiosk.core.pages.context import PageContext
from kiosk.core.pages.sheet import sheet_for, text_for_codes
from kiosk.core.take_home.state import SheetKind
from kiosk.core.visit import Visit


class Handouts:
    """The hand-outs of visits to a library; the same visit has the same one."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._made: dict[Visit, str] = {}

    def text_of(self, visit: Visit) -> str:
        """Return all that could leave the screen in this visit: sheet and codes."""
        bare = replace(visit, open_panel=None)
        if bare not in self._made:
            sheet = sheet_for(self._library, bare, SheetKind.HANDOUT)
            context = PageContext(self._library, bare)
            codes = text_for_codes(context, context.topic) if context.topic else ""
            self._made[bare] = f"{sheet!r} {codes}"
        return self._made[bare]
