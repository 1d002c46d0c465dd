"""Schema of every file of the content tree. Only the loading path imports this."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

LEVELS = ("plain", "everyday", "professional")
LevelName = Literal["plain", "everyday", "professional"]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Mentions = list[Text]
"""Ids of other items; whether these exist is checked later, by `library/checks`."""
AtLeastOne = Annotated[Mentions, Field(min_length=1)]


class StrictModel(BaseModel):
    """A table in which an unknown key or a value of the wrong kind is an error."""

    model_config = ConfigDict(
        strict=True, extra="forbid", alias_generator=lambda name: name.replace("_", "-")
    )


class WordedModel(StrictModel):
    """The levels of one wording, or `text` for all, in a topic that says `one-level` alone."""

    text: Text | None = None
    plain: Text | None = None
    everyday: Text | None = None
    professional: Text | None = None
    same_as: dict[str, str] = {}

    @model_validator(mode="after")
    def _every_level(self) -> Self:
        fill(self, "")
        return self


def fill(words: WordedModel, suffix: str) -> None:
    """Fill the levels that are the same as another; raise for those that are in no way worded."""
    names = {level + suffix: level + suffix.replace("-", "_") for level in LEVELS}
    for_all = getattr(words, "text" + suffix.replace("-", "_"))
    if for_all is not None:
        several = [name for name, field in names.items() if getattr(words, field) is not None]
        if several or words.same_as:
            named = f'"{several[0]}"' if several else '"same-as"'
            raise PydanticCustomError("level", f'"text" words every level, and {named} one')
        for field in names.values():
            setattr(words, field, for_all)
        return
    for name, field in names.items():
        other = words.same_as.get(name)
        if other is None:
            continue
        if getattr(words, field) is not None:
            raise PydanticCustomError("level", f'"{name}" is worded, and "same-as" another too')
        if words.same_as.get(other) or getattr(words, names.get(other, ""), None) is None:
            raise PydanticCustomError("level", f'same-as "{other}": no such wording')
        setattr(words, field, getattr(words, names[other]))
    lacking = [f'"{name}"' for name, field in names.items() if getattr(words, field) is None]
    if lacking:
        raise PydanticCustomError("level", f"no wording for level {' and '.join(lacking)}")


class FoodAmountModel(StrictModel):
    """An exception from the rule on doses: the amounts in this text are of food."""

    food_amount: bool = False
    food_amount_because: Text | None = None

    @model_validator(mode="after")
    def _with_reason(self) -> Self:
        if self.food_amount != bool(self.food_amount_because):
            what = '"food-amount = true" and "food-amount-because", a reason, go together'
            raise PydanticCustomError("reason", what)
        return self


class ItemModel(WordedModel, FoodAmountModel):
    """A wording with an id, resting on statements."""

    id: Id
    rests_on: AtLeastOne


class ClaimModel(ItemModel):
    """A fact as a reader is told it."""

    heading: WordedModel | None = None
    verdict: WordedModel | None = None
    key: bool = False
    new_screen: list[LevelName] = []
    ours: bool = False
    explains: Mentions = []
    columns: WordedModel | None = None
    urgent: Literal["now", "soon"] | None = None


class CautionModel(ItemModel):
    """A caution, and its second wording for a reader who was not sure."""

    title: WordedModel
    text_again: Text | None = None
    plain_again: Text | None = None
    everyday_again: Text | None = None
    professional_again: Text | None = None

    @model_validator(mode="after")
    def _every_level_again(self) -> Self:
        fill(self, "-again")
        return self


class PictureModel(StrictModel):
    """A drawing, and words that say the same."""

    id: Id
    art: Annotated[str, StringConstraints(min_length=1)]
    words: WordedModel
    after: Text | None = None


class UrgentModel(ItemModel):
    """Signs that need help now, or soon."""

    title: WordedModel
    when: Literal["now", "soon"]


class TableRowModel(FoodAmountModel):
    """One row of a table."""

    rests_on: AtLeastOne
    cells: Annotated[list[Text], Field(min_length=1)]


class TableModel(StrictModel):
    """A summary in rows and columns, shown at some levels."""

    id: Id
    title: Text
    levels: Annotated[list[LevelName], Field(min_length=1)]
    columns: Annotated[list[Text], Field(min_length=2)]
    row: Annotated[list[TableRowModel], Field(min_length=1)]

    @model_validator(mode="after")
    def _every_cell(self) -> Self:
        for number, row in enumerate(self.row, start=1):
            if len(row.cells) != len(self.columns):
                what = f"row {number} has {len(row.cells)} cells for {len(self.columns)} columns"
                raise PydanticCustomError("cells", what)
        return self


class DisagreementModel(StrictModel):
    """The wording of one of the ledger's disagreements."""

    id: Id
    about: WordedModel
    one: WordedModel
    other: WordedModel
    finding: WordedModel


class BothTrueModel(StrictModel):
    """The wording of what only looks like a disagreement."""

    id: Id
    about: WordedModel
    because: WordedModel


class ProductModel(StrictModel):
    """One supplement."""

    id: Id
    name: WordedModel
    other_names: list[Text] = []
    bottom_line: ClaimModel | None = None
    note: list[ClaimModel] = []
    claim: list[ClaimModel] = []
    gap: list[ItemModel] = []
    action: ClaimModel | None = None


class SectionModel(StrictModel):
    """sections/NN-id.toml"""

    id: Id
    title: WordedModel
    offers: Annotated[Mentions, Field(max_length=6)] = []
    choose: WordedModel | None = None
    opens: Text | None = None
    requires: AtLeastOne | None = None
    urgent: list[UrgentModel] = []
    table: list[TableModel] = []
    picture: list[PictureModel] = []
    claim: list[ClaimModel] = []
    disagreement: list[DisagreementModel] = []
    both_true: list[BothTrueModel] = []
    gap: list[ItemModel] = []
    product: list[ProductModel] = []


class CautionsModel(StrictModel):
    """The file cautions.toml: the warnings that must be answered before a gated section."""

    caution: list[CautionModel] = []


class CodesModel(StrictModel):
    """Codes of the topic in public code systems."""

    icd_10_cm: list[Text] = []
    mesh: list[Text] = []


class WarnedModel(StrictModel):
    """Something that no text names without these statements: its warnings."""

    terms: AtLeastOne
    statements: AtLeastOne


class AllowedModel(StrictModel):
    """A term that another topic keeps behind its cautions, and that this one must name openly."""

    term: Text
    because: Text


class TopicModel(StrictModel):
    """The file topic.toml: what a topic is called, its steps and its gated terms."""

    id: Id
    question: WordedModel
    summary: WordedModel
    updated: date
    steps: AtLeastOne
    preview: Text
    codes: CodesModel = CodesModel()
    groups: list[Text] = []
    other_names: list[Text] = []
    one_level: bool = False
    names: list[Text] = []
    spelled: list[Text] = []
    gated_terms: list[Text] = []
    gated_as_product: list[Text] = []
    gated_everywhere: list[Text] = []
    allowed: list[AllowedModel] = []
    warned: list[WarnedModel] = []


class ReviewModel(StrictModel):
    """review.toml: how far the text has come, short of an approval, which needs signatures."""

    status: Literal["submitted", "under-review", "approved"]
    who: str = ""
    credentials: str = ""
    when: date | None = None
