"""The changes between two canonical texts, word by word."""

from __future__ import annotations

from kiosk.library.review.diff import Piece, changes, words

HEAD = "kiosk text 1\n"
OLD = HEAD + (
    "question / plain: Why is it sore?\n"
    "sections start / id: start\n"
    "sections start / claims walk / id: walk\n"
    "sections start / claims walk / wording / plain: Go for a walk. It helps.\n"
    "sections start / claims bed / id: bed\n"
    "sections start / claims bed / wording / plain: Do not lie down.\n"
)


def test_a_comma_is_one_change_and_only_the_comma() -> None:
    (change,) = changes(OLD, OLD.replace("walk. It", "walk, It").replace("walk.", "walk,"))
    assert (change.section, change.item) == ("sections start", "claims walk / wording")
    assert change.level == "plain"
    assert [piece for piece in change.pieces if piece.change] == [Piece(".", "-"), Piece(",", "+")]


def test_equal_texts_have_no_change() -> None:
    assert changes(OLD, OLD) == ()


def test_a_text_that_is_gone_stands_where_it_stood() -> None:
    new = OLD.replace("sections start / claims walk / id: walk\n", "").replace(
        "sections start / claims walk / wording / plain: Go for a walk. It helps.\n", ""
    )
    new += "summary / plain: It passes.\n"
    gone_id, gone, added = changes(OLD, new)
    assert gone_id.item == "claims walk / id"
    assert gone.pieces == (Piece("Go for a walk. It helps.", "-"),)
    assert added.pieces == (Piece("It passes.", "+"),)


def test_another_order_is_a_change() -> None:
    lines = OLD.splitlines(keepends=True)
    (change,) = changes(OLD, "".join([*lines[:3], *lines[5:], *lines[3:5]]))
    assert change.item == "claims / order"
    assert change.pieces == (Piece("walk, bed", "-"), Piece("bed, walk", "+"))


def test_words_are_compared_whole() -> None:
    assert words("a large dose", "a small dose") == (
        Piece("a "), Piece("large", "-"), Piece("small", "+"), Piece(" dose"),
    )  # fmt: skip
