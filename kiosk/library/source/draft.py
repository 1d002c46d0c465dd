"""What the files of a content tree say, before it is known whether they may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kiosk.core.alarms import AlarmRules
from kiosk.core.content import GlossaryWord, Topic
from kiosk.core.library import Library
from kiosk.fast_dataclass import dataclass
from kiosk.library.source.ids import Definition, IdUse


@dataclass(frozen=True, slots=True)
class EvidenceSides:
    """What the ledger says of a disagreement, or of what only looks like one."""

    one: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    note: str = ""
    supplement: bool = False


@dataclass(frozen=True, slots=True)
class Phrasings:
    """How patients ask for one item, by language."""

    of: str
    phrases: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Synonyms:
    """What patients call something that the topic calls `means`, by language."""

    means: str
    names: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Warned:
    """Something that no text names without its warnings."""

    terms: tuple[str, ...]
    statements: tuple[str, ...]
    """The warnings: who names one of the terms rests on them all."""


@dataclass(frozen=True, slots=True)
class TopicDraft:
    """One topic, and what only its author and the checks need to know of it."""

    topic: Topic
    folder: str
    """How problems call its directory: `content/leaky-gut`, `content/leaky-gut/es`."""
    ledger_file: str
    """How problems call its ledger, which its languages share unless one has its own."""
    section_files: Mapping[str, str]
    """By the section's id."""
    ledger: Mapping[str, EvidenceSides]
    names: tuple[str, ...]
    """Names of products and organisms, left out of the reading grades."""
    gated_terms: tuple[str, ...]
    """What may stand in no open text of this topic, those of `gated_everywhere` included."""
    gated_everywhere: tuple[str, ...]
    """What may stand in no open text of any topic of the library."""
    for_all_levels: tuple[tuple[str, str, str], ...]
    """The file, item and key of each `text` that words all levels at once, where there are some."""
    named: tuple[Definition, ...]
    mentions: tuple[IdUse, ...]
    hidden: frozenset[str]
    """Kinds of id that a file gives of which nothing is known."""
    perhaps: frozenset[str]
    """Ids that files may give or mention which could not be parsed."""
    doubtful: frozenset[str]
    """Statements that an item with another mistake rests on, or that stand in a broken file."""
    asked: tuple[Phrasings, ...] = ()
    words: tuple[Synonyms, ...] = ()
    not_here: tuple[Phrasings, ...] = ()
    """What patients ask that no item answers: its `of` says what that is."""
    warned: tuple[Warned, ...] = ()

    @property
    def file(self) -> str:
        """How problems call its topic.toml."""
        return f"{self.folder}/topic.toml"

    @property
    def evidence_file(self) -> str:
        """How problems call its ledger."""
        return self.ledger_file

    @property
    def questions_file(self) -> str:
        """How problems call its questions.toml, which it may do without."""
        return f"{self.folder}/questions.toml"

    @property
    def cautions_file(self) -> str:
        """How problems call its cautions."""
        return f"{self.folder}/cautions.toml"


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole content tree."""

    name: str
    """How problems call the tree: the name of its directory."""
    library: Library
    alarm_rules: AlarmRules
    topics: tuple[TopicDraft, ...]
    files: Mapping[str, Mapping[str, Any]]
    """Every file that could be parsed, as parsed."""
    unread: frozenset[str]
    """The files that could not."""
    glossary: tuple[GlossaryWord, ...] = ()
    """Every hard word of the tree, explained by a claim or not."""
