"""Make the draft of a topic in another language, from the topic's own draft and a translation.

Everything but the words is the topic's own: its steps, its gate, its evidence. What is not
translated, or from another text than stands there now, is shown in the source language and marked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from kiosk.core.content import Product, Section, Topic
from kiosk.core.library import InterfaceText
from kiosk.core.wording import Level, ReviewStatus
from kiosk.library.problem import Problem, did_you_mean
from kiosk.library.products import substance
from kiosk.library.review.files import read_reviews
from kiosk.library.source.draft import Phrasings, TopicDraft
from kiosk.library.source.parsing.tree_reader import TreeReader
from kiosk.library.source.topic_models import read_status
from kiosk.library.translation.file import (
    FOLDER,
    TranslatedItem,
    TranslationFiles,
    read_translation,
    translation_folder,
)
from kiosk.library.translation.items import SourceItem, source_items, with_texts
from kiosk.library.translation.marks import language_name, marked
from kiosk.library.translation.state import ItemState, Translation


def translated_drafts(
    reading: TreeReader, source: TopicDraft, languages: tuple[str, ...],
    words: Mapping[str, InterfaceText],
) -> Iterator[TopicDraft]:  # fmt: skip
    """Yield the draft of a topic in each other language that has a folder with a translation.

    Args:
        reading: the tree; problems of the files are added to it.
        source: the topic in the language that it was written in.
        languages: those of the library.
        words: the phrases of the program, by language.
    """
    topic = reading.root / source.topic.id
    for code in languages:
        folder = translation_folder(topic, code)
        if code == source.topic.language or not folder.is_dir():
            continue
        if (topic / code).is_dir():
            message = f'the topic is written in "{code}" in {reading.name(topic / code)}, too'
            hint = "Keep one of the two: a text of its own, or a translation."
            reading.problems.append(Problem(reading.name(folder), "", message, hint))
            continue
        yield translated(source, read_translation(reading, folder), code, words, reading, folder)


def translated(
    source: TopicDraft,
    files: TranslationFiles,
    language: str,
    words: Mapping[str, InterfaceText],
    reading: TreeReader,
    folder: Path,
) -> TopicDraft:
    """Return the draft of a topic in another language, and what is known of its translation in it.

    Args:
        source: the topic in the language that it was written in.
        files: what the files of the translation have.
        language: the other one.
        words: the phrases of the program, by language.
        reading: the tree; problems of the files are added to it.
        folder: the folder of the translation.
    """
    items = source_items(source.topic)
    texts = _texts_of(items, files, reading)
    given = _states(items, files.items, texts)
    lost = tuple((item.file, id_) for id_, item in files.items.items() if id_ not in items)
    as_written = {id_: item.texts for id_, item in files.items.items()}
    from_, folder_name = source.topic.language, source.folder
    base = _base(source, files.words, language, reading, folder)
    every = Translation(from_, folder_name, items, given, lost, as_written)
    whole = _with_words(base, every, texts, words)
    states = given | dict.fromkeys(_waiting(source.topic, items, given), ItemState.WAITING)
    if states == given:
        return whole
    partly = Translation(from_, folder_name, items, states, lost, as_written, whole)
    return _with_words(base, partly, texts, words)


def _base(
    source: TopicDraft,
    listed: Mapping[str, tuple[str, ...]],
    language: str,
    reading: TreeReader,
    folder: Path,
) -> TopicDraft:
    """Return the draft of a topic for another language, its texts not yet replaced."""
    status, is_claimed = ReviewStatus.SUBMITTED, False
    if (folder / "review.toml").exists():
        status, is_claimed = read_status(reading, folder)
    other_names = (*listed.get("other_names", ()), *source.topic.other_names)
    return replace(
        source,
        topic=replace(source.topic, language=language, status=status, other_names=other_names),
        folder=reading.name(folder),
        section_files={id_: _file(source, f, language) for id_, f in source.section_files.items()},
        names=(*source.names, *listed.get("names", ())),
        spelled=(*source.spelled, *listed.get("spelled", ())),
        gated_terms=_each(source.gated_terms, listed.get("gated_terms", ())),
        as_products=_each(source.as_products, listed.get("gated_as_product", ())),
        food_amounts={
            (_file(source, file, language), where): why
            for (file, where), why in source.food_amounts.items()
        },
        asked=tuple(_in_language(phrasings, language) for phrasings in source.asked),
        words=(), not_here=(),  # the topic itself has them, in each language
        reviews=read_reviews(reading.root / source.topic.id, language),
        is_claimed=is_claimed,
        evidence_language=source.topic.language,
    )  # fmt: skip


def _with_words(
    draft: TopicDraft,
    translation: Translation,
    texts: Mapping[str, Mapping[str, str]],
    words: Mapping[str, InterfaceText],
) -> TopicDraft:
    """Return the draft with its texts translated, or marked, each by its state."""
    spoken = words.get(draft.topic.language, InterfaceText({}))
    name = language_name(words.get(translation.source_language), translation.source_language)

    def translate(id_: str, _: Any, __: Section | None, own: dict[str, str]) -> Mapping[str, str]:
        state = translation.states[id_]
        return texts[id_] if state is ItemState.DONE else marked(own, state, spoken, name)

    topic = with_texts(draft.topic, translate)
    names = _product_names(topic)
    substances = filter(None, (substance(name, topic.language) for name in names))
    return replace(
        draft,
        topic=topic,
        gated_terms=_each(draft.gated_terms, names),
        as_products=_each(draft.as_products, substances),
        translation=translation,
    )


def _texts_of(
    items: Mapping[str, SourceItem], files: TranslationFiles, reading: TreeReader
) -> dict[str, dict[str, str]]:
    """Return the texts of each item that is translated from what stands there now."""
    texts: dict[str, dict[str, str]] = {}
    for id_, item in items.items():
        given = files.items.get(id_)
        if given is None or given.of != item.digest:
            continue
        filled = filled_texts(item, given.texts)
        problems = list(_misfits(item, given, filled))
        reading.problems += problems
        if not problems:
            texts[id_] = filled
    return texts


def filled_texts(item: SourceItem, given: Mapping[str, str]) -> dict[str, str]:
    """Return the texts of a translated item by key, equal ones that were written once filled in.

    Where two texts of an item are equal in the source, a translator may write the first alone.
    Texts without a translation are left out.

    Args:
        item: what is translated.
        given: the texts that a translator wrote, by key.
    """
    by_text: dict[str, str] = {}
    for key, text in item.texts.items():
        if key in given:
            by_text.setdefault(text, given[key])
    return {
        key: given.get(key) or by_text[text]
        for key, text in item.texts.items()
        if key in given or text in by_text
    }


def _misfits(
    item: SourceItem, given: TranslatedItem, filled: Mapping[str, str]
) -> Iterator[Problem]:
    where = f'item "{item.id}"'
    for key in given.texts.keys() - item.texts.keys():
        hint = did_you_mean(key, item.texts)
        yield Problem(given.file, where, f'"{key}": the text that it translates has none', hint)
    lacking = [key for key in item.texts if key not in filled]
    if lacking:
        yield Problem(given.file, where, f'no translation of "{lacking[0]}"')


def _states(
    items: Mapping[str, SourceItem],
    given: Mapping[str, TranslatedItem],
    texts: Mapping[str, Mapping[str, str]],
) -> dict[str, ItemState]:
    """Return how far each item has come, whatever waits for another."""
    states = dict.fromkeys(items, ItemState.NEW)
    states |= {id_: ItemState.STALE for id_ in items if id_ in given}
    return states | dict.fromkeys(texts, ItemState.DONE)


def _waiting(
    topic: Topic, items: Mapping[str, SourceItem], states: Mapping[str, ItemState]
) -> Iterator[str]:
    """Yield what is translated and must not be read in that language yet.

    Who cannot read a caution, or a safety note, must not be told of the product in words that they
    can: what a closed section says waits for its cautions, what a product says for its notes.
    """
    for section in topic.gated_sections():
        lacks = any(_is_behind(states, f"caution {id_}") for id_ in section.requires)
        wait = [id_ for id_, item in items.items() if item.section == section.id and lacks]
        for product in section.products:
            if any(_is_behind(states, f"note {note.id}") for note in product.notes):
                wait += _ids_of(product)
        title = f"section {section.id}"  # it can be read before the cautions
        yield from (id_ for id_ in wait if states[id_] is ItemState.DONE and id_ != title)
    if any(_is_behind(states, f"caution {caution.id}") for caution in topic.cautions):
        outside = (i for i in items.values() if i.gated and not topic.has_section(i.section))
        yield from (i.id for i in outside if states[i.id] is ItemState.DONE)


def _is_behind(states: Mapping[str, ItemState], id_: str) -> bool:
    return states.get(id_) is not ItemState.DONE


def _ids_of(product: Product) -> list[str]:
    """Return the items that a product consists of."""
    ids = [f"product {product.id}"]
    for kind, claims in (("note", product.notes), ("claim", product.claims), ("gap", product.gaps)):
        ids += [f"{kind} {claim.id}" for claim in claims]
    if product.bottom_line:
        ids.append(f"bottom-line {product.bottom_line.id}")
    if product.action:
        ids.append(f"action {product.action.id}")
    return ids


def _in_language(phrasings: Phrasings, language: str) -> Phrasings:
    """Return how people ask in one language alone: the topic itself has the others."""
    code = language.partition("-")[0]
    own = {c: texts for c, texts in phrasings.phrases.items() if c == code}
    return Phrasings(phrasings.of, own)


def _product_names(topic: Topic) -> tuple[str, ...]:
    products = (p for section in topic.gated_sections() for p in section.products)
    return tuple(dict.fromkeys(p.name.at(level) for p in products for level in Level))


def _each(*lists: Any) -> tuple[str, ...]:
    """Return the terms of all lists, each once."""
    return tuple(dict.fromkeys(term for terms in lists for term in terms))


_FILES = {
    "topic": "topic.toml", "caution": "cautions.toml", "question": "questions.toml",
    "good-question": "take-home.toml", "check": "take-home.toml", "part": "policy.toml",
    "word": "glossary.toml", "statement": "evidence.toml", "reference": "evidence.toml",
}  # fmt: skip
"""By kind of item, its file; all others are in the file of their section."""


def file_of(draft: TopicDraft, id_: str) -> str:
    """Return the name, as problems have it, of the file to which an item's translation belongs."""
    assert draft.translation is not None
    item = draft.translation.items[id_]
    file = _FILES.get(id_.partition(" ")[0])
    return f"{draft.folder}/{file}" if file else draft.section_files[item.section]


def _file(source: TopicDraft, file: str, language: str) -> str:
    """Return the name of the translation of a file."""
    return file.replace(f"{source.folder}/", f"{source.folder}/{FOLDER}/{language}/", 1)
