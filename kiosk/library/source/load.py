"""Load a directory of TOML files as a Draft, with the problems that reading alone can find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from kiosk.core.content import GlossaryWord
from kiosk.core.library import InterfaceText, Library, Policy
from kiosk.file_access import visible_files
from kiosk.library.problem import Problem
from kiosk.library.source import convert, library_schema
from kiosk.library.source.alarms_file import load_alarms
from kiosk.library.source.draft import Draft, TopicDraft
from kiosk.library.source.interface_file import phrases
from kiosk.library.source.kept_files import KeptFiles
from kiosk.library.source.load_topic import load_topic
from kiosk.library.source.toml_file import read_toml
from kiosk.library.source.topic_models import topic_folders
from kiosk.library.source.tree_reader import TreeReader

_STUBS = {"format": 1, "languages": ["en"], "clinic": {"en": "-"}}


def load_tree(
    directory: Path,
    only: str = "",
    shared: Path | None = None,
    kept: KeptFiles | None = None,
) -> tuple[Draft | None, list[Problem]]:
    """Return all that could be read of the tree, and the problems of the files one by one.

    No Draft where there is no such directory. The rules on the whole are in `checks`.

    Args:
        directory: the tree.
        only: the one topic that is loaded, listed in library.toml or not; else all that are listed.
        shared: another tree, from which the library around that topic comes where this one has no
            library.toml.
        kept: what was read of each file before; files that have not changed are not read again.
    """
    root = directory.resolve()
    if not root.is_dir():
        return None, [Problem(str(directory), "", "no such directory")]
    reading = TreeReader(root, kept)
    around = reading
    if only and shared is not None and not (root / "library.toml").exists():
        around = TreeReader(shared.resolve(), kept)
    stubs = _STUBS | {"topics": _topics(around.root)}
    head = around.read(around.root / "library.toml", library_schema.LibraryModel, stubs)
    languages = tuple(head.languages) if head else ("en",)
    listed = head.topics if head else _topics(around.root)
    glossary = _glossary(around, around.root / "glossary.toml")
    written = [
        load_topic(reading, home, glossary if home.language == languages[0] else ())
        for name in dict.fromkeys([only] if only else listed)
        for home in topic_folders(root / name, languages)
    ]
    readers = around.read(around.root / "readers.toml", library_schema.ReadersModel)
    alarm_rules, alarms = load_alarms(around)
    words = {code: _words(around, code) for code in languages}
    library = Library(
        clinic=dict(head.clinic) if head else {},
        languages=languages,
        readers=tuple(convert.reader(r) for r in readers.reader) if readers else (),
        words=words,
        policies={code: _policy(around, code) for code in languages},
        catalogues={},
        cards=(),
        alarms=alarms,
    )
    draft = Draft(
        name=root.name,
        library=library,
        alarm_rules=alarm_rules,
        topics=tuple(_with_translations(reading, written, languages, words)),
        files=around.files | reading.files,
        unread=frozenset(around.unread | reading.unread),
        glossary=glossary,
        gated_elsewhere=_gated_elsewhere(around, (set(listed) - {only}) if only else ()),
    )
    return draft, reading.problems if around is reading else [*around.problems, *reading.problems]


def _with_translations(
    reading: TreeReader,
    written: Iterable[TopicDraft],
    languages: tuple[str, ...],
    words: Mapping[str, InterfaceText],
) -> Iterator[TopicDraft]:
    """Yield each topic, and after it its translations, if the library has several languages."""
    for draft in written:
        yield draft
        if draft.topic.language == languages[0] and len(languages) > 1:
            from kiosk.library.translation.apply import translated_drafts

            yield from translated_drafts(reading, draft, languages, words)


def _gated_elsewhere(reading: TreeReader, names: Iterable[str]) -> dict[str, str]:
    """Return the terms of topics that are not loaded, each with the topic that gates it."""
    gated: dict[str, str] = {}
    for name in names:
        data = read_toml(reading.root / name / "topic.toml", name)
        terms = data.get("gated-everywhere") if isinstance(data, dict) else None
        gated |= {term: name for term in terms or () if isinstance(term, str)}
    return gated


def _topics(root: Path) -> list[str]:
    return [path.parent.name for path in visible_files(root, "*/topic.toml")]


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


def _policy(reading: TreeReader, language: str) -> Policy:
    path = reading.root / "policy" / f"{language}.toml"
    file = reading.read(path, library_schema.PolicyModel, {"title": "-"})
    return convert.policy(file) if file else Policy("", ())
