"""Load a directory of authors' files and check it by all rules, which are listed here in tables."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypeVar

from kiosk.fast_dataclass import replace
from kiosk.library.checks import (
    alarms,
    caveats,
    characters,
    columns,
    completeness,
    evidence,
    gate,
    ids,
    interface,
    questions,
    readability,
    take_home,
    translations,
    typed_text,
)
from kiosk.library.problem import Problem
from kiosk.library.readability.formulas import with_readability
from kiosk.library.source.draft import Draft, TopicDraft, TopicTerms
from kiosk.library.source.load import Files, TreeLoader, no_such
from kiosk.library.source.parsing.toml_paths import distinct_strings

Texts = Mapping[str, Collection[str]]
"""By file, each text and key of it once."""

FILE_RULES: tuple[Callable[[Files, Texts], Iterable[Problem]], ...] = (
    characters.characters,
    typed_text.to_write,
)

LIBRARY_RULES: tuple[Callable[[Draft], Iterable[Problem]], ...] = (
    interface.languages,
    interface.interface,
    interface.commands,
    interface.buttons,
    interface.readers_and_parts,
    ids.unique_readers,
    alarms.alarms,
    gate.gated_words_outside,
    gate.allowed_terms,
    evidence.same_figures_outside,
    translations.same_as_source_outside,
    readability.sentence_lengths_outside,
)

TOPIC_RULES: tuple[Callable[[TopicDraft], Iterable[Problem]], ...] = (
    characters.art,
    columns.columns,
    ids.unique,
    ids.dangling,
    ids.listed_sections,
    ids.offers,
    ids.doors,
    ids.choices,
    ids.pictures,
    ids.preview,
    gate.gated_words,
    gate.gated_statements,
    gate.gated_disagreements,
    gate.products,
    caveats.warned,
    caveats.cautions,
    questions.dangling,
    questions.safety_notes,
    questions.gated_phrases,
    questions.twice,
    take_home.printed,
    take_home.check_questions,
    evidence.unused,
    evidence.documents,
    evidence.verdicts,
    evidence.superseded,
    evidence.tables,
    evidence.gaps,
    evidence.same_figures,
    evidence.figures_rest,
    evidence.figures_told,
    typed_text.markup,
    typed_text.long_blocks,
    typed_text.other_words,
    typed_text.dates,
    completeness.no_questions,
    completeness.no_policy,
    completeness.forbidding,
    readability.one_wording,
    readability.levels_worded,
    readability.sentence_lengths,
    readability.caution_lengths,
    readability.grades,
    readability.names_left_out,
)

TRANSLATION_RULES: tuple[Callable[[TopicDraft], Iterable[Problem]], ...] = (
    characters.art,
    columns.columns,
    gate.gated_words,
    translations.same_as_source,
    typed_text.markup,
    typed_text.long_blocks,
    typed_text.other_words,
    readability.one_wording,
    readability.sentence_lengths,
    readability.caution_lengths,
    readability.grades,
)
"""Rules on the words alone: all else of a translation is the topic itself, and checked there."""


_AHEAD = 16
"""Topics that are loaded before the first of them is checked: a mebibyte of imported ones."""
_T = TypeVar("_T")


def _not_told(checked: int, count: int) -> None:
    """Tell nobody how far it is."""


def examine(
    directory: Path,
    only: str = "",
    shared: Path | None = None,
    on_topic: Callable[[int, int], None] = _not_told,
    use: Callable[[TopicDraft, bool], None] | None = None,
) -> tuple[Draft | None, list[Problem]]:
    """Load a content tree and check it; return it, and its problems sorted by file.

    The tree may be shown only if there are no problems. It is None where there is no such
    directory.

    Args:
        directory: the tree.
        only: id of a topic; only that topic's problems are then returned. Empty for all topics.
        shared: another tree, whose library is used where `directory` has `only` and no library.
        on_topic: called after each topic with the number of those checked, and of all.
        use: called with each topic, in each language, once it is checked, and whether nothing was
            wrong so far. No topic is then kept: what is returned has none, and not their files.
    """
    if not directory.resolve().is_dir():
        return None, [no_such(directory)]
    tree = TreeLoader(directory, only, shared)
    examination = _Examination(tree)
    topics, files = list[TopicDraft](), dict[str, Mapping[str, Any]]()
    for number, (drafts, read) in enumerate(_some_ahead(tree.topics(), _AHEAD), start=1):
        examination.look_at_files(read)
        for topic in map(with_readability, drafts):
            examination.look_at(topic)
            if use is None:
                topics.append(topic)
            else:
                use(topic, not examination.has_problems)
            topic.kept.clear()
        if use is None:
            files |= read
        on_topic(number, len(tree.names))
    draft = tree.draft(topics, files)
    problems = examination.problems(draft)
    if only:
        problems = [p for p in problems if p.file.startswith(f"{draft.name}/{only}/")]
    return draft, sorted(dict.fromkeys(problems), key=lambda problem: problem.file)


def _some_ahead(each: Iterator[_T], count: int) -> Iterator[_T]:
    """Yield what `each` yields, which is asked for several of them at once.

    The same work in a row finds its code and data in the caches of the processor.
    """
    while some := list(islice(each, count)):
        some.reverse()
        while some:
            yield some.pop()


class _Examination:
    """Problems of a tree of which the topics come by one after the other.

    Kept of a topic are its problems and its terms, by which texts around the topics are checked.
    """

    def __init__(self, tree: TreeLoader) -> None:
        self._tree = tree
        self._elsewhere = gate.TermsElsewhere(tree.gated_everywhere())
        self._in_files: dict[object, list[Problem]] = {rule: [] for rule in FILE_RULES}
        self._in_topics: list[Problem] = []
        self._terms: list[TopicTerms] = []
        self.look_at_files(tree.draft().files)

    @property
    def has_problems(self) -> bool:
        """True if any problem was found so far."""
        return bool(self._in_topics or self._tree.problems or any(self._in_files.values()))

    def look_at_files(self, files: Files) -> None:
        """Check files, each by itself."""
        texts = {file: distinct_strings(data) for file, data in files.items()}
        for rule in FILE_RULES:
            self._in_files[rule] += rule(files, texts)

    def look_at(self, topic: TopicDraft) -> None:
        """Check a topic in one language."""
        rules, looked_at, state = TOPIC_RULES, topic, topic.translation
        if state is not None:
            rules, looked_at = TRANSLATION_RULES, state.checked or topic
        for rule in rules:
            self._in_topics += rule(looked_at)
        self._in_topics += self._elsewhere.named_in(topic)
        if looked_at is not topic:
            looked_at.kept.clear()
        if terms := topic.terms:
            self._terms.append(terms)

    def problems(self, draft: Draft) -> list[Problem]:
        """Return all problems, those of one file in the order of the rules."""
        draft = replace(draft, terms=tuple(self._terms))
        problems = [*self._tree.problems, *chain.from_iterable(self._in_files.values())]
        for rule in LIBRARY_RULES:
            problems += rule(draft)
        return [*problems, *self._in_topics]
