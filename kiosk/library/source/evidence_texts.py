"""Texts of a topic's evidence that a reader can see before answering any caution."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.core.evidence import Statement
from kiosk.library.source.draft import TopicDraft
from kiosk.library.source.texts import TextPiece, in_its_language

_TRANSLATED = ("missing", "check-note", "supersedes", "written-for", "written-for-short")
"""Keys of texts that are translated; a source is quoted in its own language."""


def open_evidence(draft: TopicDraft) -> Iterator[TextPiece]:
    """Yield the texts of statements, papers and documents that a reader can see before any caution.

    Of a translated topic only the translated ones; a source is quoted in its own language.
    """
    pieces = _evidence(draft)
    if draft.translation is None:
        return pieces
    return (p for p in in_its_language(draft, pieces) if p.key in _TRANSLATED)


def _evidence(draft: TopicDraft) -> Iterator[TextPiece]:
    file, topic = draft.evidence_file, draft.topic
    for statement in topic.statements:
        if not statement.supplement:
            yield from _statement(file, statement)
    cited = {s.cites for s in topic.statements if not s.supplement}
    for paper in topic.references:
        if cited & set(paper.cited_as):
            where = f'reference "{paper.cited_as[0]}"'
            yield TextPiece(file, where, "is", paper.work)
            yield TextPiece(file, where, "written-for", paper.written_for)
            yield TextPiece(file, where, "written-for-short", paper.written_for_short)
    for document in topic.documents:
        where = f'document "{document.id}"'
        for key in ("title", "publisher", "dated", "about"):
            yield TextPiece(file, where, key, getattr(document, key))


def _statement(file: str, statement: Statement) -> Iterator[TextPiece]:
    where = f'statement "{statement.id}"'
    for key, text in (
        ("says", statement.says),
        ("check-note", statement.check_note),
        ("source", statement.source),
        ("missing", statement.missing),
        ("heading", statement.heading),
        ("grade", statement.grade),
        ("verified", statement.verified),
        ("supersedes", statement.superseded_note),
    ):
        if text:
            yield TextPiece(file, where, key, text)
