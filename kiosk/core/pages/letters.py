"""Letters as choices, to write with four keys or a touch screen where there is no keyboard."""

from __future__ import annotations

from kiosk.core.events import TextChanged
from kiosk.core.page import Choice, ChoiceRole
from kiosk.core.pages.context import PageContext


def keys(context: PageContext, written: str) -> list[Choice]:
    """Return choices that each add one letter to the text `written`, in rows (`Choice.group`), then
    those for a space and for deleting the last letter.
    """
    rows = context.say("entry.letters").split()
    letters = [
        _key(f"key-{letter}", letter, written + letter, row) for row in rows for letter in row
    ]
    last = rows[-1] if rows else ""
    letters.append(_key("key-space", context.say("entry.space"), f"{written.rstrip()} ", last))
    letters.append(_key("key-rub-out", context.say("entry.rub-out"), written[:-1], last))
    return letters


def _key(id_: str, label: str, text: str, row: str) -> Choice:
    return Choice(id_, label, TextChanged(text=text), ChoiceRole.KEY, group=row)
