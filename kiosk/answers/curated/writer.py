"""The tables of a pack that a question is answered from: written once, when a pack is built.

Everything behind cautions is in tables of its own, named `locked_...`.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping

from kiosk.answers.curated.query import frames
from kiosk.answers.fulltext.index import FullTextIndex
from kiosk.answers.items import GatedTerm, IndexedItem, Synonym
from kiosk.answers.schema import LOCKED, OPEN
from kiosk.answers.text.words import LANGUAGES, Stemmer, whole, words
from kiosk.core.text import fold

LONGEST_NAME = 40
"""Letters of a gated name that are compared."""


def write(
    connection: sqlite3.Connection,
    held: Iterable[IndexedItem],
    others: Iterable[Synonym],
    gated: Iterable[GatedTerm],
) -> None:
    """Fill the tables, the same for the same library; the index is written already."""
    held, others = list(held), list(others)
    stems = {code: Stemmer(code) for code in LANGUAGES}
    for side, is_gated in ((OPEN, False), (LOCKED, True)):
        _write_items(connection, side, [one for one in held if one.gated == is_gated], stems)
        _write_names(connection, side, [one for one in others if one.gated == is_gated], stems)
    keys = {(fold(one.name).replace(" ", "")[:LONGEST_NAME], one.topic) for one in gated}
    connection.executemany(
        "INSERT INTO locked_gated_name VALUES (?, ?)", sorted(k for k in keys if k[0])
    )


def _write_items(
    connection: sqlite3.Connection,
    side: str,
    held: list[IndexedItem],
    stems: Mapping[str, Stemmer],
) -> None:
    items: dict[tuple[str, str, str], list[IndexedItem]] = defaultdict(list)
    for one in held:
        items[one.topic, one.section, one.item].append(one)
    counts: dict[str, set[int]] = defaultdict(set)
    told: set[str] = set()
    phrase = 0
    for number, versions in enumerate(items.values(), 1):
        first = versions[0]
        spoken, notes = " ".join(one.language for one in versions), " ".join(first.notes)
        named = first.topic, first.section, first.item
        row = (number, *named, first.is_gap, spoken, notes, first.fact)
        connection.execute(f"INSERT INTO {side}asked_item VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        for kind, terms in _phrases(versions, stems):
            phrase += 1
            values = (phrase, number, kind, " ".join(terms))
            connection.execute(f"INSERT INTO {side}asked_phrase VALUES (?, ?, ?, ?)", values)
            told.update(terms if kind != "asked" else ())
            for term in sorted(set(terms)):
                counts[term].add(number)
                connection.execute(f"INSERT INTO {side}asked_term VALUES (?, ?)", (term, phrase))
    common = _commonness(connection, held, stems)
    rows = sorted(
        (term, len(numbers), common.get(term, 0), term in told) for term, numbers in counts.items()
    )
    connection.executemany(f"INSERT INTO {side}asked_count VALUES (?, ?, ?, ?)", rows)


def _commonness(
    connection: sqlite3.Connection, held: list[IndexedItem], stems: Mapping[str, Stemmer]
) -> dict[str, int]:
    """How common each stem is in its language: as common as the commonest of its words."""
    index, found = FullTextIndex(connection), dict[str, int]()
    words_of: dict[str, set[str]] = defaultdict(set)
    for one in held:
        told = [(one.language, text) for text in (*one.title, *one.text)]
        told += [(code, text) for code, texts in one.asked.items() for text in texts]
        for language, text in told:
            words_of[language].update(words(text))
    for language, its_words in words_of.items():
        classes = index.commonness_of(sorted(its_words))
        for word in its_words:
            if stem := stems[language][word]:
                found[stem] = max(found.get(stem, 0), classes.get(word, 0))
    return found


def _phrases(
    versions: list[IndexedItem], stems: Mapping[str, Stemmer]
) -> list[tuple[str, list[str]]]:
    found: dict[tuple[str, str], list[str]] = {}
    for one in versions:
        told = [("title", one.language, text) for text in one.title]
        told += [("text", one.language, " ".join(one.text))]
        told += [("asked", code, text) for code, texts in one.asked.items() for text in texts]
        for kind, language, text in told:
            terms = stems[language].of(text)
            if not terms and kind == "asked":
                terms = [whole(words(text))]
            elif kind == "asked":
                terms += frames(words(text))
            if terms:
                found.setdefault((kind, " ".join(terms)), terms)
    return [(kind, terms) for (kind, _), terms in found.items()]


def _write_names(
    connection: sqlite3.Connection, side: str, others: list[Synonym], stems: Mapping[str, Stemmer]
) -> None:
    known: dict[str, list[str]] = {}
    for one in others:
        name = " ".join(stems[one.language].of(one.name))
        means = " ".join(stems[one.means_language].of(one.means))
        if name and means and name != means and means not in known.setdefault(name, []):
            known[name].append(means)
    rows = [(name, "\n".join(means)) for name, means in sorted(known.items()) if means]
    connection.executemany(f"INSERT INTO {side}asked_name VALUES (?, ?)", rows)
