"""State of review of each topic of a pack, by the signatures that a site accepts.

`pack_reviews` verifies the signatures and makes the `PackReviews` that is defined here. This module
is imported whenever the program starts, so it imports no code that verifies.
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

    A topic without a signed review is not in it: it has the stage that its author gives it, but is
    never approved.
    """

    by_topic: Mapping[TopicKey, TopicReview] = field(default_factory=dict)
    approved: tuple[int, ...] = ()
    """The numbers of the approved topics in the pack."""
    digests: Mapping[TopicKey, str] = field(default_factory=dict)
    """By topic, the SHA-256 of the canonical text that its counted reviews sign."""
    until: float | None = None
    """The time when the next key expires or review gets late, in seconds since 1970; None for
    never."""
    later: Callable[[float], PackReviews] | None = None
    """Returns the reviews as they are at a later time; checks no signature again, and no file."""

    def settle(self, card: TopicCard) -> TopicCard:
        """Return a card with the topic's review stage at this site.

        An approval comes from accepted signatures alone, whatever the pack claims.
        """
        review = self.by_topic.get((card.id, card.language))
        if review is None:
            return replace(card, status=unsigned(card.status), review=None)
        return replace(card, status=review.status, review=review)


NO_REVIEWS = PackReviews()


def unsigned(claimed: ReviewStatus) -> ReviewStatus:
    """Return the review stage of a topic for which no signature counts, from the stage claimed.

    The topic's author claims a stage. It is kept, but SUBMITTED is returned for APPROVED, because
    only signatures approve.
    """
    return ReviewStatus.SUBMITTED if claimed is ReviewStatus.APPROVED else claimed


def changed(claimed: ReviewStatus) -> TopicReview:
    """Return the review of a topic whose text is not the signed one: a note says that it changed.

    Its stage is the one that its author claims, but SUBMITTED for APPROVED.
    """
    return TopicReview(unsigned(claimed), ReviewNote.CHANGED)
