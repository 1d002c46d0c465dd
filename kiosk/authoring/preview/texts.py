"""The store behind `kiosk preview`: it reads topics from an author's files, and reads them again
when they change.
"""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path
from typing import Protocol

from kiosk.core.content import Caution, Claim, Product, Section, SuggestedQuestion, Topic
from kiosk.core.events import TopicQuery
from kiosk.core.library import Catalogue, Library, TopicCard
from kiosk.core.question import Answer, AnswerKind, Question
from kiosk.core.text import fold
from kiosk.core.wording import ReviewStatus
from kiosk.error_log import log_line
from kiosk.errors import raised_at
from kiosk.fast_dataclass import replace
from kiosk.file_access import visible_files
from kiosk.file_stamp import FileStamp, file_stamp
from kiosk.library.pack.build import pack_of_draft
from kiosk.library.pack.reader import open_pack
from kiosk.library.pack.writer import card_of
from kiosk.library.problem import Problem
from kiosk.library.readability.formulas import with_readability
from kiosk.library.review.comments import Comment, CommentError, read_comments
from kiosk.library.source.draft import Draft
from kiosk.library.source.load import load_tree
from kiosk.library.source.parsing.kept_files import KeptFiles
from kiosk.site.store import PackStore


class _Resting(Protocol):
    @property
    def rests_on(self) -> tuple[str, ...]: ...


class PreviewTexts:
    """A store of topics that are read from an author's files; `load` reads what has changed.

    Args:
        root: the content directory.
        only: the id of the one topic that is shown; empty for all.
        shared: another content directory, whose readers, policy and other files around the topics
            are used where `root` has no library.toml and `only` is given.
    """

    def __init__(self, root: Path, only: str, shared: Path | None) -> None:
        self._root, self._only, self._shared = root.resolve(), only, shared
        self._kept = KeptFiles()
        self._draft: Draft | None = None
        self._topics: dict[tuple[str, str], Topic] = {}
        self._engine: PackStore | None = None
        self._has_failed = False
        """Whether no pack can be made of the draft; it is not tried again at each question."""
        self._comments: dict[tuple[str, str], tuple[Comment, ...]] = {}
        self.problems: tuple[Problem, ...] = ()
        """Those that reading alone can find: while there are any, the topics stay as they were."""

    def load(self) -> bool:
        """Read the files that have changed; return whether topics were replaced by newer ones.

        Where reading finds problems, these are kept in `problems`, and the topics stay as they
        were; only the first load keeps topics with problems. Comments are read again in any case.
        """
        draft, problems = load_tree(self._root, self._only, self._shared, self._kept)
        within = f"{self._root.name}/{self._only}/" if self._only else ""
        self.problems = tuple(each for each in problems if each.file.startswith(within))
        if draft is None or (self.problems and self._draft is not None):
            self._read_comments()
            return False
        self._draft, self._engine, self._has_failed = draft, None, False
        topics = (presentable(with_readability(topic).topic) for topic in draft.topics)
        self._topics = {(topic.id, topic.language): topic for topic in topics if topic.steps}
        self._read_comments()
        return True

    def _read_comments(self) -> None:
        self._comments = {
            key: comments_on(self._root, topic) for key, topic in self._topics.items()
        }

    def stamps(self) -> dict[str, FileStamp]:
        """Return the stamp of each file that the preview depends on, by path. A stamp changes when
        its file is saved.
        """
        folder = self._root / self._only
        files = [*visible_files(folder, "**/*.toml*"), *visible_files(self._root, "*.toml")]
        files += visible_files(self._root, "[ip]*/*.toml")  # interface, policy
        return {str(file): file_stamp(file) for file in files}

    def library(self) -> Library:
        """Return the library, with every topic that can be shown in memory. `load` must have read
        one.
        """
        assert self._draft is not None
        counts = dict.fromkeys(self._draft.library.languages, 0)
        for _, language in self._topics:
            counts[language] += 1
        return replace(
            self._draft.library,
            cards=tuple(card_of(topic) for topic in self._topics.values()),
            catalogues={
                code: Catalogue(count, ReviewStatus.SUBMITTED) for code, count in counts.items()
            },
            opened=tuple(self._topics.values()),
        )

    def comments(self, topic: Topic, section: str) -> tuple[Comment, ...]:
        """Return the reviewers' open comments on a section; with the topic's first step also those
        on the whole topic.
        """
        ids = ("", section) if section == topic.steps[0] else (section,)
        every = self._comments.get((topic.id, topic.language), ())
        return tuple(comment for comment in every if comment.section in ids)

    @property
    def topics(self) -> tuple[Topic, ...]:
        """The topics that can be shown, one for each topic and language."""
        return tuple(self._topics.values())

    def open_topic(self, id_: str, language: str) -> Topic:
        """Return a topic as it was last loaded; KeyError where there is none of that id in that
        language.
        """
        return self._topics[id_, language]

    def card(self, id_: str, language: str) -> TopicCard:
        """Return the card by which a topic is listed; KeyError where there is none of that id in
        that language.
        """
        return card_of(self._topics[id_, language])

    def find_topics(self, sought: TopicQuery, language: str, most: int) -> tuple[TopicCard, ...]:
        """Return the cards of topics in a language whose question has all words that are sought, in
        any order; at most `most`, from number `sought.start` on.
        """
        words = fold(sought.text).split()
        fitting = [
            card_of(topic)
            for topic in self._topics.values()
            if topic.language == language
            and all(word in fold(topic.question.everyday) for word in words)
        ]
        return tuple(fitting[sought.start : sought.start + most])

    def answer(self, question: Question) -> Answer:
        """Return the answer that a visitor would get to a question; one that says nothing was
        found, where the texts have problems of which no pack can be made.

        The pack that is searched is made at the first question after a change, which takes
        seconds.
        """
        nothing = Answer(AnswerKind.ABSTAIN, question.language)
        engine = self._prepared()
        return engine.answer(question) if engine is not None else nothing

    def alarm(self, written: Question) -> Answer | None:
        """Return what to tell a reader whose typed text is an alarm; None for every other text, and
        where the texts have problems of which no pack can be made.
        """
        engine = self._prepared()
        return engine.alarm(written) if engine is not None else None

    def _prepared(self) -> PackStore | None:
        if self._engine is None and self._draft is not None and not self._has_failed:
            try:
                self._engine = PackStore(open_pack(pack_of_draft(self._draft)))
            except Exception as error:  # a text with problems may not make a pack
                self._has_failed = True
                log_line(f"no question is answered until a file changes: {raised_at(error)}")
        return self._engine

    def withdrawn(self) -> Set[str]:
        """Return the ids of recalled topics: none ever, in files that are being written."""
        return frozenset()

    def renewed(self) -> Library | None:
        """Return None, always: changed texts reach the visit by `PreviewPort.refresh`, not as a
        newer library.
        """
        return None


def comments_on(root: Path, topic: Topic) -> tuple[Comment, ...]:
    """Return the reviewers' comments on a topic that nobody has dealt with yet; where their file is
    garbled, one comment that says so.
    """
    try:
        every = read_comments(root / topic.id, topic.language)
    except CommentError as error:
        return (Comment("", "kiosk", "", str(error)),)
    return tuple(comment for comment in every if not comment.done)


def presentable(topic: Topic) -> Topic:
    """Return a copy of a topic that pages can be made of, although it may be half-written:
    references to items that do not exist are left out.

    A gated section is left out as a whole where one of its cautions does not exist: it must never
    stand open.
    """
    known = {statement.id for statement in topic.statements}
    cautions = tuple(_caution(caution, known) for caution in topic.cautions)
    ids = {caution.id for caution in cautions}
    kept = [section for section in topic.sections if ids.issuperset(section.requires)]
    names = {section.id for section in kept}
    gated = {section.id for section in kept if section.gated}
    sections = tuple(_section(section, known, names, gated) for section in kept)
    claims = [claim.id for section in sections if not section.gated for claim in section.claims]
    items = {claim.id for section in sections for claim in section.every_claim}
    questions = (_question(question, items) for question in topic.questions)
    return replace(
        topic,
        steps=tuple(id_ for id_ in topic.steps if id_ in names - gated),
        preview=topic.preview if topic.preview in claims else next(iter(claims), ""),
        sections=sections,
        cautions=cautions,
        questions=tuple(question for question in questions if question.answers),
    )


def _section(section: Section, known: set[str], names: set[str], gated: set[str]) -> Section:
    return replace(
        section,
        claims=tuple(_claim(claim, known) for claim in section.claims),
        gaps=tuple(_claim(claim, known) for claim in section.gaps),
        products=tuple(_product(product, known) for product in section.products),
        offers=tuple(id_ for id_ in section.offers if id_ in names - gated),
        opens=section.opens if section.opens in gated else "",
        urgent=tuple(replace(signs, rests_on=_rests(signs, known)) for signs in section.urgent),
        both_true=tuple(replace(both, rests_on=_rests(both, known)) for both in section.both_true),
        tables=tuple(
            replace(
                table, rows=tuple(replace(row, rests_on=_rests(row, known)) for row in table.rows)
            )
            for table in section.tables
        ),
    )


def _product(product: Product, known: set[str]) -> Product:
    return replace(
        product,
        notes=tuple(_claim(claim, known) for claim in product.notes),
        claims=tuple(_claim(claim, known) for claim in product.claims),
        gaps=tuple(_claim(claim, known) for claim in product.gaps),
        bottom_line=_claim(product.bottom_line, known) if product.bottom_line else None,
        action=_claim(product.action, known) if product.action else None,
    )


def _claim(claim: Claim, known: set[str]) -> Claim:
    return replace(claim, rests_on=_rests(claim, known))


def _caution(caution: Caution, known: set[str]) -> Caution:
    return replace(caution, rests_on=_rests(caution, known))


def _question(question: SuggestedQuestion, items: set[str]) -> SuggestedQuestion:
    return replace(question, answers=tuple(id_ for id_ in question.answers if id_ in items))


def _rests(item: _Resting, known: set[str]) -> tuple[str, ...]:
    return tuple(id_ for id_ in item.rests_on if id_ in known)
