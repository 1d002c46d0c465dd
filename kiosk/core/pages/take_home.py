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
"""What may go better another time."""


def take(scene: PageContext) -> Page:
    """Return the page that lists what can be taken along and the ways this site offers; the help
    page where no topic is loaded.
    """
    topic = scene.topic
    if topic is None:
        return help_page(scene)
    choices = [*_outlets(scene, SheetKind.HANDOUT)]
    choices.append(_panel(scene, Panel.SHEET))
    if Outlet.CODES in scene.visit.opening.outlets:
        choices.append(_panel(scene, Panel.CODES))
    choices.append(_panel(scene, Panel.QUESTIONS))
    if topic.take_home.diary:
        choices.append(_panel(scene, Panel.DIARY))
    if checks_of(topic, scene.visit):
        choices.append(_panel(scene, Panel.CHECK))
    blocks = paragraphs(scene.say("take.text")) + listed(scene)
    return scene.page(
        PageKind.TAKE, scene.say("take.title"), blocks, tuple(choices), likely=choices[0].id
    )


def _panel(scene: PageContext, panel: Panel) -> Choice:
    return Choice(f"take-{panel.value}", scene.say(f"take.{panel.value}"), PanelOpened(panel=panel))


def _outlets(scene: PageContext, kind: SheetKind) -> list[Choice]:
    """Printing and saving, as far as this place offers them."""
    offered = scene.visit.opening.outlets
    ways = (
        ("print", Outlet.PRINT, False), ("print-large", Outlet.PRINT, True),
        ("save", Outlet.SAVE, False),
    )  # fmt: skip
    under_way = scene.say("take.under-way") if scene.visit.sheets < MOST_SHEETS else ""
    return [
        Choice(
            name,
            scene.say(f"take.{name}"),
            SheetWanted(sheet=kind, outlet=outlet, large=large),
            under_way=under_way,
        )
        for name, outlet, large in ways
        if outlet in offered
    ]


def sheet(scene: PageContext) -> Page:
    """Return the hand-out as a page, to be read or copied from the screen; the help page where no
    topic is loaded.
    """
    made = sheet_for(scene.library, scene.visit, SheetKind.HANDOUT)
    if made is None:
        return help_page(scene)
    blocks = _with_none_yet(scene, sheet_blocks(made))
    return scene.page(PageKind.SHEET, made.title, blocks, (), likely="back")


def _with_none_yet(scene: PageContext, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks, with what to do below the heading of the reader's questions where none is.

    Paper has room to write there, which a page leaves out.
    """
    heading = Block(BlockKind.HEADING, scene.say("own.title"))
    below = blocks.index(heading) + 1
    if blocks[below].mood is not BlockKind.HEADING:
        return blocks
    none = scene.say("sheet.no-questions", questions=scene.say("take.questions"))
    return (*blocks[:below], *paragraphs(none), *blocks[below:])


def sheet_blocks(made: Sheet) -> tuple[Block, ...]:
    """Return a sheet's lines as blocks of a page, without the empty lines to write on."""
    return tuple(
        Block(_BLOCKS[line.role], line.text)
        for line in made.lines
        if line.role is not LineRole.ROOM and line.text
    )


def diary(scene: PageContext) -> Page:
    """Return the page of the diary form: how to use it, what it asks for, an example, and choices
    to print or save it; the help page where no topic is loaded.
    """
    made = sheet_for(scene.library, scene.visit, SheetKind.DIARY)
    if made is None:
        return help_page(scene)
    choices = _outlets(scene, SheetKind.DIARY)
    blocks, example = sheet_blocks(made), _example(scene)
    is_seen = bool(example) and scene.visit.opening.presentation is Presentation.SCREEN
    if not choices or not is_seen:  # else the example shows them
        # The date comes first, as in the picture of the diary; what is told once a day comes last.
        asked = (*made.daily[:1], *made.columns, *made.daily[1:])
        blocks += tuple(Block(BlockKind.POINT, column) for column in asked)
    blocks += example
    if not choices:
        blocks += paragraphs(scene.say("diary.paper"))
    likely = choices[0].id if choices else "back"
    return scene.page(PageKind.DIARY, made.title, blocks, tuple(choices), likely=likely)


def _example(scene: PageContext) -> tuple[Block, ...]:
    """The picture of a diary with a row filled in, from the section that explains it."""
    topic = scene.topic
    if topic is None or not topic.take_home.diary:
        return ()
    section = topic.section(topic.take_home.diary)
    if not is_open(topic, scene.visit, section):
        return ()
    return tuple(picture_block(scene, picture) for picture in section.pictures)


def codes(scene: PageContext) -> Page:
    """Return the page of codes to scan, which hold the clinic's web address for the topic, or if it
    has none the text of `text_for_codes`; the help page where no topic is loaded.
    """
    topic = scene.topic
    if topic is None:
        return help_page(scene)
    address = scene.library.addresses.get(topic.id, "")
    said = scene.say("codes.address" if address else "codes.text")
    text = address or text_for_codes(scene, topic)
    blocks = (*paragraphs(said), Block(BlockKind.CODE, text))
    return scene.page(PageKind.CODES, scene.say("codes.title"), blocks, (), likely="back")


def handed_over(scene: PageContext) -> Page:
    """Return the page with the result of printing or saving a sheet, and after a failure choices to
    try again; the help page where there is no such result.
    """
    over = scene.visit.open_panel
    if over is None or over.result is None:
        return help_page(scene)
    result = over.result
    title = scene.say(f"handed-over-title.{result.value}")
    blocks = paragraphs(scene.say(f"handed-over.{result.value}", where=over.saved_in))
    choices = []
    if result in _FAILED:
        choices = [
            *_outlets(scene, over.sheet),
            Choice("ask-staff", scene.say("tool.staff"), PanelOpened(panel=Panel.STAFF)),
            Choice("take-again", scene.say("take.other"), PanelOpened(panel=Panel.TAKE)),
        ]
    elif result is SheetResult.TOO_OFTEN:
        choices = [Choice("ask-staff", scene.say("tool.staff"), PanelOpened(panel=Panel.STAFF))]
    return scene.page(PageKind.HANDED_OVER, title, blocks, tuple(choices), likely="back")
