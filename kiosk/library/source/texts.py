"""Texts of a topic that a visit can show, each with its file and item."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from kiosk.core.content import Claim, Product, Section, Topic
from kiosk.core.evidence import Statement
from kiosk.core.wording import Wording
from kiosk.fast_dataclass import dataclass
from kiosk.library.problem import Problem
from kiosk.library.source.draft import TopicDraft


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A text of a topic or of the program, in one wording or three levels, with file and item."""

    file: str
    where: str
    """The item: `claim "zinc"`."""
    key: str
    """The key of the text in its item, such as `title`; empty for the wording of a claim itself."""
    text: Wording | str
    gated: bool = False
    """True if cautions must be answered before it can be read."""
    rests_on: tuple[str, ...] = ()
    section: str = ""
    note: str = ""
    """Note of evidence.toml on its statements."""
    language: str = ""
    """Of a text that belongs to no topic; empty where the topic says it."""

    def levels(self) -> Iterator[tuple[str, str]]:
        """Yield each level by name with its text; an empty name for a text without levels."""
        text = self.text
        if isinstance(text, str):
            yield "", text
        else:
            yield "plain", text.plain
            yield "everyday", text.everyday
            yield "professional", text.professional

    def texts(self) -> tuple[str, ...]:
        """Return the text at each level, without repeating one that two levels share."""
        text = self.text
        if isinstance(text, str):
            return (text,)
        if text.plain == text.everyday == text.professional:  # as in every topic of one level
            return (text.plain,)
        return tuple(dict.fromkeys((text.plain, text.everyday, text.professional)))

    def problem(self, message: str, hint: str = "", level: str = "") -> Problem:
        """Return a problem that names this text's file, item and key, and says what is wrong, with
        a hint.
        """
        said = f'level "{level}": {message}' if level else message
        return Problem(self.file, self.where, f"{self.key}: {said}" if self.key else said, hint)


def item_of(piece: TextPiece) -> str:
    """Return the name of a text's item in translation files, such as `claim zinc`, `section diet`,
    `topic`.
    """
    if piece.where:
        return piece.where.rpartition(", ")[2].replace('"', "")
    return f"section {piece.section}" if piece.section else "topic"


def in_its_language(draft: TopicDraft, pieces: Iterator[TextPiece]) -> Iterator[TextPiece]:
    """Yield those of a topic's texts that are in the topic's own language.

    Of a translated topic these are the translated ones; the others are checked in the source
    topic.
    """
    if draft.translation is None:
        yield from pieces
        return
    shown = draft.translation.shown
    yield from (piece for piece in pieces if item_of(piece) in shown)


def made_once(
    draft: TopicDraft, name: str, make: Callable[[TopicDraft], Iterator[TextPiece]]
) -> Sequence[TextPiece]:
    """Return the texts of a topic that `make` yields.

    They are made at the first call, then kept in the draft under `name` for later calls.
    """
    if name not in draft.kept:
        draft.kept[name] = tuple(make(draft))
    pieces: tuple[TextPiece, ...] = draft.kept[name]
    return pieces


def topic_pieces(draft: TopicDraft, *, whole: bool = False) -> Sequence[TextPiece]:
    """Return the texts of a topic that a visit shows, except evidence, tables and drawings.

    Of a translated topic these are the translated ones; with `whole`, also those still in the
    source language.
    """
    if whole:
        return made_once(draft, "whole topic", _topic)
    return made_once(draft, "topic", lambda draft: in_its_language(draft, _topic(draft)))


def _topic(draft: TopicDraft) -> Iterator[TextPiece]:
    topic, file = draft.topic, draft.file
    yield TextPiece(file, "", "question", topic.question)
    yield TextPiece(file, "", "summary", topic.summary)
    for key, names in (("groups", topic.groups), ("other-names", topic.other_names)):
        for name in names:
            yield TextPiece(file, "", key, name)
    for number, part in enumerate(topic.policy, start=1):
        for key, text in (("title", part.title), ("", part.wording)):
            where = f"part {number}" if draft.translation else f'part "{part.title}"'
            yield TextPiece(draft.policy_file, where, key, text, section="policy")
    for section in topic.sections:
        yield from _section(draft, section)
    for often in topic.questions:
        where = f'question "{often.id}"'
        yield TextPiece(draft.questions_file, where, "", often.wording, section="questions")
    for caution in topic.cautions:
        where, about = f'caution "{caution.id}"', caution.rests_on
        for key, text in (
            ("title", caution.title),
            ("", caution.wording),
            ("again", caution.again),
        ):
            yield TextPiece(draft.cautions_file, where, key, text, False, about, "cautions")
    yield from _take_home(draft)


def _take_home(draft: TopicDraft) -> Iterator[TextPiece]:
    """The good questions and the questions to check oneself with, of which some are gated."""
    topic, file, id_ = draft.topic, draft.take_home_file, "take-home"
    gated = {section.id for section in topic.gated_sections()}
    for good in topic.take_home.good:
        where = f'good-question "{good.id}"'
        yield TextPiece(file, where, "", good.wording, False, good.rests_on, id_)
    for check in topic.take_home.checks:
        where, shut = f'check "{check.id}"', check.section in gated
        about = check.rests_on
        yield TextPiece(file, where, "", check.wording, shut, about, id_)
        yield TextPiece(file, where, "again", check.again, shut, about, id_)
        for number, answer in enumerate(check.answers, start=1):
            yield TextPiece(file, where, f"answer {number}", answer.wording, shut, about, id_)


def _section(draft: TopicDraft, section: Section) -> Iterator[TextPiece]:
    file, shut, id_ = draft.section_files[section.id], section.gated, section.id
    yield TextPiece(file, "", "title", section.title, section=id_)
    if section.choose is not None:
        yield TextPiece(file, "", "choose", section.choose, shut, section=id_)
    for signs in section.urgent:
        for key, text in (("title", signs.title), ("", signs.wording)):
            where = f'urgent "{signs.id}"'
            yield TextPiece(file, where, key, text, shut, signs.rests_on, id_)
    for picture in section.pictures:
        yield TextPiece(file, f'picture "{picture.id}"', "words", picture.words, shut, section=id_)
    yield from _claims(file, "claim", section.claims, shut, id_)
    for side in section.disagreements:
        note = draft.sides[side.id].note if side.id in draft.sides else ""
        both = (*side.one_side_rests_on, *side.other_side_rests_on)
        for key, text, about in (
            ("about", side.about, both),
            ("one", side.one_side, side.one_side_rests_on),
            ("other", side.other_side, side.other_side_rests_on),
            ("finding", side.finding, both),
        ):
            yield TextPiece(file, f'disagreement "{side.id}"', key, text, shut, about, id_, note)
    for alike in section.both_true:
        note = draft.sides[alike.id].note if alike.id in draft.sides else ""
        for key, text in (("about", alike.about), ("because", alike.because)):
            where = f'both-true "{alike.id}"'
            yield TextPiece(file, where, key, text, shut, alike.rests_on, id_, note)
    yield from _claims(file, "gap", section.gaps, shut, id_)
    for product in section.products:
        where = f'product "{product.id}"'
        yield TextPiece(file, where, "name", product.name, shut, section=id_)
        for kind, claim in product_claims(product):
            yield from _claims(file, f"{where}, {kind}", (claim,), shut, id_)


def product_claims(product: Product) -> Iterator[tuple[str, Claim]]:
    """Yield every claim of a product with its kind: bottom line, note, claim, gap or action."""
    for kind, claims in (
        ("bottom-line", (product.bottom_line,)),
        ("note", product.notes),
        ("claim", product.claims),
        ("gap", product.gaps),
        ("action", (product.action,)),
    ):
        yield from ((kind, claim) for claim in claims if claim is not None)


def table_pieces(draft: TopicDraft, *, whole: bool = False) -> Sequence[TextPiece]:
    """Return the texts in the tables of a topic, cell by cell; they are no prose and get no reading
    grade.

    Of a translated topic these are the translated ones; with `whole`, also those still in the
    source language.
    """
    if whole:
        return made_once(draft, "whole tables", _tables)
    return made_once(draft, "tables", lambda draft: in_its_language(draft, _tables(draft)))


def _tables(draft: TopicDraft) -> Iterator[TextPiece]:
    for section in draft.topic.sections:
        file, shut, id_ = draft.section_files[section.id], section.gated, section.id
        for table in section.tables:
            where = f'table "{table.id}"'
            for text in (table.title, *table.columns):
                yield TextPiece(file, where, "", text, shut, section=id_)
            for number, row in enumerate(table.rows, start=1):
                note = _sources(draft.topic, row.rests_on)
                for text in row.cells:
                    yield TextPiece(
                        file, where, f"row {number}", text, shut, row.rests_on, id_, note
                    )


def _sources(topic: Topic, ids: Iterable[str]) -> str:
    """Return what evidence.toml says of the statements: source, grade, and what was verified."""
    rested_on = statements(topic, ids)
    lists = any(statement.about_itself for statement in rested_on)  # what a document cites
    works = (
        topic.references if lists else (topic.reference(statement.cites) for statement in rested_on)
    )
    said = (
        text
        for statement in rested_on
        for text in (statement.source, statement.grade, statement.verified)
    )
    return " ".join((*said, *(work.work for work in works if work)))


def _claims(
    file: str, kind: str, claims: Iterable[Claim], shut: bool, section: str
) -> Iterator[TextPiece]:
    for claim in claims:
        for key, text in (
            ("heading", claim.heading),
            ("verdict", claim.verdict),
            ("columns", claim.columns),
            ("", claim.wording),
        ):
            if text is not None:
                where = f'{kind} "{claim.id}"'
                yield TextPiece(file, where, key, text, shut, claim.rests_on, section)


def drawings(draft: TopicDraft) -> Iterator[TextPiece]:
    """Yield the drawings of a topic's pictures, which are made of characters, as texts."""
    return in_its_language(draft, _drawings(draft))


def _drawings(draft: TopicDraft) -> Iterator[TextPiece]:
    for section in draft.topic.sections:
        for picture in section.pictures:
            file, where = draft.section_files[section.id], f'picture "{picture.id}"'
            yield TextPiece(file, where, "art", picture.art, section.gated, section=section.id)


def statements(topic: Topic, ids: Iterable[str]) -> list[Statement]:
    """Return the statements of a topic that have one of these ids; an id without a statement is
    skipped.
    """
    wanted = set(ids)
    if not wanted:
        return []
    return [statement for statement in topic.statements if statement.id in wanted]
