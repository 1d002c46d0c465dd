"""The canonical text: everything that a reader can be shown, the same bytes for ever."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace

import pytest

from kiosk.core.content import Claim, Section, Topic
from kiosk.core.evidence import Reference, SourcePart, Statement
from kiosk.core.wording import ReadabilityScale, ReviewStatus, Wording
from kiosk.library.checks.rules import examine
from kiosk.library.review.canonical import (
    canonical_digest,
    canonical_text,
    digest_of_text,
    parse_canonical,
)
from tests.support.library.small_tree import Tree
from tests.support.shipped import topic as shipped_topic

PINNED = """\
kiosk text 1
id: sore-back
language: en
question / plain: Why?
question / everyday: Why is it sore?
question / professional: Cause?
summary / plain: It will pass.
    In days.
summary / everyday: It will pass.
summary / professional: Transient.
updated: 2026-11-21
preview: walk
steps 1: start
sections start / id: start
sections start / title / plain: Start
sections start / title / everyday: Start
sections start / title / professional: Introduction
sections start / claims walk / id: walk
sections start / claims walk / rests-on 1: A01
sections start / claims walk / rests-on 2: A02
sections start / claims walk / wording / plain: Walk.
sections start / claims walk / wording / everyday: Go for a walk.
sections start / claims walk / wording / professional: Ambulate.
sections start / claims walk / key: True
statements A01 / id: A01
statements A01 / says: Walking helps.
statements A01 / strand: research
statements A01 / reference: 3
references 1 / cited-as 1: A-3
references 1 / certainty: identified
references 1 / work: Walker A. Backs. 2020.
"""
"""What clinics have signed. Another text for the same topic makes every review "changed"."""


@pytest.fixture
def topic(tree: Tree) -> Topic:
    draft, _ = examine(tree.root)
    assert draft is not None
    return draft.topics[0].topic


def texts_in(value: object) -> list[str]:
    """Return every text of an author in a topic."""
    if isinstance(value, str):
        return [str(value)]
    if isinstance(value, tuple):
        return [text for item in value for text in texts_in(item)]
    if is_dataclass(value) and not isinstance(value, type):
        return [text for field in fields(value) for text in texts_in(getattr(value, field.name))]
    return []


def test_the_bytes_never_change() -> None:
    walk = Claim("walk", ("A01", "A02"), Wording("Walk.", "Go for a walk.", "Ambulate."), key=True)
    topic = Topic(
        id="sore-back",
        language="en",
        question=Wording("Why?", "Why is it sore?", "Cause?"),
        summary=Wording("It will pass.\nIn days.", "It will pass.", "Transient."),
        updated="2026-11-21",
        status=ReviewStatus.UNDER_REVIEW,
        preview="walk",
        steps=("start",),
        sections=(Section("start", Wording("Start", "Start", "Introduction"), (walk,)),),
        cautions=(),
        statements=(Statement("A01", "Walking helps.", SourcePart.RESEARCH, 3),),
        references=(Reference(("A-3",), "identified", "Walker A. Backs. 2020."),),
        documents=(),
    )
    assert canonical_text(topic) == PINNED


@pytest.mark.parametrize("name", ["shipped", "small"])
def test_every_text_of_a_topic_is_in_it(topic: Topic, name: str) -> None:
    topic = shipped_topic() if name == "shipped" else topic
    lines = {line.text for line in parse_canonical(canonical_text(topic))}
    own = replace(topic, status=ReviewStatus.SUBMITTED, scale=ReadabilityScale.UNMEASURED)
    missing = {text for text in texts_in(own) if text} - lines
    assert missing <= {"submitted"}


def test_one_comma_makes_another_text(topic: Topic) -> None:
    (start, *others) = topic.sections
    (walk, *claims) = start.claims
    wording = replace(walk.wording, plain=walk.wording.plain.replace("walk.", "walk,"))
    changed = replace(start, claims=(replace(walk, wording=wording), *claims))
    assert canonical_digest(replace(topic, sections=(changed, *others))) != canonical_digest(topic)


def test_the_order_is_part_of_the_text(topic: Topic) -> None:
    turned = replace(topic, sections=topic.sections[::-1])
    assert canonical_digest(turned) != canonical_digest(topic)


def test_status_and_measures_are_no_part_of_it(topic: Topic) -> None:
    other = replace(topic, status=ReviewStatus.UNDER_REVIEW, grade=9, scale=ReadabilityScale.GRADE)
    assert canonical_text(other) == canonical_text(topic)


def test_a_text_of_several_lines_cannot_pass_for_two(topic: Topic) -> None:
    line = parse_canonical(canonical_text(topic))[-1]
    summary = replace(topic.summary, plain=f"It will pass.\n{line.path}: {line.text}")
    text = canonical_text(replace(topic, summary=summary))
    lines = [line for line in parse_canonical(text) if line.path == "summary / plain"]
    assert [line.text for line in lines] == [summary.plain]
    assert digest_of_text(text) != canonical_digest(topic)


@pytest.mark.parametrize("text", ["", "kiosk text 1", "kiosk text 2\n", "kiosk text 1\nno path\n"])
def test_other_files_are_no_canonical_text(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_canonical(text)
