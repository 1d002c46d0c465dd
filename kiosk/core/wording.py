"""Words of the content: levels, texts worded for each level, stages of review, urgency."""

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
    """Formula by which the hardness of a text at one level is measured."""

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
        """The words for `level`."""
        return str(getattr(self, level.value))


class Urgency(StrEnum):
    """Urgency of a sign of illness: how soon somebody must be called."""

    NOW = "now"
    SOON = "soon"
