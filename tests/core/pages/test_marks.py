"""A mark vouches for no more than the sources that were seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.core.evidence import SourcePart
from kiosk.core.pages.marks import CHECKED, GUIDELINE, NOT_CHECKED, OWN, Mark, marks_of
from kiosk.core.visit import AtSection
from kiosk.core.wording import Level
from tests.support.core.shipped_pages import pages, visits
from tests.support.shipped import topic

RULE, UNSEEN_LABEL = "C05", "C25"
"""A rule of our own, and a label that another source quotes."""
GUIDELINE_OF_2021, UNSEEN_WARNING = "C148", "C147"
SEEN, SEEN_IN_PART = "C37", "A01"
THREE_GUIDELINES = "C92"


def test_a_rule_of_our_own_beside_a_source_is_only_a_part() -> None:
    assert marks_of(topic(), (RULE,)) == (Mark(OWN),)
    assert marks_of(topic(), (UNSEEN_LABEL, RULE)) == (Mark(OWN, in_part=True),)


def test_a_guideline_does_not_vouch_for_what_another_source_says() -> None:
    assert marks_of(topic(), (GUIDELINE_OF_2021,)) == (Mark(GUIDELINE, "2021"),)
    assert marks_of(topic(), (UNSEEN_WARNING, GUIDELINE_OF_2021)) == (
        Mark(GUIDELINE, "2021", in_part=True),
    )


def test_guidelines_that_disagree_are_all_told_with_their_years() -> None:
    assert marks_of(topic(), (THREE_GUIDELINES,)) == (Mark(GUIDELINE, "2015, 2021, 2022"),)


def test_checked_covers_only_what_was_seen() -> None:
    assert marks_of(topic(), (SEEN,)) == (Mark(CHECKED),)
    assert marks_of(topic(), (UNSEEN_LABEL, SEEN)) == (Mark(CHECKED, in_part=True),)
    assert marks_of(topic(), (SEEN_IN_PART,)) == (Mark(CHECKED, in_part=True),)


@pytest.mark.parametrize("strand", [SourcePart.GUIDELINE, SourcePart.EDITORIAL])
def test_what_was_written_from_memory_is_not_checked(strand: SourcePart) -> None:
    remembered = replace(
        topic().statement(SEEN), strand=strand, verified="from memory, not looked up"
    )
    others = tuple(statement for statement in topic().statements if statement.id != SEEN)
    from_memory = replace(topic(), statements=(*others, remembered))
    assert marks_of(from_memory, (SEEN,)) == (Mark(NOT_CHECKED),)


def test_several_doubts_are_one_sentence_in_easy_words() -> None:
    def shown(level: Level) -> set[str]:
        return {block.mark for page in pages(level) for block in page.blocks if block.mark}

    for level in (Level.PLAIN, Level.EVERYDAY):
        assert not [mark for mark in shown(level) if mark.count("(") > 1]
        assert any(mark.startswith("(Some of this: ") for mark in shown(level))
    assert any(mark.count("(") > 1 for mark in shown(Level.PROFESSIONAL))


def test_a_doubt_of_a_whole_claim_and_of_a_part_of_the_next_is_told_once() -> None:
    for level in (Level.PLAIN, Level.EVERYDAY):
        screen = next(
            page
            for visit, page in zip(visits(level), pages(level), strict=True)
            if visit.location == AtSection("diary")
        )
        marks = [
            block.mark or block.text
            for block in screen.blocks
            if "made for IBS" in block.mark + block.text
        ]
        assert len(marks) == 1
        assert marks[0].startswith("(Some of this was probably made for IBS")
