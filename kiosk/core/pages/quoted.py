"""Quotation of an item of a section in an answer: a claim with its verdict, marks and sources, or a
gap, urgent signs or a disagreement.
"""

from __future__ import annotations

from kiosk.core.content import Claim, Section, Topic
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
            return (
                *claim_blocks(context, topic, (claim,), spelt_out),
                *_sources(context, topic, claim),
            )
    for side in section.disagreements:
        if side.id == item:
            return disagreement_blocks(context, topic, side, spelt_out)
    for both in section.both_true:
        if both.id == item:
            return both_true_blocks(context, topic, both, spelt_out)
    return ()


def _sources(context: PageContext, topic: Topic, claim: Claim) -> tuple[Block, ...]:
    """Return a block for each source of the claim, each source once."""
    if claim.ours:
        return ()
    return tuple(
        Block(BlockKind.SOURCE, origin) for origin in origins(context, topic, claim.rests_on)
    )
