"""Review of a topic as a reader sees it: by whom, when, and whether it still holds."""

from __future__ import annotations

from enum import StrEnum

from kiosk.core.wording import ReviewStatus
from kiosk.fast_dataclass import dataclass


class ReviewNote(StrEnum):
    """Remark on a review in addition to its stage, such as that the text has changed; empty for
    none.
    """

    NONE = ""
    CHANGED = "changed"
    """The text is not the one that was signed."""
    PARTLY = "partly"
    """Fewer clinicians have signed it than this site asks for."""
    OVERDUE = "overdue"
    """It is approved, and its next review is late."""


@dataclass(frozen=True)
class Approval:
    """A clinician's signature under a text, found valid: name, credentials, date."""

    name: str
    credentials: str
    date: str
    """ISO 8601."""


@dataclass(frozen=True)
class TopicReview:
    """State of review of a topic's text at this site: stage, remark, valid signatures."""

    status: ReviewStatus
    note: ReviewNote = ReviewNote.NONE
    approvals: tuple[Approval, ...] = ()
    """The signatures that hold, by date."""
    due: str = ""
    """The day by which it is to be reviewed again, ISO 8601; the first of several."""
