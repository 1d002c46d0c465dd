"""Schema of the files of sections: what stands on the screens of a topic."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from kiosk.library.source.schema.topic_schema import (
    AtLeastOne,
    ClaimModel,
    FoodAmountModel,
    Id,
    ItemModel,
    LevelName,
    Mentions,
    StrictModel,
    Text,
    WordedModel,
)


class PictureModel(StrictModel):
    """A drawing, and words that say the same."""

    id: Id
    """Its name for the program."""
    art: Annotated[str, StringConstraints(min_length=1)]
    """The drawing, in characters: at most 36 columns, 12 rows."""
    words: WordedModel
    """Words that say the same, for a reader who cannot see it."""
    after: Text | None = None
    """The claim that it follows; else it stands first."""


class UrgentModel(ItemModel):
    """Signs that need help now, or soon."""

    title: WordedModel
    """The title of the screen."""
    when: Literal["now", "soon"]
    """`"now"` or `"soon"`."""


class TableRowModel(FoodAmountModel):
    """One row of a table."""

    rests_on: AtLeastOne
    """The statements of evidence.toml that it says."""
    cells: Annotated[list[Text], Field(min_length=1)]
    """One text for each column."""


class TableModel(StrictModel):
    """A summary in rows and columns, shown at some levels."""

    id: Id
    """Its name for the program."""
    title: Text
    """The heading above it."""
    levels: Annotated[list[LevelName], Field(min_length=1)]
    """The levels at which it is shown."""
    columns: Annotated[list[Text], Field(min_length=2)]
    """The heading of each column."""
    row: Annotated[list[TableRowModel], Field(min_length=1)]
    """Its rows: `[[table.row]]`."""

    @model_validator(mode="after")
    def _every_cell(self) -> Self:
        for number, row in enumerate(self.row, start=1):
            if len(row.cells) != len(self.columns):
                message = f"row {number} has {len(row.cells)} cells for {len(self.columns)} columns"
                raise PydanticCustomError("cells", message)
        return self


class DisagreementModel(StrictModel):
    """The wording of one of the disagreements in evidence.toml."""

    id: Id
    """That of the disagreement in evidence.toml."""
    about: WordedModel
    """The subject of the disagreement."""
    one: WordedModel
    """The statement of one side."""
    other: WordedModel
    """The statement of the other side."""
    finding: WordedModel
    """The result of checking it."""


class BothTrueModel(StrictModel):
    """The wording of what only looks like a disagreement."""

    id: Id
    """That of the entry in evidence.toml."""
    about: WordedModel
    """The subject on which the statements seem to disagree."""
    because: WordedModel
    """The reason why both are true."""


class ProductModel(StrictModel):
    """One supplement: what is known and claimed of it, safety notes, and what is left out."""

    id: Id
    """Its name for the program."""
    name: WordedModel
    """Its name; closed in all open text by itself."""
    other_names: list[Text] = Field(default_factory=list)
    """Brands and other names; closed, too."""
    bottom_line: ClaimModel | None = None
    """A summary, in a sentence, of what is known of it; first: `[product.bottom-line]`."""
    note: list[ClaimModel] = Field(default_factory=list)
    """Safety: who should not, what it does not go with, when to stop; at least one."""
    claim: list[ClaimModel] = Field(default_factory=list)
    """The things that are claimed of it, verdict first."""
    gap: list[ItemModel] = Field(default_factory=list)
    """The things that a source announces of it and leaves out."""
    action: ClaimModel | None = None
    """One thing to do, last: `[product.action]`."""


class SectionModel(StrictModel):
    """The file sections/NN-id.toml: one section of a topic."""

    id: Id
    """Its name for the program, as `steps` and `offers` use it."""
    title: WordedModel
    """A patient's question, or its answer. It can be read before cautions."""
    offers: Annotated[Mentions, Field(max_length=6)] = Field(default_factory=list)
    """Closer looks that it offers, by id; at most 6."""
    choose: WordedModel | None = None
    """A question above them, which they answer."""
    opens: Text | None = None
    """The closed section that this step is the door to."""
    requires: AtLeastOne | None = None
    """The cautions that must be answered before it opens: it is closed."""
    urgent: list[UrgentModel] = Field(default_factory=list)
    """Signs of illness, each on a screen to itself."""
    table: list[TableModel] = Field(default_factory=list)
    """Summaries in rows and columns."""
    picture: list[PictureModel] = Field(default_factory=list)
    """Drawings."""
    claim: list[ClaimModel] = Field(default_factory=list)
    """The facts that it tells, one each."""
    disagreement: list[DisagreementModel] = Field(default_factory=list)
    """Disagreements between sources."""
    both_true: list[BothTrueModel] = Field(default_factory=list)
    """Statements that only seem to disagree."""
    gap: list[ItemModel] = Field(default_factory=list)
    """The things that a source announces and leaves out."""
    product: list[ProductModel] = Field(default_factory=list)
    """Products; in a closed section only."""
