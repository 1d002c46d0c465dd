"""Verdict on a review at a site, at a time: it counts, or one fault keeps it from counting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum

from kiosk.fast_dataclass import dataclass, replace
from kiosk.library.review.allowed_signers import AllowedSigner
from kiosk.library.review.record import (
    NAMESPACE,
    RecordError,
    ReviewRecord,
    SignedReview,
    parse_record,
)
from kiosk.library.review.revoked_keys import RevokedKeys
from kiosk.library.review.ssh_wire import WireError, key_type
from kiosk.library.review.sshsig import SshSignature, parse_signature

_TYPES = ("ssh-ed25519", "sk-ssh-ed25519@openssh.com")


class Fault(StrEnum):
    """A reason why a review does not count; its value is the sentence that says so."""

    BAD_RECORD = "{file} is garbled: {detail}. Restore it, or approve the topic again."
    NO_SIGNATURE = "{file} has no signature beside it, so nobody has signed it."
    BAD_SIGNATURE = "The signature of {file} is garbled: {detail}."
    NOT_ED25519 = "The signature of {file} is by a key of the type {detail}; only Ed25519 counts."
    WRONG_NAMESPACE = 'The signature of {file} was made for "{detail}", not for reviews.'
    FORGED = "{file} was altered after it was signed, or the signature beside it is forged."
    NO_SIGNERS = (
        "{who} has signed, but this site names no file of allowed signers "
        "(review.allowed-signers in kiosk.toml), so no signature counts."
    )
    BAD_SIGNERS = "{who} has signed, but no signature can count here: {detail}."
    NO_VERIFIER = (
        "{who} has signed, but signatures cannot be checked here: the extra `review` is missing. "
        "Install 'kiosk[review]'."
    )
    REVOKED = "{who}: the key that signed is revoked."
    UNKNOWN_KEY = "{who}: the key that signed is not in this site's file of allowed signers."
    OTHER_SIGNER = "{who}: the key that signed belongs to somebody else, {detail}."
    NOT_PERMITTED = "{who}: the file of allowed signers does not let this key sign reviews."
    NOT_YET_VALID = "{who}: the key that signed is only valid from {detail} on."
    EXPIRED = "{who}: the key that signed was valid until {detail}; sign again with a new one."
    OTHER_TOPIC = '{who} signed another topic, "{detail}", not this one.'
    OTHER_LANGUAGE = '{who} signed the text in another language, "{detail}", not this one.'
    FUTURE = "{who}: the review is dated {detail}, which is still to come."
    CHANGED = "Changed since review: {who} signed another text than this on {detail}."
    REPEATED = "{who} has signed twice; it counts once."


@dataclass(frozen=True)
class SignerPolicy:
    """Policy of a site on signatures: whose count, which keys are revoked, how many are needed.

    A site without allowed signers accepts no signature.
    """

    signers: tuple[AllowedSigner, ...] = ()
    revoked: RevokedKeys = RevokedKeys()
    needed: int = 1
    """The number of people who must have signed a text."""
    problem: tuple[Fault, str] | None = (Fault.NO_SIGNERS, "")
    """The reason why no signature can count at all, and a detail for the sentence."""
    unread: tuple[str, ...] = ()
    """A sentence for each line of the file of signers that cannot be read."""


@dataclass(frozen=True)
class Verdict:
    """Verdict on one review: it counts, or the fault for which it does not."""

    file: str
    record: ReviewRecord | None
    """None where it could not be read."""
    key: bytes = b""
    fault: Fault | None = None
    """None where it counts."""
    detail: str = ""
    until: datetime | None = None
    """The time when the key stops to be valid."""
    is_other_text: bool = False
    """True if the record names another text, genuine or not."""

    @property
    def who(self) -> str:
        """The reviewer's name in the record, and the principal of the key."""
        record = self.record
        return f"{record.name}, {record.credentials} ({record.signer})" if record else self.file

    @property
    def sentence(self) -> str:
        """The verdict in a sentence: who approved until when, or why the review does not count."""
        if self.fault is not None:
            sentence = self.fault.format(file=self.file, who=self.who, detail=self.detail)
            if self.is_other_text and self.fault in (Fault.NO_SIGNERS, Fault.NO_VERIFIER):
                sentence += " The text has changed since that record, too."
            return sentence
        assert self.record is not None
        return f"Approved by {self.who} on {self.record.date}; next review by {self.record.due}."


@dataclass(frozen=True)
class ReviewedText:
    """Text that reviews are judged for: a topic, its language, its canonical text's digest."""

    topic: str
    language: str
    digest: str
    """SHA-256 of its canonical text."""


def judge(
    reviews: tuple[SignedReview, ...], text: ReviewedText, policy: SignerPolicy, now: datetime
) -> tuple[Verdict, ...]:
    """Return a verdict on each review of a text, in the order of the reviews: whether it counts.

    Of two good reviews by one person, only the first counts. `now`, the time at which keys must be
    valid, has a time zone.
    """
    verdicts: list[Verdict] = []
    for review in reviews:
        verdict = _judge_one(review, text, policy, now)
        counted = [other for other in verdicts if other.fault is None]
        if verdict.fault is None and any(_is_same_person(verdict, other) for other in counted):
            verdict = _fail(verdict, Fault.REPEATED)
        verdicts.append(verdict)
    return tuple(verdicts)


def expired(verdict: Verdict, now: datetime) -> Verdict:
    """Return the verdict on a review at a later time, without checking its signature again.

    A review that counted does so no more if the key that signed it has expired by `now`; any other
    verdict is returned as it is.
    """
    if verdict.fault is None and verdict.until and now > verdict.until:
        return _fail(verdict, Fault.EXPIRED, _said(verdict.until))
    return verdict


def _is_same_person(first: Verdict, other: Verdict) -> bool:
    signers = {verdict.record.signer for verdict in (first, other) if verdict.record}
    return first.key == other.key or len(signers) == 1


def _judge_one(
    review: SignedReview, text: ReviewedText, policy: SignerPolicy, now: datetime
) -> Verdict:
    verdict = Verdict(review.file, None)
    try:
        record = parse_record(review.record)
    except RecordError as error:
        return _fail(verdict, Fault.BAD_RECORD, str(error))
    verdict = Verdict(review.file, record)
    if not review.signature.strip():
        return _fail(verdict, Fault.NO_SIGNATURE)
    try:
        signature = parse_signature(review.signature)
        type_ = key_type(signature.public_key)
    except WireError as error:
        return _fail(verdict, Fault.BAD_SIGNATURE, str(error))
    verdict = Verdict(review.file, record, signature.public_key)
    steps: tuple[Callable[[], Iterator[Verdict]], ...] = (
        lambda: _form(verdict, signature, type_),
        lambda: _site(verdict, policy),
        lambda: _mathematics(verdict, signature, review.record),
        lambda: _person(verdict, record, policy, now),
        lambda: _subject(verdict, record, text, now),
    )
    for step in steps:
        for failed in step():
            return replace(failed, is_other_text=record.text != text.digest)
    line = next(_lines_of(verdict.key, record.signer, policy))
    return Verdict(review.file, record, verdict.key, until=line.valid_before)


def _fail(verdict: Verdict, fault: Fault, detail: str = "") -> Verdict:
    return Verdict(verdict.file, verdict.record, verdict.key, fault, detail)


def _form(verdict: Verdict, signature: SshSignature, type_: str) -> Iterator[Verdict]:
    if signature.namespace != NAMESPACE:
        yield _fail(verdict, Fault.WRONG_NAMESPACE, signature.namespace)
    if type_ not in _TYPES:
        yield _fail(verdict, Fault.NOT_ED25519, type_)


def _site(verdict: Verdict, policy: SignerPolicy) -> Iterator[Verdict]:
    if policy.problem is not None:
        yield _fail(verdict, *policy.problem)


def _mathematics(verdict: Verdict, signature: SshSignature, record: str) -> Iterator[Verdict]:
    from kiosk.library.review.ed25519 import NoVerifier, is_genuine  # an extra: only where needed

    try:
        if not is_genuine(signature, record.encode("utf-8")):
            yield _fail(verdict, Fault.FORGED)
    except NoVerifier:
        yield _fail(verdict, Fault.NO_VERIFIER)
    except WireError as error:
        yield _fail(verdict, Fault.BAD_SIGNATURE, str(error))


def _lines_of(key: bytes, signer: str, policy: SignerPolicy) -> Iterator[AllowedSigner]:
    own = (line for line in policy.signers if line.key == key and not line.is_authority)
    return (line for line in own if line.is_for(signer))


def _person(
    verdict: Verdict, record: ReviewRecord, policy: SignerPolicy, now: datetime
) -> Iterator[Verdict]:
    """As OpenSSH does, go by the first line that has the principal and the key."""
    key = verdict.key
    if policy.revoked.has(key):
        yield _fail(verdict, Fault.REVOKED)
    others = [line for line in policy.signers if line.key == key and not line.is_authority]
    line = next(_lines_of(key, record.signer, policy), None)
    if line is None:
        names = ", ".join(dict.fromkeys(other.principals for other in others))
        yield _fail(verdict, Fault.OTHER_SIGNER if others else Fault.UNKNOWN_KEY, names)
        return
    if not line.permits(NAMESPACE):
        yield _fail(verdict, Fault.NOT_PERMITTED)
    if line.valid_after and now < line.valid_after:
        yield _fail(verdict, Fault.NOT_YET_VALID, _said(line.valid_after))
    if line.valid_before and now > line.valid_before:
        yield _fail(verdict, Fault.EXPIRED, _said(line.valid_before))


def _subject(
    verdict: Verdict, record: ReviewRecord, text: ReviewedText, now: datetime
) -> Iterator[Verdict]:
    if record.topic != text.topic:
        yield _fail(verdict, Fault.OTHER_TOPIC, record.topic)
    if record.language != text.language:
        yield _fail(verdict, Fault.OTHER_LANGUAGE, record.language)
    # a day more: the reviewer's clock may be in a zone where it is tomorrow already
    if date.fromisoformat(record.date) > now.date() + timedelta(days=1):
        yield _fail(verdict, Fault.FUTURE, record.date)
    if record.text != text.digest:
        yield _fail(verdict, Fault.CHANGED, record.date)


def _said(time: datetime) -> str:
    return time.strftime("%Y-%m-%d %H:%M %Z").strip()
