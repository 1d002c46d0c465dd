"""The content of a topic as blocks of a page: claims with their marks, urgent signs, tables,
pictures, disagreements, and gaps (what a source left out).
"""

from __future__ import annotations

from kiosk.core.content import BothTrue, Claim, Disagreement, Picture, Table, Topic, UrgentSigns
from kiosk.core.page import Block, BlockKind
from kiosk.core.pages.context import PageContext, paragraphs
from kiosk.core.pages.marks import Mark, claim_marks, doubts_of, marks_of, said
from kiosk.core.wording import Level
from kiosk.fast_dataclass import replace


def claim_blocks(
    context: PageContext,
    topic: Topic,
    claims: tuple[Claim, ...],
    spelt_out: set[str],
    pictures: tuple[Picture, ...] = (),
    *,
    one_mark: bool = False,
) -> tuple[Block, ...]:
    """Return claims as blocks, each with its verdict (what checking found) before it, its marks
    (how sure it is) and the `pictures` that follow it.

    At levels below professional only doubts are marked; a mark that all claims have alike stands
    once, below them, and with `one_mark` a single line sums up the doubts of all. `spelt_out`
    holds the conditions (illnesses that sources were written for) already named in full on the
    page, which are shortened here; those named now are added to it.
    """
    easy = context.level is not Level.PROFESSIONAL
    marks = {claim.id: doubts_of(claim_marks(topic, claim), every=not easy) for claim in claims}
    shared = _shared(topic, claims, marks, one_mark=one_mark) if easy else ()
    below = said(context, topic, shared, spelt_out) if shared else ""
    blocks: list[Block] = []
    for claim in claims:
        heading = claim.heading and Block(BlockKind.HEADING, context.at(claim.heading))
        own = worded(context, claim, BlockKind.KEY if claim.key else BlockKind.TEXT)
        if claim.urgent:
            framed = (heading, *own) if heading else own
            blocks += (replace(block, urgent=claim.urgent.value) for block in framed)
        else:
            blocks += (heading,) if heading else ()
        mark = "" if shared or one_mark else said(context, topic, marks[claim.id], spelt_out)
        if claim.urgent:
            blocks += (Block(BlockKind.MARK, mark),) if mark else ()
        else:
            blocks += with_mark(own, mark)
        blocks += meaning_blocks(context, topic, claim)
        blocks += (
            picture_block(context, picture) for picture in pictures if picture.after == claim.id
        )
    blocks = _joined(blocks)
    return (*blocks, Block(BlockKind.MARK, below)) if below else tuple(blocks)


def _joined(blocks: list[Block]) -> list[Block]:
    """Rows of claims one after the other, under the same names of columns, as one table."""
    joined: list[Block] = []
    table: int | None = None
    for block in blocks:
        if block.mood is BlockKind.MARK and table is not None:
            joined += [block] if block not in joined[table:] else []
            continue
        same = table is not None and block.cells[:1] == joined[table].cells[:1] != ()
        if table is not None and same:
            whole = (*joined[table].cells, *block.cells[1:])
            joined[table] = replace(joined[table], cells=whole)
            continue
        table = len(joined) if block.mood is BlockKind.TABLE else None
        joined.append(block)
    return joined


def _shared(
    topic: Topic,
    claims: tuple[Claim, ...],
    marks: dict[str, tuple[Mark, ...]],
    *,
    one_mark: bool,
) -> tuple[Mark, ...]:
    """The doubts that all of several claims have alike, or, with `one_mark`, that any has.

    Alike are doubts of a whole claim and of a part of the next: together they are of a part.
    """
    sourced = [claim for claim in claims if not claim.ours]
    if one_mark:
        bases = tuple(dict.fromkeys(id_ for claim in sourced for id_ in claim.rests_on))
        return doubts_of(marks_of(topic, bases))
    of_each = [marks[claim.id] for claim in sourced]
    kinds = {tuple((mark.kind, mark.value) for mark in its) for its in of_each}
    if len(of_each) < 2 or len(kinds) != 1:
        return ()
    return tuple(
        replace(same[0], in_part=any(mark.in_part for mark in same))
        for same in zip(*of_each, strict=True)
    )


def worded(context: PageContext, claim: Claim, mood: BlockKind) -> tuple[Block, ...]:
    """Return a claim's words as blocks: lines of the kind `mood`, and points. With a verdict, the
    first block has it as its label, and is of the kind VERDICT unless `mood` is HEADING; the other
    lines are TEXT. Where the claim names columns, its points become the rows of a table, unless
    `mood` is HEADING.
    """
    text = with_number(context, context.at(claim.wording))
    if claim.columns and mood is not BlockKind.HEADING:
        return _in_columns(context.at(claim.columns), text, mood)
    if claim.verdict is None:
        return paragraphs(text, mood)
    verdict = " ".join(context.at(claim.verdict).split())
    mood = BlockKind.VERDICT if mood is not BlockKind.HEADING else mood
    if text.lstrip().startswith("- "):
        return (Block(mood, "", verdict), *paragraphs(text))
    first, *others = paragraphs(text)
    return (replace(first, mood=mood, label=verdict), *others)


def _in_columns(columns: str, text: str, mood: BlockKind) -> tuple[Block, ...]:
    """Points as the rows of a table, cut at their first colon; other lines as they are."""
    lines = paragraphs(text, mood)
    points = [line for line in lines if line.mood is BlockKind.POINT]
    rows = [tuple(point.text.split(": ", 1)) for point in points]
    table = Block(BlockKind.TABLE, "", cells=(tuple(columns.split(" | ")), *rows))
    first = lines.index(points[0])
    return (*lines[:first], table, *lines[first + len(rows) :])


def with_number(context: PageContext, text: str) -> str:
    """Return `text` with `{emergency}` replaced by the site's emergency number, or by words if it
    has set none.
    """
    number = context.library.emergency or context.say("urgent.no-number")
    return text.replace("{emergency}", number)


def meaning_blocks(context: PageContext, topic: Topic, claim: Claim) -> tuple[Block, ...]:
    """Return explanations of a claim's hard words as blocks; none
    where the level in view has none.
    """
    meanings = (context.at(word.meaning) for word in topic.meanings(claim))
    return tuple(Block(BlockKind.MARK, text) for text in meanings if text)


def with_mark(blocks: tuple[Block, ...], mark: str) -> tuple[Block, ...]:
    """Return a claim's blocks with the text of its mark: in the last block, or in one more below
    points and tables; unchanged where `mark` is empty.
    """
    if not mark:
        return blocks
    if any(block.mood in (BlockKind.POINT, BlockKind.TABLE) for block in blocks):
        return (*blocks, Block(BlockKind.MARK, mark))
    return (*blocks[:-1], replace(blocks[-1], mark=mark))


def picture_block(context: PageContext, picture: Picture) -> Block:
    """Return a picture as a block: the drawing made of characters, and
    the words that describe it.
    """
    words = " ".join(context.at(picture.words).split())
    return Block(BlockKind.PICTURE, words, art=tuple(picture.art.strip("\n").split("\n")))


def urgent_blocks(context: PageContext, signs: UrgentSigns) -> tuple[Block, ...]:
    """Return signs of illness that need help as blocks in one frame: their heading, then lines and
    points; each block carries how soon help is needed.
    """
    text = with_number(context, context.at(signs.wording))
    blocks = (Block(BlockKind.HEADING, context.at(signs.title)), *paragraphs(text))
    return tuple(replace(block, urgent=signs.when.value) for block in blocks)


def table_block(table: Table) -> Block:
    """Return a table as one block: its title as text, its column names and rows as cells."""
    cells = (table.columns, *(row.cells for row in table.rows))
    return Block(BlockKind.TABLE, table.title, cells=cells)


def finding_blocks(context: PageContext, disagreement: Disagreement) -> tuple[Block, ...]:
    """Return what checking found of a disagreement as blocks."""
    finding = context.at(disagreement.finding)
    return paragraphs(finding, BlockKind.FINDING, context.say("label.finding"))


def disagreement_blocks(
    context: PageContext, topic: Topic, disagreement: Disagreement, spelt_out: set[str]
) -> tuple[Block, ...]:
    """Return a disagreement between sources as blocks: what checking found, then both sides with
    their marks. `spelt_out` holds the conditions (illnesses that sources were written for) already
    named in full on the page; those named now are added to it.
    """
    first = paragraphs(
        context.at(disagreement.one_side), BlockKind.SIDE, context.say("label.one-side")
    )
    second = paragraphs(
        context.at(disagreement.other_side), BlockKind.SIDE, context.say("label.other-side")
    )
    return (
        Block(BlockKind.HEADING, context.at(disagreement.about)),
        *finding_blocks(context, disagreement),
        *with_mark(first, _told(context, topic, disagreement.one_side_rests_on, spelt_out)),
        *with_mark(second, _told(context, topic, disagreement.other_side_rests_on, spelt_out)),
    )


def both_true_blocks(
    context: PageContext, topic: Topic, both: BothTrue, spelt_out: set[str]
) -> tuple[Block, ...]:
    """Return a seeming disagreement as blocks: what it is about, and why both sides are true, with
    the marks of that. `spelt_out` holds the conditions (illnesses that sources were written for)
    already named in full on the page; those named now are added to it.
    """
    because = paragraphs(context.at(both.because), BlockKind.TEXT, context.say("label.both-true"))
    return (
        Block(BlockKind.HEADING, context.at(both.about)),
        *with_mark(because, _told(context, topic, both.rests_on, spelt_out)),
    )


def _told(
    context: PageContext, topic: Topic, rests_on: tuple[str, ...], spelt_out: set[str]
) -> str:
    """The marks of what rests on these statements; in easy words, only those of a doubt."""
    every = context.level is Level.PROFESSIONAL
    return said(context, topic, doubts_of(marks_of(topic, rests_on), every=every), spelt_out)


def gap_blocks(context: PageContext, gap: Claim) -> tuple[Block, ...]:
    """Return a gap (something that a source left out) as blocks, under a label that says so. A gap
    has no mark.
    """
    return paragraphs(context.at(gap.wording), BlockKind.GAP, context.say("label.gap"))
