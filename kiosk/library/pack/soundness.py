"""Check what must hold in every topic of a pack, however the pack was made.

An author's tree is checked by rules of its own, with many more, before it is built. But a pack may
come from anybody: here is what a visit relies on, and above all that no product can be read without
a caution.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from kiosk.core.content import Section, Topic


def flaws(topic: Topic) -> Iterator[str]:
    """Yield, as phrases, what a visit relies on and a topic breaks; none for a sound topic."""
    sections = {section.id: section for section in topic.sections}
    cautions = {caution.id for caution in topic.cautions}
    if not topic.steps:
        yield "it has no steps"
    if len(sections) < len(topic.sections) or len(cautions) < len(topic.cautions):
        yield "two sections or cautions have one id"
    yield from _unknown("step", topic.steps, sections)
    for step in topic.steps:
        if step in sections and (sections[step].gated or sections[step].products):
            yield f'step "{step}" stands behind cautions'
    statements = {statement.id for statement in topic.statements}
    supplements = {statement.id for statement in topic.statements if statement.supplement}
    for caution in topic.cautions:
        yield from _unknown("statement", caution.rests_on, statements)
    claims = set()
    for section in topic.sections:
        claims |= {claim.id for claim in section.every_claim}
        yield from _unknown("caution", section.requires, cautions)
        yield from _unknown("statement", _bases(section), statements)
        if section.products and not section.requires:
            yield f'section "{section.id}" has products and requires no caution'
        elif not section.requires and not supplements.isdisjoint(_bases(section)):
            yield f'section "{section.id}" tells of supplements and requires no caution'
        yield from _ways(section, topic, sections)
    yield from _skipped_caveats(topic)
    yield from _unknown("claim", (topic.preview,), claims)


def _ways(section: Section, topic: Topic, sections: dict[str, Section]) -> Iterator[str]:
    """Yield where a section leads to nothing, or past the cautions."""
    yield from _unknown("section", section.offers, sections)
    for id_ in section.offers:
        if id_ in sections and sections[id_].gated:
            yield f'section "{section.id}" offers "{id_}", which stands behind cautions'
    if section.opens:
        yield from _unknown("section", (section.opens,), sections)
    yield from _unknown("word", _explained(section), {word.id for word in topic.glossary})


def _skipped_caveats(topic: Topic) -> Iterator[str]:
    """Yield gated sections that open without a caution about each caveat of the evidence."""
    caveats = {statement.id for statement in topic.statements if statement.caveat}
    for section in topic.gated_sections():
        required = [caution for caution in topic.cautions if caution.id in section.requires]
        missing = caveats.difference(*(caution.rests_on for caution in required))
        if missing:
            yield f'section "{section.id}" requires no caution about "{min(missing)}"'


def _bases(section: Section) -> set[str]:
    """Return the ids of the statements that a section rests on."""
    rows = (row for table in section.tables for row in table.rows)
    bases = {
        *chain.from_iterable(claim.rests_on for claim in section.every_claim),
        *chain.from_iterable(item.rests_on for item in section.both_true),
        *chain.from_iterable(signs.rests_on for signs in section.urgent),
        *chain.from_iterable(row.rests_on for row in rows),
    }
    for disagreement in section.disagreements:
        bases |= {*disagreement.one_side_rests_on, *disagreement.other_side_rests_on}
    return bases


def _explained(section: Section) -> set[str]:
    return {word for claim in section.every_claim for word in claim.explains}


def _unknown(kind: str, ids: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    missing = sorted(set(ids).difference(known))
    if missing:
        yield f'there is no {kind} "{missing[0]}"'
