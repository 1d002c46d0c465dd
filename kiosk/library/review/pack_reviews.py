"""Judge the signed reviews in a pack by the signers that a site allows.

Whether a topic still has the text that was signed is looked at later, when the card of the topic is
first wanted: see `Pack.reviews`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from kiosk.core.review import Approval, ReviewNote, TopicReview
from kiosk.core.wording import ReviewStatus
from kiosk.fast_dataclass import dataclass
from kiosk.library.review.record import SignedReview
from kiosk.library.review.standing import NO_REVIEWS, PackReviews, changed, unsigned
from kiosk.library.review.verdict import (
    Fault,
    ReviewedText,
    SignerPolicy,
    Verdict,
    expired,
    judge,
)

if TYPE_CHECKING:
    from kiosk.library.pack.reader import Pack

_QUERY = (
    "SELECT card.number, card.id, card.language, card.status, review.digest, review.file,"
    " review.record, review.signature FROM review JOIN card USING (number)"
    " ORDER BY review.number, review.file"
)


@dataclass(frozen=True)
class JudgedTopic:
    """Topic of a pack that has reviews, with a verdict on each of them."""

    number: int
    text: ReviewedText
    claimed: ReviewStatus
    """The stage that its author gives it."""
    verdicts: tuple[Verdict, ...]

    def review(self, needed: int, now: datetime) -> TopicReview:
        """Return how far the topic has come in review at this time, by the reviews that count.

        It is approved where at least `needed` people have signed.
        """
        return summarize(self.verdicts, self.claimed, needed, now.date())


def reviews_of(pack: Pack, policy: SignerPolicy, now: datetime) -> PackReviews:
    """Return the review stages of a pack's topics, by signatures that a site accepts.

    Topics without reviews are not among them; none is where the site's policy has a problem,
    because then no signature counts. `now` has a time zone.
    """
    if policy.problem is not None:  # none can count, so none is looked at
        return NO_REVIEWS
    return _gathered(tuple(judged_topics(pack, policy, now)), policy.needed, now)


def judged_topics(pack: Pack, policy: SignerPolicy, now: datetime) -> Iterator[JudgedTopic]:
    """Yield the topics of a pack that have reviews, each with the verdicts on these reviews."""
    for (number, id_, language, status, digest), rows in groupby(
        pack.each(_QUERY), lambda row: row[:5]
    ):
        text = ReviewedText(str(id_), str(language), str(digest))
        signed = tuple(SignedReview(*map(str, row[5:])) for row in rows)
        claimed = next((s for s in ReviewStatus if s.value == status), ReviewStatus.SUBMITTED)
        yield JudgedTopic(int(number), text, claimed, judge(signed, text, policy, now))


def _gathered(topics: tuple[JudgedTopic, ...], needed: int, now: datetime) -> PackReviews:
    reviews = {
        (topic.text.topic, topic.text.language): topic.review(needed, now) for topic in topics
    }
    return PackReviews(
        by_topic=reviews,
        approved=tuple(
            topic.number
            for topic, review in zip(topics, reviews.values(), strict=True)
            if review.status is ReviewStatus.APPROVED
        ),
        digests={(topic.text.topic, topic.text.language): topic.text.digest for topic in topics},
        until=min((t.timestamp() for t in _ends(topics, reviews.values(), now)), default=None),
        later=partial(_later, topics, needed),
    )


def _later(topics: tuple[JudgedTopic, ...], needed: int, when: float) -> PackReviews:
    """Return the reviews at a later time: keys that have expired since count no more."""
    now = datetime.fromtimestamp(when).astimezone()
    still = tuple(
        JudgedTopic(
            topic.number, topic.text, topic.claimed, tuple(expired(v, now) for v in topic.verdicts)
        )
        for topic in topics
    )
    return _gathered(still, needed, now)


def _ends(
    topics: Iterable[JudgedTopic], reviews: Iterable[TopicReview], now: datetime
) -> Iterator[datetime]:
    """Yield the times to come at which a review ceases to count or gets late."""
    days = [date.fromisoformat(review.due) + timedelta(days=1) for review in reviews if review.due]
    ends = [datetime.combine(day, time()).astimezone() for day in days]
    ends += [verdict.until for topic in topics for verdict in topic.verdicts if verdict.until]
    yield from (end for end in ends if end > now)


def summarize(
    verdicts: Iterable[Verdict], claimed: ReviewStatus, needed: int, today: date
) -> TopicReview:
    """Return how far a topic has come in review, from the verdicts on its reviews.

    Args:
        verdicts: one on each review of the topic.
        claimed: the stage that the topic's author gives it; it alone never makes a topic approved.
        needed: how many people must have signed for the topic to be approved.
        today: the day by which it is judged whether the topic's next review is overdue.
    """
    verdicts = tuple(verdicts)
    records = [v.record for v in verdicts if v.fault is None and v.record is not None]
    records = sorted(records, key=lambda record: record.date)[-needed:]
    approvals = tuple(Approval(record.name, record.credentials, record.date) for record in records)
    if len(records) >= needed:
        due = min(record.due for record in records)
        note = ReviewNote.OVERDUE if due < today.isoformat() else ReviewNote.NONE
        return TopicReview(ReviewStatus.APPROVED, note, approvals, due)
    if records:
        return TopicReview(ReviewStatus.UNDER_REVIEW, ReviewNote.PARTLY, approvals)
    if any(verdict.fault is Fault.CHANGED for verdict in verdicts):
        return changed(claimed)
    return TopicReview(unsigned(claimed))
