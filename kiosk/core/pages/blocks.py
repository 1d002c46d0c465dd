"""The content of a topic as blocks: claims, urgent signs, tables, pictures, disagreements, gaps."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.content import BothTrue, Claim, Disagreement, Picture, Table, Topic, UrgentSigns
from kiosk.core.page import Block, BlockKind
from kiosk.core.pages.context import PageContext, paragraphs
from kiosk.core.pages.marks import Mark, claim_marks, marks_of, said
from kiosk.core.wording import Level


def claim_blocks(
    scene: PageContext,
    topic: Topic,
    claims: tuple[Claim, ...],
    spelt_out: set[str],
    pictures: tuple[Picture, ...] = (),
) -> tuple[Block, ...]:
    """Claims, each with its verdict before it, its marks after it and the picture that follows it.

    In plain words a mark that all of them have stands once, below them. `spelt_out` is what marks
    on the page have spelt out; what these spell out is added to it.
    """
    marks = {claim.id: claim_marks(topic, claim) for claim in claims}
    shared = _shared(scene, [marks[claim.id] for claim in claims if not claim.ours])
    blocks: list[Block] = []
    for claim in claims:
        if claim.heading:
            blocks.append(Block(BlockKind.HEADING, scene.at(claim.heading)))
        own = worded(scene, claim, BlockKind.KEY if claim.key else BlockKind.TEXT)
        mark = "" if shared else said(scene, topic, marks[claim.id], spelt_out)
        blocks += with_mark(own, mark)
        blocks += meaning_blocks(scene, topic, claim)
        blocks += (
            picture_block(scene, picture) for picture in pictures if picture.after == claim.id
        )
    if shared:
        blocks.append(Block(BlockKind.MARK, said(scene, topic, shared, spelt_out)))
    return tuple(blocks)


def _shared(scene: PageContext, marks: list[tuple[Mark, ...]]) -> tuple[Mark, ...]:
    """The marks that all of several claims have alike; none but in plain words."""
    alike = len(marks) > 1 and len(set(marks)) == 1
    return marks[0] if alike and scene.level is Level.PLAIN else ()


def worded(scene: PageContext, claim: Claim, mood: BlockKind) -> tuple[Block, ...]:
    """A claim's own words; a verdict is said first, in one piece with them."""
    text = scene.at(claim.wording)
    if claim.verdict is None:
        return paragraphs(text, mood)
    verdict = " ".join(scene.at(claim.verdict).split())
    mood = BlockKind.VERDICT if mood is not BlockKind.HEADING else mood
    if text.lstrip().startswith("- "):
        return (Block(mood, "", verdict), *paragraphs(text))
    first, *others = paragraphs(text)
    return (replace(first, mood=mood, label=verdict), *others)


def meaning_blocks(scene: PageContext, topic: Topic, claim: Claim) -> tuple[Block, ...]:
    """What the hard words of a claim mean, where the level in view has them explained."""
    meanings = (scene.at(word.meaning) for word in topic.meanings(claim))
    return tuple(Block(BlockKind.MARK, text) for text in meanings if text)


def with_mark(blocks: tuple[Block, ...], mark: str) -> tuple[Block, ...]:
    """What is told, with its mark; on a list it stands under the list, not in a point."""
    if not mark:
        return blocks
    if any(block.mood is BlockKind.POINT for block in blocks):
        return (*blocks, Block(BlockKind.MARK, mark))
    return (*blocks[:-1], replace(blocks[-1], mark=mark))


def picture_block(scene: PageContext, picture: Picture) -> Block:
    """A drawing, and its words."""
    words = " ".join(scene.at(picture.words).split())
    return Block(BlockKind.PICTURE, words, art=tuple(picture.art.strip("\n").split("\n")))


def urgent_blocks(scene: PageContext, signs: UrgentSigns) -> tuple[Block, ...]:
    """Signs that need help, in one frame: its heading, its lines, its points."""
    number = scene.library.emergency or scene.say("urgent.no-number")
    text = scene.at(signs.wording).replace("{emergency}", number)
    blocks = (Block(BlockKind.HEADING, scene.at(signs.title)), *paragraphs(text))
    return tuple(replace(block, urgent=signs.when.value) for block in blocks)


def table_block(table: Table) -> Block:
    """A table, with its title as its text."""
    cells = (table.columns, *(row.cells for row in table.rows))
    return Block(BlockKind.TABLE, table.title, cells=cells)


def disagreement_blocks(
    scene: PageContext, topic: Topic, disagreement: Disagreement, spelt_out: set[str]
) -> tuple[Block, ...]:
    """Both sides, each with its marks, and what checking found."""
    first = paragraphs(scene.at(disagreement.one_side), BlockKind.SIDE, scene.say("label.one-side"))
    second = paragraphs(
        scene.at(disagreement.other_side), BlockKind.SIDE, scene.say("label.other-side")
    )
    return (
        Block(BlockKind.HEADING, scene.at(disagreement.about)),
        *with_mark(
            first, said(scene, topic, marks_of(topic, disagreement.one_side_rests_on), spelt_out)
        ),
        *with_mark(
            second, said(scene, topic, marks_of(topic, disagreement.other_side_rests_on), spelt_out)
        ),
        *paragraphs(scene.at(disagreement.finding), BlockKind.FINDING, scene.say("label.finding")),
    )


def both_true_blocks(
    scene: PageContext, topic: Topic, both: BothTrue, spelt_out: set[str]
) -> tuple[Block, ...]:
    """What only looks like a disagreement, and why."""
    because = paragraphs(scene.at(both.because), BlockKind.TEXT, scene.say("label.both-true"))
    return (
        Block(BlockKind.HEADING, scene.at(both.about)),
        *with_mark(because, said(scene, topic, marks_of(topic, both.rests_on), spelt_out)),
    )


def gap_blocks(scene: PageContext, gap: Claim) -> tuple[Block, ...]:
    """What a source left out. It carries no mark: nothing is told that could rest on a paper."""
    return paragraphs(scene.at(gap.wording), BlockKind.GAP, scene.say("label.gap"))
