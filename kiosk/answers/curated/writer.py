"""Writes the items, their phrases and synonyms, and the gated names into a pack's tables when the
pack is built. What is behind cautions goes into tables of its own, named `locked_...`.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping

from kiosk.answers.curated.query import question_word_terms
from kiosk.answers.fulltext.index import FullTextIndex
from kiosk.answers.items import GatedTerm, IndexedItem, Synonym
from kiosk.answers.listed_names import LONGEST_NAME
from kiosk.answers.schema import LOCKED, OPEN
from kiosk.answers.text.words import LANGUAGES, Stemmer, whole, words
from kiosk.core.text import fold


def write(
    connection: sqlite3.Connection,
    items: Iterable[IndexedItem],
    synonyms: Iterable[Synonym],
    gated: Iterable[GatedTerm],
) -> None:
    """Fill a pack's tables of items, phrases, synonyms and gated names.

    The same library always gives the same rows.

    Args:
        connection: the pack, with its tables made and the full-text index already written, which
            says how common words are.
        items: the texts that can answer questions.
        synonyms: patients' words for things that the library calls otherwise.
        gated: the names behind cautions.
    """
    items, synonyms = list(items), list(synonyms)
    stems = {code: Stemmer(code) for code in LANGUAGES}
    for side, is_gated in ((OPEN, False), (LOCKED, True)):
        _write_items(connection, side, [item for item in items if item.gated == is_gated], stems)
        _write_names(
            connection, side, [synonym for synonym in synonyms if synonym.gated == is_gated], stems
        )
    keys = {(fold(term.name).replace(" ", "")[:LONGEST_NAME], term.topic) for term in gated}
    connection.executemany(
        "INSERT INTO locked_gated_name VALUES (?, ?)", sorted(k for k in keys if k[0])
    )


def _write_items(
    connection: sqlite3.Connection,
    side: str,
    indexed: list[IndexedItem],
    stems: Mapping[str, Stemmer],
) -> None:
    items: dict[tuple[str, str, str], list[IndexedItem]] = defaultdict(list)
    for item in indexed:
        items[item.topic, item.section, item.item].append(item)
    counts: dict[str, set[int]] = defaultdict(set)
    in_text: set[str] = set()
    phrase = 0
    for number, versions in enumerate(items.values(), 1):
        first = versions[0]
        spoken = " ".join(version.language for version in versions)
        named = first.topic, first.section, first.item
        row = (number, *named, first.is_gap, spoken, first.fact)
        connection.execute(f"INSERT INTO {side}asked_item VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        for kind, terms in _phrases(versions, stems):
            phrase += 1
            values = (phrase, number, kind, " ".join(terms))
            connection.execute(f"INSERT INTO {side}asked_phrase VALUES (?, ?, ?, ?)", values)
            in_text.update(terms if kind != "asked" else ())
            for term in sorted(set(terms)):
                counts[term].add(number)
                connection.execute(f"INSERT INTO {side}asked_term VALUES (?, ?)", (term, phrase))
    common = _commonness(connection, indexed, stems)
    rows = sorted(
        (term, len(numbers), common.get(term, 0), term in in_text)
        for term, numbers in counts.items()
    )
    connection.executemany(f"INSERT INTO {side}asked_count VALUES (?, ?, ?, ?)", rows)


def _commonness(
    connection: sqlite3.Connection, items: list[IndexedItem], stems: Mapping[str, Stemmer]
) -> dict[str, int]:
    """Return the commonness of each stem in its language: that of the commonest of its words."""
    index, commonness = FullTextIndex(connection), dict[str, int]()
    words_of: dict[str, set[str]] = defaultdict(set)
    for item in items:
        texts_of_item = [(item.language, text) for text in (*item.title, *item.text)]
        texts_of_item += [(code, text) for code, texts in item.asked.items() for text in texts]
        for language, text in texts_of_item:
            words_of[language].update(words(text))
    for language, its_words in words_of.items():
        classes = index.commonness_of(sorted(its_words))
        for word in its_words:
            if stem := stems[language][word]:
                commonness[stem] = max(commonness.get(stem, 0), classes.get(word, 0))
    return commonness


def _phrases(
    versions: list[IndexedItem], stems: Mapping[str, Stemmer]
) -> list[tuple[str, list[str]]]:
    phrases: dict[tuple[str, str], list[str]] = {}
    for version in versions:
        texts_of_item = [("title", version.language, text) for text in version.title]
        texts_of_item += [("text", version.language, " ".join(version.text))]
        texts_of_item += [
            ("asked", code, text) for code, texts in version.asked.items() for text in texts
        ]
        for kind, language, text in texts_of_item:
            terms = stems[language].of(text)
            if not terms and kind == "asked":
                terms = [whole(words(text))]
            elif kind == "asked":
                terms += question_word_terms(words(text))
            if terms:
                phrases.setdefault((kind, " ".join(terms)), terms)
    return [(kind, terms) for (kind, _), terms in phrases.items()]


def _write_names(
    connection: sqlite3.Connection, side: str, synonyms: list[Synonym], stems: Mapping[str, Stemmer]
) -> None:
    known: dict[str, list[str]] = {}
    for synonym in synonyms:
        name = " ".join(stems[synonym.language].of(synonym.name))
        means = " ".join(stems[synonym.means_language].of(synonym.means))
        if name and means and name != means and means not in known.setdefault(name, []):
            known[name].append(means)
    rows = [(name, "\n".join(means)) for name, means in sorted(known.items()) if means]
    connection.executemany(f"INSERT INTO {side}asked_name VALUES (?, ?)", rows)
