"""Reader of packs: opens an SQLite file read-only, and gives out its library and single topics."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from kiosk.core.alarms import AlarmRules
from kiosk.core.content import Topic
from kiosk.core.library import FEW, Library, TopicCard
from kiosk.core.palette import Palette
from kiosk.core.wording import ReviewStatus
from kiosk.errors import PackError
from kiosk.fast_dataclass import replace
from kiosk.library.pack import integrity
from kiosk.library.pack.codec import Decoder, shape
from kiosk.library.pack.connection import PackConnection, TimedConnection, open_file
from kiosk.library.pack.schema import APPLICATION_ID, FORMAT
from kiosk.library.pack.soundness import flaws
from kiosk.library.pack.topic_finder import NO_LIMITS, TopicFilter, catalogue, numbers
from kiosk.library.review.standing import NO_REVIEWS, PackReviews, changed, unsigned
from kiosk.sha256 import sha256

__all__ = ["APPLICATION_ID", "FORMAT", "Pack", "PackError", "checked_seal", "open_pack", "verified"]
_T = TypeVar("_T")
_BROKEN = "it is damaged: its seal is broken, a byte is not what was built."
_ODD = re.compile(
    r'\\[^"n]|[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]'
)
"""Characters and escapes that no build writes; they could command a terminal or reverse text."""


@cache
def fingerprint_of_shapes() -> str:
    """Return a digest of the fields that this version expects in a pack, such as a topic's."""
    shapes = ";".join(shape(type_) for type_ in (Library, Topic, Palette, AlarmRules))
    return sha256(shapes.encode()).hexdigest()


class Pack:
    """An opened pack: gives out its library, single topics, and the cards that a search finds.

    Replacing its file changes nothing here: the old one stays open, through `guarded`.
    """

    def __init__(self, guarded: PackConnection) -> None:
        self._guarded = guarded
        self._decoder = Decoder()
        self._reviews = NO_REVIEWS
        self._compared: dict[tuple[str, str], bool] = {}
        """By topic and language, True if the text is the signed one, as far as looked at."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path | None:
        """Path of the file that was opened; None for a pack in memory."""
        return self._guarded.path

    @property
    def reviews(self) -> PackReviews:
        """Review stages of topics by signatures that count at this site; none until `judge()`."""
        return self._reviews

    def judge(self, reviews: PackReviews) -> None:
        """Set the review stages of topics at this site, which all cards have from now on."""
        self._reviews = reviews
        self._compared.clear()

    def another(self) -> TimedConnection:
        """Return another connection to the same pack, for code with tables of its own in it."""
        return self._guarded.another()

    def library(self, scope: TopicFilter = NO_LIMITS) -> Library:
        """Return the library without topics' texts; it has cards of the first topics in `scope`."""
        whole = self._read(Library, "SELECT body, sha256 FROM library", ())
        if scope == NO_LIMITS and not self.reviews.by_topic:
            catalogues = {
                code: replace(each, least=unsigned(each.least))
                for code, each in whole.catalogues.items()
            }
            return replace(
                whole, cards=tuple(map(self._settled, whole.cards)), catalogues=catalogues
            )
        most = max(FEW, len(scope.topics))
        card_numbers = (
            n for code in whole.languages for n in numbers(self.rows, "", code, "", most, scope)
        )
        return replace(
            whole,
            cards=self._cards(card_numbers),
            catalogues={
                code: catalogue(self.rows, code, scope, self.reviews.approved)
                for code in whole.languages
            },
        )

    def alarm_rules(self) -> AlarmRules:
        """Return the rules by which alarm signs are recognised in a question."""
        return self._read(AlarmRules, "SELECT body, sha256 FROM alarm_rules", ())

    def open_topic(self, id_: str, language: str) -> Topic:
        """Return a topic; KeyError where the pack has none of that id in that language.

        Raises PackError, too, where it is none that a visit can rely on.
        """
        query = "SELECT body, sha256 FROM topic WHERE id = ? AND language = ?"
        topic = self._read(Topic, query, (id_, language))
        if flaw := next(flaws(topic), ""):
            raise PackError(self.path, f"it has a topic that no build writes: {flaw[:100]}.")
        return topic

    def card(self, id_: str, language: str) -> TopicCard:
        """Return the card of a topic; KeyError where the pack does not have it."""
        query = "SELECT body, sha256 FROM card WHERE id = ? AND language = ?"
        return self._settled(self._read(TopicCard, query, (id_, language)))

    def find_card(
        self, id_: str, language: str, scope: TopicFilter = NO_LIMITS
    ) -> TopicCard | None:
        """Return the card of a topic; None where the pack has none, or `scope` leaves it out."""
        offered = not scope.topics or id_ in scope.topics
        if not offered or language not in self.text_of(id_):
            return None
        card = self.card(id_, language)
        return card if self._is_offered(card, scope) else None

    def find_topics(
        self,
        text: str,
        language: str,
        group: str = "",
        limit: int = 10,
        start: int = 0,
        scope: TopicFilter = NO_LIMITS,
    ) -> tuple[TopicCard, ...]:
        """Return cards of topics with words that begin as those of `text`, best first.

        Without text, topics come in the library's order. `group` is a heading of the library to
        search under, if not empty; `start` says how many cards are left out before `limit` follow.
        """
        numbered = numbers(self.rows, text, language, group, start + limit, scope)[start:]
        return tuple(card for card in self._cards(numbered) if self._is_offered(card, scope))

    def texts(self) -> list[tuple[str, str, str]]:
        """Return the id, the language and the SHA-256 of the text of every topic."""
        return [
            (str(id_), str(language), str(digest))
            for id_, language, digest in self.each("SELECT id, language, sha256 FROM topic")
        ]

    def text_of(self, id_: str) -> dict[str, str]:
        """Return, by language, the SHA-256 of a topic's texts; empty for an unknown topic."""
        rows = self.rows("SELECT language, sha256 FROM topic WHERE id = ? LIMIT 50", (id_,))
        return {str(language): str(digest) for language, digest in rows}

    def has_reviews(self) -> bool:
        """Return whether there is a signed review in the pack, whatever it is worth."""
        return bool(self.rows("SELECT 1 FROM review LIMIT 1"))

    def themes(self) -> tuple[Palette, ...]:
        """Return the themes that can be used."""
        rows = self.rows(
            "SELECT name FROM theme WHERE body IS NOT NULL ORDER BY position LIMIT 100"
        )
        query = "SELECT body, sha256 FROM theme WHERE name = ?"
        return tuple(self._read(Palette, query, row) for row in rows)

    def failed_themes(self) -> tuple[tuple[str, str], ...]:
        """Return the names of the themes that cannot be used, each with the reason."""
        query = "SELECT name, substr(why, 1, 2000) FROM theme WHERE body IS NULL"
        rows = self.rows(f"{query} ORDER BY position LIMIT 100")
        return tuple((str(name), str(why)) for name, why in rows)

    def meta(self) -> dict[str, str]:
        """Return notes of the build, by name: version, digest of its types, number of words."""
        return {
            str(key): str(value) for key, value in self.rows("SELECT key, value FROM meta LIMIT 20")
        }

    def rows(self, query: str, values: tuple[Any, ...] = ()) -> list[Any]:
        """Return the rows of a query; raises PackError for a damaged pack or a query too slow."""
        return self._guarded.rows(query, values)

    def each(self, query: str) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a long query one by one; raises PackError for a damaged pack."""
        return self._guarded.each(query)

    def renew(self) -> None:
        """Reopen the file in a forked child, before it reads."""
        self._guarded.renew()

    def close(self) -> None:
        """Close the file."""
        self._guarded.close()

    def _cards(self, numbers: Iterable[int]) -> tuple[TopicCard, ...]:
        query = "SELECT body, sha256 FROM card WHERE number = ?"
        return tuple(self._settled(self._read(TopicCard, query, (number,))) for number in numbers)

    def _is_offered(self, card: TopicCard, scope: TopicFilter) -> bool:
        return scope.approved is None or card.status is ReviewStatus.APPROVED

    def _settled(self, card: TopicCard) -> TopicCard:
        """Return a card with its review as this site sees it.

        The text is read and compared with the signed one before anybody is named as its reviewer:
        a pack may say anything of itself.
        """
        settled = self.reviews.settle(card)
        if settled.review is None or not settled.review.approvals:
            return settled
        if self._is_signed_text(card):
            return settled
        review = changed(unsigned(card.status))
        return replace(card, status=review.status, review=review)

    def _is_signed_text(self, card: TopicCard) -> bool:
        key = (card.id, card.language)
        if key not in self._compared:
            from kiosk.library.review.comparison import is_signed_text  # signed topics only

            topic = self.open_topic(*key)
            self._compared[key] = is_signed_text(topic, card, self.reviews.digests[key])
        return self._compared[key]

    def _read(self, type_: type[_T], query: str, values: tuple[Any, ...]) -> _T:
        rows = self.rows(query, values)
        if not rows:
            raise KeyError(values)
        body, digest = rows[0]
        if not isinstance(body, str) or sha256(body.encode()).hexdigest() != digest:
            raise PackError(self.path, "it is damaged: a text is not what was built.")
        if _ODD.search(body.replace("\\\\", "")):
            raise PackError(self.path, "it holds a character that no build writes.")
        try:
            return self._decoder.decode(type_, json.loads(body))
        except (ValueError, RecursionError, OverflowError) as error:
            why = "a text is nested too deep" if isinstance(error, RecursionError) else str(error)
            raise PackError(self.path, f"it is damaged: {why}.") from error


def open_pack(pack: Path | bytes) -> Pack:
    """Open the pack in a file, or one that was built in memory; raises PackError."""
    opened = Pack(PackConnection(pack))
    try:
        meta = opened.meta()
        if meta.get("shapes") != fingerprint_of_shapes():
            built = "".join(c for c in meta.get("version", "unknown") if c.isprintable())[:20]
            why = f"it was built by another kiosk (version {built}). Build it again."
            raise PackError(opened.path, why)
    except PackError:
        opened.close()
        raise
    return opened


def verified(pack: Path | bytes, *, light: bool = False) -> Pack:
    """Open a pack as `open_pack()` does, and check its seal: every byte is read.

    Raises PackError where the pack is damaged. With `light`, SHA-256 comes without OpenSSL: slower
    for each byte, but quick to load.
    """
    opened = open_pack(pack)
    try:
        if isinstance(pack, Path):
            checked_seal(pack, light=light)
        elif not integrity.seal_matches(pack, light=light):
            raise PackError(None, _BROKEN)
    except (PackError, OSError):
        opened.close()
        raise
    return opened


def checked_seal(pack: Path, *, light: bool = False) -> bytes:
    """Return the seal of a pack after checking it against every byte of the file.

    Raises PackError where the pack is damaged. With `light`, SHA-256 comes without OpenSSL: slower
    for each byte, but quick to load.
    """
    handle = open_file(pack)
    try:
        if not integrity.seal_matches(handle, light=light):
            raise PackError(pack, _BROKEN)
        return integrity.stored_seal(handle)
    finally:
        os.close(handle)
