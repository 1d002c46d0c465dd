"""`kiosk translate`: list what is not translated or out of date; export tables (CSV) for
translators, and import those that come back.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator, Set
from pathlib import Path

from kiosk.errors import KioskError
from kiosk.library.pack.atomic_file import write_whole
from kiosk.library.problem import did_you_mean, visible
from kiosk.library.source.draft import Draft, TopicDraft
from kiosk.library.source.load import load_tree
from kiosk.library.source.parsing.tree_reader import TreeReader
from kiosk.library.translation.apply import translated
from kiosk.library.translation.export import rows_of
from kiosk.library.translation.file import FOLDER, read_translation, translation_folder
from kiosk.library.translation.interface import SUBJECT, interface_state
from kiosk.library.translation.library_items import SUBJECT as LIBRARY
from kiosk.library.translation.library_items import library_hashes, library_languages, library_state
from kiosk.library.translation.state import ItemState, Translation
from kiosk.library.translation.table import (
    LARGEST,
    TableError,
    TranslationRow,
    read_table,
    write_table,
)
from kiosk.site.paths import content_directory

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
_WORDS = {
    ItemState.NEW: "new",
    ItemState.STALE: "stale: its source has changed",
    ItemState.WAITING: "waiting for a caution or safety note to be translated",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the tasks of `kiosk translate` (status, export, import) and their options on its
    parser, and set `translate` as the function to run.
    """
    tasks = parser.add_subparsers(dest="task", metavar="TASK", required=True)
    status = tasks.add_parser("status", help="list what is not translated, or out of date")
    export = tasks.add_parser("export", help="write a table (CSV) for a translator")
    import_ = tasks.add_parser("import", help="take a table over, all of it or nothing")
    status.add_argument("topic", nargs="?", metavar="TOPIC", help="its id; else every topic")
    words = "the id of the topic; `interface` for the words of the program; `library` for the rest"
    export.add_argument("topic", metavar="TOPIC", help=words)
    export.add_argument(
        "language", type=_code, metavar="LANGUAGE", help="the code of the other one, as es"
    )
    export.add_argument("-o", dest="output", type=Path, metavar="FILE", help="else TOPIC-es.csv")
    export.add_argument("--to-do", action="store_true", help="leave out what is done")
    import_.add_argument("table", type=Path, metavar="FILE", help="the table that came back")
    import_.add_argument("--dry-run", action="store_true", help="say what would be done")
    for task in (status, export, import_):
        task.add_argument("--content", type=Path, metavar="DIR", help="else the shipped content")
    parser.set_defaults(run=translate)


def _code(text: str) -> str:
    if not _LANGUAGE.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no language, such as es")
    return text


def translate(options: argparse.Namespace) -> int:
    """Run the task of `kiosk translate` that was asked for (status, export or import) and print its
    lines; return 0. Raises KioskError where it cannot be done.
    """
    tasks: dict[str, Callable[[Draft, Path, argparse.Namespace], Iterator[str]]] = {
        "status": _status,
        "export": _export,
        "import": _import,
    }
    root = options.content or content_directory()
    if root is None or not root.is_dir():
        raise KioskError(f"There is no content directory {root}. Name one with --content DIR.")
    root = root.resolve()
    draft, problems = load_tree(root)
    if draft is None:  # it was removed just now
        raise KioskError("\n".join(map(str, problems)))
    for line in tasks[options.task](draft, root, options):
        print(visible(line), flush=True)
    if problems:
        name = f"kiosk check {root}"
        print(f"The content has problems, and is not shown: `{name}` lists them.", file=sys.stderr)
    return 0


def _status(draft: Draft, root: Path, options: argparse.Namespace) -> Iterator[str]:
    first = draft.library.languages[0]
    for language in draft.library.languages[1:] if options.topic in (None, SUBJECT) else ():
        state = interface_state(root, first, language, draft.library.words[first])
        done, count = state.count(ItemState.DONE), len(state.items)
        yield f"{SUBJECT} ({language}): {done} of {count} phrases translated from what is there."
    for language in library_languages(draft) if options.topic in (None, LIBRARY) else ():
        hashes = library_hashes(draft, language)
        unmarked = {id_ for id_, of in hashes.items() if not of}
        yield from _of(LIBRARY, library_state(draft, language), language, unmarked)
    if options.topic in (SUBJECT, LIBRARY):
        return
    some = False
    topics = [_source(draft, options.topic)] if options.topic else _sources(draft)
    for source in topics:
        for language in _languages(root, source):
            some = True
            yield from _of(source.topic.id, _translation(draft, source, language, root), language)
    if not some:
        yield "No topic has a translation. `kiosk translate export TOPIC LANGUAGE` begins one."


def _of(
    subject: str, state: Translation, language: str, unmarked: Set[str] = frozenset()
) -> Iterator[str]:
    done, count = state.count(ItemState.DONE), len(state.items)
    yield f"{subject} ({language}): {done} of {count} items translated."
    for kind, words in _WORDS.items():
        for id_ in state.ids(kind):
            yield f"  {id_}: {words if id_ not in unmarked else 'no hash of what it translates'}"
    yield from (f"  {id_}: translates nothing that there is" for _, id_ in state.lost)


def _export(draft: Draft, root: Path, options: argparse.Namespace) -> Iterator[str]:
    language = options.language
    if options.topic in (SUBJECT, LIBRARY):
        yield from _export_around(draft, root, options)
        return
    source = _source(draft, options.topic)
    if language == source.topic.language:
        raise KioskError(f'The topic is written in "{language}" itself: name another language.')
    present = _translation(draft, source, language, root)
    rows = list(rows_of(source, language, present, to_do=options.to_do))
    file = options.output or Path(f"{source.topic.id}-{language}.csv")
    _write(file, rows)
    yield f"{file}: {len(rows)} texts."
    if language not in draft.library.languages:
        yield f'The library has no "{language}" yet: see "Translate" in docs/authoring.md.'


def _write(file: Path, rows: list[tuple[str, ...]]) -> None:
    """Write a table; raises KioskError where there is one: somebody may have translated in it."""
    if file.exists():
        raise KioskError(f"{file} is there already. Name another with -o FILE, or delete it.")
    write_whole(file, write_table(rows), pours=True)


def _export_around(draft: Draft, root: Path, options: argparse.Namespace) -> Iterator[str]:
    """Export what belongs to no topic."""
    from kiosk.library.translation.take_over_interface import interface_rows
    from kiosk.library.translation.take_over_library import library_rows

    language = options.language
    if language == draft.library.languages[0]:
        raise KioskError(f'The program speaks "{language}" already: name another language.')
    if options.topic == SUBJECT:
        rows = list(interface_rows(draft, root, language, to_do=options.to_do))
    else:
        _know(draft, language)
        rows = list(library_rows(draft, language, to_do=options.to_do))
    file = options.output or Path(f"{options.topic}-{language}.csv")
    _write(file, rows)
    yield f"{file}: {len(rows)} texts."


def _know(draft: Draft, language: str) -> None:
    """Raise KioskError where nothing outside of topics is told in a language."""
    if language not in library_languages(draft):
        raise KioskError(f'The library has no "{language}" yet: add it in library.toml first.')


def _import(draft: Draft, root: Path, options: argparse.Namespace) -> Iterator[str]:
    # the checks: only for this task
    from kiosk.library.translation.take_over import take_over
    from kiosk.library.translation.take_over_interface import take_over_interface
    from kiosk.library.translation.take_over_library import take_over_library

    try:
        with options.table.open("rb") as opened:
            rows = read_table(opened.read(LARGEST + 1))
    except FileNotFoundError:
        raise KioskError(f"There is no file {options.table}.") from None
    topic, language = _subject(rows)
    own = draft.library.languages[0]
    if language == own:
        raise KioskError(f'The table translates "{topic}" into "{language}", its own language.')
    try:
        if topic == SUBJECT:
            came = take_over_interface(rows, draft, language, root, write=not options.dry_run)
        elif topic == LIBRARY:
            _know(draft, language)
            came = take_over_library(rows, draft, language, root, write=not options.dry_run)
        else:
            source = _source(draft, topic)
            came = take_over(rows, draft, source, language, root, write=not options.dry_run)
    except TableError as error:
        raise TableError([*error.reasons, "So nothing of the table was taken over."]) from None
    would = "would be " if options.dry_run else ""
    yield f"{topic} ({language}): {_count(len(came.written))} {would}written."
    yield from (f"  {file.relative_to(root)}" for file in came.files)
    for id_ in came.left:
        yield f'  {id_}: still stale. If its words are right as they are, write "done" in its rows.'
    for id_ in came.removed:
        yield f"  {id_}: {would}taken out: the topic has it no more"
    yield from (f"  {words}" for words in came.doubtful)
    if came.empty:
        yield f"Without a translation in the table, and left as before: {_count(came.empty)}."


def _count(number: int) -> str:
    return "1 item" if number == 1 else f"{number} items"


def _subject(rows: list[TranslationRow]) -> tuple[str, str]:
    """Return the topic and the language of a table; raises KioskError where it has several."""
    subjects = set()
    for row in rows:
        parts = row.id.split("/", 3)
        if len(parts) != 4 or not _LANGUAGE.fullmatch(parts[1]):
            why = f'the id "{row.id}" is not as it was exported: TOPIC/LANGUAGE/ITEM/TEXT'
            raise KioskError(f"Row {row.number}: {why}.")
        subjects.add((parts[0], parts[1]))
    if len(subjects) > 1:
        names = ", ".join(sorted(f"{topic} ({language})" for topic, language in subjects))
        raise KioskError(f"The table has several topics or languages: {names}. Import each alone.")
    return subjects.pop()


def _sources(draft: Draft) -> list[TopicDraft]:
    first = draft.library.languages[0]
    topics = (topic for topic in draft.topics if topic.translation is None)
    return [topic for topic in topics if topic.topic.language == first]


def _source(draft: Draft, id_: str) -> TopicDraft:
    """Return a topic in the language that it was written in; raises KioskError without one."""
    by_id = {topic.topic.id: topic for topic in _sources(draft)}
    if id_ not in by_id:
        first = draft.library.languages[0]
        hint = did_you_mean(id_, by_id)
        raise KioskError(f'There is no topic "{id_}" in "{first}". {hint}'.strip())
    return by_id[id_]


def _languages(root: Path, source: TopicDraft) -> list[str]:
    folder = root / source.topic.id / FOLDER
    return (
        sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    )


def _translation(draft: Draft, source: TopicDraft, language: str, root: Path) -> Translation:
    """Return the state of a translation, whether the library has that language or not yet."""
    reading = TreeReader(root)
    folder = translation_folder(root / source.topic.id, language)
    files = read_translation(reading, folder)
    words = draft.library.words
    made = translated(source, files, language, words, reading, folder).translation
    assert made is not None
    return made
