"""Drafts: content as read from an author's files, before the checks say if it may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from kiosk.core.alarms import AlarmRules
from kiosk.core.content import GlossaryWord, Topic
from kiosk.core.library import Library
from kiosk.fast_dataclass import dataclass, field
from kiosk.library.review.record import SignedReview
from kiosk.library.source.ids import Definition, IdUse
from kiosk.library.translation.state import Translation


@dataclass(frozen=True, slots=True)
class EvidenceSides:
    """Entry of evidence.toml on a disagreement: the statements on each side, by id, and a note.

    Of an apparent disagreement (`both-true`) all statements are in `one_side`.
    """

    one_side: tuple[str, ...] = ()
    other_side: tuple[str, ...] = ()
    note: str = ""
    supplement: bool = False


@dataclass(frozen=True, slots=True)
class Phrasings:
    """Phrases, by language, in which patients ask about one thing, which `of` names.

    That is an item of the topic, by its id, or a subject that the topic does not cover.
    """

    of: str
    phrases: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Words, by language, that patients use for something that the topic calls `means`."""

    means: str
    names: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Warned:
    """Something that a text may name only if it rests on all warnings about it.

    It has the names of that thing, and the ids of the statements that warn of it.
    """

    terms: tuple[str, ...]
    statements: tuple[str, ...]
    """The warnings: who names one of the terms rests on them all."""


@dataclass(frozen=True, slots=True)
class AllowedTerm:
    """A term that another topic gates and that this one may name, with its author's reason."""

    term: str
    because: str


@dataclass(frozen=True)
class TopicDraft:
    """A topic as read from its files, not checked yet, and all that the checks need to know."""

    topic: Topic
    folder: str
    """Name of its directory in problems: `content/leaky-gut`, `content/leaky-gut/es`."""
    evidence_file: str
    """Name of its evidence.toml in problems; languages share one unless they have their own."""
    section_files: Mapping[str, str]
    """By the section's id."""
    sides: Mapping[str, EvidenceSides]
    names: tuple[str, ...]
    """Names of products and organisms, left out of the reading grades."""
    spelled: tuple[str, ...]
    """Words that are right, and in no dictionary."""
    gated_terms: tuple[str, ...]
    """Words that no open text of this topic may have: those listed, those of `gated_everywhere`,
    and the names of its products."""
    gated_everywhere: tuple[str, ...]
    """Words that no open text of any topic of the library may have."""
    for_all_levels: tuple[tuple[str, str, str], ...]
    """The file, item and key of each `text` that words all levels at once, where there are some."""
    named: tuple[Definition, ...]
    mentions: tuple[IdUse, ...]
    hidden: frozenset[str]
    """Kinds of id that are defined in a file that could not be parsed."""
    perhaps: frozenset[str]
    """Ids that files may give or mention which could not be parsed."""
    doubtful: frozenset[str]
    """Statements that an item with another mistake rests on, or that stand in a broken file."""
    food_amounts: Mapping[tuple[str, str], str]
    """By file and item, why its author says that its amounts are of food."""
    asked: tuple[Phrasings, ...] = ()
    words: tuple[Synonyms, ...] = ()
    not_here: tuple[Phrasings, ...] = ()
    """Phrases for subjects that no item covers; `of` names the subject."""
    warned: tuple[Warned, ...] = ()
    as_products: tuple[str, ...] = ()
    """Words that no open text may have of something to buy or take: "lactase" in tablets."""
    allowed: tuple[AllowedTerm, ...] = ()
    reviews: tuple[SignedReview, ...] = ()
    """The reviews in its folder, unchecked."""
    is_claimed: bool = False
    """True if review.toml says by itself that the topic is approved, which only signatures can."""
    evidence_language: str = "en"
    """The language of its evidence.toml: that of the topic, or, where several share it, the first
    of the library."""
    translation: Translation | None = None
    """The state of the translation that it is; None where it was written in its language."""

    @cached_property
    def kept(self) -> dict[str, Any]:
        """Cache, by name, of slow work on this topic that several checks need.

        The code that checks the topic clears the cache afterwards.
        """
        return {}

    @property
    def terms(self) -> TopicTerms | None:
        """Gated terms of this topic, as the checks of other topics need them.

        None where the topic neither gates a term nor may name one that another topic gates.
        """
        if not self.gated_terms and not self.allowed:
            return None
        return TopicTerms(
            self.topic.id, self.file, self.gated_terms, self.gated_everywhere, self.allowed
        )

    @property
    def file(self) -> str:
        """Path by which problems name its topic.toml."""
        return f"{self.folder}/topic.toml"

    @property
    def questions_file(self) -> str:
        """Path by which problems name its questions.toml, which is optional."""
        return f"{self.folder}/questions.toml"

    @property
    def take_home_file(self) -> str:
        """Path by which problems name its take-home.toml, which is optional."""
        return f"{self.folder}/take-home.toml"

    @property
    def policy_file(self) -> str:
        """Path by which problems name its policy.toml, which is optional."""
        return f"{self.folder}/policy.toml"

    @property
    def cautions_file(self) -> str:
        """Path by which problems name its cautions.toml."""
        return f"{self.folder}/cautions.toml"


@dataclass(frozen=True, slots=True)
class TopicTerms:
    """Gated terms of one topic, and those of other topics it may name, for their checks."""

    topic: str
    """Its id."""
    file: str
    """Name of its topic.toml in problems."""
    gated: tuple[str, ...]
    gated_everywhere: tuple[str, ...]
    allowed: tuple[AllowedTerm, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole content tree as read, not checked yet.

    It has the topics, and what belongs to none: the program's words, readers, policy and alarms.
    """

    name: str
    """Name of the tree in problems: that of its directory."""
    library: Library
    alarm_rules: AlarmRules
    topics: tuple[TopicDraft, ...]
    """None where they are looked at one by one, and not kept."""
    files: Mapping[str, Mapping[str, Any]]
    """Every file that could be parsed, as parsed; of topics that are not kept, none."""
    unread: frozenset[str]
    """The files that could not."""
    glossary: tuple[GlossaryWord, ...] = ()
    """Every hard word of the tree, explained by a claim or not."""
    gated_elsewhere: Mapping[str, str] = field(default_factory=dict)
    """Terms that topics which are not loaded gate everywhere, each with its topic."""
    terms: tuple[TopicTerms, ...] = ()
    """Of each topic that gates a term or may name one, once it has been checked."""
