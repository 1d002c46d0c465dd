"""Find what a topic lacks: phrases in which people ask, sources of statements, or a policy.

Also compare the levels of a text: what one level forbids, no other level may allow by having no
"not". A list of the exceptions from rules that the topic's author made is for reviewers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from kiosk.core.wording import Level, Wording
from kiosk.library.checks.style_words import NO_DUTY
from kiosk.library.problem import Problem
from kiosk.library.source.draft import TopicDraft
from kiosk.library.source.texts import topic_pieces

_SHOWN = 8
_FORBIDS = re.compile(
    r"\b(?:never|must not|mustn't|do not|don't|should not|shouldn't|may not|cannot|can't|"
    r"contraindicated|avoid\w*|not|no|nor|none|without|unable|stop|hinder\w*|less|lack\w*|fewer)\b"
    r"|\bun\w+|\bnon|\bin(?:effective|advisable|appropriate)",
    re.IGNORECASE,
)
_ORDERS = re.compile(
    r"(?:^|[.!?:;,]\s+|- |\b(?:so|then|please) )(?:do not|don['’]t|never)\b"
    r"|\b(?:must|should) (?:not|never)\b|\bmustn['’]t\b|\bcontraindicated\b",
    re.IGNORECASE | re.MULTILINE,
)
"""Words that forbid; "do not protect" forbids nothing."""


def no_questions(draft: TopicDraft) -> Iterator[Problem]:
    """Check that a topic has offered questions, or phrases in which people ask for what it says."""
    if draft.topic.one_level or draft.asked or draft.topic.questions:
        return
    if draft.hidden & {"names", "asked"}:
        return
    message = "no [[asked]]: a visitor who asks may be told that this library does not answer that"
    hint = "Write for each main claim how people ask for it, in their words."
    yield Problem(draft.questions_file, "", message, hint)


def only_offered(draft: TopicDraft) -> Iterator[Problem]:
    """Warn of a topic that offers questions to pick, but has no phrases in which people ask."""
    if draft.topic.questions and not draft.asked and not draft.topic.one_level:
        message = "no [[asked]]: few questions in a visitor's own words will find this topic"
        hint = "Write for each main claim how people ask for it."
        yield Problem(draft.questions_file, "", message, hint)


def no_policy(draft: TopicDraft) -> Iterator[Problem]:
    """Check that a topic has a policy: the text that tells readers who wrote it."""
    is_other = draft.topic.one_level or draft.hidden & {"names", "part"}
    if not draft.topic.policy and not is_other:
        message = "this file is missing: a reader is not told who wrote the topic"
        yield Problem(
            draft.policy_file, "", message, "Write a [[part]] that says so, in each level."
        )


def no_sources(draft: TopicDraft) -> Iterator[Problem]:
    """Warn of statements for which a reader is told "No source given."."""
    lacking = [s.id for s in draft.topic.statements if not s.source and not s.cites
               and not s.about_itself]  # fmt: skip
    documents_cite = any(s.cites for s in draft.topic.statements)
    if lacking and not draft.topic.one_level and not documents_cite:
        others = f" and {len(lacking) - _SHOWN} more" if len(lacking) > _SHOWN else ""
        message = f'readers are told "No source given" of {", ".join(lacking[:_SHOWN])}{others}'
        hint = 'Write the source in full: source = "...", or reference = 1 and a [[reference]].'
        yield Problem(draft.evidence_file, "", message, hint)


def forbidding(draft: TopicDraft) -> Iterator[Problem]:
    """Check that where one level of a text forbids something, each other level has a "not", too.

    English alone is checked. Words such as "avoid" and "stop" count as a "not".
    """
    is_read = draft.topic.language.startswith("en") and not draft.topic.one_level
    for piece in topic_pieces(draft) if is_read else ():
        if not isinstance(piece.text, Wording) or piece.key in ("title", "heading", "question"):
            continue
        texts = {level: NO_DUTY.sub(" ", piece.text.at(level)) for level in Level}
        orders = [level for level, text in texts.items() if _ORDERS.search(text)]
        plain = [level for level, text in texts.items() if not _FORBIDS.search(text)]
        if orders and plain:
            message = (
                f'"{orders[0].value}" forbids something, "{plain[0].value}" has no "not" in it'
            )
            yield piece.problem(message, "Is it the same advice?")


def exceptions(draft: TopicDraft) -> Iterator[str]:
    """Yield a line for a reviewer on each exception that an author made, with the author's reason.

    Exceptions are amounts of food, and gated terms of other topics that this topic may name.
    Nothing is yielded for a translation.
    """
    if draft.translation is not None:
        return
    for (file, where), because in draft.food_amounts.items():
        yield f"{file}: {where}: amounts of food: {because}"
    for term in draft.allowed:
        yield f'{draft.file}: "{term.term}" may be named: {term.because}'


def lacks(draft: TopicDraft) -> list[Problem]:
    """Return warnings that a topic lacks phrases in which people ask, or sources of statements.

    Empty for a translation.
    """
    if draft.translation is not None:
        return []
    rules = (only_offered, no_sources)
    return list(chain.from_iterable(rule(draft) for rule in rules))
