"""Decide, by its digest, whether a topic of a pack is the text that its reviewers signed, and
whether its card shows the same words.
"""

from __future__ import annotations

from kiosk.core.content import Topic
from kiosk.core.library import TopicCard
from kiosk.library.review.canonical import canonical_digest


def is_signed_text(topic: Topic, card: TopicCard, digest: str) -> bool:
    """Return whether a topic is the one that was signed, and its card shows the same words.

    A card is shown before its topic is opened, so its words must be the topic's own.

    Args:
        topic: the topic, as a pack has it.
        card: its card in the same pack.
        digest: SHA-256 of the canonical text that was signed.
    """
    claims = (claim for section in topic.sections for claim in section.claims)
    preview = next((c.wording for c in claims if c.id == topic.preview), topic.question)
    return (
        canonical_digest(topic) == digest
        and card.question == topic.question
        and card.summary in (None, topic.summary)
        and card.preview == preview
    )
