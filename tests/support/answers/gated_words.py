"""The words that stand only behind cautions, and as many that the library has nowhere."""

from __future__ import annotations

from functools import cache

from kiosk.answers.fulltext.index import FullTextIndex
from kiosk.answers.text.word_lists import shipped as known_words
from kiosk.answers.text.words import LANGUAGES, Stemmer, words
from kiosk.library.pack.reader import open_pack
from kiosk.library.source.items import item_texts
from tests.support.answers.asking import LEAKY, connect, shipped_bytes


@cache
def texts() -> tuple[frozenset[str], frozenset[str]]:
    """The words of gated text alone, and all words that the library says or is asked in."""
    with open_pack(shipped_bytes()) as pack:
        topic = pack.open_topic(LEAKY, "en")
    sides: dict[bool, set[str]] = {True: set(), False: set()}
    for item in item_texts(topic).values():
        for text in (*item.title, *item.text):
            sides[item.gated].update(words(text))
    connection = connect(shipped_bytes())
    for table in ("vocabulary", "asked_count"):
        key = "word" if table == "vocabulary" else "term"
        sides[False] |= {word for (word,) in connection.execute(f"SELECT {key} FROM {table}")}
    names = connection.execute("SELECT name FROM asked_name")
    sides[False] |= {part for (name,) in names for part in name.split()}
    stems = [Stemmer(code) for code in LANGUAGES]
    index = FullTextIndex(connection)
    alone = {
        word
        for word in sides[True] - sides[False]
        if not {stem[word] for stem in stems} & sides[False] and index.commonness(word) is not None
    }  # a word that no list of the language has is corrected, to open words alone
    return frozenset(alone), frozenset(sides[True] | sides[False])


@cache
def unheld(count: int) -> list[str]:
    """As many everyday words as that which the library has nowhere, evenly drawn."""
    every = sorted(
        head + end
        for language, head, rest in known_words()
        for group in rest.split("\t")
        if language == "en" and group and group[0] in "3456"
        for end in group[1:].split(" ")
        if len(head + end) > 3
    )
    left = [word for word in every if word not in texts()[1]]
    return left[:: max(1, len(left) // count)][:count]
