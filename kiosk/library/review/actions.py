"""Steps of a review that change a topic's files: mark it as under review, sign its text, delete
signed reviews.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from kiosk.fast_dataclass import dataclass
from kiosk.library.review.canonical import canonical_text, digest_of_text
from kiosk.library.review.files import (
    read_reviews,
    record_path,
    review_folder,
    signature_of,
    text_path,
)
from kiosk.library.review.record import (
    NAMESPACE,
    RecordError,
    ReviewRecord,
    parse_record,
    write_record,
)
from kiosk.library.review.signing import sign
from kiosk.library.source.draft import TopicDraft

REVIEW_FILE = "review.toml"


@dataclass(frozen=True)
class Reviewer:
    """A clinician who signs: name, credentials, name among the allowed signers, and SSH key."""

    name: str
    credentials: str
    signer: str
    """The principal in the file of allowed signers."""
    key: Path
    """The file of the key, private or public, as `ssh-keygen` takes it."""


def start(folder: Path, name: str, credentials: str, day: date) -> None:
    """Write into a topic's folder that the topic is under review, and by whom.

    Args:
        folder: the folder of the topic in its language.
        name: of the reviewer.
        credentials: such as `MD`; may be empty.
        day: today.
    """
    lines = [
        "# Written by `kiosk review start`. Only signatures approve a topic.",
        'status = "under-review"',
        f"who = {json.dumps(name, ensure_ascii=False)}",
        f"credentials = {json.dumps(credentials, ensure_ascii=False)}",
        f"when = {day.isoformat()}",
    ]
    (folder / REVIEW_FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")


def approve(topic: Path, draft: TopicDraft, reviewer: Reviewer, day: date, due: date) -> Path:
    """Sign the text of a topic, and write the record of the review; return the record's file.

    Nothing is written before the signature is made. Then the record, its signature and the signed
    text are written to files. Raises RecordError, SigningError or OSError.

    Args:
        topic: the topic's own folder.
        draft: the topic, in the language that the reviewer read.
        reviewer: who signs.
        day: today, the date of the review.
        due: the day by which the text is to be reviewed again.
    """
    text = canonical_text(draft.topic)
    digest, language = digest_of_text(text), draft.topic.language
    record = write_record(
        ReviewRecord(
            draft.topic.id, language, digest, reviewer.name, reviewer.credentials,
            reviewer.signer, day.isoformat(), due.isoformat(),
        )
    )  # fmt: skip
    signature = sign(record.encode("utf-8"), reviewer.key, NAMESPACE)
    kept = text_path(topic, language, digest)
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(text.encode("utf-8"))
    file = record_path(topic, language, reviewer.signer)
    file.write_bytes(record.encode("utf-8"))
    signature_of(file).write_text(signature, encoding="ascii")
    _forget_old_texts(topic, language)
    return file


def withdraw(topic: Path, language: str, signer: str) -> list[Path]:
    """Delete a topic's signed reviews in one language: those of `signer`, or all where it is empty.

    With a record go its signature and the signed text, unless another record names that text.
    Returns the files of the records that were deleted.
    """
    gone = []
    for review in read_reviews(topic, language):
        file = review_folder(topic, language) / Path(review.file).name
        try:
            is_wanted = not signer or parse_record(review.record).signer == signer
        except RecordError:  # garbled: it goes with its file's name, or with all
            is_wanted = file == record_path(topic, language, signer)
        if is_wanted:
            signature_of(file).unlink(missing_ok=True)
            file.unlink()
            gone.append(file)
    _forget_old_texts(topic, language)
    return gone


def _forget_old_texts(topic: Path, language: str) -> None:
    """Delete the texts that no record names any more."""
    named = set()
    for review in read_reviews(topic, language):
        try:
            named.add(text_path(topic, language, parse_record(review.record).text))
        except RecordError:
            return  # it may have named any of them
    for file in (review_folder(topic, language) / "texts").glob("*.txt"):
        if file not in named:
            file.unlink()
