"""Check claims that are drawn as a table of two columns: both must have a name and be filled."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.library.problem import Problem
from kiosk.library.source.draft import TopicDraft
from kiosk.library.source.texts import TextPiece, topic_pieces


def columns(draft: TopicDraft) -> Iterator[Problem]:
    """Check each claim that is drawn as a table of two columns.

    Such a claim must name both columns, have points ("- case: what to do") that fill both, and have
    no verdict.
    """
    named = {p.where: p for p in topic_pieces(draft) if p.key == "columns"}
    for piece in topic_pieces(draft):
        if piece.key == "verdict" and piece.where in named:
            yield named[piece.where].problem("a table has no place for a verdict", "Take one out.")
    for piece in topic_pieces(draft):
        if piece.key == "" and piece.where in named:
            yield from _names(named[piece.where])
            yield from _points(piece)


def _names(piece: TextPiece) -> Iterator[Problem]:
    for level, text in piece.levels():
        if len(text.split(" | ")) != 2:
            hint = 'Write two, such as "What you take | What to do".'
            yield piece.problem("names no two columns", hint, level)


def _points(piece: TextPiece) -> Iterator[Problem]:
    for level, text in piece.levels():
        points = [line for line in text.split("\n") if line.lstrip().startswith("- ")]
        if not points:
            yield piece.problem("has columns, and no points", "", level)
        for point in points:
            case, colon, _ = point.partition(": ")
            if not colon or case.count("(") != case.count(")"):
                message = f'"{point}" does not fill both columns'
                yield piece.problem(message, 'Write it so: "- case: what to do".', level)
