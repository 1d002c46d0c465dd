"""Hostile and careless TOML files are refused, soon and with a sentence."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from kiosk.library.problem import Problem
from kiosk.library.source.parsing.toml_file import MAX_BRACKETS, parse_toml, read_file, read_toml
from tests.support.timing import check_time

REFUSED = {
    "deep dotted key": (b"a." * 100_000 + b"a = 1", "too many dots"),
    "deep dotted header": (b"[" + b"a." * 6 + b"a]", "line 1: a key with too many dots"),
    "deep quoted key": (b'"a"."b"."c"."d"."e"."f" = 1', "too many dots"),
    "deep key in an inline table": (b"x = {a.b.c.d.e.f = 1}", "too many dots"),
    "deep arrays": (b"x = " + b"[" * 5000 + b"]" * 5000, "brackets nested too deep"),
    "deep inline tables": (b"x = " + b"{a=" * 50 + b"1" + b"}" * 50, "nested too deep"),
    "deep after four quotes": (b'x = """a""""\ny = ' + b"[" * 50 + b"\n", "nested too deep"),
    "deep after a quote in a comment": (b'a = 1  # "\nx = ' + b"[" * 50, "nested too deep"),
    "deep after a first comment": (b'# a "\nx = ' + b"[" * 50, "nested too deep"),
    "deep after a quote in a literal": (b"a = '\"'\nx = " + b"[" * 50, "nested too deep"),
    "deep after an escaped quote": (b'a = "\\\\\\""\nx = ' + b"[" * 50, "nested too deep"),
    "a megabyte": (b"# " + b"x" * 1_000_000, "larger than 256 kB"),
    "byte order mark": (b"\xef\xbb\xbfa = 1", "byte order mark"),
    "NUL": (b'a = 1\nb = "\0"', "line 2: a NUL byte"),
    "latin-1": ("a = 1\nb = 'caf\xe9'".encode("latin-1"), "line 2: not UTF-8"),
    "raw escape": (b'a = "\x1b[31m"', "not valid TOML"),
    "lone surrogate": (b'a = "\\ud800"', "not valid TOML"),
    "long number": (b"a = " + b"9" * 5000, "not valid TOML"),
    "duplicate key": (b"a = 1\na = 2", "not valid TOML"),
    "unclosed quote, then a deep key": (b'a = "\n' + b"b." * 9 + b"b = 1", "not valid TOML"),
    "unclosed quotes": (b"a = '''" + b'"""' * 60_000, "not valid TOML"),
}


@pytest.mark.timed
@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_soon(name: str) -> None:
    raw, words = REFUSED[name]
    start = time.perf_counter()
    problem = parse_toml(raw, "content/x.toml")
    check_time(time.perf_counter() - start, 2, "refusing the file")
    assert isinstance(problem, Problem)
    assert str(problem).startswith("content/x.toml: ")
    assert words in str(problem)
    assert str(problem).isprintable()


def test_what_is_in_strings_and_comments_is_no_key() -> None:
    text = "a = '[[[[[[[[[[[['  # a.b.c.d.e.f.g\nb = '''\n[{[{[{[{[{[ a.b.c.d.e.f '''\n"
    text += 'c = "\\"[[[[[[[[[[["\nd = """x"[[[[[[[[[[[[""""\ne = [1.5, 2.5, 3.5, 4.5, 5.5, 6.5]\n'
    result = parse_toml(text.encode(), "x")
    assert isinstance(result, dict)
    assert set(result) == set("abcde")


@pytest.mark.parametrize("opening", ["[", "{a="])
def test_brackets_may_nest_as_deep_as_the_limit(opening: str) -> None:
    closing = "]" if opening == "[" else "}"
    for depth, is_refused in ((MAX_BRACKETS, False), (MAX_BRACKETS + 1, True)):
        nested = opening * depth + "1" + closing * depth
        result = parse_toml(f"x = [[], [1]]\ny = {nested}".encode(), "x")
        assert isinstance(result, Problem) == is_refused


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc")
def test_a_file_that_is_longer_than_the_system_says_is_read_to_its_end() -> None:
    status = Path("/proc/self/status")
    assert status.stat().st_size == 0
    raw = read_file(status, "status")
    assert isinstance(raw, bytes)
    assert raw.count(b"\n") == status.read_bytes().count(b"\n")


def test_a_pipe_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.toml")
    result = read_toml(tmp_path / "x.toml", "x.toml")
    assert isinstance(result, Problem)
    assert "not a file" in str(result)
