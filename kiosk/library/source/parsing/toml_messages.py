"""Say what is wrong in a file that is not TOML, and how to mend it, in words of its author."""

from __future__ import annotations

import re
from collections.abc import Callable

from kiosk.library.text_file import curly_quote

_CURLY_START = re.compile(r"[=\[,]\s*[“”„‘’‚]")
_BARE_VALUE = re.compile(r"=\s*([^\W\d]\w*)")

_TOML = "not valid TOML: "
_NO_END = "a text without its closing quotation mark"
_CLOSE = 'Write " at its end; a text of several lines stands between """ and """.'
_INSIDE = "a quotation mark inside a text ends it"
_ESCAPE = "Write \\\" for it, or use single marks inside: 'milk sugar'."


def explain(text: str, where: str, reason: str) -> tuple[str, str]:
    """Return what is wrong in a text that is no valid TOML, and a hint how to mend it, perhaps
    empty.

    Args:
        text: the file.
        where: the parser's position: "line 9, column 123", or "end of document".
        reason: the parser's own words.
    """
    numbers = re.match(r"line (\d+), column (\d+)", where)
    lines = text.splitlines()
    number = int(numbers[1]) if numbers else len(lines)
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    column = int(numbers[2]) if numbers else len(line)
    if _CURLY_START.search(line) or (line.rstrip().endswith(("“", "”")) and _is_open(line)):
        return curly_quote(line), ""
    return next(
        (said for pattern, say in _REASONS if re.search(pattern, reason)
         and (said := say(line, column, reason))),
        (curly_quote(line) or reason, ""),
    )  # fmt: skip


def _is_open(line: str) -> bool:
    """Return whether a line has an odd number of straight quotation marks."""
    return line.replace('\\"', "").count('"') % 2 == 1


def _new_line(line: str, column: int, reason: str) -> tuple[str, str]:
    return (f"{_TOML}{_NO_END}", _CLOSE)


def _after_text(line: str, column: int, reason: str) -> tuple[str, str]:
    before = line[: column - 1].rstrip()
    rest = line[column - 1 :].strip()
    if before.endswith("'") and rest[:1].isalpha():
        return f"{_TOML}an apostrophe ends a text between '...'", 'Use "..." around it.'
    if re.match(r"[\w-]+(\.[\w-]+)*\s*=", rest):
        return f"{_TOML}two entries on one line", "Begin a new line before the second."
    if before.endswith('"') and re.search(r'\w|"', rest):
        return f"{_TOML}{_INSIDE}", _ESCAPE
    if rest.startswith(","):
        return f"{_TOML}a comma after the text", "Take it out."
    return f"{_TOML}a text without quotation marks", 'Write "..." around it.'


def _overwrite(line: str, column: int, reason: str) -> tuple[str, str]:
    if line.lstrip().startswith("["):
        return _declared_twice(line, column, reason)
    key = line.partition("=")[0].strip()
    hint = "Is a line such as [[claim]] missing before it? Else keep one of the two."
    return f'{_TOML}"{key}" is given twice in the same table', hint


def _declared_twice(line: str, column: int, reason: str) -> tuple[str, str]:
    name = line.strip().strip("[]")
    hint = f"Write [[{name}]], with two brackets on each side, before each of them."
    return f'{_TOML}the table "{name}" is given twice', hint


def _array(line: str, column: int, reason: str) -> tuple[str, str]:
    hint = 'Write ["A01", "A02"]: a comma between two entries, and ] at the end.'
    return f"{_TOML}a list lacks a comma, or its closing bracket", hint


def _value(line: str, column: int, reason: str) -> tuple[str, str]:
    bare = _BARE_VALUE.search(line)
    if bare and bare[1].lower() in ("true", "false"):
        return f"{_TOML}{bare[1]}", f'Write "{bare[1].lower()}" in small letters, without marks.'
    return f"{_TOML}a text without quotation marks", 'Write "..." around it.'


def _no_equals(line: str, column: int, reason: str) -> tuple[str, str]:
    if line.lstrip().startswith("- ") or len(line.split()) > 4:
        hint = 'A text of several lines stands between """ and """.'
        return f"{_TOML}a line of text outside its quotation marks", hint
    if ":" in line.partition('"')[0]:
        return f"{_TOML}a colon", "Write = after the key."
    return f"{_TOML}a line that gives nothing", 'Write key = "text"; a key has no spaces.'


def _brackets(line: str, column: int, reason: str) -> tuple[str, str]:
    return f"{_TOML}a bracket is missing", "Write [[claim]], with two on each side."


def _backslash(line: str, column: int, reason: str) -> tuple[str, str]:
    return f"{_TOML}a backslash", "Write two for one: \\\\."


def _unterminated(line: str, column: int, reason: str) -> tuple[str, str]:
    return f'{_TOML}a text that begins with """ has no end', 'Write """ after its last line.'


_REASONS: tuple[tuple[str, Callable[[str, int, str], tuple[str, str]]], ...] = (
    (r"illegal character '\\n'", _new_line),
    (r"expected newline or end of document", _after_text),
    (r"cannot overwrite", _overwrite),
    (r"cannot declare", _declared_twice),
    (r"unclosed array", _array),
    (r"invalid value", _value),
    (r"expected '=' after a key", _no_equals),
    (r"invalid statement", _no_equals),
    (r"expected '\]", _brackets),
    (r"unescaped '\\'|backslash", _backslash),
    (r"unterminated string", _unterminated),
)
"""By the parser's words, what says it in the author's."""
