"""Every rule on a content tree, in one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from kiosk.library import (
    check_characters,
    check_gate,
    check_ids,
    check_interface,
    check_ledger,
    check_one_level,
    check_questions,
    check_urgent,
    check_words,
)
from kiosk.library.draft import Draft, TopicDraft
from kiosk.library.load import load_tree
from kiosk.library.problem import Problem

LIBRARY_RULES: tuple[Callable[[Draft], Iterable[Problem]], ...] = (
    check_characters.characters,
    check_interface.languages,
    check_interface.interface,
    check_interface.buttons,
    check_interface.readers_and_parts,
    check_ids.unique_readers,
    check_urgent.urgent,
    check_gate.gated_words_outside,
    check_gate.gated_words_everywhere,
    check_ledger.same_figures_outside,
    check_words.sentence_lengths_outside,
)

TOPIC_RULES: tuple[Callable[[TopicDraft], Iterable[Problem]], ...] = (
    check_characters.art,
    check_ids.unique,
    check_ids.dangling,
    check_ids.listed_sections,
    check_ids.offers,
    check_ids.preview,
    check_gate.gated_words,
    check_gate.gated_statements,
    check_gate.gated_disagreements,
    check_gate.products,
    check_gate.caveats,
    check_questions.dangling,
    check_questions.gated_phrases,
    check_questions.twice,
    check_ledger.unused,
    check_ledger.documents,
    check_ledger.corrections,
    check_ledger.gaps,
    check_ledger.same_figures,
    check_ledger.figures_rest,
    check_ledger.figures_told,
    check_one_level.one_wording,
    check_one_level.levels_worded,
    check_words.sentence_lengths,
    check_words.caution_lengths,
    check_words.grades,
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
