"""Quotation of an item of a section in an answer: a claim with its verdict and marks, or a gap,
urgent signs or a disagreement; and the sources of a claim.
"""

from __future__ import annotations

from kiosk.core.content import Section, Topic
from kiosk.core.page import Block, BlockKind
from kiosk.core.pages.blocks import (
    both_true_blocks,
    claim_blocks,
    disagreement_blocks,
    gap_blocks,
    urgent_blocks,
)
from kiosk.core.pages.context import PageContext
from kiosk.core.pages.evidence import origins


def passage_blocks(
    context: PageContext, topic: Topic, section: Section, item: str
) -> tuple[Block, ...]:
    """Return the item with that id as blocks, as its section would show it; empty where the section
    has no such item. The caller must have made sure that the section is open.
    """
    spelt_out: set[str] = set()
    gaps = (*section.gaps, *(gap for product in section.products for gap in product.gaps))
    for gap in gaps:
        if gap.id == item:
            return gap_blocks(context, gap)
    for signs in section.urgent:
        if signs.id == item:
            return urgent_blocks(context, signs)
    for claim in section.every_claim:
        if claim.id == item:
            return claim_blocks(context, topic, (claim,), spelt_out)
    for side in section.disagreements:
        if side.id == item:
            return disagreement_blocks(context, topic, side, spelt_out)
    for both in section.both_true:
        if both.id == item:
            return both_true_blocks(context, topic, both, spelt_out)
    return ()


def source_blocks(
    context: PageContext, topic: Topic, section: Section, item: str
) -> tuple[Block, ...]:
    """Return a block for each source of the claim with that id, each source once; empty for advice
    of the project's own, and for an item that is no claim.
    """
    claims = (claim for claim in section.every_claim if claim.id == item and not claim.ours)
    rests_on = next((claim.rests_on for claim in claims), ())
    return tuple(Block(BlockKind.SOURCE, origin) for origin in origins(context, topic, rests_on))
