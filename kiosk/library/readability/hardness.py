"""How hard the one wording of a topic is that has no levels."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.content import Level, ReadabilityScale
from kiosk.library.readability.formulas import measure_level
from kiosk.library.source.draft import TopicDraft
from kiosk.library.source.texts import topic_pieces

_SCALES = {"en": ReadabilityScale.GRADE, "es": ReadabilityScale.EASE}


def scale_for(language: str) -> ReadabilityScale:
    """The scale that texts of a language are measured on."""
    return _SCALES.get(language.partition("-")[0], ReadabilityScale.UNMEASURED)


def with_readability(draft: TopicDraft) -> TopicDraft:
    """The draft with the measure that its reader is told; unchanged where it has levels.

    A section in which only we speak, of whose text it is, is not measured.
    """
    topic = draft.topic
    if not topic.one_level:
        return draft
    scale = scale_for(topic.language)
    ours = {one.id for one in topic.sections if all(claim.ours for claim in one.claims)}
    told = [piece for piece in topic_pieces(draft) if piece.section not in ours]
    found = measure_level(told, Level.PLAIN, draft.names, topic.language)
    grade = round(found.ease if scale is ReadabilityScale.EASE else found.fkgl)
    grade = min(max(grade, 0 if scale is ReadabilityScale.EASE else 1), 100)
    grade = 0 if scale is ReadabilityScale.UNMEASURED else grade
    return replace(draft, topic=replace(topic, grade=grade, scale=scale))
