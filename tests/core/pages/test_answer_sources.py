"""Where the sources of an answer stand: below all of it, or, in medical words, below each part."""

from __future__ import annotations

import pytest

from kiosk.core.events import Panel
from kiosk.core.page import Block, BlockKind
from kiosk.core.pages.build import page_for
from kiosk.core.question import Answer, AnswerKind, PassageRef
from kiosk.core.visit import OpenPanel
from kiosk.core.wording import Level
from kiosk.fast_dataclass import replace
from tests.support.core.visits import reading
from tests.support.shipped import library, topic

QUESTION = next(question for question in topic().questions if question.id == "what-to-eat")


def answer_blocks(reader: str, items: tuple[str, ...] = QUESTION.answers) -> list[Block]:
    passages = tuple(
        PassageRef("leaky-gut", section.id, item, "en")
        for item in items
        for section in topic().sections
        if any(claim.id == item for claim in section.every_claim)
    )
    assert len(passages) == 3
    answer = Answer(AnswerKind.ANSWER, "en", passages)
    panel = OpenPanel(Panel.ANSWER, typed="What should I eat?", answer=answer)
    blocks = page_for(library(), replace(reading(reader), open_panel=panel)).blocks
    return list(blocks[1:])  # after the question


def is_source(block: Block) -> bool:
    return block.mood is BlockKind.SOURCE


@pytest.mark.parametrize("reader", ["easy", "everyday", "carer"])
def test_all_sources_stand_once_below_the_whole_answer(reader: str) -> None:
    blocks = answer_blocks(reader)
    first = next(number for number, block in enumerate(blocks) if is_source(block))
    assert blocks[first - 1].text == library().words["en"].say("choice.evidence", Level.PLAIN)
    assert len({block.passage for block in blocks[: first - 1]}) == 3
    sources = [block.text for block in blocks[first:]]
    assert all(is_source(block) for block in blocks[first:])
    assert len(sources) == len(set(sources))
    below_each = [block.text for block in answer_blocks("health-care") if is_source(block)]
    assert len(sources) < len(below_each)  # one of them is cited for two parts


def test_a_passage_without_a_source_is_not_taken_for_one_with_sources() -> None:
    words = library().words["en"]
    heading = words.say("choice.evidence", Level.PLAIN)
    assert heading in [block.text for block in answer_blocks("easy")]
    own = next(
        claim.id for section in topic().sections for claim in section.every_claim if claim.ours
    )
    mixed = [block.text for block in answer_blocks("easy", (*QUESTION.answers[:2], own))]
    assert heading not in mixed
    assert f"{heading} ({words.say('evidence-note.own-part', Level.PLAIN)})" in mixed


def test_in_medical_words_each_part_has_its_sources_below_it() -> None:
    blocks = answer_blocks("health-care")
    names = list(dict.fromkeys(block.passage for block in blocks))
    assert len(names) == 3
    for name in names:
        part = [is_source(block) for block in blocks if block.passage == name]
        assert part == sorted(part)
        assert any(part)
    assert blocks == sorted(blocks, key=lambda block: names.index(block.passage))
