"""Schema of topic.toml, cautions.toml and review.toml, and the models that all files build on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

LEVELS = ("plain", "everyday", "professional")
LevelName = Literal["plain", "everyday", "professional"]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]
"""Hash of a text that another translates."""
Mentions = list[Text]
"""Ids of other items; whether these exist is checked later, by `library/checks`."""
AtLeastOne = Annotated[Mentions, Field(min_length=1)]


class StrictModel(BaseModel):
    """A table in which an unknown key or a value of the wrong kind is an error."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        alias_generator=lambda name: name.replace("_", "-"),
        defer_build=True,  # of nearly all models: they are parts of others, which have their rules
    )


class WordedModel(StrictModel):
    """One wording: a text for each level, or in a topic that says `one-level` a `text` for all."""

    text: Text | None = None
    """The one wording, where topic.toml says `one-level = true`; instead of the three below."""
    plain: Text | None = None
    """In easy words, for a reader who likes a little at a time."""
    everyday: Text | None = None
    """In everyday words."""
    professional: Text | None = None
    """In medical words, for a reader who works or studies in health care."""
    same_as: dict[str, str] = Field(default_factory=dict)
    """A level that is worded as another: `same-as.professional = "everyday"`."""

    @model_validator(mode="after")
    def _every_level(self) -> Self:
        fill(self, "")
        return self


def fill(words: WordedModel, suffix: str) -> None:
    """Fill the levels of a wording that `same-as` or a `text` for all words.

    `suffix` is part of the keys' names: empty, or `-again` for a caution's second wording. Raises
    PydanticCustomError where a level is worded in no way, or in two.
    """
    under = suffix.replace("-", "_")
    names = _keys_of_levels(suffix)
    for_all = getattr(words, "text" + under)
    if for_all is not None:
        several = [name for name, field in names.items() if getattr(words, field) is not None]
        if several or words.same_as:
            named = f'"{several[0]}"' if several else '"same-as"'
            raise PydanticCustomError("level", f'"text" words every level, and {named} one')
        words.__dict__.update(dict.fromkeys(names.values(), for_all))  # validated already
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


@cache
def _keys_of_levels(suffix: str) -> Mapping[str, str]:
    """Return the keys of the three wordings, each with its attribute."""
    return {level + suffix: level + suffix.replace("-", "_") for level in LEVELS}


class FoodAmountModel(StrictModel):
    """An exception from the rule on doses: the amounts in this text are of food."""

    food_amount: bool = False
    """`true` where the amounts in the text are of food, though they look like a dose."""
    food_amount_because: Text | None = None
    """The reason: the reviewer reads it."""

    @model_validator(mode="after")
    def _with_reason(self) -> Self:
        if self.food_amount != bool(self.food_amount_because):
            message = '"food-amount = true" and "food-amount-because", a reason, go together'
            raise PydanticCustomError("reason", message)
        return self


class ItemModel(WordedModel, FoodAmountModel):
    """A wording with an id, resting on statements."""

    id: Id
    """Its name for the program: small letters, digits, hyphens; once in the topic."""
    rests_on: AtLeastOne
    """The statements of evidence.toml that it says."""


class ClaimModel(ItemModel):
    """A fact as a reader is told it."""

    heading: WordedModel | None = None
    """A small heading above it."""
    verdict: WordedModel | None = None
    """The verdict on its truth, shown bold and first; needed where checking did not confirm a
    statement."""
    key: bool = False
    """`true` for the main message, shown bold."""
    new_screen: list[LevelName] = Field(default_factory=list)
    """The levels at which it begins another screen: `["plain"]`."""
    ours: bool = False
    """`true` where we say or ask it ourselves: it carries no mark of a source."""
    explains: Mentions = Field(default_factory=list)
    """Words of glossary.toml whose meaning stands below it."""
    columns: WordedModel | None = None
    """Names of two columns, `"Case | What to do"`, in which its points are drawn."""
    urgent: Literal["now", "soon"] | None = None
    """`"now"` or `"soon"`: it is drawn in the frame of urgent signs."""


class CautionModel(ItemModel):
    """A caution, and its second wording for a reader who was not sure."""

    title: WordedModel
    """Its title."""
    text_again: Text | None = None
    """The one other wording, in a topic of one level."""
    plain_again: Text | None = None
    """Its easy words said in another way, for a reader who was not sure."""
    everyday_again: Text | None = None
    """Its everyday words said in another way."""
    professional_again: Text | None = None
    """Its medical words said in another way."""

    @model_validator(mode="after")
    def _every_level_again(self) -> Self:
        fill(self, "-again")
        return self


class CautionsModel(StrictModel):
    """The file cautions.toml: the warnings that must be answered before a gated section."""

    caution: list[CautionModel] = Field(default_factory=list)
    """The cautions, in the order in which they are read."""


class CodesModel(StrictModel):
    """Codes of the topic in public code systems."""

    icd_10_cm: list[Text] = Field(default_factory=list)
    """Codes of ICD-10-CM."""
    mesh: list[Text] = Field(default_factory=list)
    """Headings of MeSH."""


class WarnedModel(StrictModel):
    """A thing that texts may name only if they rest on all its warnings (ids of statements)."""

    terms: AtLeastOne
    """Names of it."""
    statements: AtLeastOne
    """Its warnings: what names it rests on them all."""


class AllowedModel(StrictModel):
    """A term that another topic keeps behind its cautions, and that this one must name openly."""

    term: Text
    """The term, as the other topic lists it."""
    because: Text
    """The reason: the reviewer reads it."""


class TopicModel(StrictModel):
    """The file topic.toml: what a topic is called, its steps and its gated terms."""

    id: Id
    """The name of the topic's folder."""
    question: WordedModel
    """The question that a patient has."""
    summary: WordedModel
    """Its answer, in a sentence."""
    updated: date
    """The day on which the text was last changed, without quotes: 2026-11-26."""
    steps: AtLeastOne
    """The sections that every reader is led through, in order."""
    preview: Text
    """The claim that shows a reader what a level sounds like, by its first sentence alone: no
    urgent sign, and one without a verdict and without the warnings of `[[warned]]`."""
    codes: CodesModel = Field(default_factory=CodesModel)
    """Codes in public systems."""
    groups: list[Text] = Field(default_factory=list)
    """The headings that it stands under in the choice of topics."""
    other_names: list[Text] = Field(default_factory=list)
    """Other names that people have for it; found by the search, never shown."""
    one_level: bool = False
    """`true` where there is one wording for every reader."""
    names: list[Text] = Field(default_factory=list)
    """Names that the reading grades leave out."""
    spelled: list[Text] = Field(default_factory=list)
    """Words that are right, and in no dictionary."""
    gated_terms: list[Text] = Field(default_factory=list)
    """Words that no open text of this topic may have, besides the names of its products."""
    gated_as_product: list[Text] = Field(default_factory=list)
    """Words that no open text may have of something to buy or take; of the body or food, it may."""
    gated_everywhere: list[Text] = Field(default_factory=list)
    """Words that no open text of any topic of the library may have."""
    allowed: list[AllowedModel] = Field(default_factory=list)
    """Words that another topic closes and this one must name."""
    warned: list[WarnedModel] = Field(default_factory=list)
    """Terms that are never named without their warnings."""


class ReviewModel(StrictModel):
    """The file review.toml: how far the review of a topic has come.

    The status `approved` is read, but counts for nothing: only signatures approve a text.
    """

    status: Literal["submitted", "under-review", "approved"]
    """`"submitted"` or `"under-review"`."""
    who: str = ""
    """The reviewer."""
    credentials: str = ""
    """The reviewer's profession or degree."""
    when: date | None = None
    """Since when, a date without quotes."""
