"""Report on a topic: reading grades, number of words, how many of its statements are used."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.core.wording import Level, ReadabilityScale, Wording
from kiosk.library.checks.evidence import of_documents, used
from kiosk.library.readability.formulas import measure_level, scale_for
from kiosk.library.readability.sentences import name_patterns
from kiosk.library.source.draft import TopicDraft
from kiosk.library.source.texts import TextPiece, topic_pieces
from kiosk.library.translation.state import ItemState

_ROW = "{:<22}" + " {:>6} {:>5} {:>5}" * 3
_COLUMNS = {
    ReadabilityScale.GRADE: ("FKGL", "SMOG", "words"),
    ReadabilityScale.EASE: ("ease", "", "words"),
    ReadabilityScale.UNMEASURED: ("", "", "words"),
}


def report(draft: TopicDraft) -> Iterator[str]:
    """Yield the lines of the report on one topic, at most 80 columns wide.

    They have reading grades and words by section and level, and how many statements are used; for a
    translation, how many items are translated.
    """
    topic = draft.topic
    head = f"{topic.id} ({topic.language}), {topic.status.value}"
    if topic.one_level:
        measure = f", {topic.scale.value} {topic.grade}" if topic.scale else ""
        yield f"{head}, one level{measure}, {len(used(draft))} statements"
        return
    yield f"{head}, updated {topic.updated}"
    yield ""
    yield f"{'':<22}" + "".join(f"{level.value:>19}" for level in Level)
    scale = scale_for(topic.language)
    yield _ROW.format("", *_COLUMNS[scale] * 3).rstrip()
    pieces = list(topic_pieces(draft))
    yield _row(draft, "whole topic", pieces)
    for section in dict.fromkeys(piece.section for piece in pieces if piece.section):
        yield _row(draft, section, [piece for piece in pieces if piece.section == section])
    yield ""
    if scale is ReadabilityScale.GRADE:
        yield "* under 30 sentences: SMOG is an estimate"
        yield ""
    if scale is ReadabilityScale.EASE:
        yield "ease: Szigriszt-Pazos, on the INFLESZ scale from 0 to 100; more is easier"
        yield ""
    if topic_state := _translated(draft):
        yield topic_state
        yield from _names(draft)
        return
    used_ids, listed = used(draft), of_documents(draft)
    others = {statement.id for statement in topic.statements} - listed
    if listed:
        yield f"{len(used_ids & listed)} of {len(listed)} statements of the documents used"
    if others:
        other = "other " if listed else ""
        yield f"{len(used_ids & others)} of {len(others)} {other}statements used"
    yield from _names(draft)


def _translated(draft: TopicDraft) -> str:
    """Return how much of a translation is shown; empty for what is none."""
    if draft.translation is None:
        return ""
    states = draft.translation
    behind = [
        f"{states.count(state)} {word}"
        for state, word in (
            (ItemState.STALE, "stale"), (ItemState.NEW, "new"), (ItemState.WAITING, "waiting"),
        )
        if states.count(state)
    ]  # fmt: skip
    rest = f" ({', '.join(behind)})" if behind else ""
    return f"{states.count(ItemState.DONE)} of {len(states.items)} items translated{rest}"


def _row(draft: TopicDraft, name: str, pieces: list[TextPiece]) -> str:
    """Return the measures of some texts at each level, on the scale of their language."""
    language, cells = draft.topic.language, list[str]()
    scale = scale_for(language)
    for level in Level:
        measure = measure_level(pieces, level, draft.names, language)
        if scale is ReadabilityScale.GRADE:
            smog = f"{measure.smog:.1f}{'*' if measure.is_estimate else ' '}"
            cells += [f"{measure.fkgl:.1f}", smog, str(measure.words)]
        else:
            ease = f"{measure.ease:.1f}" if scale is ReadabilityScale.EASE else ""
            cells += [ease, "", str(measure.words)]
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
