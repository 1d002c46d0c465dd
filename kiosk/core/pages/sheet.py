"""Make a sheet (the hand-out or the diary form) from a library and a visit, with nothing that the
visit's pages may not show now; also the short text that is put into codes to scan.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kiosk.core.content import Claim, Product, Section, Topic
from kiosk.core.evidence import Statement
from kiosk.core.gate import has_acknowledged, is_open
from kiosk.core.library import Library
from kiosk.core.page import Block, BlockKind
from kiosk.core.pages.blocks import claim_blocks, urgent_blocks
from kiosk.core.pages.context import PageContext, paragraphs
from kiosk.core.pages.marks import is_own
from kiosk.core.pages.section import product_blocks
from kiosk.core.rules.own_questions import wording_of
from kiosk.core.rules.questions import holder
from kiosk.core.take_home.sheet import LineRole, Sheet, SheetLine
from kiosk.core.take_home.state import SheetKind
from kiosk.core.visit import Visit

ROOM_FOR_ANSWER = 2
"""Bare lines under each of the reader's own questions."""
ROOM_FOR_QUESTIONS = 4
"""Bare lines where there is none."""
DIARY_DAYS = 14
DIARY_ROWS = 3
"""Rows of a day in the diary form: seven days fit a page."""

_ROLES = {
    BlockKind.HEADING: LineRole.SUBHEADING,
    BlockKind.KEY: LineRole.STRONG,
    BlockKind.POINT: LineRole.POINT,
    BlockKind.MARK: LineRole.SMALL,
    BlockKind.SOURCE: LineRole.SMALL,
}


def sheet_for(library: Library, visit: Visit, kind: SheetKind, date: str = "") -> Sheet | None:
    """Return the hand-out or diary form as it may be taken along now; None where no topic is
    loaded.

    Text of a closed section is not in it. `date` is today's, as readers write it; empty where it
    is not known.
    """
    context = PageContext(library, visit)
    topic = context.topic
    if topic is None:
        return None
    if kind is SheetKind.DIARY:
        return _diary(context)
    lines = [
        *_head(context, topic, date),
        *_own_questions(context),
        *_today(context, topic),
        *_signs(context, topic),
        *_cautions(context, topic),
        *_opened(context, topic),
        *_sources(context, topic),
        SheetLine(LineRole.HEADING, context.say("sheet.clinician")),
        SheetLine(LineRole.TEXT, context.say("sheet.clinician-text")),
        SheetLine(LineRole.ROOM, context.say("sheet.signature")),
    ]
    return Sheet(kind, visit.language, context.at(topic.question), tuple(lines))


def _head(context: PageContext, topic: Topic, date: str) -> Iterator[SheetLine]:
    clinic = context.library.clinic[context.visit.language]
    parts = (clinic, context.say("sheet.printed", date=date) if date else "")
    yield SheetLine(LineRole.SMALL, " ".join(f"{part}." for part in parts if part).strip())
    yield SheetLine(LineRole.STRONG, context.status())
    updated = context.say("policy.updated", date=topic.updated)
    education = context.say("stage.education")
    yield SheetLine(LineRole.SMALL, context.stages())
    yield SheetLine(LineRole.SMALL, f"{education} {updated}")


def _own_questions(context: PageContext) -> Iterator[SheetLine]:
    yield SheetLine(LineRole.HEADING, context.say("own.title"))
    worded = [
        wording_of(context.library, context.visit, question) for question in context.visit.questions
    ]
    shown = [text for text in worded if text]
    for number, text in enumerate(shown, start=1):
        yield SheetLine(LineRole.STRONG, f"{number}. {text}")
        yield from [SheetLine(LineRole.ROOM, "")] * ROOM_FOR_ANSWER
    if not shown:
        yield from [SheetLine(LineRole.ROOM, "")] * ROOM_FOR_QUESTIONS


def printed_claims(topic: Topic, visit: Visit) -> tuple[Claim, ...]:
    """Return the claims that the topic's authors chose for the hand-out, without those in closed
    sections.
    """
    claims = []
    for id_ in topic.take_home.printed:
        section = holder(topic, id_)
        if section is not None and is_open(topic, visit, section):
            claims += [claim for claim in section.every_claim if claim.id == id_]
    return tuple(claims)


def _today(context: PageContext, topic: Topic) -> Iterator[SheetLine]:
    claims = printed_claims(topic, context.visit)
    if claims:
        yield SheetLine(LineRole.HEADING, context.say("sheet.today"))
        yield from lines_of(claim_blocks(context, topic, claims, set()))


def _signs(context: PageContext, topic: Topic) -> Iterator[SheetLine]:
    yield SheetLine(LineRole.HEADING, context.say("sheet.help"))
    for id_ in topic.steps:
        for signs in topic.section(id_).urgent:
            yield from lines_of(urgent_blocks(context, signs))
    yield from _numbers(context)


def _numbers(context: PageContext) -> Iterator[SheetLine]:
    """Whom to ask and what to call here."""
    library = context.library
    yield from lines_of(paragraphs(library.staff.get(context.visit.language, "")))
    if library.emergency:
        said = context.say("staff.emergency", number=library.emergency)
        yield SheetLine(LineRole.STRONG, said)
    poison, crisis = library.poison_control, library.crisis_line
    yield SheetLine(LineRole.TEXT, context.say("sheet.numbers", poison=poison, crisis=crisis))


def _cautions(context: PageContext, topic: Topic) -> Iterator[SheetLine]:
    read = [
        caution
        for caution in topic.cautions
        if has_acknowledged(context.visit, topic.id, caution.id)
    ]
    if read:
        yield SheetLine(LineRole.HEADING, context.say("sheet.cautions"))
        number = context.library.emergency or context.say("urgent.no-number")
        yield SheetLine(LineRole.STRONG, context.say("sheet.cautions-away", emergency=number))
    for caution in read:
        yield SheetLine(LineRole.SUBHEADING, context.at(caution.title))
        yield from lines_of(paragraphs(context.at(caution.wording)))


def _opened(context: PageContext, topic: Topic) -> Iterator[SheetLine]:
    """Return the lines about products that were read behind cautions, if those are answered in the
    words in view.
    """
    for section in topic.gated_sections():
        products = _read(context, section)
        if not products:
            continue
        yield SheetLine(LineRole.HEADING, context.at(section.title))
        for product in products:
            yield SheetLine(LineRole.SUBHEADING, context.at(product.name))
            yield from lines_of(product_blocks(context, topic, product))


def _read(context: PageContext, section: Section) -> tuple[Product, ...]:
    """The products of a gated section that were read; none where it is closed (again)."""
    topic = context.topic
    if topic is None or not is_open(topic, context.visit, section):
        return ()
    read = {(part.topic, part.section, part.product) for part in context.visit.parts}
    return tuple(p for p in section.products if (topic.id, section.id, p.id) in read)


def _sources(context: PageContext, topic: Topic) -> Iterator[SheetLine]:
    """The works that what is on the sheet rests on, each once."""
    rests_on = [id_ for claim in printed_claims(topic, context.visit) for id_ in claim.rests_on]
    for id_ in topic.steps:
        for signs in topic.section(id_).urgent:
            rests_on += signs.rests_on
    read = [product for section in topic.gated_sections() for product in _read(context, section)]
    rests_on += [id_ for product in read for claim in product.all_claims for id_ in claim.rests_on]
    known = {statement.id: statement for statement in topic.statements}
    statements = (known[id_] for id_ in rests_on if id_ in known)
    may = [statement for statement in statements if read or not statement.supplement]
    own = any(is_own(statement) for statement in may)
    works = dict.fromkeys(filter(None, (_work(topic, statement) for statement in may)))
    if works:
        yield SheetLine(LineRole.HEADING, context.say("sheet.sources"))
        for work in works:
            yield SheetLine(LineRole.SMALL, work)
    if own:
        yield SheetLine(LineRole.SMALL, context.say("sheet.own"))


def _work(topic: Topic, statement: Statement) -> str:
    """The paper or page that a statement rests on; else the document that makes it.

    Empty for advice of our own, which is said once.
    """
    if is_own(statement):
        return ""
    reference = topic.reference(statement.cites) if statement.cites else None
    document = topic.document(statement.document)
    made_by = document.title if document else ""
    return statement.source or (reference.work if reference else "") or made_by


def text_for_codes(context: PageContext, topic: Topic) -> str:
    """Return the text that is put into codes to scan, without sources or room to write: the
    reader's own questions, if any may be shown now, what to do today, numbers to call.
    """
    own = [*_own_questions(context)]
    if all(line.role is not LineRole.STRONG for line in own):
        own = []
    lines = [*own, *_today(context, topic), *_numbers(context)]
    kept = [line for line in lines if line.role not in (LineRole.ROOM, LineRole.SMALL)]
    points = ("- " if line.role is LineRole.POINT else "" for line in kept)
    return "\n".join(point + line.text for point, line in zip(points, kept, strict=True))


def lines_of(blocks: Iterable[Block]) -> Iterator[SheetLine]:
    """Yield the lines of a sheet for blocks of a page: a picture by its description, a table as a
    line for each row.
    """
    for block in blocks:
        if block.mood is BlockKind.TABLE:
            if block.text:
                yield SheetLine(LineRole.STRONG, block.text)
            for row in block.rows:
                cells = " ".join(f"{name}: {cell.rstrip('.')}." for name, cell in row)
                yield SheetLine(LineRole.TEXT, cells)
        elif block.words:
            yield SheetLine(_ROLES.get(block.mood, LineRole.TEXT), block.words)


def _diary(context: PageContext) -> Sheet:
    """The two-week form: how to use it, and for each day rows for what was taken and felt."""
    how = SheetLine(LineRole.TEXT, context.say("diary.how"))
    columns = ("diary.when", "diary.taken", "diary.symptom", "diary.how-bad")
    days = tuple(context.say("diary.day", number=n) for n in range(1, DIARY_DAYS + 1))
    return Sheet(
        SheetKind.DIARY,
        context.visit.language,
        context.say("diary.title"),
        (how,),
        tuple(context.say(key) for key in columns),
        days,
        tuple(context.say(key) for key in ("diary.date", "diary.sleep", "diary.stress")),
        DIARY_ROWS,
    )
