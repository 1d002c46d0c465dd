"""Check take-home.toml, the file of what readers take along.

What is printed for everybody stands in no gated section, and each self-check question has one right
answer, and answers that differ at each level.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.core.wording import Level
from kiosk.library.problem import Problem
from kiosk.library.source.draft import TopicDraft


def printed(draft: TopicDraft) -> Iterator[Problem]:
    """Check that no claim which is printed on everybody's hand-out stands in a gated section."""
    for section in draft.topic.gated_sections():
        gated = {claim.id for claim in section.every_claim}
        for id_ in draft.topic.take_home.printed:
            if id_ in gated:
                message = f'printed "{id_}" stands in a gated section'
                hint = "What a reader opened there is on the hand-out anyway."
                yield Problem(draft.take_home_file, "", message, hint)


def check_questions(draft: TopicDraft) -> Iterator[Problem]:
    """Check that each self-check question has one right answer, and that its answers differ."""
    for question in draft.topic.take_home.checks:
        where = f'check "{question.id}"'
        right = sum(answer.right for answer in question.answers)
        if right != 1:
            yield Problem(draft.take_home_file, where, f"{right} right answers, not one")
        for level in Level:
            texts = [answer.wording.at(level) for answer in question.answers]
            if len(set(texts)) < len(texts):
                message = f'level "{level.value}": two answers are the same'
                yield Problem(draft.take_home_file, where, message)
