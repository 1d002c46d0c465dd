"""Writer of packs. Topics are written one by one and not kept in memory."""

from __future__ import annotations

import errno
import json
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from kiosk import __version__
from kiosk.answers import schema as answers
from kiosk.core.alarms import AlarmRules
from kiosk.core.content import Topic
from kiosk.core.library import FEW, Catalogue, Library, TopicCard, TopicGroup
from kiosk.core.screens import gated_minutes, minutes_left
from kiosk.core.text import fold
from kiosk.core.wording import Level, ReviewStatus, Wording
from kiosk.fast_dataclass import replace
from kiosk.library.pack import integrity
from kiosk.library.pack.atomic_file import AtomicFile
from kiosk.library.pack.codec import decode, encode
from kiosk.library.pack.connection import LONGEST
from kiosk.library.pack.reader import fingerprint_of_shapes
from kiosk.library.pack.schema import APPLICATION_ID, FORMAT, MOST_TERMS, PAGE, statements
from kiosk.library.pack.topic_finder import APART
from kiosk.library.problem import ContentError, Problem
from kiosk.library.review.canonical import canonical_digest
from kiosk.library.review.record import SignedReview
from kiosk.library.themes import LoadedTheme, load_themes
from kiosk.system.files import write_at


class PackWriter:
    """A pack that is being written: topics one by one, then `finish()`, once.

    The tables for answering questions are written over `connection` before `finish()`.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._counts: dict[str, int] = {}
        self._least: dict[str, ReviewStatus] = {}
        self._groups: dict[str, dict[str, int]] = {}
        self._languages: dict[str, list[str]] = {}
        self._words = 0
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN")
        for statement in statements():
            connection.execute(statement)
        answers.create(connection)

    def add(self, topic: Topic, reviews: tuple[SignedReview, ...] = ()) -> None:
        """Add a topic after those of its language that are there, with its signed reviews.

        Raises ContentError where the topic is longer than a pack can give out.
        """
        count = self._counts.get(topic.language, 0)
        self._counts[topic.language] = count + 1
        number = list(self._counts).index(topic.language) * APART + count
        body = _body(topic)
        if len(body[1].encode()) > LONGEST // 2:
            message = f"the topic is too long: its texts may have {LONGEST >> 21} MiB together"
            raise ContentError([Problem(topic.id, "", message)])
        key = (number, topic.id, topic.language)
        self._insert("topic", (*key, *body))
        self._languages.setdefault(topic.id, []).append(topic.language)
        self._insert("card", (*key, topic.status.value, *_body(card_of(topic))))
        digest = canonical_digest(topic) if reviews else ""
        for review in reviews:
            self._insert("review", (number, review.file, digest, review.record, review.signature))
        self._words += words_of(topic)
        self._index(number, topic)
        self._group(number, topic.language, dict.fromkeys(topic.groups))
        known = self._least.get(topic.language, topic.status)
        self._least[topic.language] = min(known, topic.status, key=list(ReviewStatus).index)

    def keep_terms(self, topic: Topic, kind: str, terms: Iterable[str]) -> None:
        """Add gated or allowed terms of a topic, for checking the open texts of the pack."""
        for term in sorted(set(terms)):
            self._insert("locked_gated_term", (topic.id, topic.language, kind, term))

    def finish(self, library: Library, rules: AlarmRules, themes: Path | None) -> None:
        """Add what a pack has once, such as policies, alarm rules and themes; then the manifest.

        The cards and catalogues of topics are made from the topics that were added, not from
        `library`.
        """
        self._tell_languages()
        cards = tuple(card for code in library.languages for card in self._first(code))
        catalogues = {code: self._catalogue(code) for code in library.languages}
        whole = replace(library, cards=cards, catalogues=catalogues, opened=())
        self._insert("library", (0, *_body(whole)))
        self._insert("alarm_rules", (0, *_body(rules)))
        for position, theme in enumerate(load_themes(themes)):
            row: tuple[object, ...]
            if isinstance(theme, LoadedTheme):
                row = (position, theme.palette.name, *_body(theme.palette), None)
            else:
                why = "\n".join(str(cause) for cause in theme.causes)
                row = (position, theme.name, None, None, why)
            self._insert("theme", row)
        meta = {
            "version": __version__,
            "shapes": fingerprint_of_shapes(),
            "words": str(self._words),
        }
        for item in sorted(meta.items()):
            self._insert("meta", item)
        self.connection.execute("INSERT INTO card_terms (card_terms) VALUES ('optimize')")
        self.connection.execute("COMMIT")  # which is when the search index is written
        self.connection.execute("BEGIN")
        for digest in list(integrity.digests(self.connection.execute)):
            self._insert("manifest", digest)
        self.connection.execute("COMMIT")

    def _index(self, number: int, topic: Topic) -> None:
        titles, summaries = _levels(topic.question), _levels(topic.summary)
        for title in dict.fromkeys(map(fold, titles)):
            self._insert("heading", (topic.language, title, number))
        query = f"INSERT INTO card_terms (rowid, {MOST_TERMS}) VALUES (?, ?, ?, ?)"
        terms = (
            fold(" ".join(titles)),
            fold(" ".join(topic.other_names)),
            fold(" ".join(summaries)),
        )
        self.connection.execute(query, (number, *terms))

    def _group(self, number: int, language: str, groups: Iterable[str]) -> None:
        counts = self._groups.setdefault(language, {})
        for group in groups:
            self._insert("grouped", (language, group, number))
            counts[group] = counts.get(group, 0) + 1

    def _catalogue(self, language: str) -> Catalogue:
        """Return the catalogue of a language; one without topics counts as not reviewed."""
        counts = self._groups.get(language, {})
        groups = tuple(TopicGroup(name, counts[name]) for name in sorted(counts, key=fold))
        least = self._least.get(language, ReviewStatus.SUBMITTED)
        return Catalogue(self._counts.get(language, 0), least, groups)

    def _tell_languages(self) -> None:
        """Add the other languages of a topic to its cards."""
        for id_, languages in self._languages.items():
            for language in languages if len(languages) > 1 else ():
                query = "SELECT body FROM card WHERE id = ? AND language = ?"
                [(body,)] = self.connection.execute(query, (id_, language))
                card = replace(decode(TopicCard, json.loads(body)), languages=tuple(languages))
                query = "UPDATE card SET sha256 = ?, body = ? WHERE id = ? AND language = ?"
                self.connection.execute(query, (*_body(card), id_, language))

    def _first(self, language: str) -> list[TopicCard]:
        """Return the cards that a library has before any search."""
        query = "SELECT body FROM card WHERE language = ? ORDER BY number LIMIT ?"
        rows = self.connection.execute(query, (language, FEW)).fetchall()
        return [decode(TopicCard, json.loads(body)) for (body,) in rows]

    def _insert(self, table: str, row: tuple[object, ...]) -> None:
        marks = ", ".join("?" * len(row))
        self.connection.execute(f"INSERT INTO {table} VALUES ({marks})", row)


def write_pack(file: Path, fill: Callable[[PackWriter], None]) -> None:
    """Write a pack to `file`, whole or not at all.

    Args:
        file: the path of the pack.
        fill: adds the topics to a writer, and finishes it.
    """
    with AtomicFile(file, pours=True) as new:
        write_at(new.handle, _blank(), 0)
        try:
            with closing(sqlite3.connect(new.path, isolation_level=None)) as connection:
                fill(PackWriter(connection))
        except sqlite3.OperationalError as error:  # a full disk, mostly
            raise OSError(errno.EIO, str(error)) from error
        integrity.seal(new.handle)
        new.put()


def pack_in_memory(fill: Callable[[PackWriter], None]) -> bytes:
    """Return, as bytes, a pack that is made in memory, for a small library.

    Args:
        fill: adds the topics to a writer, and finishes it.
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.deserialize(_blank())
        fill(PackWriter(connection))
        return integrity.sealed(connection.serialize())


def _blank() -> bytes:
    """Return an empty pack of one page."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute(f"PRAGMA page_size = {PAGE}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {FORMAT}")
        connection.execute("CREATE TABLE x (y)")  # until there is a table there is no page
        connection.execute("DROP TABLE x")
        connection.execute("VACUUM")
        return integrity.reserve(connection.serialize())


def card_of(topic: Topic, languages: tuple[str, ...] = ()) -> TopicCard:
    """Return the card of a topic: what is shown and known of the topic before it is opened.

    A topic with problems, which is never shown, has a card of what can be worked out.
    """
    claims = (claim for section in topic.sections for claim in section.claims)
    preview = next((c.wording for c in claims if c.id == topic.preview), topic.question)
    sections = {section.id for section in topic.sections}
    is_walkable = topic.steps and sections.issuperset(topic.steps)
    minutes = minutes_left(topic, Level.PLAIN, topic.steps[0], 0) if is_walkable else 0
    known = {caution.id for caution in topic.cautions}
    is_readable = all(known.issuperset(section.requires) for section in topic.gated_sections())
    minutes_gated = gated_minutes(topic, Level.PLAIN) if is_readable else 0
    own = languages or (topic.language,)
    return TopicCard(
        topic.id, topic.language, topic.question, preview, minutes, topic.status, own,
        minutes_gated, None if topic.one_level else topic.summary,
    )  # fmt: skip


def words_of(topic: Topic) -> int:
    """Return the number of words of a topic at the plain level."""
    claims = [claim.wording.plain for section in topic.sections for claim in section.claims]
    return sum(len(text.split()) for text in (*claims, topic.question.plain, topic.summary.plain))


def _levels(wording: Wording) -> list[str]:
    return list(dict.fromkeys(wording.at(level) for level in Level))


def _body(value: object) -> tuple[str, str]:
    body = json.dumps(encode(value), ensure_ascii=False, separators=(",", ":"))
    return sha256(body.encode()).hexdigest(), body
