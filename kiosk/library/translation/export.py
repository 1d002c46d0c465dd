"""Make the rows of a translator's table: each text with its other levels and its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from kiosk.core.content import Topic
from kiosk.core.evidence import Statement
from kiosk.core.wording import Level
from kiosk.library.checks.figures import figures, show
from kiosk.library.checks.readability import CAUTION_WORDS, MOST_WORDS
from kiosk.library.checks.spanish import spoken
from kiosk.library.source.draft import TopicDraft
from kiosk.library.translation.items import SourceItem, source_items
from kiosk.library.translation.state import ItemState, Translation

_FIRST_WORD = re.compile(r"[ .]")
_KEEP_BRACES = "The program fills in what stands in braces: leave it as it is."


def rows_outside(
    subject: str,
    language: str,
    state: Translation,
    texts: Mapping[str, Mapping[str, str]],
    notes: Mapping[str, str],
    *,
    to_do: bool,
) -> Iterator[tuple[str, ...]]:
    """Yield a row of a translator's table, as its cells, for each text that belongs to no topic.

    Such texts are the program's phrases, the policy, the readers and the messages of alarms.

    Args:
        subject: what the first part of each row's id is.
        language: the one to translate to.
        state: the texts to translate, and how far each is.
        texts: what there is already, by id of the item and key of the text.
        notes: notes for the translator on an item, by id.
        to_do: whether to leave out what is done.
    """
    for id_, item in state.items.items():
        if to_do and state.states[id_] is ItemState.DONE:
            continue
        present = texts.get(id_, {})
        for key, said in item.texts.items():
            others = (f"{k}: {t}" for k, t in item.texts.items() if k != key)
            note = f"{notes.get(id_, '')} {_KEEP_BRACES if '{' in said else ''}".strip()
            yield (
                f"{subject}/{language}/{id_}/{key}", item.digest, state.states[id_].value,
                _FIRST_WORD.split(id_)[0], said, present.get(key, ""), "\n".join(others), "", note,
            )  # fmt: skip


def rows_of(
    source: TopicDraft, language: str, translation: Translation | None, *, to_do: bool = False
) -> Iterator[tuple[str, ...]]:
    """Yield a row of a translator's table, as its cells, for each text of a topic, in its order.

    Args:
        source: the topic in the language that it was written in.
        language: the one to translate it to.
        translation: what there is of it already, if anything.
        to_do: whether to leave out what is done.
    """
    topic = source.topic
    for item in source_items(topic).values():
        state = translation.states[item.id] if translation else ItemState.NEW
        if to_do and state is ItemState.DONE:
            continue
        present = translation.texts.get(item.id, {}) if translation else {}
        for key, text in item.texts.items():
            yield (
                f"{topic.id}/{language}/{item.id}/{key}",
                item.digest,
                state.value,
                _section(topic, item),
                text,
                present.get(key) or _same(item, present, text),
                "\n".join(_other_levels(item.texts, key)),
                "\n".join(_evidence(topic, item.rests_on)),
                " ".join(_notes(topic, item, key, text)),
            )


def _same(item: SourceItem, present: Mapping[str, str], text: str) -> str:
    """Return the translation of an equal text of the same item, which is not written twice."""
    return next((present[k] for k, t in item.texts.items() if t == text and k in present), "")


def _section(topic: Topic, item: SourceItem) -> str:
    if not topic.has_section(item.section):
        return ""
    return topic.section(item.section).title.everyday


def _other_levels(texts: Mapping[str, str], key: str) -> Iterator[str]:
    name, _, level = key.rpartition(".")
    if level not in set(Level):
        return
    for other in Level:
        text = texts.get(f"{name}.{other.value}" if name else other.value)
        if other != level and text:
            yield f"{other.value}: {text}"


def _evidence(topic: Topic, ids: Iterable[str]) -> Iterator[str]:
    wanted = set(ids)
    for statement in topic.statements:
        if statement.id in wanted:
            yield f"{statement.id}: {statement.says}{_found(statement)}"


def _found(statement: Statement) -> str:
    """Return what a statement lacks, what checking found of it, and its source."""
    parts = (
        f"It leaves out: {statement.missing}" if statement.missing else "",
        f"Checked: {statement.checked.value}." if statement.checked.value else "",
        statement.check_note,
        f"Source: {statement.source}" if statement.source else "",
    )
    return "".join(f" {part}" for part in parts if part)


def _notes(topic: Topic, item: SourceItem, key: str, text: str) -> Iterator[str]:
    """Yield what a translator must keep, in words."""
    level = Level(key.rpartition(".")[2]) if key.rpartition(".")[2] in set(Level) else None
    if item.gated:
        yield "Readers see it after the cautions only."
    if level in MOST_WORDS and not topic.one_level:
        yield f"At most {MOST_WORDS[level]} words in a sentence."
    if item.id.startswith("caution ") and level in CAUTION_WORDS and "title" not in key:
        yield f"At most {CAUTION_WORDS[level]} words in all."
    numbers = sorted(map(show, figures(spoken(text, topic.language))))
    if numbers:
        yield f"Figures to keep: {', '.join(numbers)}."
    if "{" in text:
        yield _KEEP_BRACES
    if text.startswith("- ") or "\n- " in text:
        yield 'Lines that begin with "- " are points: keep as many.'
    if " | " in text:
        yield 'Names of columns, with " | " between them: keep it.'
    if key == "art":
        yield "A drawing of letters: its columns must stay in line."
