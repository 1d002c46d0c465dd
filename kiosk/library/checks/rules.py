"""Every rule on a content tree, in one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from kiosk.library.checks import (
    alarms,
    characters,
    evidence,
    gate,
    ids,
    interface,
    one_level,
    questions,
    readability,
)
from kiosk.library.problem import Problem
from kiosk.library.source.draft import Draft, TopicDraft
from kiosk.library.source.load import load_tree

LIBRARY_RULES: tuple[Callable[[Draft], Iterable[Problem]], ...] = (
    characters.characters,
    interface.languages,
    interface.interface,
    interface.buttons,
    interface.readers_and_parts,
    ids.unique_readers,
    alarms.alarms,
    gate.gated_words_outside,
    gate.gated_words_everywhere,
    evidence.same_figures_outside,
    readability.sentence_lengths_outside,
)

TOPIC_RULES: tuple[Callable[[TopicDraft], Iterable[Problem]], ...] = (
    characters.art,
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
    gate.warned,
    gate.cautions,
    questions.dangling,
    questions.gated_phrases,
    questions.twice,
    evidence.unused,
    evidence.documents,
    evidence.verdicts,
    evidence.superseded,
    evidence.tables,
    evidence.gaps,
    evidence.same_figures,
    evidence.figures_rest,
    evidence.figures_told,
    one_level.one_wording,
    one_level.levels_worded,
    readability.sentence_lengths,
    readability.caution_lengths,
    readability.grades,
)


def examine(directory: Path) -> tuple[Draft | None, list[Problem]]:
    """The tree, and all that is wrong with it, by file. It may be shown only if nothing is."""
    draft, problems = load_tree(directory)
    if draft is not None:
        for rule in LIBRARY_RULES:
            problems += rule(draft)
        for topic in draft.topics:
            for topic_rule in TOPIC_RULES:
                problems += topic_rule(topic)
    return draft, sorted(dict.fromkeys(problems), key=lambda problem: problem.file)
