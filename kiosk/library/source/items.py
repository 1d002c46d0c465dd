"""The items of a topic that may answer a question, such as claims and gaps, each with its titles
and its own words at every level.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kiosk.core.content import Claim, Section, Topic
from kiosk.core.wording import Level, Wording
from kiosk.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class ItemText:
    """Text of one item of a topic: its section, its titles, and its words at every level."""

    section: str
    item: str
    is_gap: bool
    gated: bool
    title: tuple[str, ...]
    """The section's titles and the item's headings."""
    text: tuple[str, ...]
    """Its own words at every level, so that any reader's words find it."""
    rests_on: tuple[str, ...] = ()
    """The statements of the evidence that a claim rests on."""


def item_texts(topic: Topic) -> Mapping[str, ItemText]:
    """Return the text of each item of a topic that may answer a question, by the item's id.

    Items are claims, gaps, disagreements, both-trues, urgent signs and claims of products.
    """
    return {text.item: text for section in topic.sections for text in _section(section)}


def _section(section: Section) -> Iterator[ItemText]:
    def item_text(
        item: str, titles: tuple[Wording | None, ...], texts: tuple[Wording | None, ...],
        is_gap: bool = False, rests_on: tuple[str, ...] = (),
    ) -> ItemText:  # fmt: skip
        title = _levels(section.title, *titles)
        return ItemText(section.id, item, is_gap, section.gated, title, _levels(*texts), rests_on)

    def claims(
        claims_: tuple[Claim, ...], name: Wording | None = None, is_gap: bool = False
    ) -> Iterator[ItemText]:
        for claim in claims_:
            texts = (claim.wording, claim.verdict)
            yield item_text(claim.id, (name, claim.heading), texts, is_gap, claim.rests_on)

    for signs in section.urgent:
        yield item_text(signs.id, (signs.title,), (signs.wording,), rests_on=signs.rests_on)
    yield from claims(section.claims)
    for side in section.disagreements:
        yield item_text(side.id, (side.about,), (side.one_side, side.other_side, side.finding))
    for both in section.both_true:
        yield item_text(both.id, (both.about,), (both.because,))
    yield from claims(section.gaps, is_gap=True)
    for product in section.products:
        first = (product.bottom_line,) if product.bottom_line else ()
        last = (product.action,) if product.action else ()
        yield from claims((*first, *product.notes, *product.claims, *last), product.name)
        yield from claims(product.gaps, product.name, is_gap=True)


def _levels(*wordings: Wording | None) -> tuple[str, ...]:
    """Every level of every wording, each text once."""
    texts = (wording.at(level) for wording in wordings if wording for level in Level)
    return tuple(dict.fromkeys(texts))
