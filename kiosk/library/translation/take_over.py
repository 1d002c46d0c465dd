"""Take a translator's table over into the files of a translation: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from kiosk.fast_dataclass import dataclass
from kiosk.library.characters import refusal
from kiosk.library.checks.gate import TermsElsewhere
from kiosk.library.checks.rules import TRANSLATION_RULES
from kiosk.library.checks.spelling import misspelt
from kiosk.library.problem import Problem, did_you_mean, visible
from kiosk.library.source.draft import Draft, TopicDraft
from kiosk.library.source.tree_reader import TreeReader
from kiosk.library.translation.apply import file_of, filled_texts, translated
from kiosk.library.translation.file import (
    TranslatedItem,
    TranslationFiles,
    read_translation,
    translation_folder,
)
from kiosk.library.translation.items import SourceItem
from kiosk.library.translation.state import ItemState, Translation
from kiosk.library.translation.table import STATES, TableError, TableRow
from kiosk.library.translation.write import Changes, NewTranslation, write_files


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What came of a table."""

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
    rows: list[TableRow],
    library: Draft,
    source: TopicDraft,
    language: str,
    root: Path,
    *,
    write: bool = True,
) -> TakenOver:
    """Write what a table brings into the files; raises TableError with every reason against it.

    Args:
        rows: of one topic and language.
        library: all that is in the content directory.
        source: the topic in the language that it was written in.
        language: that of the table.
        root: the content directory.
        write: False to say only what would be done.
    """
    reading = TreeReader(root)
    folder = translation_folder(root / source.topic.id, language)
    files = read_translation(reading, folder)
    before = translated(source, files, language, library.library.words, reading, folder)
    assert before.translation is not None
    if reading.problems:
        raise TableError(f"{problem}" for problem in reading.problems)
    table = _Table(rows, before.translation)
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
    """Return the first lines of a new file of a translation."""
    up = "../" * (len(file.parts) + 2)
    return (
        f"#:schema {up}.schema/translation.json\n"
        f'# Translation of {file.as_posix()} into "{language}". `kiosk translate` writes it;\n'
        "# words may be changed by hand. `of` is the hash of what an item translates: where that\n"
        "# has changed, readers see it in its own language, marked.\n"
    )


class _Table:
    """The rows of a table, looked at item by item; every reason against them is collected."""

    def __init__(self, rows: list[TableRow], present: Translation) -> None:
        self.reasons: list[str] = []
        self.left: list[str] = []
        self.empty = 0
        self.row_of: dict[str, int] = {}
        """The number of the first row of each item."""
        self._present = present
        self._rows: dict[str, dict[str, TableRow]] = {}
        for row in rows:
            self._sort_in(row)

    def _sort_in(self, row: TableRow) -> None:
        _, _, id_, key = row.id.split("/", 3)
        item = self._present.items.get(id_)
        if item is None:
            near = did_you_mean(id_, self._present.items)
            self.refuse(row, f'the topic has no "{id_}". {near}')
        elif key not in item.texts:
            near = did_you_mean(key, item.texts)
            self.refuse(row, f'"{id_}" has no text "{key}". {near}')
        elif row.state not in STATES:
            self.refuse(row, f'the state "{row.state}" is not one of {", ".join(STATES)}.')
        elif key in self._rows.setdefault(id_, {}):
            first = self._rows[id_][key].number
            self.refuse(row, f"the same text as row {first}. Keep one of them.")
        else:
            self._rows[id_][key] = row
            self.row_of.setdefault(id_, row.number)

    def refuse(self, row: TableRow, why: str) -> None:
        """Note a reason against a row."""
        self.reasons.append(visible(f"Row {row.number}: {why.strip()}"))

    def new_items(self) -> Iterator[tuple[str, NewTranslation]]:
        """Yield what the table brings, by item."""
        for id_, rows in self._rows.items():
            item = self._present.items[id_]
            given = {key: row.translation for key, row in rows.items() if row.translation}
            if not given:
                self.empty += 1
                continue
            if self._is_as_before(item, given, rows):
                continue
            first = next(iter(rows.values()))
            if other := next((row for row in rows.values() if row.of != item.digest), None):
                why = (
                    "was translated from another text than the topic has now. Export the table "
                    "again, or take the rows of this item out."
                )
                self.refuse(other, f'"{id_}" {why}')
                continue
            filled = filled_texts(item, given)
            if lacking := [key for key in item.texts if key not in filled]:
                why = f'"{id_}" is translated in part: "{lacking[0]}" is empty.'
                self.refuse(rows.get(lacking[0], first), why)
                continue
            for key, row in rows.items():
                if why := refusal(row.translation):
                    self.refuse(row, f'"{key}": {why}.')
            yield id_, NewTranslation(item, filled)

    def _is_as_before(
        self, item: SourceItem, given: Mapping[str, str], rows: Mapping[str, TableRow]
    ) -> bool:
        """Return whether nobody touched an item; what is out of date then stays so."""
        old = self._present.texts.get(item.id)
        if old is None:
            return False
        was = filled_texts(item, old)
        if any(was.get(key) != text for key, text in given.items()):
            return False
        if self._present.states[item.id] is not ItemState.STALE:
            return True
        if all(row.state == "done" for row in rows.values()):
            return False  # the translator has looked, and the words still fit
        self.left.append(item.id)
        return True


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
    before: TopicDraft, after: tuple[TopicDraft, list[Problem]], library: Draft, table: _Table
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
    others = (topic for topic in library.topics if topic.folder != draft.folder)
    yield from TermsElsewhere(replace(library, topics=(*others, checked))).named_in(checked)


def _checked(draft: TopicDraft) -> TopicDraft:
    """Return the draft that checks look at: with what waits in it, too."""
    assert draft.translation is not None
    return draft.translation.checked or draft


def _with_row(problem: Problem, table: _Table) -> str:
    """Return a problem with the row of its item instead of its file, where it is of the table."""
    row = _row_of(problem, table)
    if not row:
        return str(problem)
    what = f"{problem.what}. {problem.hint}" if problem.hint else f"{problem.what}."
    return visible(f"Row {row}: {_item_of(problem)}: {what}")


def _row_of(problem: Problem, table: _Table) -> int:
    """Return the first row of the item that a problem is about; 0 where the table has none."""
    return table.row_of.get(_item_of(problem), 0)


def _item_of(problem: Problem) -> str:
    return problem.where.rpartition(", ")[2].replace('"', "").removeprefix("item ")
