"""Advice to an author: what makes a text hard to follow, though nothing in it is wrong.

Each rule yields warnings. `kiosk check` prints them after the problems; they refuse nothing. Rules
about the words themselves know English only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kiosk.core.wording import Level, Wording
from kiosk.library.checks import style_words as en
from kiosk.library.problem import Problem
from kiosk.library.readability.sentences import sentences, without, words
from kiosk.library.source.draft import TopicDraft
from kiosk.library.source.texts import TextPiece, topic_pieces

EASY_LEVELS = (Level.PLAIN, Level.EVERYDAY)
"""The levels that a patient reads."""
_HEADINGS = ("title", "heading", "name", "columns")
"""Texts that stand over others."""
_NO_ADVICE = ("question", "summary", "about", "one", "other", "finding")
"""Texts that give no advice of ours: they ask, or say what a source says."""

TopicRule = Callable[[TopicDraft], Iterable[Problem]]


def topic_warnings(draft: TopicDraft) -> list[Problem]:
    """Return the style warnings on a topic; none on one in one level, which was imported."""
    rules = STYLE_RULES if not draft.topic.one_level else ()
    return [warning for rule in rules for warning in rule(draft)]


def attributions(draft: TopicDraft) -> Iterator[Problem]:
    """Warn of a block that names its source more than once."""

    def check(text: str) -> str:
        phrases = [match[0] for match in en.ATTRIBUTION.finditer(text)]
        if len(phrases) < 2:
            return ""
        return f'names its source {len(phrases)} times: "{phrases[0]}", "{phrases[1]}"'

    for piece in _wordings(draft):
        yield from _at_easy_levels(piece, check, "Once a block is enough.")


def titles(draft: TopicDraft) -> Iterator[Problem]:
    """Warn of a section title that shares no word with the sentences under it."""
    pieces = _by_section(draft)
    for section in draft.topic.sections:
        own = pieces.get(section.id, [])
        for level in EASY_LEVELS if _is_english(draft) else ():
            title = en.content_stems(section.title.at(level)) - en.content_stems(en.ANY_TITLE)
            under = (p.text.at(level) for p in own if isinstance(p.text, Wording))
            if title and not title & en.content_stems("\n".join(under)):
                message = f'no sentence under "{section.title.at(level)}" has a word of it'
                file = draft.section_files[section.id]
                yield TextPiece(file, "", "title", section.title).problem(message, level=level)


def pronouns(draft: TopicDraft) -> Iterator[Problem]:
    """Warn of a block that begins with a pronoun, which has nothing before it to refer to."""

    def check(text: str) -> str:
        match = en.PRONOUN_START.match(next(iter(sentences(text)), ""))
        return f'begins with "{match[0].strip()}"' if match else ""

    for piece in _wordings(draft):
        yield from _at_easy_levels(piece, check, "Say what it is: the block may be read alone.")


def hard_words(draft: TopicDraft) -> Iterator[Problem]:
    """Warn of a hard word where no text of its section explains it; once for each word."""
    first: dict[str, tuple[TextPiece, str]] = {}
    sections: dict[str, dict[str, None]] = {}
    for piece, level, word in _unexplained(draft):
        stem = en.stem(word)
        first.setdefault(stem, (piece, word.strip(en.SIGNS)))
        sections.setdefault(stem, {})[f"{piece.section} ({level.value})"] = None
    for stem, (piece, word) in first.items():
        where = list(sections[stem])
        others = f" and {len(where) - 2} more" if len(where) > 2 else ""
        message = f'hard word "{word}", not explained in {", ".join(where[:2])}{others}'
        yield piece.problem(message, "Say it in another way, or explain it there.")


def _unexplained(draft: TopicDraft) -> Iterator[tuple[TextPiece, Level, str]]:
    glossary = {word.id: word for word in draft.topic.glossary}
    question = " ".join(draft.topic.question.at(level) for level in EASY_LEVELS)
    named = {en.stem(word) for word in words(question)}
    for section, pieces in _by_section(draft).items() if _is_english(draft) else ():
        claims = draft.topic.section(section).claims if draft.topic.has_section(section) else ()
        ids = {id_ for claim in claims for id_ in claim.explains if id_ in glossary}
        terms = " ".join(term for id_ in sorted(ids) for term in glossary[id_].terms)
        for level in EASY_LEVELS:
            texts = [(p, p.text.at(level)) for p in pieces if isinstance(p.text, Wording)]
            explained = en.explained_words("\n".join(text for _, text in texts))
            explained |= named | {en.stem(term) for term in words(terms)}
            for piece, text in texts:
                for word in words(without(text, draft.names)):
                    if en.is_hard(word, level) and en.stem(word) not in explained:
                        yield piece, level, word


def advice(draft: TopicDraft) -> Iterator[Problem]:
    """Warn of a text that advises something at only one of the levels plain and everyday."""
    for piece in _wordings(draft):
        if piece.key in _NO_ADVICE:
            continue
        plain, everyday = (en.advice_in(piece.text.at(level)) for level in EASY_LEVELS)
        yield from _differing(piece, "advises", {"plain": plain, "everyday": everyday})


def populations(draft: TopicDraft) -> Iterator[Problem]:
    """Warn of a text that speaks of a group of people at some levels only."""
    for piece in _wordings(draft):
        groups = {level.value: en.populations_in(piece.text.at(level)) for level in Level}
        yield from _differing(piece, "speaks of", groups)


def empty_headings(draft: TopicDraft) -> Iterator[Problem]:
    """Warn of a section, or a product, that has a heading and nothing under it."""
    for section in draft.topic.sections:
        file = draft.section_files[section.id]
        under = (
            section.urgent,
            section.tables,
            section.claims,
            section.pictures,
            section.disagreements,
            section.both_true,
        )
        if not any((*under, section.gaps, section.products, section.offers)):
            yield Problem(file, "", "a heading with nothing under it")
        for product in section.products:
            if not (product.notes or product.claims or product.gaps):
                message = "a heading with nothing under it"
                yield Problem(file, f'product "{product.id}"', message)


STYLE_RULES: tuple[TopicRule, ...] = (
    attributions,
    titles,
    pronouns,
    hard_words,
    advice,
    populations,
    empty_headings,
)


def _is_english(draft: TopicDraft) -> bool:
    return draft.topic.language.partition("-")[0] == "en"


class _WordedPiece(TextPiece):
    """A piece whose text has levels: for type checkers alone, none is ever made."""

    text: Wording


def _wordings(draft: TopicDraft) -> Iterator[_WordedPiece]:
    """Give the English texts that are sentences, not headings."""
    for piece in topic_pieces(draft) if _is_english(draft) else ():
        if isinstance(piece.text, Wording) and piece.key not in _HEADINGS:
            yield piece  # type: ignore[misc]


def _at_easy_levels(
    piece: _WordedPiece, check: Callable[[str], str], hint: str
) -> Iterator[Problem]:
    """Give one warning for each thing that `check` says of the levels that a patient reads."""
    said: dict[str, list[str]] = {}
    for level in EASY_LEVELS:
        if message := check(piece.text.at(level)):
            said.setdefault(message, []).append(level.value)
    for message, levels in said.items():
        yield piece.problem(message, hint, " and ".join(levels))


def _by_section(draft: TopicDraft) -> dict[str, list[TextPiece]]:
    """Return the texts under each section's title; questions and headings are no part of them."""
    pieces: dict[str, list[TextPiece]] = {}
    for piece in topic_pieces(draft):
        if piece.section and piece.section != "questions" and piece.key != "title":
            pieces.setdefault(piece.section, []).append(piece)
    return pieces


def _differing(piece: TextPiece, verb: str, by_level: dict[str, set[str]]) -> Iterator[Problem]:
    for word in sorted(set[str]().union(*by_level.values())):
        missing = [level for level, those in by_level.items() if word not in those]
        if missing:
            given = " and ".join(level for level in by_level if level not in missing)
            message = f'{verb} "{word}" at {given}, not at {" and ".join(missing)}'
            yield piece.problem(message)
