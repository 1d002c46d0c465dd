"""Make the menu of a page: the items that a reader can choose on the screen, each with its key, and
those at which the focus stops.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from string import ascii_uppercase

from kiosk.core.events import UserActive
from kiosk.core.page import Choice, ChoiceRole, Page
from kiosk.fast_dataclass import dataclass

Say = Callable[[str], str]

COLOURS = "colours"
"""The item that changes the theme: this front end's own."""
READ_ON = "read-on"
"""The item that moves the text on, where a page has no Next to do it."""
ROW = "row-"
"""Before the letters of a row: the item that stands for it, and is gone into to pick one."""
QUIT = "quit"
"""The item that leaves the program, on the Welcome page of an unlocked kiosk."""


@dataclass(frozen=True)
class MenuItem:
    """One thing on the screen that a reader can choose: a choice of the page, a row of letters, or
    something that the front end itself does, such as changing the theme.

    An item has a label and may have a key that chooses it, a shorter label, a note, a group (the
    heading it stands under, or a letter's row) and a preview.
    """

    id: str
    key: str
    label: str
    role: ChoiceRole
    choice: Choice | None = None
    short: str = ""
    note: str = ""
    group: str = ""
    preview: str = ""

    @property
    def is_row(self) -> bool:
        """True if the item stands for a whole row of letters of the on-screen keyboard."""
        return self.role is ChoiceRole.KEY and not self.group

    @property
    def part(self) -> str:
        """The id that marks the item's rows on the screen, for scrolling to them: the item's own
        id, or for a letter of the on-screen keyboard the id of its row of letters.
        """
        return f"{ROW}{self.group}" if self.role is ChoiceRole.KEY and self.group else self.id

    @property
    def labels(self) -> tuple[str, ...]:
        """The item's label, then its shorter label if it has one; the first that fits is drawn."""
        return (self.label, self.short) if self.short else (self.label,)


def items_of(
    page: Page, say: Say, *, may_quit: bool, may_recolour: bool = True
) -> tuple[MenuItem, ...]:
    """Return the menu items of a page, each with its key ("" for none), in the order in which the
    focus moves through them.

    Args:
        page: the page in view.
        say: returns a phrase of the interface by its key.
        may_quit: whether to add the item that ends the program.
        may_recolour: whether to add the item that changes the theme.
    """
    written = page.entry.text if page.entry else ""
    lettered = {"next", "back"} | {
        choice.id for choice in page.choices if choice.role is ChoiceRole.TOOL
    }
    letters = {id_: say(f"key.{id_}") for id_ in lettered}
    own = {COLOURS: say("key.colours"), QUIT: say("key.quit")}
    free = _free_keys({*letters.values(), *own.values()})
    if page.entry:  # letters are written here, and digits once something is
        letters, own = dict.fromkeys(letters, ""), dict.fromkeys(own, "")
        free = iter("" if written else "1234567890")
    items = [
        MenuItem(
            choice.id,
            letters[choice.id] if choice.id in letters else next(free, ""),
            choice.label,
            choice.role,
            choice,
            choice.short,
            choice.note,
            choice.group,
            choice.preview,
        )
        for role in (
            ChoiceRole.MAIN,
            ChoiceRole.KEY,
            ChoiceRole.BACK,
            ChoiceRole.NEXT,
            ChoiceRole.TOOL,
        )
        for choice in _rows(page.choices, role)
    ]
    if may_recolour:
        items.append(MenuItem(COLOURS, own[COLOURS], say("ui.colours"), ChoiceRole.TOOL))
    if may_quit:
        items.append(MenuItem(QUIT, own[QUIT], say("ui.quit"), ChoiceRole.TOOL))
    return tuple(items)


def _rows(choices: tuple[Choice, ...], role: ChoiceRole) -> Iterator[Choice]:
    """The choices of a role; before each row of letters, one that stands for the row."""
    row = ""
    for choice in choices:
        if choice.role is not role:
            continue
        if role is ChoiceRole.KEY and choice.group != row:
            row = choice.group
            yield Choice(f"{ROW}{row}", row, UserActive(), role)
        yield choice


def read_on(page: Page, say: Say) -> MenuItem:
    """Return the menu item "Read on", which scrolls down. It stands in the place of Next, on a page
    that has no Next and more below the window.
    """
    return MenuItem(
        READ_ON, "" if page.entry else say("key.next"), say("ui.read-on"), ChoiceRole.NEXT
    )


def with_read_on(items: tuple[MenuItem, ...], item: MenuItem) -> tuple[MenuItem, ...]:
    """Return a page's menu items with `item`, which scrolls down, added in the place of Next;
    `items` unchanged if the page has a Next.
    """
    if any(item.role is ChoiceRole.NEXT for item in items):
        return items
    at = next((i for i, item in enumerate(items) if item.role is ChoiceRole.TOOL), len(items))
    return (*items[:at], item, *items[at:])


def stops(items: tuple[MenuItem, ...], row: str) -> tuple[MenuItem, ...]:
    """Return the menu items at which the focus can stop. With `row` "", a row of letters of the
    on-screen keyboard is one stop; with the id of such a row, only its letters are stops.
    """
    if row:
        return tuple(item for item in items if item.part == row and not item.is_row)
    return tuple(item for item in items if item.role is not ChoiceRole.KEY or item.is_row)


def _free_keys(taken: set[str]) -> Iterator[str]:
    yield from "1234567890"
    yield from (letter for letter in ascii_uppercase if letter not in taken)
    yield from "+-*/=.,;:"  # the list of the steps may be long
