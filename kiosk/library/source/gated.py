"""Gather the terms that a topic keeps behind its cautions: those that its author lists, and the
names of its products. Also find the items whose amounts are of food.
"""

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

    `allowed` is another kind: terms that other topics keep so, and that this one may name.
    """

    never: tuple[str, ...]
    """May be in no open text of this topic; those of `everywhere` are among them."""
    everywhere: tuple[str, ...]
    """May be in no open text of any topic."""
    as_products: tuple[str, ...]
    """May be in no sentence of an open text that is about buying, taking or dosing."""
    allowed: tuple[AllowedTerm, ...]
    """Other topics' terms that may be named here, each with the author's reason."""


def gated_terms_of(
    head: TopicModel | None, topic: Topic, files: Mapping[str, Mapping[str, Any]]
) -> GatedTerms:
    """Return the gated terms of a topic: those that topic.toml lists, the names of its products,
    and these names without the form that is sold ("Lactase" of "Lactase tablets").

    Args:
        head: the parsed topic.toml; None where it could not be read: then only the names of
            products are returned.
        topic: the topic, with its products.
        files: the parsed files of the topic, by name, for the other names of its products.
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
