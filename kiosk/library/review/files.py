"""Return the paths of the files of a topic's reviews, and read records, signatures and texts.

They lie next to the content, in `TOPIC/review/LANGUAGE/`:

- `NAME.record` is what a reviewer signed, `NAME.record.sig` the signature, as ssh-keygen writes it.
- `texts/DIGEST.txt` is the canonical text that was signed, so that changes can be shown; DIGEST is
  the first 16 digits of its SHA-256.
- `comments.toml` has the comments of reviewers, which `comments` reads. It goes into no pack.
"""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

from kiosk.file_access import visible_files
from kiosk.library.review.canonical import digest_of_text
from kiosk.library.review.record import LONGEST, MOST_REVIEWS, SignedReview
from kiosk.library.review.sshsig import LONGEST as LONGEST_SIGNATURE

RECORD, SIGNATURE = ".record", ".sig"


def review_folder(topic: Path, language: str) -> Path:
    """Return the folder of a topic's reviews in one language; `topic` is the topic's folder."""
    return topic / "review" / language


def read_reviews(topic: Path, language: str) -> tuple[SignedReview, ...]:
    """Return the reviews of a topic in a language, sorted by file name, with nothing checked.

    At most `MOST_REVIEWS` are read. A missing or unreadable file raises nothing: the review then
    has a record or signature that no check accepts.
    """
    folder = review_folder(topic, language)
    records = visible_files(folder, f"*{RECORD}")[:MOST_REVIEWS]
    return tuple(
        SignedReview(
            f"{topic.name}/review/{language}/{record.name}",
            _text(record, LONGEST),
            _text(signature_of(record), LONGEST_SIGNATURE),
        )
        for record in records
    )


def signature_of(record: Path) -> Path:
    """Return the path of the signature under a record: that of the record, with `.sig` added."""
    return record.with_name(record.name + SIGNATURE)


def record_path(topic: Path, language: str, signer: str) -> Path:
    """Return the path of the record of a review by `signer`, a principal of allowed signers."""
    name = re.sub(r"[^a-z0-9]+", "-", signer.casefold()).strip("-") or "reviewer"
    return review_folder(topic, language) / f"{name}{RECORD}"


def text_path(topic: Path, language: str, digest: str) -> Path:
    """Return the path under which a signed text with this digest is kept."""
    return review_folder(topic, language) / "texts" / f"{digest[:16]}.txt"


def signed_text(topic: Path, language: str, digest: str) -> str | None:
    """Return the signed text with this digest; None where its file is missing or has changed."""
    with suppress(OSError, UnicodeDecodeError):
        raw = text_path(topic, language, digest).read_bytes()
        text = raw.replace(b"\r\n", b"\n").decode("utf-8")
        return text if digest_of_text(text) == digest else None
    return None


def _text(file: Path, most: int) -> str:
    """Return the text of a file: empty without one, the reason in brackets if it is unreadable.

    At most one byte beyond `most` is read, so that a text that is too long is seen to be.
    """
    try:
        with file.open("rb") as opened:
            text = opened.read(most + 1).decode("utf-8", errors="replace")
            return text.replace("\r\n", "\n")  # git may have checked it out so on Windows
    except FileNotFoundError:
        return ""
    except OSError as error:
        return f"({error.strerror})"
