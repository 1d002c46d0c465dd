"""Report on a topic without problems: reading grades, number of words, coverage."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.core.wording import Level, Wording
from kiosk.library.checks.evidence import of_documents, used
from kiosk.library.readability.formulas import TextCounts, measure_level
from kiosk.library.readability.sentences import name_patterns
from kiosk.library.source.draft import TopicDraft
from kiosk.library.source.texts import topic_pieces

_ROW = "{:<22}" + " {:>6} {:>5} {:>5}" * 3


def report(draft: TopicDraft) -> Iterator[str]:
    """Yield the lines of the report on one topic, at most 80 columns wide."""
    topic = draft.topic
    head = f"{topic.id} ({topic.language}), {topic.status.value}"
    if topic.one_level:
        measure = f", {topic.scale.value} {topic.grade}" if topic.scale else ""
        yield f"{head}, one level{measure}, {len(used(draft))} statements"
        return
    yield f"{head}, updated {topic.updated}"
    yield ""
    yield f"{'':<22}" + "".join(f"{level.value:>19}" for level in Level)
    yield _ROW.format("", *("FKGL", "SMOG", "words") * 3).rstrip()
    pieces = list(topic_pieces(draft))
    yield _row("whole topic", [measure_level(pieces, level, draft.names) for level in Level])
    for section in dict.fromkeys(piece.section for piece in pieces if piece.section):
        own = [piece for piece in pieces if piece.section == section]
        yield _row(section, [measure_level(own, level, draft.names) for level in Level])
    yield ""
    yield "* under 30 sentences: SMOG is an estimate"
    yield ""
    used_ids, listed = used(draft), of_documents(draft)
    others = {statement.id for statement in topic.statements} - listed
    if listed:
        yield f"{len(used_ids & listed)} of {len(listed)} statements of the documents used"
    if others:
        other = "other " if listed else ""
        yield f"{len(used_ids & others)} of {len(others)} {other}statements used"
    yield from _names(draft)


def _row(name: str, measures: list[TextCounts]) -> str:
    cells: list[str] = []
    for measure in measures:
        smog = f"{measure.smog:.1f}{'*' if measure.is_estimate else ' '}"
        cells += [f"{measure.fkgl:.1f}", smog, str(measure.words)]
    return _ROW.format(name[:22], *cells).rstrip()


def _names(draft: TopicDraft) -> Iterator[str]:
    """Yield the names that the grades leave out, and how often each is in plain words."""
    texts = [p.text.plain for p in topic_pieces(draft) if isinstance(p.text, Wording)]
    rest = "\n".join(texts)
    counted = []
    for name, pattern in name_patterns(draft.names).items():
        rest, count = pattern.subn("", rest)
        counted.append((name, count))
    if counted:
        yield ""
        yield "Names left out of the grades (times in plain words):"
        line = " "
        for name, count in sorted(counted, key=lambda counts: counts[0].casefold()):
            entry = f" {name} {count},"
            if len(line) + len(entry) > 79:
                yield line
                line = " "
            line += entry
        yield line.rstrip(",")
