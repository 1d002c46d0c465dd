"""Check reading levels: how long sentences and cautions may be, and how hard a text, at each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiosk.core.wording import Level, ReadabilityScale, Wording
from kiosk.library.characters import refusal
from kiosk.library.checks.typed_text import is_to_write
from kiosk.library.problem import Problem
from kiosk.library.readability.formulas import measure_level, scale_for
from kiosk.library.readability.hardest import hardest
from kiosk.library.readability.sentences import sentences, words
from kiosk.library.source.draft import Draft, TopicDraft
from kiosk.library.source.library_texts import library_pieces
from kiosk.library.source.texts import TextPiece, item_of, topic_pieces

MOST_WORDS = {Level.PLAIN: 20, Level.EVERYDAY: 25}
"""In one sentence."""
CAUTION_WORDS = {Level.PLAIN: 45, Level.EVERYDAY: 60}
"""In one caution: what can be taken in on one screen."""
HIGHEST_GRADE = {Level.PLAIN: 6.0, Level.EVERYDAY: 8.5}
"""Flesch-Kincaid, of the whole topic."""
HIGHEST_SECTION_GRADE = 7.0
"""Flesch-Kincaid, of any section in plain words."""
_NO_NAME = re.compile(
    r"[a-z]\w*(?:olog(?:y|ists?|ical)|icians?|[ts]ions?|ments?|ness|ities|ity|[oi]sis|itis|ectom(?:y|ies)"
    r"|scop(?:y|ies)|graph(?:y|ies)|pathy)"
)
"""Small letters with an ending of what people do, suffer or go through."""
FEWEST_WORDS = 30
"""Of the offered questions: a grade of fewer says nothing. The whole topic's has them."""
LEAST_EASE = {Level.PLAIN: 65.0, Level.EVERYDAY: 55.0}
"""Szigriszt-Pazos on the INFLESZ scale, of the whole topic, in Spanish."""

LEAST_SECTION_EASE = 55.0
"""Szigriszt-Pazos of any section in plain words, in Spanish: below it, the scale calls a text
somewhat hard."""


def one_wording(draft: TopicDraft) -> Iterator[Problem]:
    """Check that a topic that topic.toml marks `one-level` has the same words at every level."""
    for piece in topic_pieces(draft) if draft.topic.one_level else ():
        if isinstance(piece.text, Wording) and len({text for _, text in piece.levels()}) > 1:
            yield piece.problem("the levels differ, and topic.toml says one-level")


def levels_worded(draft: TopicDraft) -> Iterator[Problem]:
    """Check that a topic which is not marked `one-level` gives no text for all levels at once."""
    for file, where, key in draft.for_all_levels if not draft.topic.one_level else ():
        message = f'"{key}" words every level, and topic.toml does not say one-level = true'
        yield Problem(file, where, message)


def sentence_lengths(draft: TopicDraft) -> Iterator[Problem]:
    """Check that no sentence has more words than its level allows; none is checked in one level."""
    for piece in topic_pieces(draft) if not draft.topic.one_level else ():
        yield from _too_long(piece)


def sentence_lengths_outside(draft: Draft) -> Iterator[Problem]:
    """Check that no sentence outside of topics, as in a policy, is too long for its level."""
    for piece in library_pieces(draft):
        yield from _too_long(piece)


def _too_long(piece: TextPiece) -> Iterator[Problem]:
    if not isinstance(piece.text, Wording):
        return
    for level, most in MOST_WORDS.items():
        text = piece.text.at(level)
        for sentence in sentences(text) if not refusal(text) else ():
            count = len(words(sentence))
            if count > most:
                message = f'a sentence of {count} words, at most {most}: "{_short(sentence)}"'
                yield piece.problem(message, level=level.value)


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= 60 else f"{sentence[:57].rstrip()}..."


def caution_lengths(draft: TopicDraft) -> Iterator[Problem]:
    """Check that both wordings of each caution have no more words than their level allows."""
    for piece in topic_pieces(draft):
        if piece.section == "cautions" and piece.key in ("", "again"):
            for level, text in piece.levels():
                count, most = len(words(text)), CAUTION_WORDS.get(Level(level), 0)
                if most and count > most and not refusal(text):
                    yield piece.problem(f"{count} words, at most {most}", level=level)


def grades(draft: TopicDraft) -> Iterator[Problem]:
    """Check that the whole topic, and each section in plain words, is easy enough for its level.

    English is measured as a Flesch-Kincaid grade, Spanish on the INFLESZ scale.
    """
    if "names" in draft.hidden or draft.topic.one_level:
        return
    pieces = list(topic_pieces(draft))
    if any(is_to_write(text) for piece in pieces for _, text in piece.levels()):
        return  # a grade of half a text says nothing
    behind = _behind(draft)
    whole = [own for own in _by_section(pieces) if own[0].section not in behind]
    if behind:  # of a translation that is not whole, only sections that are
        pieces = [piece for own in whole for piece in own]
    sections = [own for own in whole if not _is_brief(own)]
    scale = scale_for(draft.topic.language)
    if scale is ReadabilityScale.EASE:
        for level, least in LEAST_EASE.items():
            yield from _too_dense(draft, draft.file, pieces, level, least)
        for own in sections:
            yield from _too_dense(draft, own[0].file, own, Level.PLAIN, LEAST_SECTION_EASE)
    if scale is not ReadabilityScale.GRADE:
        return
    for level, highest in HIGHEST_GRADE.items():
        yield from _too_hard(draft, draft.file, pieces, level, highest)
    for own in sections:
        yield from _too_hard(draft, own[0].file, own, Level.PLAIN, HIGHEST_SECTION_GRADE)


def names_left_out(draft: TopicDraft) -> Iterator[Problem]:
    """Check that the `names` of topic.toml, which reading grades leave out, are names.

    A hard word is no name: it is to be explained. English alone is checked.
    """
    for name in draft.names if draft.topic.language.partition("-")[0] == "en" else ():
        if _NO_NAME.fullmatch(name):
            message = f'names: "{name}" is a word, not a name'
            hint = "Take it out, and explain it in brackets where it stands."
            yield Problem(draft.file, "", message, hint)


def _behind(draft: TopicDraft) -> set[str]:
    """Return the sections of a translation of which a part is not translated."""
    if draft.translation is None:
        return set()
    shown, every = draft.translation.shown, topic_pieces(draft, whole=True)
    return {piece.section for piece in every if item_of(piece) not in shown}


def _by_section(pieces: list[TextPiece]) -> Iterator[list[TextPiece]]:
    for section in dict.fromkeys(piece.section for piece in pieces if piece.section):
        yield [piece for piece in pieces if piece.section == section]


def _is_brief(own: list[TextPiece]) -> bool:
    """Return whether these are offered questions of a few words, mostly the topic's name."""
    return own[0].section == "questions" and measure_level(own, Level.PLAIN).words < FEWEST_WORDS


def _too_dense(
    draft: TopicDraft, file: str, pieces: list[TextPiece], level: Level, least: float
) -> Iterator[Problem]:
    ease = round(measure_level(pieces, level, draft.names, draft.topic.language).ease, 1)
    if ease < least:
        message = f'level "{level.value}": {_part(draft, file)} reads at {ease} (INFLESZ)'
        hint = hardest(pieces, level, draft.names, draft.topic.language)
        yield Problem(file, "", f"{message}, at least {least}", hint)


def _part(draft: TopicDraft, file: str) -> str:
    return "the whole topic" if file == draft.file else "the section"


def _too_hard(
    draft: TopicDraft, file: str, pieces: list[TextPiece], level: Level, highest: float
) -> Iterator[Problem]:
    grade = round(measure_level(pieces, level, draft.names).fkgl, 1)
    if grade > highest:
        message = (
            f'level "{level.value}": {_part(draft, file)} reads at grade {grade} (Flesch-Kincaid)'
        )
        hint = hardest(pieces, level, draft.names)
        yield Problem(file, "", f"{message}, at most {highest}", hint)
