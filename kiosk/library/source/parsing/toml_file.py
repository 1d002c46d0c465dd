"""Read TOML files, with limits that hold before the parser runs."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import Any

import tomli

from kiosk.library.problem import Problem
from kiosk.library.source.parsing.toml_messages import explain
from kiosk.library.text_file import TextError, decode_text
from kiosk.system.files import READ
from kiosk.system.users import user_name

MAX_BYTES = 256_000
"""Larger than any file that a person would edit; smaller than what makes a parser slow."""
MAX_DOTS = 4
"""A dotted key 100,000 deep, 200 kB of file, took 22.9 GB to parse."""
MAX_BRACKETS = 8

_TOKEN = re.compile(
    rb'"""(?:\\.|[^\\])*?"""(?:"{0,2})'
    rb"|'''.*?'''(?:'{0,2})"
    rb'|"(?:\\.|[^"\\\n])*"'
    rb"|'[^'\n]*'"
    rb"|#[^\n]*"
    rb"|[][{}.,=\n\"']",
    re.DOTALL,
)

_SKIPPED = re.compile(_TOKEN.pattern.rpartition(b"|")[0], re.DOTALL)
"""Strings and comments."""
_BLOCK, _QUOTE = b'"""', b'"'
_DOTS = re.compile(rb"(?:\.[^\n,=\[\]{}.]*){%d}" % (MAX_DOTS + 1))
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_ONE_KIND = bytes.maketrans(b"{}", b"[]")


def read_toml(path: Path, name: str) -> dict[str, Any] | Problem:
    """Return the contents of a TOML file, or the problem with it; problems name it `name`."""
    raw = read_file(path, name)
    return raw if isinstance(raw, Problem) else parse_toml(raw, name)


def read_file(path: Path, name: str) -> bytes | Problem:
    """Return the bytes of a file, or the problem that says why it cannot be read.

    Of a file over the size limit, the bytes up to one past the limit are returned.
    """
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            return Problem(name, "", "not a file")
        return _bytes_of(path, status.st_size)
    except (FileNotFoundError, NotADirectoryError):
        return Problem(name, "", "this file is missing")
    except PermissionError:
        lets = "`chmod` or `chgrp` lets that user"
        return Problem(name, "", f"the user {user_name()} may not read this file: {lets}")
    except OSError as error:
        return Problem(name, "", f"cannot be read: {error.strerror}")


def _bytes_of(path: Path, size: int) -> bytes:
    """Return the bytes of a file, and no more than one over the limit; raises OSError.

    Room is made for the `size` that it had, not for the largest file: that takes a fourth of the
    time of a buffered file that is asked for as much as the limit.
    """
    descriptor = os.open(path, READ)
    try:
        raw = os.read(descriptor, min(size, MAX_BYTES) + 1)
        while len(raw) <= MAX_BYTES and (chunk := os.read(descriptor, MAX_BYTES + 1 - len(raw))):
            raw += chunk
        return raw
    finally:
        os.close(descriptor)


def ids_perhaps(path: Path) -> frozenset[str]:
    """Return the words of a TOML file that cannot be parsed: ids of its items are likely among
    them.

    Empty where the file has no item (no `[[`), is too large, or cannot be read.
    """
    try:
        raw = path.read_bytes() if path.is_file() and path.stat().st_size <= MAX_BYTES else b""
    except OSError:
        return frozenset()
    words = re.findall(rb"[A-Za-z0-9][A-Za-z0-9-]*", raw if b"[[" in raw else b"")
    return frozenset(word.decode("ascii") for word in words)


def parse_toml(raw: bytes, name: str) -> dict[str, Any] | Problem:
    """Return the table that the bytes of a TOML file stand for, or the problem; problems name it
    `name`.
    """
    if len(raw) > MAX_BYTES:
        return Problem(name, "", f"larger than {MAX_BYTES // 1000} kB. Split the file")
    try:
        text = decode_text(raw)
    except TextError as error:
        return Problem(name, f"line {error.line}" if error.line else "", error.message)
    if message := _too_deep(raw):
        return Problem(name, "", message)
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        where, reason = _position_and_reason(str(error))
        return Problem(name, where, *explain(text, where, reason))
    except (RecursionError, ValueError) as error:
        return Problem(name, "", f"not valid TOML: {error}")


def _position_and_reason(message: str) -> tuple[str, str]:
    match = re.fullmatch(r"(.*) \(at (line \d+, column \d+|end of document)\)", message, re.DOTALL)
    reason, position = match.groups() if match else (message, "")
    return position, f"not valid TOML: {reason[:1].lower()}{reason[1:]}"


def _too_deep(raw: bytes) -> str:
    """Return why keys or brackets nest too deep; strings and comments are skipped as TOML does.

    At a quote that nothing closes the look ends, for there the parser ends too.
    """
    if _is_shallow(raw):
        return ""
    dots = brackets = 0
    for match in _TOKEN.finditer(raw):
        token = match.group()
        if token in (b'"', b"'"):
            return ""
        if token == b".":
            dots += 1
        elif token in (b"[", b"{"):
            dots, brackets = 0, brackets + 1
        elif token in (b"]", b"}"):
            dots, brackets = 0, max(0, brackets - 1)
        elif token in (b",", b"=", b"\n"):
            dots = 0
        if dots > MAX_DOTS or brackets > MAX_BRACKETS:
            line = raw.count(b"\n", 0, match.start()) + 1
            kind = "a key with too many dots" if dots > MAX_DOTS else "brackets nested too deep"
            return f"line {line}: {kind}"
    return ""


def _bare(raw: bytes) -> bytes:
    """Return a file without its strings and comments.

    Where double quotes are all that begins one, every second part between them is a string.
    """
    while raw.startswith(b"#"):  # at the beginning it is no part of a text
        raw = raw.partition(b"\n")[2]
    rest = raw.replace(rb"\\", b"").replace(rb"\"", b"") if b"\\" in raw else raw
    if _BLOCK + _QUOTE not in rest:
        rest = (_QUOTE * 2).join(rest.split(_BLOCK)[::2])
        bare = b"".join(rest.split(_QUOTE)[::2])
        if b"'" not in bare and b"#" not in bare:
            return bare
    return _SKIPPED.sub(b"", raw)


def _is_shallow(raw: bytes) -> bool:
    """Return whether nothing nests too deep at a quick look; it may doubt what is sound."""
    bare = _bare(raw)
    if bare.count(b".") > MAX_DOTS and _DOTS.search(bare):
        return False
    brackets = bare.translate(_ONE_KIND, _NO_BRACKETS)
    for _ in range(MAX_BRACKETS):  # each time the innermost pairs go
        if not brackets:
            return True
        brackets = brackets.replace(b"[]", b"")
    return not brackets
