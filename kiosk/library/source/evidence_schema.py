"""Schema of evidence.toml, also called the ledger. Only the loading path imports this."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from kiosk.library.source.schema import AtLeastOne, Id, StrictModel, Text

StatementId = Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]{2,3}$")]
DocumentId = Annotated[str, StringConstraints(pattern=r"^[A-Z]$")]
ReferenceKey = Annotated[str, StringConstraints(pattern=r"^[A-Z]-[0-9]{1,3}$")]


class DocumentModel(StrictModel):
    """A source document of the ledger."""

    id: DocumentId
    title: Text
    publisher: str = ""
    dated: str = ""
    about: str = ""
    strands_are_headings: bool = False


class StatementModel(StrictModel):
    """A single point that a single document makes."""

    id: StatementId
    says: Text
    strand: Literal["guideline", "drug-label", "research", "document", "editorial"]
    reference: Annotated[int, Field(ge=1)] | None = None
    heading: str = ""
    supplement: bool = False
    caveat: bool = False
    missing: str = ""
    checked: Literal["", "supported", "overstated", "reversed", "not-confirmed"] = ""
    check_note: str = ""
    source: str = ""
    grade: str = ""
    verified: str = ""
    about_itself: bool = False


class ReferenceModel(StrictModel):
    """A paper behind a document's number."""

    cited_as: Annotated[list[ReferenceKey], Field(min_length=1)]
    certainty: Literal["ours", "identified", "probable", "not identified"]
    work: Annotated[str, Field(alias="is")]
    kind: Literal["review", "guideline", "study", ""] = ""
    written_for: str = ""
    written_for_short: str = ""


class EvidenceSidesModel(StrictModel):
    """A disagreement of the ledger: which statements stand on which side."""

    id: Id
    about: Text
    one: AtLeastOne
    other: AtLeastOne
    finding: Text
    supplement: bool = False


class BothTrueEvidenceModel(StrictModel):
    """Two statements that seem to disagree, and are both true."""

    id: Id
    about: Text
    statements: AtLeastOne
    because: Text


class SupersedesModel(StrictModel):
    """Which later statements have overtaken one, and why."""

    statement: StatementId
    by: AtLeastOne
    note: Text
    supplement: bool = False


class EvidenceModel(StrictModel):
    """The file evidence.toml: documents, statements, references and what they support."""

    document: list[DocumentModel] = Field(default_factory=list)
    statement: list[StatementModel] = Field(default_factory=list)
    reference: list[ReferenceModel] = Field(default_factory=list)
    disagreement: list[EvidenceSidesModel] = Field(default_factory=list)
    both_true: list[BothTrueEvidenceModel] = Field(default_factory=list)
    supersedes: list[SupersedesModel] = Field(default_factory=list)
