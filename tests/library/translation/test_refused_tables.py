"""Tables that cannot be taken over: each is refused in a plain sentence, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.library.source.draft import Draft
from kiosk.library.source.load import load_tree
from kiosk.library.translation.table import TableError, read_table
from kiosk.library.translation.take_over import take_over
from tests.support.library.spanish_example import SPANISH, TOPIC, as_table, exported, filled

Rows = list[dict[str, str]]
CLAIM = f"{TOPIC}/es/claim what-it-is-first/plain"


@pytest.fixture(scope="module")
def library(english_library: Path) -> Draft:
    draft, _ = load_tree(english_library)
    assert draft is not None
    return draft


@pytest.fixture(scope="module")
def whole(english_library: Path) -> Rows:
    return filled(exported(english_library), SPANISH)


def refusal(library: Draft, root: Path, table: bytes) -> str:
    """Return why a table is refused, without writing anything."""
    with pytest.raises(TableError) as caught:
        take_over(read_table(table), library, library.topics[0], "es", root, write=False)
    return "\n".join(caught.value.reasons)


def put(column: str, text: str, id_: str = CLAIM) -> Callable[[Rows], Rows]:
    """Return what writes a text into a column of one row."""
    return lambda rows: [row | ({column: text} if row["id"] == id_ else {}) for row in rows]


def of(item: str, key: str) -> str:
    return f"{TOPIC}/es/{item}/{key}"


REFUSED: tuple[tuple[str, Callable[[Rows], Rows], str], ...] = (
    ("an item that is not there", put("id", of("claim what-it-is-frist", "plain")),
     'the topic has no "claim what-it-is-frist". Did you mean "claim what-it-is-first"?'),
    ("a text that the item has not", put("id", of("claim what-it-is-first", "heading.plain")),
     'has no text "heading.plain"'),
    ("hash of another text", put("of", "0123456789ab"), "was translated from another text"),
    ("no hash", put("of", ""), "was translated from another text"),
    ("a state of one's own", put("state", "finished"), 'the state "finished" is not one of'),
    ("the same row twice", lambda rows: [*rows, rows[7]], "the same text as row"),
    ("one level of three", put("translation", ""), 'translated in part: "plain" is empty'),
    ("another number", put("translation", "Llega de 30 minutos a 5 horas después de comer.",
                           of("claim what-it-is-signs", "plain")),
     "the figures differ: the source has 2 hours; the translation 5 hours"),
    ("another unit", put("translation", "Llega de 30 minutos a 2 días después de comer.",
                         of("claim what-it-is-signs", "plain")), "the translation 2 days"),
    ("a number that is lost", put("translation", "Llega después de comer lactosa.",
                                  of("claim what-it-is-signs", "plain")),
     "the translation none of these"),
    ("a product in open text", put("translation", "Pastillas o gotas de lactasa ayudan."),
     'gated term "Pastillas o gotas de lactasa" can be read before the cautions'),
    ("a dose in open text", put("translation", "Tome tres tabletas."), "before the cautions"),
    ("an English product in open text", put("translation", "Lactase pills or drops ayudan."),
     "can be read before the cautions"),
    ("what a product is made of, to buy", put("translation", "Compre lactasa antes de comer."),
     '"lactasa" as something to buy or take can be read before the cautions'),
    ("a control character", put("translation", "La lactosa\x07 es azúcar."), "control character"),
    ("text that runs backwards", put("translation", "La \u202elactosa es azúcar."), "U+202E"),
    ("an invisible space", put("translation", "La\u00a0lactosa es azúcar."), "a space other than"),
    ("Markdown", put("translation", "La **lactosa** es azúcar."), "stars would be shown"),
    ("an emoji", put("translation", "La lactosa es azúcar. \U0001f95b"), "glass of milk"),
    ("a bullet of Word", put("translation", "• La lactosa es azúcar."), "a sign before a line"),
    ("a point too many", put("translation", "Así:\n- es azúcar"), "1 points"),
    ("a sentence without an end", put("translation", "La lactosa " + "es dulce y " * 9 + "es."),
     "words, at most 20"),
    ("a caution that is too long", put("translation", "Vea a un médico antes. " * 10,
                                       of("caution find-out-first", "plain")),
     "words, at most 45"),
    ("other words that are the same",
     put("translation", SPANISH["caution find-out-first"]["plain"],
         of("caution find-out-first", "again.plain")), 'says the same as "plain"'),
    ("a formula", put("translation", "#¿NOMBRE?"), "took it for a formula"),
    ("two thousand letters", put("translation", "la " * 700), "at most 2,000"),
    ("a brace", put("translation", "La {lactosa} es azúcar."), "fills in nothing"),
)  # fmt: skip


@pytest.mark.parametrize(("change", "says"), [c[1:] for c in REFUSED], ids=[c[0] for c in REFUSED])
def test_what_does_not_fit_is_refused(
    library: Draft, english_library: Path, whole: Rows, change: Callable[[Rows], Rows], says: str
) -> None:
    why = refusal(library, english_library, as_table(change(whole)))
    assert says in why
    assert why.count("\n") < 3, why
    assert why.startswith("Row ")


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (b"", "empty"),
        (b"\n\n", "no column"),
        (b"id,of,state\n1,2,3\n", 'no column "translation"'),
        (b"id,of,state,translation,of\n", "two columns"),
        (b"id,of,state,translation\n", "no row"),
        (b"id,of,state,translation\n\n,,,\n", "no row"),
        (b"id,of,state,translation\na,b\n", "Row 2 has 2 columns"),
        (b'id,of,state,translation\n"a,b,c,d\n', "no table in CSV"),
        (b"PK\x03\x04rest", "Excel workbook"),
        ("id,of,state,translation\na,b,c,ñandú\n".encode("cp1252"), "not UTF-8"),
        (b"id,of,state,translation\na,b,c,\x00\n", "NUL"),
        (b"x" * 8_000_001, "larger than 8 MB"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aa'>]>", "no column"),
    ],
)
def test_what_is_no_table_is_refused(table: bytes, says: str) -> None:
    with pytest.raises(TableError, match=says):
        read_table(table)


def test_nothing_is_written_where_one_row_is_refused(untranslated: Path, whole: Rows) -> None:
    draft, _ = load_tree(untranslated)
    assert draft is not None
    table = as_table(put("translation", "Tome tres tabletas.")(whole))
    with pytest.raises(TableError):
        take_over(read_table(table), draft, draft.topics[0], "es", untranslated)
    assert not (untranslated / TOPIC / "translations").exists()


def test_every_reason_is_named_at_once(library: Draft, english_library: Path, whole: Rows) -> None:
    rows = put("state", "finished")(whole)
    rows = put("of", "0123456789ab", of("claim allergy", "plain"))(rows)
    why = refusal(library, english_library, as_table(rows))
    assert "finished" in why
    assert '"claim allergy" was translated from another text' in why


def test_a_term_that_another_topic_gates_is_refused(
    library: Draft, english_library: Path, whole: Rows
) -> None:
    table = as_table(put("translation", "Hay cinc en la leche.")(whole))
    with_other = replace(library, gated_elsewhere={"cinc": "leaky-gut"})
    why = refusal(with_other, english_library, table)
    assert 'gated term "cinc" can be read before the cautions of topic "leaky-gut"' in why
