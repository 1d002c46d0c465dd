"""`kiosk review approve`: show a clinician what would be signed, ask, sign, and print whether the
signature counts at this site.
"""

from __future__ import annotations

import argparse
import sys
from base64 import b64encode
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from kiosk.cli.authors.review_topic import ReviewedTopic
from kiosk.errors import KioskError
from kiosk.library.checks.completeness import exceptions
from kiosk.library.review.actions import Reviewer
from kiosk.library.review.actions import approve as sign_topic
from kiosk.library.review.diff import changes
from kiosk.library.review.files import read_reviews, signed_text
from kiosk.library.review.pack_reviews import summarize
from kiosk.library.review.record import NAMESPACE
from kiosk.library.review.signing import public_key_of
from kiosk.library.review.ssh_wire import key_type
from kiosk.library.review.verdict import Fault, Verdict, judge
from kiosk.site.review_report import stage
from kiosk.site.signers import now

USUAL_KEY = Path.home() / ".ssh" / "id_ed25519"
YEAR = timedelta(days=365)


def approve(topic: ReviewedTopic, options: argparse.Namespace) -> Iterator[str]:
    """Sign the text of a topic as it is now with the reviewer's SSH key; yield the lines to print.

    The reviewer must type "approve" before, unless `options.yes`. Raises KioskError where it is
    not signed: the content has problems, a name is missing, or the reviewer did not confirm.
    """
    if topic.problems:
        raise KioskError(
            f"The content has {len(topic.problems)} problem(s), so it is not shown, and there is "
            "nothing to approve. `kiosk check` names them."
        )
    key = options.key or USUAL_KEY
    blob = public_key_of(key)
    reviewer = Reviewer(
        _asked(options.name or topic.known("who"), "--name"),
        _asked(options.credentials or topic.known("credentials"), "--credentials"),
        options.signer or _signer_of(blob, topic),
        key,
    )
    today = date.today()
    due = options.due or today + YEAR
    yield f"{topic.title}, as it is now: sha256:{topic.judged.text.digest}"
    yield from _differences(topic, reviewer.signer)
    yield f"Reviewer: {reviewer.name}, {reviewer.credentials} ({reviewer.signer})."
    yield f"Next review by {due.isoformat()}."
    yield from (f"Exception: {words}" for words in exceptions(topic.draft))
    yield "You sign that you have read all of it: every level, its cautions, what it rests on."
    if not options.yes and not _is_confirmed():
        raise KioskError("Nothing was signed.")
    file = sign_topic(topic.folder, topic.draft, reviewer, today, due)
    yield f"Signed: {file}"
    yield from _outcome(topic, file, blob)


def _asked(value: str, option: str) -> str:
    if not value:
        raise KioskError(f"Say who approves it: {option} is missing.")
    return value


def _signer_of(key: bytes, topic: ReviewedTopic) -> str:
    """Return whom the file of allowed signers knows by a key; raises KioskError."""
    names = [signer.principals for signer in topic.policy.signers if signer.key == key]
    if not names or any(sign in names[0] for sign in "*?!,"):
        raise KioskError(
            "The file of allowed signers does not name the owner of this key. Say who you are in "
            "it, such as --signer ana@clinic.example."
        )
    return names[0]


def _differences(topic: ReviewedTopic, signer: str) -> Iterator[str]:
    """Say how much has changed since the same reviewer signed."""
    for verdict in topic.judged.verdicts:
        record = verdict.record
        if record is not None and record.signer == signer:
            old = signed_text(topic.folder, topic.language, record.text)
            count = len(changes(old, topic.text)) if old is not None else 0
            yield f"Texts that have changed since you signed on {record.date}: {count}."
            if count:
                yield f"`kiosk review diff {topic.id}` shows them."


def _is_confirmed() -> bool:
    print('Type "approve" to sign: ', end="", flush=True)
    return sys.stdin.readline().strip().casefold() == "approve"


def _outcome(topic: ReviewedTopic, file: Path, key: bytes) -> Iterator[str]:
    reviews = read_reviews(topic.folder, topic.language)
    verdicts = judge(reviews, topic.judged.text, topic.policy, now())
    own = next(v for v in verdicts if Path(v.file).name == file.name)
    yield own.sentence
    review = summarize(verdicts, topic.draft.topic.status, topic.policy.needed, now().date())
    yield f"{topic.title}: {stage(review)}."
    if own.fault in (Fault.NO_SIGNERS, Fault.UNKNOWN_KEY, Fault.BAD_SIGNERS):
        yield "The line for the file of allowed signers, which the clinic keeps:"
        yield _allowed_line(own, key)


def _allowed_line(verdict: Verdict, key: bytes) -> str:
    assert verdict.record is not None
    words = f"{key_type(key)} {b64encode(key).decode()}"
    return f'{verdict.record.signer} namespaces="{NAMESPACE}" {words}'
