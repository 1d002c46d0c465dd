"""Print the result of `kiosk check`: as lines of text, as JSON, or as remarks on a change on
GitHub.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from kiosk.fast_dataclass import dataclass
from kiosk.library.problem import Problem, visible

_ITEM = re.compile(r'"([^"]+)"$')


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Findings of `kiosk check` in a content directory: problems, warnings, reports, exceptions
    that authors have declared, and notes. It is printed by `print_text`, `print_json` or
    `print_github`.
    """

    root: Path
    """The content directory; the file names in problems begin with its name."""
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    reports: tuple[tuple[str, ...], ...]
    """The lines of each topic's report."""
    exceptions: tuple[str, ...]
    """Exceptions from the rules that authors have declared, each with the reason."""
    notes: tuple[str, ...]
    """The parts that were not looked at, each with the reason."""


def print_text(result: CheckReport, out: TextIO) -> None:
    """Print a result as lines: the problems, or the topics' reports where there are none; then
    warnings, exceptions and notes; last how many problems and warnings there are.
    """
    _print_lines(map(str, result.problems), out)
    for lines in result.reports if not result.problems else ():
        _print_lines(lines, out, end=len(lines) > 1)
    _print_lines((f"warning: {warning}" for warning in result.warnings), out)
    _print_lines((visible(f"for the reviewer: {line}") for line in result.exceptions), out)
    _print_lines(result.notes, out)
    total = _count(len(result.problems), "problem")
    warned = len(result.warnings)
    print(f"{total}, {_count(warned, 'warning')}" if warned else total, file=out)


def print_json(result: CheckReport, out: TextIO) -> None:
    """Print a result as one JSON object with lists of problems, warnings, exceptions and notes; a
    problem or warning has file, line, item, what and hint.
    """
    report = {
        "problems": [_as_json(result.root, problem) for problem in result.problems],
        "warnings": [_as_json(result.root, warning) for warning in result.warnings],
        "exceptions": list(result.exceptions),
        "notes": list(result.notes),
    }
    print(json.dumps(report, ensure_ascii=False, indent=1), file=out)


def print_github(result: CheckReport, out: TextIO) -> None:
    """Print each problem and warning as a workflow command, which GitHub Actions shows as a remark
    next to the line of the file; nothing else of the result is printed.
    """
    for kind, problems in (("error", result.problems), ("warning", result.warnings)):
        for problem in problems:
            file, line = path_of(result.root, problem), line_of(result.root, problem)
            at = f"file={_property(file)},line={line or 1}"
            text = ": ".join(part for part in (problem.where, problem.message) if part)
            message = f"{text}. {problem.hint}" if problem.hint else text
            print(f"::{kind} {at}::{_escaped(visible(message))}", file=out)


PRINTERS = {"text": print_text, "json": print_json, "github": print_github}


def path_of(root: Path, problem: Problem) -> str:
    """Return the path of the file that a problem is in: relative where it is inside the working
    directory, else absolute.
    """
    path = os.path.relpath(root.resolve().parent / problem.file)
    return str(root.resolve().parent / problem.file) if path.startswith("..") else path


def line_of(root: Path, problem: Problem) -> int:
    """Return the number, from 1, of the line at which the item with a problem begins; 0 where that
    cannot be found out.
    """
    if number := re.match(r"line (\d+)", problem.where):
        return int(number[1])
    if not (named := _ITEM.search(problem.where)):
        return 0
    wanted = re.compile(rf'^\s*(?:id|of|means|title|cited-as|term)\s*=.*"{re.escape(named[1])}"')
    try:
        text = (root.resolve().parent / problem.file).read_text("utf-8", "replace")
    except OSError:
        return 0
    lines = enumerate(text.splitlines(), start=1)
    return next((number for number, line in lines if wanted.match(line)), 0)


def _as_json(root: Path, problem: Problem) -> dict[str, object]:
    return {
        "file": problem.file,
        "line": line_of(root, problem),
        "item": problem.where,
        "message": problem.message,
        "hint": problem.hint,
    }


def _print_lines(lines: Iterator[str] | tuple[str, ...], out: TextIO, end: bool = True) -> None:
    """Print lines, and an empty one after them where there are any."""
    line = None
    for line in lines:
        print(line, file=out)
    if line is not None and end:
        print(file=out)


def _count(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
