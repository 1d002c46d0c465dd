"""Schema of evidence.toml. Only the loading path imports this."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from kiosk.library.source.schema.topic_schema import AtLeastOne, Id, StrictModel, Text

StatementId = Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]{2,3}$")]
DocumentId = Annotated[str, StringConstraints(pattern=r"^[A-Z]$")]
ReferenceKey = Annotated[str, StringConstraints(pattern=r"^[A-Z]-[0-9]{1,3}$")]

Verified = Annotated[
    str,
    StringConstraints(
        pattern=r"^(?:$|open text|abstract|quoted by another source|our reading"
        r"|from memory, not looked up)"
    ),
]
"""The first words; what was seen of the source may follow."""


class DocumentModel(StrictModel):
    """A source document of the evidence."""

    id: DocumentId
    """A capital letter: statements that begin with it stand in this document."""
    title: Text
    """Its title."""
    publisher: str = ""
    """Its publisher."""
    dated: str = ""
    """Its own date."""
    about: str = ""
    """Facts about the document that a reader should know."""
    strands_are_headings: bool = False
    """`true` where `strand` is the heading that the document puts a statement under."""


class StatementModel(StrictModel):
    """One statement of evidence.toml: a single fact, its source, and what checking it showed."""

    id: StatementId
    """A capital letter and a number: `"S01"`."""
    says: Text
    """The fact, in your words. No reader sees it."""
    strand: Literal["guideline", "drug-label", "research", "document", "editorial"]
    """The kind of source; `editorial` for public pages and for ourselves."""
    reference: Annotated[int, Field(ge=1)] | None = None
    """The number that a document cites for it."""
    heading: str = ""
    """The document's heading above it."""
    supplement: bool = False
    """`true` where a reader would learn of a product: closed."""
    caveat: bool = False
    """`true` where it must be in a caution before every product."""
    missing: str = ""
    """The thing that the document announces here and leaves out."""
    checked: Literal[
        "", "supported", "supported-in-part", "overstated", "reversed", "not-confirmed"
    ] = ""
    """The result of comparing it with the cited paper; left out where nobody compared."""
    check_note: str = ""
    """The cited paper's own statement."""
    source: str = ""
    """Its source, written out in full."""
    grade: str = ""
    """The grade that the source itself gives, word for word."""
    verified: Verified = ""
    """The part of the source that was read; begins with `open text`, `abstract`, `quoted by another
    source`, `our reading` (of several texts), or `from memory, not looked up`."""
    about_itself: bool = False
    """`true` where it tells of its document, not of health."""


class ReferenceModel(StrictModel):
    """A paper that a source document cites by a number, or that the topic itself cites."""

    cited_as: Annotated[list[ReferenceKey], Field(min_length=1)]
    """Letter and number: `["A-4"]`."""
    certainty: Literal["ours", "identified", "probable", "not identified"]
    """`ours` where you cite it yourself; else how surely it was worked out."""
    work: Annotated[str, Field(alias="is")]
    """Authors, title, journal, year."""
    kind: Literal["review", "guideline", "study", ""] = ""
    """The kind of paper."""
    written_for: str = ""
    """The condition that it was written for, where that is another."""
    written_for_short: str = ""
    """A shorter name of that condition."""


class EvidenceSidesModel(StrictModel):
    """A disagreement of the evidence: which statements stand on which side."""

    id: Id
    """Its name for the program."""
    about: Text
    """The subject of the disagreement."""
    one: AtLeastOne
    """The statements of one side."""
    other: AtLeastOne
    """The statements of the other."""
    finding: Text
    """The result of checking it."""
    supplement: bool = False
    """`true` where it is about products: closed."""


class BothTrueEvidenceModel(StrictModel):
    """Statements that only seem to disagree, and why all of them are true."""

    id: Id
    """Its name for the program."""
    about: Text
    """The subject on which the statements seem to disagree."""
    statements: AtLeastOne
    """The statements."""
    because: Text
    """The reason why all are true."""


class SupersedesModel(StrictModel):
    """A statement that later ones have overtaken, with those, and why."""

    statement: StatementId
    """The statement that is overtaken."""
    by: AtLeastOne
    """Those that overtook it: one of them is told with it."""
    note: Text
    """The reason why they overtook it."""
    supplement: bool = False
    """`true` where the note speaks of a product."""


class EvidenceModel(StrictModel):
    """The file evidence.toml: documents, statements, papers, and where statements conflict."""

    document: list[DocumentModel] = Field(default_factory=list)
    """Texts that the topic retells; most topics need none."""
    statement: list[StatementModel] = Field(default_factory=list)
    """The facts."""
    reference: list[ReferenceModel] = Field(default_factory=list)
    """Papers behind a document's numbers."""
    disagreement: list[EvidenceSidesModel] = Field(default_factory=list)
    """Disagreements between statements."""
    both_true: list[BothTrueEvidenceModel] = Field(default_factory=list)
    """Statements that only seem to disagree."""
    supersedes: list[SupersedesModel] = Field(default_factory=list)
    """Statements that newer ones have overtaken."""
