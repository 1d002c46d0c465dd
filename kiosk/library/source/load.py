"""Load a directory of TOML files as a Draft, with the problems that reading alone can find."""

from __future__ import annotations

from pathlib import Path

from kiosk.core.content import GlossaryWord
from kiosk.core.library import InterfaceText, Library, Policy
from kiosk.file_access import visible_files
from kiosk.library.problem import Problem
from kiosk.library.source import convert, library_schema
from kiosk.library.source.alarms_file import load_alarms
from kiosk.library.source.draft import Draft
from kiosk.library.source.interface_file import phrases
from kiosk.library.source.load_topic import load_topic, topic_folders
from kiosk.library.source.tree_reader import TreeReader

_STUBS = {"format": 1, "languages": ["en"], "clinic": {"en": "-"}}


def load_tree(directory: Path) -> tuple[Draft | None, list[Problem]]:
    """Return all that could be read of the tree, and the problems of the files one by one.

    No Draft where there is no such directory. The rules on the whole are in `checks`.
    """
    root = directory.resolve()
    if not root.is_dir():
        return None, [Problem(str(directory), "", "no such directory")]
    reading = TreeReader(root)
    head = reading.read(
        root / "library.toml", library_schema.LibraryModel, _STUBS | {"topics": _topics(root)}
    )
    languages = tuple(head.languages) if head else ("en",)
    names = head.topics if head else _topics(root)
    glossary = _glossary(reading, root / "glossary.toml")
    topics = [
        load_topic(reading, home, glossary if home.language == languages[0] else ())
        for name in dict.fromkeys(names)
        for home in topic_folders(root / name, languages)
    ]
    readers = reading.read(root / "readers.toml", library_schema.ReadersModel)
    alarm_rules, alarms = load_alarms(reading)
    library = Library(
        clinic=dict(head.clinic) if head else {},
        languages=languages,
        readers=tuple(convert.reader(r) for r in readers.reader) if readers else (),
        words={code: _words(reading, root / "interface" / f"{code}.toml") for code in languages},
        policies={code: _policy(reading, root / "policy" / f"{code}.toml") for code in languages},
        catalogues={},
        cards=(),
        alarms=alarms,
    )
    unread = frozenset(reading.unread)
    draft = Draft(root.name, library, alarm_rules, tuple(topics), reading.files, unread, glossary)
    return draft, reading.problems


def _topics(root: Path) -> list[str]:
    return [path.parent.name for path in visible_files(root, "*/topic.toml")]


def _glossary(reading: TreeReader, path: Path) -> tuple[GlossaryWord, ...]:
    """The hard words, in the library's first language; a tree may do without."""
    file = reading.read(path, library_schema.GlossaryModel) if path.exists() else None
    return tuple(convert.glossary_word(word) for word in file.word) if file else ()


def _words(reading: TreeReader, path: Path) -> InterfaceText:
    data = reading.parse(path)
    if data is None:
        return InterfaceText({})
    texts, problems = phrases(data, reading.name(path))
    reading.problems += problems
    return InterfaceText(texts)


def _policy(reading: TreeReader, path: Path) -> Policy:
    file = reading.read(path, library_schema.PolicyModel, {"title": "-"})
    return convert.policy(file) if file else Policy("", ())
