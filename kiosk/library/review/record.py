"""The record that a reviewer signs: which text, who, when, until when. A few plain lines."""

from __future__ import annotations

import re
from datetime import date

from kiosk.errors import KioskError
from kiosk.fast_dataclass import dataclass

NAMESPACE = "kiosk-review@v1"
"""Namespace of a review's signature: one made for anything else is none."""
FIRST_LINE = "kiosk review 1"
LONGEST = 4_000
"""Characters of a record."""
MOST_REVIEWS = 20
"""Records of one topic in one language that are looked at."""
_KEYS = ("topic", "language", "text", "name", "credentials", "signer", "date", "due")
_SHAPES = {
    "topic": r"[a-z0-9][a-z0-9-]{0,62}",
    "language": r"[a-z]{2,3}(-[A-Z]{2})?",
    "text": r"sha256:[0-9a-f]{64}",
    "name": r"\S(.{0,58}\S)?",
    "credentials": r"\S(.{0,38}\S)?",
    "signer": r"[!-~]{1,100}",
    "date": r"\d{4}-\d\d-\d\d",
    "due": r"\d{4}-\d\d-\d\d",
}


class RecordError(KioskError):
    """A text is no record that a reviewer could sign; the message says what is wrong with it."""


@dataclass(frozen=True)
class ReviewRecord:
    """Declaration that a reviewer signs: I have read this text, and it is right."""

    topic: str
    language: str
    text: str
    """SHA-256 of the canonical text, in hexadecimal."""
    name: str
    credentials: str
    """Such as `MD` or `RN, dietitian`."""
    signer: str
    """The principal of the key in the file of allowed signers."""
    date: str
    """The day of the signature, ISO 8601."""
    due: str
    """The day by which the text is to be reviewed again."""


@dataclass(frozen=True)
class SignedReview:
    """The files of one review, as they were read; nothing of them is checked."""

    file: str
    """Name of the record's file, for messages."""
    record: str
    signature: str
    """Empty where there is no such file."""


def write_record(record: ReviewRecord) -> str:
    """Return a record as the text to sign; raises RecordError for a value that does not fit."""
    values = {key: getattr(record, key) for key in _KEYS} | {"text": f"sha256:{record.text}"}
    lines = [FIRST_LINE, *(f"{key}: {value}" for key, value in values.items())]
    text = "\n".join(lines) + "\n"
    parse_record(text)
    return text


def parse_record(text: str) -> ReviewRecord:
    """Return the record in a text; raises RecordError where `write_record` would not write it."""
    lines = text.split("\n")
    if lines[0] != FIRST_LINE or len(lines) != len(_KEYS) + 2 or lines[-1] or len(text) > LONGEST:
        raise RecordError(f'it is not "{FIRST_LINE}" and {len(_KEYS)} lines')
    values: dict[str, str] = {}
    for key, line in zip(_KEYS, lines[1:], strict=False):
        value = line.removeprefix(f"{key}: ")
        if value == line or not re.fullmatch(_SHAPES[key], value) or not value.isprintable():
            raise RecordError(f'its line "{key}" is not as it should be')
        values[key] = value
    if _day(values["due"]) < _day(values["date"]):
        raise RecordError("its next review is due before its date")
    return ReviewRecord(**values | {"text": values["text"].removeprefix("sha256:")})


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RecordError(f"there is no day {text}") from None
