"""Problems with the bytes of an author's file name the line, and say what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.errors import JsonlError
from kiosk.library.pack.passages_only import read_aliases, read_lines
from kiosk.library.problem import Problem
from kiosk.library.source.parsing.toml_file import parse_toml
from kiosk.library.text_file import TextError, decode_json, decode_text

TEXT = 'title = "é"\n'
NOT_TEXT = {
    "UTF-16 of Notepad": (TEXT.encode("utf-16"), ("UTF-16", '"Unicode"', "as UTF-8")),
    "big-endian UTF-16": (b"\xfe\xff" + TEXT.encode("utf-16-be"), ("UTF-16",)),
    "UTF-16 without a signature": (TEXT.encode("utf-16-le"), ("UTF-16",)),
    "a signature": (b"\xef\xbb\xbf" + TEXT.encode(), ("BOM", "without one")),
    "Latin-1": (b"\n" + TEXT.encode("latin-1"), ("line 2", "0xe9", "Save the file as UTF-8")),
    "cut inside a letter": (TEXT.encode()[:10], ("line 1", "UTF-8")),
    "half a surrogate": (b"\xed\xa0\xbd", ("line 1", "UTF-8")),
    "a NUL byte": (b"a = 1\nb = \0", ("line 2", "NUL byte")),
}


@pytest.mark.parametrize("name", NOT_TEXT)
def test_what_is_no_text_is_named_in_every_kind_of_file(name: str, tmp_path: Path) -> None:
    raw, words = NOT_TEXT[name]
    with pytest.raises(TextError) as raised:
        decode_text(raw)
    problem = parse_toml(raw, "a.toml")
    assert isinstance(problem, Problem)
    file = tmp_path / "a.jsonl"
    file.write_bytes(raw)
    with pytest.raises(JsonlError) as refused:
        read_aliases(file)
    for word in words:
        assert word in str(raised.value)
        assert word in str(problem)
        assert word in str(refused.value)


def test_text_is_text() -> None:
    assert decode_text("é 😀\r\n".encode()) == "é 😀\r\n"
    assert decode_text(b"") == ""
    assert decode_json('"\\ud83d\\ude00"', 1) == "😀"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"a": "\\ud83d"}', ("line 7", "half a character")),
        ('{"\\udc00": 1}', ("line 7", "half a character")),
        ("{“a”: 1}", ("line 7", "curly quote “", "straight one")),
        ('{"a": 1\n"b": 2}', ("line 8", "no JSON")),
        ("[" * 100_000, ("line 7", "no JSON")),
    ],
)  # fmt: skip
def test_what_is_no_json_is_named_with_its_line(text: str, words: tuple[str, ...]) -> None:
    with pytest.raises(TextError) as raised:
        decode_json(text, 7)
    assert all(word in str(raised.value) for word in words)


@pytest.mark.parametrize("value", ["“a”", "‘a’", '"a”'])
def test_a_curly_quote_in_toml_is_named_as_what_it_is(value: str) -> None:
    problem = parse_toml(f"id = 1\ntitle = {value}\n".encode(), "a.toml")
    assert isinstance(problem, Problem)
    assert "line 2" in problem.where
    assert "curly quote" in problem.message


def test_curly_quotes_in_text_are_text() -> None:
    assert parse_toml("a = 'say “no”'".encode(), "a.toml") == {"a": "say “no”"}


def test_a_line_is_named_by_its_number_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    good = json.dumps({"id": "1"}).encode()
    file.write_bytes(good + b"\r\n\n" + b'{"id": "\xe9"}\n')
    with pytest.raises(JsonlError, match=r"q\.jsonl: line 3: not UTF-8"):
        list(read_lines(file, ("id",)))
