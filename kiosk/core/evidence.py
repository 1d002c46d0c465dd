"""Types of evidence: what documents say, what papers they cite, and what checking found."""

from __future__ import annotations

from enum import StrEnum

from kiosk.fast_dataclass import dataclass


class SourcePart(StrEnum):
    """Part of a document that a statement stands in, or the kind of source that it comes from."""

    GUIDELINE = "guideline"
    DRUG_LABEL = "drug-label"
    RESEARCH = "research"
    DOCUMENT = "document"
    EDITORIAL = "editorial"


class CheckResult(StrEnum):
    """Result of comparing a statement with the paper that it cites; empty where nobody did."""

    UNCHECKED = ""
    SUPPORTED = "supported"
    SUPPORTED_IN_PART = "supported-in-part"
    """The paper says a part of it, as far as it was read."""
    OVERSTATED = "overstated"
    REVERSED = "reversed"
    NOT_CONFIRMED = "not-confirmed"
    """The paper neither says so nor says the opposite."""


OURS = "ours"
"""Certainty of a reference that the author cites: there was nothing to work out."""


@dataclass(frozen=True)
class Statement:
    """A statement: an entry of a topic's evidence file, a single point that a single source
    makes.
    """

    id: str
    """Its letter names the document: `A07` stands in document `A`."""
    says: str
    """The fact, paraphrased."""
    strand: SourcePart
    reference: int | None = None
    """The number that the document itself cites; None where it cites nothing."""
    heading: str = ""
    """The document's heading above it, where that matters."""
    supplement: bool = False
    """True if a reader would learn of a supplement, a product or its dose."""
    caveat: bool = False
    """True if it must be acknowledged before any supplement information."""
    missing: str = ""
    """The thing that the document announces here and then does not list."""
    checked: CheckResult = CheckResult.UNCHECKED
    check_note: str = ""
    """The cited paper's own statement."""
    source: str = ""
    """The public source of a safety note that neither document gives."""
    grade: str = ""
    """The grade or strength that the source itself gives, word for word."""
    verified: str = ""
    """The part of the source that was really seen: open text, an abstract, a quotation by
    another."""
    superseded_by: tuple[str, ...] = ()
    """The statements that have overtaken it: a reader who is told it is told one of these as
    well."""
    superseded_note: str = ""
    """The reason why it is overtaken."""
    about_itself: bool = False
    """True if it tells of its document, not of health: it needs no source but the document."""

    @property
    def document(self) -> str:
        """The id of the document that the statement stands in: the first letter of its own id."""
        return self.id[0]

    @property
    def cites(self) -> str:
        """The key of the paper that the statement cites, such as `A-4`; empty where it cites
        none.
        """
        return "" if self.reference is None else f"{self.document}-{self.reference}"

    @property
    def misquotes(self) -> bool:
        """True if a check found that the cited paper does not say what the statement says; a claim
        that rests on it then needs a verdict.
        """
        return self.checked in (
            CheckResult.OVERSTATED, CheckResult.REVERSED, CheckResult.NOT_CONFIRMED,
        )  # fmt: skip


@dataclass(frozen=True)
class Reference:
    """A paper that a document or our author cites by number, as far as it could be identified."""

    cited_as: tuple[str, ...]
    certainty: str
    """`ours` where the author cites it; else how surely it was worked out: `identified`,
    `probable` or `not identified`."""
    work: str
    """Authors, title, journal, identifier; empty where not identified."""
    kind: str = ""
    """`review`, `guideline`, `study`, or empty where unknown."""
    written_for: str = ""
    """The condition that it was written for, where that is not the topic's."""
    written_for_short: str = ""
    """A shorter name of that condition, for a page that has said it once."""


@dataclass(frozen=True)
class Document:
    """A document that statements come from: its title, publisher and date."""

    id: str
    title: str
    publisher: str = ""
    dated: str = ""
    """The document's own date, as it gives it."""
    about: str = ""
    strands_are_headings: bool = False
    """True if a statement's strand is the heading that the document puts it under; elsewhere it is
    the kind of paper cited."""
