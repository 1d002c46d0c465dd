"""Review stages of the topics of a pack, by the signatures that a site accepts.

`pack_reviews` verifies the signatures and makes these. Every start imports this module, so it
imports no verifier.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kiosk.core.library import TopicCard
from kiosk.core.review import ReviewNote, TopicReview
from kiosk.core.wording import ReviewStatus
from kiosk.fast_dataclass import dataclass, field, replace

TopicKey = tuple[str, str]
"""Id and language of a topic."""


@dataclass(frozen=True)
class PackReviews:
    """Review stages of the topics of one pack, by signatures that a site accepts.

    Only topics with reviews are in it; any other has the stage that its author gives it, short of
    an approval.
    """

    by_topic: Mapping[TopicKey, TopicReview] = field(default_factory=dict)
    approved: tuple[int, ...] = ()
    """The numbers of the approved topics in the pack."""
    digests: Mapping[TopicKey, str] = field(default_factory=dict)
    """SHA-256 of the canonical text that the counted reviews of a topic are of."""
    until: float | None = None
    """When a key expires or a review gets late, in seconds since 1970; None for never."""
    later: Callable[[float], PackReviews] | None = None
    """Returns the reviews as they are at a later time; checks no signature again, and no file."""

    def settle(self, card: TopicCard) -> TopicCard:
        """Return a card with the topic's review stage at this site, whatever the pack claims."""
        review = self.by_topic.get((card.id, card.language))
        if review is None:
            return replace(card, status=unsigned(card.status), review=None)
        return replace(card, status=review.status, review=review)


NO_REVIEWS = PackReviews()


def unsigned(claimed: ReviewStatus) -> ReviewStatus:
    """Return the stage of a topic without a signature that counts: the one that its author claims,
    but Submitted where that is Approved, since only signatures approve.
    """
    return ReviewStatus.SUBMITTED if claimed is ReviewStatus.APPROVED else claimed


def changed(claimed: ReviewStatus) -> TopicReview:
    """Return the review of a topic whose text has changed since it was signed.

    It has the note CHANGED, no signature, and the stage that `unsigned` gives for the one that the
    author claims.
    """
    return TopicReview(unsigned(claimed), ReviewNote.CHANGED)
