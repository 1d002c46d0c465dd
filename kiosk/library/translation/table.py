"""The table that goes to a translator and comes back: CSV, as every spreadsheet program reads it.

One row a text. Only the column `translation` is for writing in, and `state` for "done". UTF-8 with
a signature at its start, by which Excel knows it; a text that Excel would take for a formula has an
apostrophe before it.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator

from kiosk.errors import KioskError
from kiosk.fast_dataclass import dataclass

COLUMNS = (
    "id", "of", "state", "section", "source", "translation", "other levels", "evidence", "notes",
)  # fmt: skip
NEEDED = ("id", "of", "state", "translation")
"""Columns that are read; the others are for the translator."""
STATES = ("new", "stale", "waiting", "done")
LARGEST = 8_000_000
"""Bytes of a table: many times what a topic needs."""
_FORMULA = ("=", "+", "-", "@", "\t")
_ERRORS = ("#NAME?", "#VALUE!", "#REF!", "#N/A", "#NULL!", "#DIV/0!", "#NUM!", "#ERROR!",
           "#¿NOMBRE?", "#¡VALOR!", "#¡REF!")  # fmt: skip
"""Texts that spreadsheet programs show for a formula that is none."""


class TableError(KioskError):
    """A table cannot be read or taken over; the message has every reason."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("\n".join(self.reasons))


@dataclass(frozen=True, slots=True)
class TranslationRow:
    """One row of a translator's table, as read back: a text's id, hash, state and translation."""

    number: int
    """Of the row, as spreadsheet programs count: the heading is row 1."""
    id: str
    """`TOPIC/LANGUAGE/ITEM/KEY`."""
    of: str
    state: str
    translation: str


def write_table(rows: Iterable[tuple[str, ...]]) -> bytes:
    """Return the bytes of a table, as CSV, with these rows of cells in the order of COLUMNS."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def read_table(content: bytes) -> list[TranslationRow]:
    """Return the rows of a table; raises TableError with every reason why it cannot be read."""
    text = _decode(content)
    delimiter = _delimiter(text)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise TableError([f"This is no table in CSV: {error}."]) from None
    if not lines:
        raise TableError(["The table is empty."])
    names = [name.strip().lower() for name in lines[0]]
    lacking = [name for name in NEEDED if name not in names]
    if lacking:
        message = (
            f'no column "{lacking[0]}" in row 1. Save the table that was exported, as "CSV UTF-8"'
        )
        raise TableError([f"The table has {message}."])
    if twice := next((name for name in NEEDED if names.count(name) > 1), ""):
        raise TableError([f'The table has two columns "{twice}".'])
    at = [names.index(name) for name in NEEDED]
    reasons: list[str] = []
    rows = list(_rows(lines, at, reasons))
    if reasons:
        raise TableError(reasons)
    if not rows:
        raise TableError(["The table has no row below its heading."])
    return rows


def _rows(lines: list[list[str]], at: list[int], reasons: list[str]) -> Iterator[TranslationRow]:
    for number, cells in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) <= max(at):
            reasons.append(f"Row {number} has {len(cells)} columns, and its heading more.")
            continue
        id_, of, state, translation = (cells[index] for index in at)
        translation = _read(translation)
        if translation in _ERRORS:
            message = f'"{translation}" stands for the translation'
            reasons.append(
                f"Row {number}: {message}: the spreadsheet program took it for a formula."
            )
            continue
        yield TranslationRow(number, id_.strip(), of.strip(), state.strip().lower(), translation)


def _decode(content: bytes) -> str:
    if len(content) > LARGEST:
        raise TableError([f"The table is larger than {LARGEST // 1_000_000} MB."])
    if content.startswith(b"PK\x03\x04"):
        raise TableError(['This is an Excel workbook. Save it as "CSV UTF-8", and import that.'])
    is_utf_16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = content.decode("utf-16" if is_utf_16 else "utf-8-sig")
    except UnicodeDecodeError:
        message = 'not UTF-8, so letters with accents would be lost. Save it as "CSV UTF-8"'
        raise TableError([f"The table is {message}."]) from None
    if "\0" in text:
        raise TableError(["This is no table in CSV: it has NUL bytes."])
    return text


def _delimiter(text: str) -> str:
    """Return what separates the columns: Excel writes what the country's settings say."""
    heading = text.partition("\n")[0]
    return max((",", ";", "\t"), key=heading.count)


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _read(cell: str) -> str:
    """Return a text as it was meant: line ends and letters as the content has them."""
    text = unicodedata.normalize("NFC", cell.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text
