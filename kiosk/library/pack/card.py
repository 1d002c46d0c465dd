"""What is known of a topic before it is opened."""

from __future__ import annotations

from kiosk.core.content import Level, Topic
from kiosk.core.library import TopicCard
from kiosk.core.screens import gated_minutes, minutes_left


def card_of(topic: Topic, languages: tuple[str, ...] = ()) -> TopicCard:
    """The card. Of a topic with problems, which is never shown, it says what it can."""
    claims = (claim for section in topic.sections for claim in section.claims)
    preview = next((c.wording for c in claims if c.id == topic.preview), topic.question)
    there = {section.id for section in topic.sections}
    walkable = topic.way and there.issuperset(topic.way)
    minutes = minutes_left(topic, Level.PLAIN, topic.way[0], 0) if walkable else 0
    known = {caution.id for caution in topic.cautions}
    readable = all(known.issuperset(section.requires) for section in topic.gated_sections())
    more = gated_minutes(topic, Level.PLAIN) if readable else 0
    own = languages or (topic.language,)
    return TopicCard(
        topic.id, topic.language, topic.question, preview, minutes, topic.status, own, more
    )


def words_of(topic: Topic) -> int:
    """The words of a topic, as the plain level reads them."""
    claims = [claim.wording.plain for section in topic.sections for claim in section.claims]
    return sum(len(text.split()) for text in (*claims, topic.question.plain, topic.summary.plain))
