"""Types of texts: the levels and a wording, which is one text in each of them; a text's stage of
review and scale of readability; how soon a sign of illness needs help.
"""

from __future__ import annotations

from enum import StrEnum

from kiosk.fast_dataclass import dataclass


class Level(StrEnum):
    """Level: how hard the words are; never which facts are told."""

    PLAIN = "plain"
    EVERYDAY = "everyday"
    PROFESSIONAL = "professional"


class ReviewStatus(StrEnum):
    """Stage of review that a text has reached."""

    SUBMITTED = "submitted"
    UNDER_REVIEW = "under-review"
    APPROVED = "approved"


class ReadabilityScale(StrEnum):
    """Formula that measured how hard a text in one wording is; `UNMEASURED` if none did."""

    UNMEASURED = ""
    GRADE = "grade"
    """Flesch-Kincaid, a grade of the American school: more is harder."""
    EASE = "ease"
    """Szigriszt-Pazos, on the INFLESZ scale from 0 to 100: more is easier."""


@dataclass(frozen=True)
class Wording:
    """A wording: one text in the words of every level."""

    plain: str
    everyday: str
    professional: str

    def at(self, level: Level) -> str:
        """The text in the words of `level`."""
        return str(getattr(self, level.value))


class Urgency(StrEnum):
    """Urgency of a sign of illness: whether it needs help now or soon."""

    NOW = "now"
    SOON = "soon"
