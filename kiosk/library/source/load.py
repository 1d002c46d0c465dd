"""Load a content tree, the directory of authors' TOML files, as a Draft.

The draft has the tree's topics and what belongs to none. It comes with the problems that reading
alone can find.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kiosk.core.content import GlossaryWord
from kiosk.core.library import InterfaceText, Library, Policy, Reader
from kiosk.file_access import files_in_folders
from kiosk.library.problem import Problem
from kiosk.library.source import convert
from kiosk.library.source.alarms_file import load_alarms
from kiosk.library.source.draft import Draft, TopicDraft
from kiosk.library.source.interface_file import phrases
from kiosk.library.source.load_topic import load_topic, named_words
from kiosk.library.source.parsing.kept_files import KeptFiles
from kiosk.library.source.parsing.toml_file import read_toml
from kiosk.library.source.parsing.tree_reader import TreeReader
from kiosk.library.source.schema import library_schema
from kiosk.library.source.topic_models import terms_everywhere, topic_folders

Files = Mapping[str, Mapping[str, Any]]
"""Parsed files, by their names in problems."""
_STUBS = {"format": 1, "languages": ["en"], "clinic": {"en": "-"}}


def load_tree(
    directory: Path,
    only: str = "",
    shared: Path | None = None,
    kept: KeptFiles | None = None,
) -> tuple[Draft | None, list[Problem]]:
    """Return a content tree as a Draft, and the problems of each of its files.

    No Draft where there is no such directory. What several files together must keep is not checked
    here, but in `library/checks`.

    Args:
        directory: the tree.
        only: the one topic that is loaded, listed in library.toml or not; empty for all listed
            ones.
        shared: another tree, whose readers, policy and other files around the topics are used
            where `directory` has no library.toml and `only` is given.
        kept: a cache of files read before; files that have not changed are not read again.
    """
    if not directory.resolve().is_dir():
        return None, [no_such(directory)]
    tree = TreeLoader(directory, only, shared, kept)
    topics, files = list[TopicDraft](), dict[str, Mapping[str, Any]]()
    for drafts, read in tree.topics():
        topics += drafts
        files |= read
    return tree.draft(topics, files), tree.problems


def no_such(directory: Path) -> Problem:
    """Return the problem to report for a content directory that does not exist."""
    return Problem(str(directory), "", "no such directory")


class TreeLoader:
    """Loader of a content tree: what belongs to no topic is read at once, the topics one by one.

    Args:
        directory: the tree, which exists.
        only: the one topic that is loaded, listed in library.toml or not; empty for all listed
            ones.
        shared: another tree, whose readers, policy and other files around the topics are used
            where `directory` has no library.toml and `only` is given.
        kept: a cache of files read before; files that have not changed are not read again.
    """

    def __init__(
        self,
        directory: Path,
        only: str = "",
        shared: Path | None = None,
        kept: KeptFiles | None = None,
    ) -> None:
        root = directory.resolve()
        self._reading = around = TreeReader(root, kept)
        if only and shared is not None and not (root / "library.toml").exists():
            around = TreeReader(shared.resolve(), kept)
        self._around = around
        stubs = _STUBS | {"topics": _topics(around.root)}
        head = around.read(around.root / "library.toml", library_schema.LibraryModel, stubs)
        listed = head.topics if head else _topics(around.root)
        self.names = tuple(dict.fromkeys([only] if only else listed))
        self._languages = tuple(head.languages) if head else ("en",)
        self._glossary = _glossary(around, around.root / "glossary.toml")
        self._named_words = named_words(self._reading, self._glossary)
        self._elsewhere = _gated_elsewhere(around, (set(listed) - {only}) if only else ())
        self._alarm_rules, alarms = load_alarms(around)
        words = {code: _words(around, code) for code in self._languages}
        self._library = Library(
            clinic=dict(head.clinic) if head else {},
            languages=self._languages,
            readers=_readers(around, self._languages, words),
            words=words,
            policies=_policies(around, self._languages, words),
            catalogues={},
            cards=(),
            alarms=alarms,
        )
        self._files = dict(self._reading.files)

    @property
    def problems(self) -> list[Problem]:
        """Problems of all files that have been read so far, each file looked at alone."""
        if self._around is self._reading:
            return self._reading.problems
        return [*self._around.problems, *self._reading.problems]

    def topics(self) -> Iterator[tuple[tuple[TopicDraft, ...], Files]]:
        """Yield each topic's drafts in all languages and its parsed files; none of it is kept."""
        for name in self.names:
            drafts = tuple(self._in_each_language(name))
            own = {f: data for f, data in self._reading.files.items() if f not in self._files}
            yield drafts, own
            self._reading.files = dict(self._files)

    def _in_each_language(self, name: str) -> Iterator[TopicDraft]:
        """Yield a topic as it was written, each followed by its translations."""
        first = self._languages[0]
        for home in topic_folders(self._reading.root / name, self._languages):
            own = (self._glossary, self._named_words) if home.language == first else ((), ())
            yield (written := load_topic(self._reading, home, *own))
            if home.language == first and len(self._languages) > 1:
                from kiosk.library.translation.apply import translated_drafts

                words = self._library.words
                yield from translated_drafts(self._reading, written, self._languages, words)

    def gated_everywhere(self) -> dict[str, str]:
        """Return the terms that no open text of any topic may have, each with the topic that gates
        it.

        They are read from each topic.toml before topics are loaded. A topic that had to wait for
        the terms of the others would have to be kept till the last is loaded.
        """
        homes = (
            home
            for name in self.names
            for home in topic_folders(self._reading.root / name, self._languages)
        )
        gated = {term: home.id for home in homes for term in terms_everywhere(home)}
        return gated | dict(self._elsewhere)

    def draft(self, topics: Iterable[TopicDraft] = (), files: Files | None = None) -> Draft:
        """Return the Draft of the tree, with `topics`, and with `files` as their parsed files."""
        topics = tuple(topics)
        return Draft(
            name=self._reading.root.name,
            library=self._library,
            alarm_rules=self._alarm_rules,
            topics=topics,
            files=self._around.files | self._files | dict(files or {}),
            unread=frozenset(self._around.unread | self._reading.unread),
            glossary=self._glossary,
            gated_elsewhere=self._elsewhere,
            terms=tuple(terms for topic in topics if (terms := topic.terms)),
        )


def _gated_elsewhere(reading: TreeReader, names: Iterable[str]) -> dict[str, str]:
    """Return the terms of topics that are not loaded, each with the topic that gates it."""
    gated: dict[str, str] = {}
    for name in names:
        data = read_toml(reading.root / name / "topic.toml", name)
        terms = data.get("gated-everywhere") if isinstance(data, dict) else None
        gated |= {term: name for term in terms or () if isinstance(term, str)}
    return gated


def _topics(root: Path) -> list[str]:
    return [path.parent.name for path in files_in_folders(root, "topic.toml")]


def _glossary(reading: TreeReader, path: Path) -> tuple[GlossaryWord, ...]:
    """The hard words, in the library's first language; a tree may do without."""
    file = reading.read(path, library_schema.GlossaryModel) if path.exists() else None
    return tuple(convert.glossary_word(word) for word in file.word) if file else ()


def _words(reading: TreeReader, language: str) -> InterfaceText:
    path = reading.root / "interface" / f"{language}.toml"
    data = reading.parse(path)
    if data is None:
        return InterfaceText({})
    texts, problems = phrases(data, reading.name(path))
    reading.problems += problems
    return InterfaceText(texts)


def _readers(
    reading: TreeReader, languages: Sequence[str], words: Mapping[str, InterfaceText]
) -> tuple[Reader, ...]:
    file = reading.read(reading.root / "readers.toml", library_schema.ReadersModel)
    if file is None or len(languages) == 1:
        return tuple(map(convert.reader, file.reader)) if file else ()
    from kiosk.library.translation.library_items import shown_reader

    return tuple(shown_reader(reader, languages[0], words) for reader in file.reader)


def _policies(
    reading: TreeReader, languages: Sequence[str], words: Mapping[str, InterfaceText]
) -> dict[str, Policy]:
    files = {code: _policy(reading, code) for code in languages}
    source = files[languages[0]]
    shown = {code: convert.policy(f) if f else Policy("", ()) for code, f in files.items()}
    if source is not None and len(languages) > 1:
        from kiosk.library.translation.library_items import shown_policy
        from kiosk.library.translation.marks import language_name

        name = language_name(words[languages[0]], languages[0])
        for code in languages[1:]:
            if own := files[code]:
                shown[code] = shown_policy(source, own, words[code], name)
    return shown


def _policy(reading: TreeReader, language: str) -> library_schema.PolicyModel | None:
    path = reading.root / "policy" / f"{language}.toml"
    return reading.read(path, library_schema.PolicyModel, {"title": "-"})
