"""Check a topic's texts against evidence.toml, the file of statements on which they rest.

Among the rules: each statement of a document is used, a correction stands with what it corrects, a
claim that rests on a statement which checking did not confirm has a verdict, and figures agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kiosk.core.content import Claim
from kiosk.library.characters import refusal
from kiosk.library.checks.caveats import uncovered
from kiosk.library.checks.figures import Figure, as_written, figures, show, without_one
from kiosk.library.checks.ids import known_ids, perhaps_meant
from kiosk.library.checks.spanish import spoken
from kiosk.library.problem import Problem
from kiosk.library.source.draft import Draft, TopicDraft
from kiosk.library.source.library_texts import library_pieces
from kiosk.library.source.texts import (
    TextPiece,
    product_claims,
    statements,
    table_pieces,
    topic_pieces,
)

_SAME = "Say the same figures at every level, or leave them out of all."
_BETWEEN_DOCUMENTS = ("disagreement", "both-true")


def used(draft: TopicDraft) -> set[str]:
    """Return the ids of the statements on which some text of a topic rests, such as a claim.

    Texts of the kind `both-true` do not count.
    """
    pieces = [p for p in _pieces(draft) if not p.where.startswith("both-true")]
    return {statement.id for p in pieces for statement in statements(draft.topic, p.rests_on)}


def of_documents(draft: TopicDraft) -> set[str]:
    """Return the ids of the statements that come from a document which evidence.toml lists.

    All other statements name a public source of their own.
    """
    letters = {document.id for document in draft.topic.documents}
    return {statement.id for statement in draft.topic.statements if statement.document in letters}


def _pieces(draft: TopicDraft) -> Iterator[TextPiece]:
    yield from topic_pieces(draft)
    yield from table_pieces(draft)


def unused(draft: TopicDraft) -> Iterator[Problem]:
    """Check that each statement that comes from a document is one that some text rests on.

    Texts need not rest on statements that name a public source of their own.
    """
    if draft.hidden & {"statement", "section", "caution"}:
        return
    excused = used(draft) | draft.doubtful | uncovered(draft) | _perhaps_meant(draft)
    wanted = of_documents(draft)
    for statement in draft.topic.statements:
        if statement.id in wanted - excused:
            message = f"no claim, gap, caution or note rests on it{_in_language(draft)}"
            yield Problem(draft.evidence_file, f'statement "{statement.id}"', message)


def _in_language(draft: TopicDraft) -> str:
    """Return which language is meant, where one evidence.toml serves several."""
    own = f"{draft.folder}/evidence.toml"
    return "" if own == draft.evidence_file else f' in the language "{draft.topic.language}"'


def _perhaps_meant(draft: TopicDraft) -> set[str]:
    """Return the statements that a misspelt id of one, or of a disagreement, may be meant for."""
    perhaps = perhaps_meant(draft, "disagreement") | draft.perhaps
    sides = [draft.sides[i] for i in perhaps if i in draft.sides]
    shown = {id_ for side in sides for id_ in (*side.one_side, *side.other_side)}
    return perhaps_meant(draft, "statement") | shown


def documents(draft: TopicDraft) -> Iterator[Problem]:
    """Check that each statement names a document that evidence.toml lists, or a public source."""
    if "document" in draft.hidden:
        return
    known = known_ids(draft, "document")
    if any(len(id_) != 1 for id_ in known):
        return
    lost = [s for s in draft.topic.statements if s.document not in known and not s.source]
    for letter in dict.fromkeys(statement.document for statement in lost):
        ids = ", ".join(s.id for s in lost if s.document == letter)
        message = f'there is no document "{letter}", and no "source" is given in {ids}'
        yield Problem(draft.evidence_file, "", message)


def verdicts(draft: TopicDraft) -> Iterator[Problem]:
    """Check that a claim has a verdict if it rests on a statement that checking did not confirm.

    No caution may rest on such a statement, because a caution cannot show a verdict.
    """
    if not any(statement.misquotes for statement in draft.topic.statements):
        return
    for file, where, claim in _claims(draft):
        wrong = [s for s in statements(draft.topic, claim.rests_on) if s.misquotes]
        if wrong and claim.verdict is None:
            message = f"no verdict, and checking found {wrong[0].id} {wrong[0].checked.value}"
            yield Problem(file, where, message)
    for caution in draft.topic.cautions:
        for statement in statements(draft.topic, caution.rests_on):
            if statement.misquotes:
                message = f"rests on {statement.id}, found {statement.checked.value}: "
                message += "a caution cannot show a verdict"
                yield Problem(draft.cautions_file, f'caution "{caution.id}"', message)


def superseded(draft: TopicDraft) -> Iterator[Problem]:
    """Check that a text that rests on a superseded statement also rests on one that superseded it.

    For a table, it is enough that any of its rows does; for a disagreement between documents, that
    any text of its section does.
    """
    if not any(statement.superseded_by for statement in draft.topic.statements):
        return
    groups: dict[tuple[str, str], set[str]] = {}
    for piece in _pieces(draft):
        groups.setdefault(_shown_together(piece), set()).update(piece.rests_on)
    for piece in _pieces(draft):
        shown = groups[_shown_together(piece)]
        if piece.where.startswith(_BETWEEN_DOCUMENTS):
            shown = set().union(*(ids for key, ids in groups.items() if key[0] == piece.file))
        for statement in statements(draft.topic, piece.rests_on):
            if statement.superseded_by and not set(statement.superseded_by) & shown:
                message = f"rests on {statement.id}, which is superseded, and on nothing that "
                message += "superseded it"
                hint = f"Rest it on {' or '.join(statement.superseded_by)}, too, and say so."
                yield Problem(piece.file, piece.where, message, hint)


def _shown_together(piece: TextPiece) -> tuple[str, str]:
    return piece.file, piece.where


def tables(draft: TopicDraft) -> Iterator[Problem]:
    """Check that each statement on which a table rests is one that some claim rests on, too.

    Tables are not shown at every level: without the claim, readers of the others would miss it.
    """
    in_claims = {id_ for piece in topic_pieces(draft) for id_ in piece.rests_on}
    for piece in table_pieces(draft) if "section" not in draft.hidden else ():
        lacking = [id_ for id_ in piece.rests_on if id_ not in in_claims | draft.doubtful]
        if lacking:
            message = f"{piece.key}: no claim rests on {', '.join(lacking)}: other levels lack it"
            yield Problem(piece.file, piece.where, message)


def gaps(draft: TopicDraft) -> Iterator[Problem]:
    """Check that each gap rests on a statement that announces something and then leaves it out."""
    for file, where, claim in _claims(draft):
        kind = where.split(", ")[-1].split(" ")[0]
        if kind != "gap":
            continue
        bases = statements(draft.topic, claim.rests_on)
        all_known = len(bases) == len(set(claim.rests_on))
        if all_known and not any(statement.missing for statement in bases):
            message = f'nothing is "missing" in {", ".join(claim.rests_on)}'
            yield Problem(file, where, message)


def _claims(draft: TopicDraft) -> Iterator[tuple[str, str, Claim]]:
    for section in draft.topic.sections:
        file = draft.section_files[section.id]
        for kind, claims in (("claim", section.claims), ("gap", section.gaps)):
            yield from ((file, f'{kind} "{claim.id}"', claim) for claim in claims)
        for product in section.products:
            for kind, claim in product_claims(product):
                yield file, f'product "{product.id}", {kind} "{claim.id}"', claim


def same_figures(draft: TopicDraft) -> Iterator[Problem]:
    """Check that each wording has the same figures (numbers with units) at every level."""
    for piece in topic_pieces(draft):
        yield from _levels(piece, draft.topic.language)


def same_figures_outside(draft: Draft) -> Iterator[Problem]:
    """Check that texts outside of topics, such as a policy, have the same figures at each level."""
    for piece in library_pieces(draft):
        yield from _levels(piece, piece.language)


def _levels(piece: TextPiece, language: str) -> Iterator[Problem]:
    if isinstance(piece.text, str) or len(piece.texts()) == 1 or _is_refused(piece):
        return
    worded = {level: spoken(text, language) for level, text in piece.levels()}
    texts = list(worded.values())
    by_level = {level: without_one(figures(text), texts) for level, text in worded.items()}
    if len(set(by_level.values())) > 1:
        everywhere = frozenset.intersection(*by_level.values())
        by_name = (
            f"{level} has {_written(text, by_level[level] - everywhere)}"
            for level, text in piece.levels()
        )
        yield piece.problem(f"the figures differ between levels: {'; '.join(by_name)}", _SAME)


def _is_refused(piece: TextPiece) -> bool:
    return any(map(refusal, piece.texts()))


def _shown(numbers: frozenset[Figure]) -> str:
    return ", ".join(show(figure) for figure in sorted(numbers)) or "none of these"


def _written(text: str, numbers: frozenset[Figure]) -> str:
    """Return the figures, each that is not written in digits with its words in the text."""
    said = []
    for figure in sorted(numbers):
        words = as_written(text, figure)
        is_clear = not words or figure[0] in words
        said.append(show(figure) if is_clear else f'{show(figure)} ("{words}")')
    return ", ".join(said) or "none of these"


def figures_rest(draft: TopicDraft) -> Iterator[Problem]:
    """Check that each figure in digits is in a statement on which its text rests.

    The check-note of that statement counts, too. Numbers in words are left out, because they may
    count what the text itself lists ("these two pages").
    """
    language, said_in = draft.topic.language, draft.evidence_language
    says = {s.id: s.says for s in draft.topic.statements} if language == said_in else {}
    for piece in _pieces(draft):
        if not piece.rests_on or _only_quotes(piece, says):
            continue
        extra = _in_digits(piece, language)
        bases = statements(draft.topic, piece.rests_on) if extra else []
        is_known = bases and len(bases) == len(set(piece.rests_on))
        if not is_known or _is_refused(piece) or any(_levels(piece, language)):
            continue
        given = figures(spoken(piece.note, said_in))
        for statement in bases:
            given |= figures(spoken(statement.says, said_in))
            given |= figures(spoken(statement.check_note, said_in))
        texts = [spoken(statement.says + statement.check_note, said_in) for statement in bases]
        extra = without_one(extra - given, [" ".join(texts)])
        if extra:
            ids = ", ".join(piece.rests_on)
            yield piece.problem(f"{_shown(extra)}: no such figure in {ids}")


def figures_told(draft: TopicDraft) -> Iterator[Problem]:
    """Check that each figure of a statement is in some text that rests on the statement.

    A statement on which no text rests is left out.
    """
    if draft.hidden & {"section", "caution", "statement"}:
        return
    excused = draft.doubtful | _perhaps_meant(draft)
    language, said_in, texts_on = draft.topic.language, draft.evidence_language, _texts_on(draft)
    for statement in draft.topic.statements:
        texts = texts_on.get(statement.id, {})
        if not texts or (statement.says in texts and language == said_in):
            continue  # nothing rests on it, or it is told word for word
        lost = figures(spoken(statement.says, said_in))
        for text in texts if lost else ():
            lost -= figures(spoken(text, language))
        if lost:
            lost = without_one(lost, ["\n".join(spoken(text, language) for text in texts)])
        if lost and statement.id not in excused:
            message = f"{_shown(lost)}: told by no text that rests on it{_in_language(draft)}"
            yield Problem(draft.evidence_file, f'statement "{statement.id}"', message)


def _texts_on(draft: TopicDraft) -> dict[str, dict[str, None]]:
    """Return by statement every wording that rests on it, each once, in their order."""
    by_statement: dict[str, dict[str, None]] = {}
    for piece in topic_pieces(draft):
        for id_ in piece.rests_on:
            by_statement.setdefault(id_, {}).update(dict.fromkeys(piece.texts()))
    return by_statement


def _only_quotes(piece: TextPiece, says: Mapping[str, str]) -> bool:
    """Return whether a text is, word for word, that of a statement on which it rests.

    So is nearly every text that was imported: no figure need be looked for.
    """
    quoted = [says.get(id_) for id_ in piece.rests_on]
    return all(text in quoted for text in piece.texts())


def _in_digits(piece: TextPiece, language: str) -> frozenset[Figure]:
    """Return the figures of a text at all its levels, but for number words."""
    texts = dict.fromkeys(spoken(text, language) for text in piece.texts())
    return frozenset[Figure]().union(*(figures(text, False) for text in texts))
