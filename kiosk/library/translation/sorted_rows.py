"""Sort the rows of a translator's table by item, with every reason against taking them over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kiosk.library.characters import refusal
from kiosk.library.problem import did_you_mean, visible
from kiosk.library.translation.apply import filled_texts
from kiosk.library.translation.items import SourceItem
from kiosk.library.translation.state import ItemState, Translation
from kiosk.library.translation.table import STATES, TranslationRow
from kiosk.library.translation.write import NewTranslation


class SortedRows:
    """Rows of a translator's table by item, with every reason against taking them over.

    Args:
        rows: the table.
        present: what is translated already, and what there is to translate.
    """

    def __init__(self, rows: list[TranslationRow], present: Translation) -> None:
        self.reasons: list[str] = []
        self.left: list[str] = []
        self.empty = 0
        self.row_of: dict[str, int] = {}
        """The number of the first row of each item."""
        self._present = present
        self._rows: dict[str, dict[str, TranslationRow]] = {}
        for row in rows:
            self._sort_in(row)

    def _sort_in(self, row: TranslationRow) -> None:
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

    def refuse(self, row: TranslationRow, why: str) -> None:
        """Add a reason against a row: the table can then not be taken over."""
        self.reasons.append(visible(f"Row {row.number}: {why.strip()}"))

    def new_items(self) -> Iterator[tuple[str, NewTranslation]]:
        """Yield each translation that the table has and the files have not, by id of its item.

        On the way, reasons against rows are added, untouched items that are out of date are listed
        in `left`, and items without any translation are counted in `empty`.
        """
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
        self, item: SourceItem, given: Mapping[str, str], rows: Mapping[str, TranslationRow]
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
