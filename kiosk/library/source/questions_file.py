"""Schema and loader of questions.toml: questions of patients, and the items that answer them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from kiosk.core.content import SuggestedQuestion
from kiosk.fast_dataclass import dataclass
from kiosk.library.source import convert
from kiosk.library.source.draft import Phrasings, Synonyms
from kiosk.library.source.parsing.tree_reader import TreeReader
from kiosk.library.source.schema.topic_schema import (
    AtLeastOne,
    Id,
    Mentions,
    StrictModel,
    Text,
    WordedModel,
)

ANSWER_LANGUAGES = ("en", "es")
"""The languages in which questions are understood, whatever language the text is in."""


class SuggestedQuestionModel(WordedModel):
    """A question that visitors can pick from a list, and what answers it."""

    id: Id
    """Its name for the program."""
    answers: Annotated[AtLeastOne, Field(max_length=3)]
    """The items that answer it, by id, best first: at most three. Claims of one product at most;
    bottom lines may be of several."""


class PhrasingsModel(StrictModel):
    """Phrases in which patients ask for what one item says."""

    of: Text
    """The claim, gap or other item that answers, by id."""
    en: Mentions = Field(default_factory=list)
    """Questions as people ask them in English."""
    es: Mentions = Field(default_factory=list)
    """Questions as people ask them in Spanish."""


class SynonymsModel(StrictModel):
    """Other names for words of the topic's text."""

    means: Text
    """The word of your text."""
    en: Mentions = Field(default_factory=list)
    """Words that people say for it in English."""
    es: Mentions = Field(default_factory=list)
    """Words that people say for it in Spanish."""


class OutOfScopeModel(StrictModel):
    """Phrases in which patients ask about a subject that the topic's text does not cover."""

    what: Text
    """The subject."""
    en: Mentions = Field(default_factory=list)
    """Questions as people ask them in English."""
    es: Mentions = Field(default_factory=list)
    """Questions as people ask them in Spanish."""


class QuestionsModel(StrictModel):
    """The file questions.toml: questions of patients, and the items that answer them."""

    question: list[SuggestedQuestionModel] = Field(default_factory=list)
    """Offered to choose from."""
    asked: list[PhrasingsModel] = Field(default_factory=list)
    """Other ways to ask for an item."""
    word: list[SynonymsModel] = Field(default_factory=list)
    """Other names for words of the text."""
    not_here: list[OutOfScopeModel] = Field(default_factory=list)
    """Subjects that the text does not cover."""


@dataclass(frozen=True, slots=True)
class TopicQuestions:
    """Contents of questions.toml: questions to pick, patients' phrases and words, subjects not
    covered.
    """

    often: tuple[SuggestedQuestion, ...] = ()
    asked: tuple[Phrasings, ...] = ()
    words: tuple[Synonyms, ...] = ()
    not_here: tuple[Phrasings, ...] = ()


def read_questions(reading: TreeReader, file: Path) -> TopicQuestions:
    """Return the contents of a topic's questions.toml, as far as it can be read; empty if it
    cannot.
    """
    model = reading.read(file, QuestionsModel)
    if model is None:
        return TopicQuestions()
    return TopicQuestions(
        tuple(
            SuggestedQuestion(q.id, convert.wording(q), tuple(q.answers)) for q in model.question
        ),
        tuple(Phrasings(a.of, _by_language(a)) for a in model.asked),
        tuple(Synonyms(w.means, _by_language(w)) for w in model.word),
        tuple(Phrasings(n.what, _by_language(n)) for n in model.not_here),
    )


def _by_language(
    item: PhrasingsModel | SynonymsModel | OutOfScopeModel,
) -> dict[str, tuple[str, ...]]:
    return {code: tuple(getattr(item, code)) for code in ANSWER_LANGUAGES}
