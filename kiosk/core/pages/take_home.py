"""Pages of taking along: what can be taken, the hand-out, the diary form, codes to scan, and the
result of printing or saving.
"""

from __future__ import annotations

from kiosk.core.events import Panel, PanelOpened
from kiosk.core.gate import is_open
from kiosk.core.page import Block, BlockKind, Choice, Page, PageKind
from kiosk.core.pages.blocks import picture_block
from kiosk.core.pages.context import PageContext, paragraphs
from kiosk.core.pages.panels import help_page
from kiosk.core.pages.sheet import sheet_for, text_for_codes
from kiosk.core.pages.welcome import listed
from kiosk.core.rules.self_check import checks_of
from kiosk.core.rules.take_home import MOST_SHEETS
from kiosk.core.take_home.events import SheetWanted
from kiosk.core.take_home.sheet import LineRole, Sheet
from kiosk.core.take_home.state import Outlet, SheetKind, SheetResult
from kiosk.core.visit import Presentation

_BLOCKS = {
    LineRole.HEADING: BlockKind.HEADING,
    LineRole.SUBHEADING: BlockKind.HEADING,
    LineRole.TEXT: BlockKind.TEXT,
    LineRole.STRONG: BlockKind.KEY,
    LineRole.POINT: BlockKind.POINT,
    LineRole.SMALL: BlockKind.SOURCE,
}
_FAILED = (
    SheetResult.NO_PRINTER, SheetResult.PRINTER_STOPPED, SheetResult.TAKEN_BACK,
    SheetResult.TOO_SLOW, SheetResult.NO_ROOM, SheetResult.NOT_WRITABLE, SheetResult.FAILED,
)  # fmt: skip
"""Results after which another try may succeed."""


def take(context: PageContext) -> Page:
    """Return the page that lists what can be taken along and the ways this site offers; the help
    page where no topic is loaded.
    """
    topic = context.topic
    if topic is None:
        return help_page(context)
    choices = [*_outlets(context, SheetKind.HANDOUT)]
    choices.append(_panel(context, Panel.SHEET))
    if Outlet.CODES in context.visit.opening.outlets:
        choices.append(_panel(context, Panel.CODES))
    choices.append(_panel(context, Panel.QUESTIONS))
    if topic.take_home.diary:
        choices.append(_panel(context, Panel.DIARY))
    if checks_of(topic, context.visit):
        choices.append(_panel(context, Panel.CHECK))
    blocks = paragraphs(context.say("take.text")) + listed(context)
    return context.page(
        PageKind.TAKE, context.say("take.title"), blocks, tuple(choices), likely=choices[0].id
    )


def _panel(context: PageContext, panel: Panel) -> Choice:
    return Choice(
        f"take-{panel.value}", context.say(f"take.{panel.value}"), PanelOpened(panel=panel)
    )


def _outlets(context: PageContext, kind: SheetKind) -> list[Choice]:
    """Printing and saving, as far as this place offers them."""
    offered = context.visit.opening.outlets
    ways = (
        ("print", Outlet.PRINT, False), ("print-large", Outlet.PRINT, True),
        ("save", Outlet.SAVE, False),
    )  # fmt: skip
    under_way = context.say("take.under-way") if context.visit.sheets < MOST_SHEETS else ""
    return [
        Choice(
            name,
            context.say(f"take.{name}"),
            SheetWanted(sheet=kind, outlet=outlet, large=large),
            under_way=under_way,
        )
        for name, outlet, large in ways
        if outlet in offered
    ]


def sheet(context: PageContext) -> Page:
    """Return the hand-out as a page, to be read or copied from the screen; the help page where no
    topic is loaded.
    """
    made = sheet_for(context.library, context.visit, SheetKind.HANDOUT)
    if made is None:
        return help_page(context)
    blocks = _with_none_yet(context, sheet_blocks(made))
    return context.page(PageKind.SHEET, made.title, blocks, (), likely="back")


def _with_none_yet(context: PageContext, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks, with what to do below the heading of the reader's questions where none is.

    Paper has room to write there, which a page leaves out.
    """
    heading = Block(BlockKind.HEADING, context.say("own.title"))
    below = blocks.index(heading) + 1
    if blocks[below].mood is not BlockKind.HEADING:
        return blocks
    none = context.say("sheet.no-questions", questions=context.say("take.questions"))
    return (*blocks[:below], *paragraphs(none), *blocks[below:])


def sheet_blocks(made: Sheet) -> tuple[Block, ...]:
    """Return a sheet's lines as blocks of a page, without the empty lines to write on."""
    return tuple(
        Block(_BLOCKS[line.role], line.text)
        for line in made.lines
        if line.role is not LineRole.ROOM and line.text
    )


def diary(context: PageContext) -> Page:
    """Return the page of the diary form: how to use it, what it asks for, an example, and choices
    to print or save it; the help page where no topic is loaded.
    """
    made = sheet_for(context.library, context.visit, SheetKind.DIARY)
    if made is None:
        return help_page(context)
    choices = _outlets(context, SheetKind.DIARY)
    blocks, example = sheet_blocks(made), _example(context)
    is_seen = bool(example) and context.visit.opening.presentation is Presentation.SCREEN
    if not choices or not is_seen:  # else the example shows them
        # The date comes first, as in the picture of the diary; what is told once a day comes last.
        asked = (*made.daily[:1], *made.columns, *made.daily[1:])
        blocks += tuple(Block(BlockKind.POINT, column) for column in asked)
    blocks += example
    if not choices:
        blocks += paragraphs(context.say("diary.paper"))
    likely = choices[0].id if choices else "back"
    return context.page(PageKind.DIARY, made.title, blocks, tuple(choices), likely=likely)


def _example(context: PageContext) -> tuple[Block, ...]:
    """The picture of a diary with a row filled in, from the section that explains it."""
    topic = context.topic
    if topic is None or not topic.take_home.diary:
        return ()
    section = topic.section(topic.take_home.diary)
    if not is_open(topic, context.visit, section):
        return ()
    return tuple(picture_block(context, picture) for picture in section.pictures)


def codes(context: PageContext) -> Page:
    """Return the page of codes to scan, which hold the clinic's web address for the topic, or if it
    has none the text of `text_for_codes`; the help page where no topic is loaded.
    """
    topic = context.topic
    if topic is None:
        return help_page(context)
    address = context.library.addresses.get(topic.id, "")
    said = context.say("codes.address" if address else "codes.text")
    text = address or text_for_codes(context, topic)
    blocks = (*paragraphs(said), Block(BlockKind.CODE, text))
    return context.page(PageKind.CODES, context.say("codes.title"), blocks, (), likely="back")


def handed_over(context: PageContext) -> Page:
    """Return the page with the result of printing or saving a sheet, and after a failure choices to
    try again; the help page where there is no such result.
    """
    over = context.visit.open_panel
    if over is None or over.result is None:
        return help_page(context)
    result = over.result
    title = context.say(f"handed-over-title.{result.value}")
    blocks = paragraphs(context.say(f"handed-over.{result.value}", where=over.saved_in))
    choices = []
    if result in _FAILED:
        choices = [
            *_outlets(context, over.sheet),
            Choice("ask-staff", context.say("tool.staff"), PanelOpened(panel=Panel.STAFF)),
            Choice("take-again", context.say("take.other"), PanelOpened(panel=Panel.TAKE)),
        ]
    elif result is SheetResult.TOO_OFTEN:
        choices = [Choice("ask-staff", context.say("tool.staff"), PanelOpened(panel=Panel.STAFF))]
    return context.page(PageKind.HANDED_OVER, title, blocks, tuple(choices), likely="back")
