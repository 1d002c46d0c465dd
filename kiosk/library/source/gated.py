"""Gather what a topic keeps behind its cautions: words listed by its author, and its products."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from kiosk.core.content import Topic
from kiosk.core.wording import Level
from kiosk.fast_dataclass import dataclass
from kiosk.library.products import substance
from kiosk.library.source.draft import AllowedTerm
from kiosk.library.source.parsing.toml_paths import Item, items
from kiosk.library.source.schema.topic_schema import TopicModel


@dataclass(frozen=True, slots=True)
class GatedTerms:
    """Terms that a topic keeps behind its cautions, by the texts that may not have them.

    `allowed` are terms of other topics that this one may name all the same.
    """

    never: tuple[str, ...]
    """In no open text."""
    everywhere: tuple[str, ...]
    """In no open text of any topic."""
    as_products: tuple[str, ...]
    """In no open text that speaks of something to buy or take."""
    allowed: tuple[AllowedTerm, ...]
    """Those of other topics that may be named."""


def gated_terms_of(
    head: TopicModel | None, topic: Topic, files: Mapping[str, Mapping[str, Any]]
) -> GatedTerms:
    """Return the gated terms of a topic: those that topic.toml lists, and the names of its
    products.

    Args:
        head: topic.toml; None where it could not be read: then products' names are all.
        topic: the topic, with its products.
        files: the parsed files of the topic, which have the products' other names.
    """
    names = tuple(dict.fromkeys((*product_names(topic), *_other_names(files))))
    if head is None:
        return GatedTerms(names, (), (), ())
    everywhere = tuple(head.gated_everywhere)
    derived = (made_of for name in names if (made_of := substance(name)))
    return GatedTerms(
        tuple(dict.fromkeys((*head.gated_terms, *everywhere, *names))),
        everywhere,
        tuple(dict.fromkeys((*head.gated_as_product, *derived))),
        tuple(AllowedTerm(term.term, term.because) for term in head.allowed),
    )


def food_amounts(tables: Mapping[str, Sequence[Item]]) -> dict[tuple[str, str], str]:
    """Return the author's reason for each item whose amounts are of food and no dose, by file and
    item.

    `tables` has the items of each file. A row of a table is listed by the name of its table, as
    problems name it; a reason that the author left out is empty.
    """
    return {
        (file, where.rpartition(", ")[0] if kind == "row" else where): str(
            item.get("food-amount-because", "")
        )
        for file, inner in tables.items()
        for kind, where, item in inner
        if item.get("food-amount") is True
    }


def product_names(topic: Topic) -> Iterable[str]:
    """Yield the names, at each level, of the products in a topic's gated sections."""
    for section in topic.gated_sections():  # one that stands open is a problem by itself
        for product in section.products:
            yield from (product.name.at(level) for level in Level)


def _other_names(files: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for data in (data for data in files.values() if data.get("requires")):
        for kind, _, item in items(dict(data)):
            names = item.get("other-names") if kind == "product" else None
            yield from (name for name in names or () if isinstance(name, str))
