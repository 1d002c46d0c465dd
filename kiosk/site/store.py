"""Store that visits read topics from."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Set
from contextlib import suppress
from copy import copy
from pathlib import Path
from time import time
from typing import TYPE_CHECKING

from kiosk.core.content import Topic
from kiosk.core.events import TopicQuery
from kiosk.core.library import Library, TopicCard
from kiosk.core.question import Answer, AnswerKind, Question
from kiosk.error_log import log_line
from kiosk.errors import PackError, StartupError, raised_at
from kiosk.fast_dataclass import replace
from kiosk.file_access import visible_files
from kiosk.file_stamp import file_stamp
from kiosk.library.pack.reader import Pack, verified
from kiosk.library.pack.recalls import Recalls, recalled
from kiosk.library.pack.topic_finder import NO_LIMITS, TopicFilter
from kiosk.settings.drop_ins import watched
from kiosk.settings.model import Settings
from kiosk.site.content import content_path, library_of, scope_of
from kiosk.site.paths import INSTALLED, recalls_file
from kiosk.site.request import LaunchOptions
from kiosk.site.watchers import PackWatcher, Renewed, ReviewWatcher

if TYPE_CHECKING:
    from kiosk.answers.engine import AnswerEngine
    from kiosk.serve.protocol import FileRecord

MOST_WATCHED = 300
"""Files of a content directory that are watched; a pack is one."""


class PackStore:
    """Store of a site: reads one topic at a time from a pack, finds topics, and answers questions.

    Args:
        pack: the open pack; a process forked since it was opened calls `forked()` before it reads.
        scope: filter of the topics that this site offers.
        recalls: the recalled texts, which must not be shown; None where nothing can be recalled.
        renew: called between visits; returns another verified pack and its library, or None.
    """

    def __init__(
        self,
        pack: Pack,
        scope: TopicFilter = NO_LIMITS,
        recalls: Recalls | None = None,
        renew: Callable[[], Renewed | None] = lambda: None,
    ) -> None:
        self.pack = pack
        self._scope = scope
        self._recalls = recalls
        self._renew = renew
        self.on_fault: Callable[[str], None] = _log_fault
        """Called with the type and line of code of an error in reading, once for each line and
        pack; with `UnreadableRecalls` where the list of recalls is damaged."""
        self._reported: set[str] = set()
        """What it was called with for this pack."""
        self._seen: int | None = None
        """The count of changes of the recalls that `_gone` is of."""
        self._gone: frozenset[str] = frozenset()
        self._engine: AnswerEngine | None = None
        self._kept: dict[tuple[str, str], Topic] = {}

    def keep(self, ids: Iterable[str], language: str) -> None:
        """Read these topics into memory, so that processes forked from this one share them."""
        for id_ in ids:
            with suppress(KeyError):
                self._kept[id_, language] = self.open_topic(id_, language)

    def open_topic(self, id_: str, language: str) -> Topic:
        """Return a topic; raises KeyError for one that is unknown or cannot be read."""
        if kept := self._kept.get((id_, language)):
            return kept
        try:
            return self.pack.open_topic(id_, language)
        except PackError as damage:
            self._report(damage)
            raise KeyError((id_, language)) from damage

    def card(self, id_: str, language: str) -> TopicCard:
        """Return a topic's card; raises KeyError for one not offered here, or not readable."""
        try:
            card = self.pack.find_card(id_, language, self._scope)
        except PackError as damage:
            self._report(damage)
            raise KeyError((id_, language)) from damage
        if card is None:
            raise KeyError((id_, language))
        return card

    def find_topics(self, sought: TopicQuery, language: str, most: int) -> tuple[TopicCard, ...]:
        """Return up to `most` cards, best first, none recalled; empty if the pack is damaged."""
        gone = tuple(sorted(self.withdrawn()))
        scope = replace(self._scope, without=gone) if gone else self._scope
        try:
            return self.pack.find_topics(
                sought.text, language, sought.group, most, sought.start, scope
            )
        except PackError as damage:
            self._report(damage)
            return ()

    def answer(self, question: Question) -> Answer:
        """Return the answer to a question; an abstention where the pack cannot be read."""
        try:
            return self.prepared().answer(question)
        except (PackError, sqlite3.Error) as damage:
            self._report(damage)
            return Answer(AnswerKind.ABSTAIN, question.language)

    def alarm(self, written: Question) -> Answer | None:
        """Return what to do about signs of danger in a text; None without, or for a bad pack."""
        try:
            return self.prepared().alarm(written)
        except (PackError, sqlite3.Error) as damage:
            self._report(damage)
            return None

    def prepared(self) -> AnswerEngine:
        """Return the engine that answers questions; the first call imports and makes it."""
        if self._engine is None:
            # a start does not wait for it, nor for its stemmers and word lists
            from kiosk.answers.alarms.detector import AlarmDetector
            from kiosk.answers.engine import AnswerEngine

            nets = AlarmDetector(self.pack.alarm_rules())
            self._engine = AnswerEngine(self.pack.another(), self.pack.another(), nets.find)
        return self._engine

    def withdrawn(self) -> Set[str]:
        """Return the ids of recalled topics; of all topics where recalls cannot be read."""
        count = None if self._recalls is None else self._recalls.changed(self._seen)
        if self._recalls is None or count is None:
            return self._gone
        self._seen = count
        if count < 0:
            self._report_once("UnreadableRecalls")
        try:
            self._gone = self._look_up(self._recalls, all_of_them=count < 0)
        except PackError as damage:
            self._report(damage)
            self._seen = None
        return self._gone

    def is_due(self) -> bool:
        """Return whether, since `withdrawn()`, a text was recalled, or a review has expired."""
        before, until = self._gone, self.pack.reviews.until
        return self.withdrawn() != before or (until is not None and time() >= until)

    def renewed(self) -> Library | None:
        """Change to a new pack or new reviews, if any; return the library then, else None."""
        renewed = self._renew()
        if renewed is None:
            return None
        old, (self.pack, library) = self.pack, renewed
        if old is not self.pack:
            old.close()
        if self._scope.approved is not None:
            self._scope = replace(self._scope, approved=self.pack.reviews.approved)
        self._engine = None
        self._kept.clear()
        self._reported.clear()
        self._seen = None
        return library

    def unchanging(self) -> PackStore:
        """Return another store of the same pack, which changes to no other pack or reviews."""
        other = copy(self)
        other._renew = lambda: None
        return other

    def forked(self) -> None:
        """Reopen the pack's file in a forked process, before it reads or loses file access."""
        self.pack.renew()

    def _look_up(self, recalls: Recalls, all_of_them: bool) -> frozenset[str]:
        if not all_of_them:
            try:
                return frozenset(topic for topic, _ in recalled(recalls, self.pack.text_of))
            except OSError as damage:  # cut short just now: each text may be recalled
                self._report(damage)
        return frozenset(id_ for id_, _, _ in self.pack.texts())

    def _report(self, error: Exception) -> None:
        self._report_once(raised_at(error))

    def _report_once(self, where: str) -> None:
        if where not in self._reported:
            self._reported.add(where)
            self.on_fault(where)


def _log_fault(where: str) -> None:
    log_line(f"the library cannot be read: {where}")


def store_for(pack: Pack, launch: LaunchOptions, settings: Settings) -> PackStore:
    """Return the store of a process that runs visit after visit, and notices a new pack itself."""

    def path() -> Path:
        return content_path(launch.content)

    def opened(file: Path) -> tuple[Pack, Library]:
        following = verified(file)
        try:
            return following, library_of(following, settings, launch.topic)
        except StartupError:
            following.close()
            raise

    def renewed() -> Renewed | None:
        return following() or review_watcher()

    following = PackWatcher(path, opened, file_stamp, (StartupError, PackError))
    review_watcher = ReviewWatcher(
        lambda: store.pack, settings, reads_files=True, topic=launch.topic
    )
    store = PackStore(pack, scope_of(settings, pack), recalls_of(path()), renewed)
    return store


def shared_store_for(
    pack: Pack, path: Path, settings: Settings, topic: str | None = None
) -> PackStore:
    """Return the store that forked workers share, one visit each; it changes to no other pack."""
    review_watcher = ReviewWatcher(lambda: pack, settings, reads_files=False, topic=topic)
    return PackStore(pack, scope_of(settings, pack), recalls_of(path), review_watcher)


def recalls_of(path: Path) -> Recalls | None:
    """Return the recalls of the pack at a path; None for a content directory, which has none."""
    return None if path.is_dir() else Recalls(recalls_file(path))


def file_stamps(path: Path, settings: Path | None) -> list[FileRecord]:
    """Return the path and a stamp of each file to watch: content, recalls, settings, own pack.

    A stamp differs once the file has changed; a file need not exist yet. `path` is the content.
    """
    inner = visible_files(path, "**/*")[:MOST_WATCHED] if path.is_dir() else []
    # what is not there yet is watched, too: a first recall, a first library of this machine
    files = [path, recalls_file(path), INSTALLED, *inner, *(watched(settings) if settings else [])]
    return [(str(file), file_stamp(file)) for file in files]
