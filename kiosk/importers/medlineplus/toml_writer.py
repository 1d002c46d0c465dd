"""Formats values as TOML text: one key a line, texts of several lines in triple quotes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

Value = str | bool | date | list[str] | Mapping[str, str]


def table(values: Mapping[str, Value]) -> str:
    """Return the TOML of one table, a `key = value` line for each key; keys with an empty list are
    left out.
    """
    return "".join(f"{key} = {_value(value)}\n" for key, value in values.items() if value != [])


def tables(name: str, items: Iterable[Mapping[str, Value]]) -> str:
    """Return the TOML of an array of tables: a `[[name]]` table for each item."""
    return "".join(f"\n[[{name}]]\n{table(item)}" for item in items)


def _value(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_text, value))}]"
    return "{ " + ", ".join(f"{key} = {_text(text)}" for key, text in value.items()) + " }"


def _text(text: str) -> str:
    escaped = "".join(_escaped(char) for char in text)
    if "\n" not in text:
        return f'"{escaped}"'
    return f'"""\n{escaped}"""'


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if char != "\n" and (ord(char) < 32 or ord(char) == 127):
        return f"\\u{ord(char):04X}"
    return char
