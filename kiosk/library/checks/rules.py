"""The table of all checks on a content tree, and the function that runs them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

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
from kiosk.library.source.draft import Draft, TopicDraft
from kiosk.library.source.load import load_tree

LIBRARY_RULES: tuple[Callable[[Draft], Iterable[Problem]], ...] = (
    characters.characters,
    typed_text.to_write,
    interface.languages,
    interface.interface,
    interface.buttons,
    interface.readers_and_parts,
    ids.unique_readers,
    alarms.alarms,
    gate.gated_words_outside,
    gate.allowed_terms,
    evidence.same_figures_outside,
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


def _not_told(checked: int, count: int) -> None:
    """Tell nobody how far it is."""


def examine(
    directory: Path,
    only: str = "",
    shared: Path | None = None,
    on_topic: Callable[[int, int], None] = _not_told,
) -> tuple[Draft | None, list[Problem]]:
    """Load a tree, measure and check it; return it with its problems, sorted by file.

    The tree may be shown only if there are no problems.

    Args:
        directory: the tree.
        only: a topic, to which the problems are then confined, see `load_tree`.
        shared: see `load_tree`.
        on_topic: called after each topic with the number of those checked, and of all.
    """
    draft, problems = load_tree(directory, only, shared)
    if draft is not None:
        for rule in LIBRARY_RULES:
            problems += rule(draft)
        elsewhere = gate.TermsElsewhere(draft)
        measured = []
        for number, topic in enumerate(map(with_readability, draft.topics), start=1):
            rules, looked_at, state = TOPIC_RULES, topic, topic.translation
            if state is not None:
                rules, looked_at = TRANSLATION_RULES, state.checked or topic
            for topic_rule in rules:
                problems += topic_rule(looked_at)
            problems += elsewhere.named_in(topic)
            topic.kept.clear()
            looked_at.kept.clear()
            measured.append(topic)
            on_topic(number, len(draft.topics))
        draft = replace(draft, topics=tuple(measured))
        if only:
            problems = [p for p in problems if p.file.startswith(f"{draft.name}/{only}/")]
    return draft, sorted(dict.fromkeys(problems), key=lambda problem: problem.file)
