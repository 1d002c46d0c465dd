"""Regular expressions of the program that a text that repeats itself could make hang.

One whose repeated part matches the same text in two ways tries 2^n ways for n repetitions: "no no
no ..." once held a visit for good. Tried are the patterns in variables, lists and dicts of modules,
and those in calls of `re` inside functions; not those that a function makes of its own variables.
"""

from __future__ import annotations

import ast
import importlib
import importlib.util
import inspect
import pkgutil
import re
import signal
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

import pytest

import kiosk

ELSEWHERE = {"kiosk.terminal.console_driver"}
"""Modules of another operating system."""
TIMES = 60
HANG_SECONDS = 120.0
"""Of processor time for all texts of one pattern: a limit for one that comes to no end, and no
measure of speed. One that tries 2^60 ways takes longer on any machine; the slowest here takes 1."""
OF_RE = {
    "compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer",
}  # fmt: skip
"""Functions of `re` whose first argument is a pattern."""
PIECES = ["1", "1 ", "1.1", "1,", "a", ".", " ", "-", "\n", '"', "\x1b[1;", "<a ", "(", "aA", "¿"]
ENDINGS = ["", " !", "\x00"]
AnyPattern = re.Pattern[str] | re.Pattern[bytes]


def _inside(value: object) -> Iterator[AnyPattern]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from _inside(list(value.values()))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _inside(part)


def _in_calls(module: ModuleType) -> Iterator[tuple[AnyPattern, str]]:
    """Each pattern in a call such as `re.sub("a+", ...)`, with its line; none whose text has a
    variable of a function in it.
    """
    for call in ast.walk(ast.parse(inspect.getsource(module))):
        match call:
            case ast.Call(ast.Attribute(ast.Name("re"), name), [pattern, *_]) if name in OF_RE:
                try:
                    text = _value_of(pattern, module)
                    flags = [_value_of(flag, module) for flag in _flags_of(call, name)]
                except NameError:
                    continue
                if not isinstance(text, re.Pattern):
                    yield re.compile(text, *flags), f"{module.__name__}:{call.lineno}"


def _flags_of(call: ast.Call, name: str) -> list[ast.expr]:
    named = [keyword.value for keyword in call.keywords if keyword.arg == "flags"]
    position = {"compile": 1, "sub": 4, "subn": 4, "split": 3}.get(name, 2)
    return named or call.args[position : position + 1]


def _value_of(expression: ast.expr, module: ModuleType) -> Any:
    return eval(compile(ast.Expression(expression), "<a pattern>", "eval"), dict(vars(module)))


def _patterns() -> dict[AnyPattern, str]:
    """Each pattern that stands in a module, with the first module that has it, and its name or
    line.
    """
    found: dict[AnyPattern, str] = {}
    for module in pkgutil.walk_packages(kiosk.__path__, "kiosk."):
        if module.name in ELSEWHERE or module.name.endswith("__main__"):
            continue
        imported = importlib.import_module(module.name)
        for name, value in vars(imported).items():
            for pattern in _inside(value):
                found.setdefault(pattern, f"{module.name}.{name}")
        for pattern, line in _in_calls(imported):
            found.setdefault(pattern, line)
    return found


def _repeated(source: str) -> Iterator[str]:
    """Texts that repeat a word of the pattern, two that stand side by side in it, or a sign."""
    words = list(dict.fromkeys(re.findall(r"[a-zñáéíóú']+", source)))
    for piece in (*words, *map(" ".join, pairwise(words)), *PIECES):
        for glue in ("", " "):
            for ending in ENDINGS:
                yield (piece + glue) * TIMES + ending


def _hang(pattern: AnyPattern, seconds: float = HANG_SECONDS) -> str:
    """Return the first text that the pattern does not come to an end with; empty without one."""

    def stop(_: int, __: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, stop)
    text = ""
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
        if isinstance(pattern.pattern, bytes):
            for text in _repeated(pattern.pattern.decode("latin1")):
                pattern.search(text.encode("latin1"))
        else:
            for text in _repeated(pattern.pattern):
                pattern.search(text)
                pattern.fullmatch(text)
    except TimeoutError:
        return text
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return ""


def test_no_pattern_hangs_at_a_text_that_repeats_itself() -> None:
    patterns = _patterns()
    assert len(patterns) > 150
    assert any(":" in name for name in patterns.values())
    hung = [(name, p.pattern, text) for p, name in patterns.items() if (text := _hang(p))]
    assert hung == []


def test_patterns_inside_functions_are_among_them(tmp_path: Path) -> None:
    file = tmp_path / "made_up.py"
    file.write_text(
        "import re\nWORD = '[a-z]+'\n"
        "def has(text, own):\n"
        "    re.compile(f'{own}+')\n"
        "    re.sub('x+', '', text, flags=re.IGNORECASE)\n"
        "    return re.search(f'({WORD} )+$', text, re.DOTALL)\n"
    )
    spec = importlib.util.spec_from_file_location("made_up", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert list(_in_calls(module)) == [
        (re.compile("x+", re.IGNORECASE), "made_up:5"),
        (re.compile("([a-z]+ )+$", re.DOTALL), "made_up:6"),
    ]


@pytest.mark.parametrize("source", [r"(?:(?:no|yes|no) )*5", r"\d(?:\s*\d[\d]*)*x"])
def test_a_pattern_that_hangs_is_found(source: str) -> None:
    assert _hang(re.compile(source), 0.3)
