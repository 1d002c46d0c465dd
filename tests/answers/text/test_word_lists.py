"""The lists of words, as files and as a pack has them."""

from __future__ import annotations

import sqlite3
import zlib

import pytest

from kiosk.answers import schema
from kiosk.answers.fulltext.index import FullTextIndex
from kiosk.answers.text.word_lists import HEAD, commonness, packed, shipped, unpacked


def test_a_pack_has_every_word_of_the_files() -> None:
    rows = list(shipped())
    groups = {(language, letters): blob for language, letters, blob in packed(rows)}
    for language, head, rest in rows:
        assert unpacked(groups[language, head[:2]])[head] == rest


def test_how_common_a_word_is_reads_the_same_from_a_pack() -> None:
    connection = sqlite3.connect(":memory:")
    schema.create(connection)
    rows = list(shipped())
    connection.executemany("INSERT INTO known_word VALUES (?, ?, ?)", packed(rows))
    index = FullTextIndex(connection)
    for word in ("a", "is", "the", "water", "endoscopy", "intestino", "xqzw", "", "ñ"):
        classes = (commonness(rest, word) for _, head, rest in rows if head == word[:HEAD])
        expected = max((number for number in classes if number is not None), default=None)
        assert index.commonness(word) == expected
    assert index.commonness_of(["water", "xqzw"]) == {"water": index.commonness("water")}
    assert index.commonness("water") is not None


def test_a_damaged_list_is_an_error_of_the_database() -> None:
    with pytest.raises(sqlite3.DatabaseError, match="damaged"):
        index_with(b"not compressed").commonness("water")


@pytest.mark.parametrize("odd", [b"", "text", 5, zlib.compress(b"wat\tx er"), zlib.compress(b"")])
def test_a_list_of_another_kind_has_no_words(odd: object) -> None:
    assert index_with(odd).commonness("water") is None


def index_with(value: object) -> FullTextIndex:
    """Return an index whose list of words is this value."""
    connection = sqlite3.connect(":memory:")
    schema.create(connection)
    connection.execute("INSERT INTO known_word VALUES ('en', 'wa', ?)", (value,))
    return FullTextIndex(connection)


def test_a_list_made_to_fill_the_memory_is_not_unpacked_whole() -> None:
    bomb = zlib.compress(b"wat\t9er" + bytes(50_000_000))
    assert sum(map(len, unpacked(bomb).values())) < 1 << 18
