"""The content of a topic as blocks: claims, urgent signs, tables, pictures, disagreements, gaps."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.content import BothTrue, Claim, Disagreement, Picture, Table, Topic, UrgentSigns
from kiosk.core.page import Block, BlockKind
from kiosk.core.pages.context import PageContext, paragraphs
from kiosk.core.pages.marks import Mark, claim_marks, doubts_of, marks_of, said
from kiosk.core.wording import Level


def claim_blocks(
    scene: PageContext,
    topic: Topic,
    claims: tuple[Claim, ...],
    told: set[str],
    pictures: tuple[Picture, ...] = (),
    *,
    one_mark: bool = False,
) -> tuple[Block, ...]:
    """Claims, each with its verdict before it, its marks after it and the picture that follows it.

    In easy words only doubts are marked: what is sure is said with the evidence (`sure_of`). A mark
    that all have stands once, below them; with `one_mark` there is one line for them together.
    `told` is what marks on the page have spelt out; what these spell out is added to it.
    """
    easy = scene.level is not Level.PROFESSIONAL
    marks = {one.id: doubts_of(claim_marks(topic, one), every=not easy) for one in claims}
    shared = _shared(topic, claims, marks, one_mark=one_mark) if easy else ()
    below = said(scene, topic, shared, told) if shared else ""
    blocks: list[Block] = []
    for claim in claims:
        heading = claim.heading and Block(BlockKind.HEADING, scene.at(claim.heading))
        own = worded(scene, claim, BlockKind.KEY if claim.key else BlockKind.TEXT)
        if claim.urgent:
            framed = (heading, *own) if heading else own
            blocks += (replace(block, urgent=claim.urgent.value) for block in framed)
        else:
            blocks += (heading,) if heading else ()
        mark = "" if shared or one_mark else said(scene, topic, marks[claim.id], told)
        if claim.urgent:
            blocks += (Block(BlockKind.MARK, mark),) if mark else ()
        else:
            blocks += with_mark(own, mark)
        blocks += meaning_blocks(scene, topic, claim)
        blocks += (picture_block(scene, one) for one in pictures if one.after == claim.id)
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
    """The doubts that all of several claims have alike, or, with `one_mark`, that any has."""
    sourced = [claim for claim in claims if not claim.ours]
    if one_mark:
        bases = tuple(dict.fromkeys(id_ for claim in sourced for id_ in claim.rests_on))
        return doubts_of(marks_of(topic, bases))
    alike = len(sourced) > 1 and len({marks[claim.id] for claim in sourced}) == 1
    return marks[sourced[0].id] if alike else ()


def worded(scene: PageContext, claim: Claim, mood: BlockKind) -> tuple[Block, ...]:
    """A claim's own words; a verdict is said first, in one piece with them."""
    text = with_number(scene, scene.at(claim.wording))
    if claim.columns and mood is not BlockKind.HEADING:
        return _in_columns(scene.at(claim.columns), text, mood)
    if claim.verdict is None:
        return paragraphs(text, mood)
    verdict = " ".join(scene.at(claim.verdict).split())
    mood = BlockKind.VERDICT if mood is not BlockKind.HEADING else mood
    if text.lstrip().startswith("- "):
        return (Block(mood, "", verdict), *paragraphs(text))
    first, *others = paragraphs(text)
    return (replace(first, mood=mood, label=verdict), *others)


def _in_columns(columns: str, text: str, mood: BlockKind) -> tuple[Block, ...]:
    """Points as the rows of a table, cut at their first colon; other lines as they are."""
    lines = paragraphs(text, mood)
    rows = [tuple(one.text.split(": ", 1)) for one in lines if one.mood is BlockKind.POINT]
    table = Block(BlockKind.TABLE, "", cells=(tuple(columns.split(" | ")), *rows))
    first = next(n for n, one in enumerate(lines) if one.mood is BlockKind.POINT)
    return (*lines[:first], table, *lines[first + len(rows) :])


def with_number(scene: PageContext, text: str) -> str:
    """`text` with the number to call in an emergency, or words for it."""
    number = scene.library.emergency or scene.say("urgent.no-number")
    return text.replace("{emergency}", number)


def meaning_blocks(scene: PageContext, topic: Topic, claim: Claim) -> tuple[Block, ...]:
    """What the hard words of a claim mean, where the level in view has them explained."""
    found = (scene.at(word.meaning) for word in topic.meanings(claim))
    return tuple(Block(BlockKind.MARK, text) for text in found if text)


def with_mark(blocks: tuple[Block, ...], mark: str) -> tuple[Block, ...]:
    """What is told, with its mark; on a list it stands under the list, not in a point."""
    if not mark:
        return blocks
    if any(block.mood in (BlockKind.POINT, BlockKind.TABLE) for block in blocks):
        return (*blocks, Block(BlockKind.MARK, mark))
    return (*blocks[:-1], replace(blocks[-1], mark=mark))


def picture_block(scene: PageContext, picture: Picture) -> Block:
    """A drawing, and its words."""
    words = " ".join(scene.at(picture.words).split())
    return Block(BlockKind.PICTURE, words, art=tuple(picture.art.strip("\n").split("\n")))


def urgent_blocks(scene: PageContext, signs: UrgentSigns) -> tuple[Block, ...]:
    """Signs that need help, in one frame: its heading, its lines, its points."""
    text = with_number(scene, scene.at(signs.wording))
    blocks = (Block(BlockKind.HEADING, scene.at(signs.title)), *paragraphs(text))
    return tuple(replace(block, urgent=signs.when.value) for block in blocks)


def table_block(table: Table) -> Block:
    """A table, with its title as its text."""
    cells = (table.columns, *(row.cells for row in table.rows))
    return Block(BlockKind.TABLE, table.title, cells=cells)


def disagreement_blocks(
    scene: PageContext, topic: Topic, one: Disagreement, told: set[str]
) -> tuple[Block, ...]:
    """Both sides, each with its marks, and what checking found."""
    first = paragraphs(scene.at(one.one), BlockKind.SIDE, scene.say("label.one-side"))
    second = paragraphs(scene.at(one.other), BlockKind.SIDE, scene.say("label.other-side"))
    return (
        Block(BlockKind.HEADING, scene.at(one.about)),
        *with_mark(first, said(scene, topic, marks_of(topic, one.one_rests_on), told)),
        *with_mark(second, said(scene, topic, marks_of(topic, one.other_rests_on), told)),
        *paragraphs(scene.at(one.finding), BlockKind.FINDING, scene.say("label.finding")),
    )


def both_true_blocks(
    scene: PageContext, topic: Topic, both: BothTrue, told: set[str]
) -> tuple[Block, ...]:
    """What only looks like a disagreement, and why."""
    because = paragraphs(scene.at(both.because), BlockKind.TEXT, scene.say("label.both-true"))
    return (
        Block(BlockKind.HEADING, scene.at(both.about)),
        *with_mark(because, said(scene, topic, marks_of(topic, both.rests_on), told)),
    )


def gap_blocks(scene: PageContext, gap: Claim) -> tuple[Block, ...]:
    """What a source left out. It carries no mark: nothing is told that could rest on a paper."""
    return paragraphs(scene.at(gap.wording), BlockKind.GAP, scene.say("label.gap"))
