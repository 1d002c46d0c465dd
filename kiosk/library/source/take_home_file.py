"""Schema and loader of take-home.toml: claims to print, questions for the doctor, self-check."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from kiosk.core.take_home.authored import CheckAnswer, CheckQuestion, GoodQuestion, TakeHomeTexts
from kiosk.library.source import convert
from kiosk.library.source.parsing.tree_reader import TreeReader
from kiosk.library.source.schema.topic_schema import (
    ItemModel,
    Mentions,
    StrictModel,
    Text,
    WordedModel,
)


class CheckAnswerModel(WordedModel):
    """One of the answers to a question of the self-check."""

    right: bool = False
    """`true` for the right one."""


class CheckQuestionModel(ItemModel):
    """A question of the self-check, its answers, the right one in other words, and its section."""

    again: WordedModel
    """The passage that answers it, in other words."""
    about_section: Text | None = None
    """The section that explains it, by id."""
    answer: Annotated[list[CheckAnswerModel], Field(min_length=2, max_length=4)]
    """Answers to pick from: two to four."""


class TakeHomeModel(StrictModel):
    """The file take-home.toml: what readers of a topic can take along, and the self-check."""

    printed: Mentions = Field(default_factory=list)
    """The claims on everybody's page, in order."""
    diary: Text | None = None
    """The step that explains the diary."""
    good_question: list[ItemModel] = Field(default_factory=list)
    """Questions for the doctor, to be picked."""
    check: Annotated[list[CheckQuestionModel], Field(max_length=8)] = Field(default_factory=list)
    """Questions to check oneself with."""


def read_take_home(reading: TreeReader, file: Path) -> TakeHomeTexts:
    """Return the contents of take-home.toml, as far as it can be read.

    They are empty if the topic has no such file, or none of it can be read.
    """
    is_there = reading.may_have(file) and file.exists()
    model = reading.read(file, TakeHomeModel) if is_there else None
    if model is None:
        return TakeHomeTexts()
    return TakeHomeTexts(
        printed=tuple(model.printed),
        diary=model.diary or "",
        good=tuple(
            GoodQuestion(q.id, tuple(q.rests_on), convert.wording(q)) for q in model.good_question
        ),
        checks=tuple(_check(q) for q in model.check),
    )


def _check(item: CheckQuestionModel) -> CheckQuestion:
    answers = tuple(CheckAnswer(convert.wording(answer), answer.right) for answer in item.answer)
    return CheckQuestion(
        item.id,
        tuple(item.rests_on),
        convert.wording(item),
        convert.wording(item.again),
        answers,
        item.about_section or "",
    )
