"""Choosing a question that people ask: its answer stands in the topic, and nothing is ranked."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.core.content import AskedOften, Section, Topic
from kiosk.core.question import Answer, Behaviour, Passage


def answer_to(topic: Topic, often: AskedOften, opened: frozenset[tuple[str, str]]) -> Answer:
    """The answer; closed while one of its items stands in a gated section that is not open.

    Args:
        opened: the gated sections, by topic and section, whose cautions are acknowledged.
    """
    found = {item: (section, gap) for section in topic.sections for item, gap in _items(section)}
    stands = [(item, *found[item]) for item in often.answers if item in found]
    for _, section, _ in stands:
        if section.gated and (topic.id, section.id) not in opened:
            return Answer(Behaviour.LOCKED, topic.language, locked=(topic.id, section.id))
    passages = tuple(Passage(topic.id, s.id, item, topic.language) for item, s, _ in stands)
    has_answer = any(not gap for _, _, gap in stands)
    behaviour = Behaviour.ANSWER if has_answer else Behaviour.ABSTAIN
    return Answer(behaviour, topic.language, passages)


def _items(section: Section) -> Iterator[tuple[str, bool]]:
    """The items of a section that can answer, and whether each is a gap."""
    yield from ((claim.id, False) for claim in section.claims)
    yield from ((side.id, False) for side in section.disagreements)
    yield from ((both.id, False) for both in section.both_true)
    yield from ((gap.id, True) for gap in section.gaps)
    for product in section.products:
        yield from ((claim.id, False) for claim in (*product.notes, *product.claims))
        yield from ((gap.id, True) for gap in product.gaps)
