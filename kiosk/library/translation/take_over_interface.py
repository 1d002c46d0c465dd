"""Exchange the words of the program with a translator: a table out, and the same table in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from kiosk.core.library import InterfaceText
from kiosk.library.checks import gate, interface, readability
from kiosk.library.problem import Problem, visible
from kiosk.library.source.draft import Draft
from kiosk.library.translation.export import rows_outside
from kiosk.library.translation.interface import (
    SUBJECT,
    fitted_texts,
    interface_state,
    level_notes,
    lines_in,
    phrases_with,
    write_interface,
)
from kiosk.library.translation.sorted_rows import SortedRows
from kiosk.library.translation.table import TableError, TranslationRow
from kiosk.library.translation.take_over import TakenOver

_RULES = (
    interface.interface,
    interface.buttons,
    gate.gated_words_outside,
    readability.sentence_lengths_outside,
)
_NOT_YET = "no words for"
"""The beginning of a problem that says that a phrase has no words yet."""


def interface_rows(
    library: Draft, root: Path, language: str, *, to_do: bool = False
) -> Iterator[tuple[str, ...]]:
    """Yield the cells of a row for each text of the program's phrases, in the order of their file.

    Raises KioskError where the file of one of the two languages cannot be read.
    """
    source = library.library.languages[0]
    state = interface_state(root, source, language, library.library.words[source])
    notes = {line.key: line.note for line in lines_in(root, source) if line.key}
    for key, note in level_notes(state).items():
        notes[key] = f"{notes.get(key, '')} {note}".strip()
    return rows_outside(SUBJECT, language, state, fitted_texts(state), notes, to_do=to_do)


def take_over_interface(
    rows: list[TranslationRow], library: Draft, language: str, root: Path, *, write: bool = True
) -> TakenOver:
    """Write the program's phrases that a table brings into the file of a language, all or none.

    Raises TableError with every reason against the table, KioskError for a file that cannot be
    read.

    Args:
        rows: the table.
        library: all that is in the content directory.
        language: that of the table.
        root: the content directory.
        write: False to return only what would be done.
    """
    source = library.library.languages[0]
    state = interface_state(root, source, language, library.library.words[source])
    shown = fitted_texts(state)
    table = SortedRows(rows, replace(state, texts=shown))
    new = {
        id_: state.texts[id_] if translation.texts == shown.get(id_) else translation.texts
        for id_, translation in table.new_items()
    }
    if table.reasons:
        raise TableError(table.reasons)
    words = library.library.words.get(language, InterfaceText({}))
    before = set(_problems(library, language, words.phrases))
    after = _problems(library, language, phrases_with(words, new))
    if reasons := [problem for problem in after if problem not in before]:
        raise TableError(_with_row(problem, table) for problem in reasons)
    files = (root / SUBJECT / f"{language}.toml",) if new else ()
    if write and new:
        write_interface(root, state, language, new)
    removed = tuple(id_ for _, id_ in state.lost)
    return TakenOver(tuple(new), tuple(table.left), table.empty, removed, files, ())


def _problems(library: Draft, language: str, phrases: Mapping[str, object]) -> Iterator[Problem]:
    """Yield what is wrong with the words of a language, but for what has none yet."""
    words = {**library.library.words, language: InterfaceText(dict(phrases))}  # type: ignore[arg-type]
    changed = replace(library, library=replace(library.library, words=words))
    file = f"{library.name}/{SUBJECT}/{language}.toml"
    for rule in _RULES:
        for problem in rule(changed):
            if problem.file == file and not problem.message.startswith(_NOT_YET):
                yield problem


def _with_row(problem: Problem, table: SortedRows) -> str:
    """Return a problem with the row of its phrase."""
    key = problem.where or problem.message.partition(":")[0]
    row = table.row_of.get(key)
    return visible(f"Row {row}: {problem.message}. {problem.hint}".strip()) if row else str(problem)
