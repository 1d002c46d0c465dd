"""Take a translator's table over into the files of a translation: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from kiosk.fast_dataclass import dataclass
from kiosk.library.checks.gate import TermsElsewhere
from kiosk.library.checks.rules import TRANSLATION_RULES
from kiosk.library.checks.spelling import misspelt
from kiosk.library.problem import Problem, visible
from kiosk.library.source.draft import Draft, TopicDraft
from kiosk.library.source.parsing.tree_reader import TreeReader
from kiosk.library.translation.apply import file_of, translated
from kiosk.library.translation.file import (
    TranslatedItem,
    TranslationFiles,
    read_translation,
    translation_folder,
)
from kiosk.library.translation.sorted_rows import SortedRows
from kiosk.library.translation.table import TableError, TranslationRow
from kiosk.library.translation.write import Changes, NewTranslation, write_files


@dataclass(frozen=True, slots=True)
class TakenOver:
    """Result of taking a translator's table over: which items were written, left or removed."""

    written: tuple[str, ...]
    """The items whose translation is new or another."""
    left: tuple[str, ...]
    """Items that are out of date still: nobody changed them, or said that they are done."""
    empty: int
    """Items without a translation in the table."""
    removed: tuple[str, ...]
    """Translations of what the topic does not have any more."""
    files: tuple[Path, ...]
    doubtful: tuple[str, ...]
    """Words that no dictionary has, each with its row."""


def take_over(
    rows: list[TranslationRow],
    library: Draft,
    source: TopicDraft,
    language: str,
    root: Path,
    *,
    write: bool = True,
) -> TakenOver:
    """Write the translations of a topic that a table brings into files, all of them or none.

    Raises TableError with every reason against the table.

    Args:
        rows: of one topic and language.
        library: all that is in the content directory.
        source: the topic in the language that it was written in.
        language: that of the table.
        root: the content directory.
        write: False to return only what would be done.
    """
    reading = TreeReader(root)
    folder = translation_folder(root / source.topic.id, language)
    files = read_translation(reading, folder)
    before = translated(source, files, language, library.library.words, reading, folder)
    assert before.translation is not None
    if reading.problems:
        raise TableError(f"{problem}" for problem in reading.problems)
    table = SortedRows(rows, before.translation)
    new = dict(table.new_items())
    if table.reasons:
        raise TableError(table.reasons)
    after = _with(new, files, before, source, library, root)
    _refuse_what_breaks_rules(before, after, library, table)
    changes: dict[Path, dict[str, NewTranslation | None]] = {}
    heads: dict[Path, str] = {}
    for id_, translation in new.items():
        given = files.items.get(id_)
        name = given.file if given else file_of(before, id_)
        path = root.parent / name
        changes.setdefault(path, {})[id_] = translation
        heads[path] = head_of(path.relative_to(folder), language)
    for name, id_ in before.translation.lost:
        changes.setdefault(root.parent / name, {})[id_] = None
    if write:
        frozen: dict[Path, Changes] = dict(changes)
        write_files(frozen, heads)
    removed = tuple(id_ for _, id_ in before.translation.lost)
    words = misspelt([_checked(after[0])]) if new else ()
    doubtful = tuple(_with_row(problem, table) for problem in words if _row_of(problem, table))
    written, left = tuple(new), tuple(table.left)
    return TakenOver(written, left, table.empty, removed, tuple(changes), doubtful)


def head_of(file: Path, language: str) -> str:
    """Return the comment at the head of a new file of a translation: its schema, and what it is.

    Args:
        file: the file's path in the folder of the translation.
        language: that of the translation.
    """
    up = "../" * (len(file.parts) + 2)
    return (
        f"#:schema {up}.schema/translation.json\n"
        f'# Translation of {file.as_posix()} into "{language}". `kiosk translate` writes it;\n'
        "# words may be changed by hand. `of` is the hash of what an item translates: where that\n"
        "# has changed, readers see it in its own language, marked.\n"
    )


def _with(
    new: Mapping[str, NewTranslation],
    files: TranslationFiles,
    before: TopicDraft,
    source: TopicDraft,
    library: Draft,
    root: Path,
) -> tuple[TopicDraft, list[Problem]]:
    """Return the topic as it will be, and the problems of reading it."""
    items = {
        id_: TranslatedItem(file_of(before, id_), n.item.digest, dict(n.texts), "")
        for id_, n in new.items()
    }
    reading, language = TreeReader(root), before.topic.language
    folder = translation_folder(root / source.topic.id, language)
    merged = TranslationFiles({**files.items, **items}, files.words)
    draft = translated(source, merged, language, library.library.words, reading, folder)
    return draft, reading.problems


def _refuse_what_breaks_rules(
    before: TopicDraft, after: tuple[TopicDraft, list[Problem]], library: Draft, table: SortedRows
) -> None:
    """Raise TableError where the topic would have problems that it does not have now."""
    known = set(_problems_of(before, library))
    reasons = [*after[1], *(p for p in _problems_of(after[0], library) if p not in known)]
    if reasons:
        in_order = sorted(dict.fromkeys(reasons), key=lambda problem: _row_of(problem, table))
        raise TableError(_with_row(problem, table) for problem in in_order)


def _problems_of(draft: TopicDraft, library: Draft) -> Iterator[Problem]:
    """Yield what is wrong with the words of a translation, what waits for others included."""
    checked = _checked(draft)
    for rule in TRANSLATION_RULES:
        yield from rule(checked)
    terms = (*(each for each in library.terms if each.file != draft.file), checked.terms)
    holders = {term: each.topic for each in terms if each for term in each.gated_everywhere}
    yield from TermsElsewhere(holders | dict(library.gated_elsewhere)).named_in(checked)


def _checked(draft: TopicDraft) -> TopicDraft:
    """Return the draft that checks look at: with what waits in it, too."""
    assert draft.translation is not None
    return draft.translation.checked or draft


def _with_row(problem: Problem, table: SortedRows) -> str:
    """Return a problem with the row of its item instead of its file, where it is of the table."""
    row = _row_of(problem, table)
    if not row:
        return str(problem)
    message = f"{problem.message}. {problem.hint}" if problem.hint else f"{problem.message}."
    return visible(f"Row {row}: {_item_of(problem)}: {message}")


def _row_of(problem: Problem, table: SortedRows) -> int:
    """Return the first row of the item that a problem is about; 0 where the table has none."""
    return table.row_of.get(_item_of(problem), 0)


def _item_of(problem: Problem) -> str:
    return problem.where.rpartition(", ")[2].replace('"', "").removeprefix("item ")
