"""The HTML of a summary as lines: nothing is lost without being told."""

from __future__ import annotations

from collections import Counter

import pytest

from kiosk.importers.medlineplus.html import TextLine, read_html
from kiosk.importers.medlineplus.paginate import COLUMNS, ROWS, chunks, with_lead
from kiosk.importers.medlineplus.screening import clean_text
from kiosk.importers.medlineplus.toml_writer import table
from kiosk.library.source.parsing.toml_file import parse_toml


def headed_lines(html: str) -> list[str]:
    """Headings in brackets, then the lines."""
    summary = []
    for passage in read_html(html).passages:
        summary += [f"[{passage.heading}]"] if passage.heading else []
        summary += [str(line) for line in passage.lines]
    return summary


HTML = {
    "paragraphs": ("<p>One.</p><p>Two.</p>", ["One.", "Two."]),
    "no paragraph at all": ("One &amp; two", ["One & two"]),
    "headings": ("<p>a</p><h3>B?</h3><p>c</p>", ["a", "[B?]", "c"]),
    "a heading over nothing": ("<h3>A</h3><p>a</p><h3>B</h3>", ["[A]", "a", "B"]),
    "small headings": ("<h3>A</h3><h4>b</h4><p>c</p>", ["[A]", "b", "c"]),
    "emphasis and links": ('<p>A <em>b</em><a href="x">c</a>, d.</p>', ["A bc, d."]),
    "a list": ("<p>It:</p><ul><li>a</li><li>b</li></ul>", ["It:", "- a", "- b"]),
    "paragraphs in points": ("<ul><li><p>a</p><p>b</p></li></ul>", ["- a b"]),
    "points without ends": ("<ul><li>a<li>b</ul>", ["- a", "- b"]),
    "numbers": ("<ol><li>a</li><li>b</li></ol>", ["- 1. a", "- 2. b"]),
    "a list in a list": (
        "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
        ["- a", "- – b", "- c"],
    ),
    "after a list in a list": ("<ul><li>a<ul><li>b</li></ul>c</li></ul>", ["- a", "- – b", "c"]),
    "breaks": ("<p>a<br>b<br/>c</p>", ["a", "b", "c"]),
    "a break in a point": ("<ul><li>a<br>b</li></ul>", ["- a b"]),
    "a table with a head": (
        "<table><tr><th>Age</th><th>Hours</th></tr><tr><td>3</td><td>12</td></tr></table>",
        ["- Age: 3; Hours: 12"],
    ),
    "a table without": ("<table><tr><td>3</td><td>12</td></tr></table>", ["- 3; 12"]),
    "an empty cell": (
        "<table><tr><th>A</th><th>B</th><th>C</th></tr><tr><td>1</td><td></td><td>3</td></tr>"
        "</table>",
        ["- A: 1; C: 3"],
    ),
    "a cell over two columns": (
        "<table><tr><th>A</th><th>B</th></tr><tr><td colspan=2>1</td></tr></table>",
        ["- 1"],
    ),
    "a table that is all head": ("<table><tr><th>A</th><th>B</th></tr></table>", ["- A; B"]),
    "text outside of cells": ("<table><caption>T</caption><tr>x<td>y</td></tr></table>",
                              ["T", "x", "- y"]),
    "digits raised": ("<p>10<sup>9</sup> of H<sub>2</sub>O</p>", ["10^9 of H2O"]),
    "what looks like a point": ("<p>- 5 degrees</p>", ["– 5 degrees"]),
    "an unknown element": ("<p>a <blink>b</blink></p>", ["a b"]),
    "markup that is none": ("<p>a < b & c</p>", ["a < b & c"]),
    "scripts": ("<p>a</p><script>evil()</script><p>b</p>", ["a", "b"]),
}  # fmt: skip


@pytest.mark.parametrize("name", HTML)
def test_html(name: str) -> None:
    html, lines = HTML[name]
    assert headed_lines(html) == lines


LOST = {
    '<p>a<img src="x" alt="A neck"></p>': 'image "A neck"',
    "<table><tr><td>a</td></tr></table>": "table, told row by row",
    "<script>x</script>": "<script>",
    "<p>a<svg>b": "everything after an element without an end",
    "<p>a<blink>b</blink></p>": "<blink>, its text kept",
    "<p>a<!-- b --></p>": "comment",
    "<p>a\u200bb</p>": "invisible character U+200B",
    "<p>a&#x202e;b</p>": "invisible character U+202E",
    "<p>a\x9bb</p>": "control character U+009B",
}


@pytest.mark.parametrize("html", LOST)
def test_what_is_not_told_is_counted(html: str) -> None:
    assert read_html(html).lost[LOST[html]] == 1


def test_links_and_attribution_are_kept_apart() -> None:
    summary = read_html(
        '<p>See <a href="https://x/y">a page</a>.</p><p class="attribution">NIH</p>'
    )
    assert summary.links == [("a page", "https://x/y")]
    assert summary.attribution == "NIH"
    assert [line.text for line in summary.passages[0].lines] == ["See a page."]


def test_folding_keeps_what_can_be_shown() -> None:
    lost: Counter[str] = Counter()
    assert clean_text(" a\u00a0b\tc\u2009d e\u0301 \u00b5g ", lost) == "a b c d é µg"
    assert lost == Counter()


def test_no_claim_is_longer_than_a_screen_and_no_word_is_lost() -> None:
    lines = [TextLine("It is so, and it goes on. " * 80), TextLine("They are:")]
    lines += [TextLine(f"a point of number {n}, which is as long as a row or so", point=True)
              for n in range(30)]  # fmt: skip
    made = chunks([TextLine(line.text.strip(), line.point) for line in lines])
    assert all(len(chunk.text) <= COLUMNS * (ROWS + 1) for chunk in made)
    words = " ".join(line.text for line in lines).split()
    assert " ".join(chunk.text for chunk in made).replace("- ", "").split() == words
    announced = [chunk.text for chunk in made if "They are:" in chunk.text]
    assert "They are:\n- a point of number 0" in announced[0]


def test_small_headings_share_a_screen_where_there_is_room() -> None:
    short = [TextLine("a"), TextLine("H", heading=True), TextLine("b")]
    assert [(chunk.heading, chunk.begins_screen) for chunk in chunks(short)] == [
        ("", True),
        ("H", False),
    ]
    full = [TextLine("so " * 200), TextLine("H", heading=True), TextLine("b")]
    assert [chunk.begins_screen for chunk in chunks(full)] == [True, True]


def test_the_first_sentence_stands_apart_on_the_same_screen() -> None:
    made = with_lead(chunks([TextLine("It is a test. It is taken."), TextLine("More.")]))
    assert [(chunk.text, chunk.begins_screen) for chunk in made] == [
        ("It is a test.", True),
        ("It is taken.\nMore.", False),
    ]
    points = chunks([TextLine("a. B", point=True)])
    assert with_lead(points) == points


@pytest.mark.parametrize("text", ['say "a" \\ b', 'two\nlines """ \\', "ñ – é", '"', "\n", "a\x7f"])
def test_what_is_written_is_read(text: str) -> None:
    written = table({"text": text, "list": [text], "both": {"text": text.replace("\n", " ")}})
    assert parse_toml(written.encode(), "x") == {
        "text": text, "list": [text], "both": {"text": text.replace("\n", " ")},
    }  # fmt: skip
