"""What somebody wishes who comes as `plain-es`, `leaky-gut` or `easy`: by names that are known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

LINES = "plain"
"""Asks to be told line by line."""
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST = 64


@dataclass(frozen=True)
class KnownNames:
    """What can be asked for by name, as a factory says it."""

    languages: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    levels: Mapping[str, str] = field(default_factory=dict)
    """A reader's id, or a level's own name, to the level."""
    topics: frozenset[str] | None = None
    """None where they are too many to be told: then the visit looks."""


def known_names_in(told: object) -> KnownNames:
    """The names in a message."""
    found = told if isinstance(told, Mapping) else {}
    levels, topics = found.get("levels"), found.get("topics")
    return KnownNames(
        frozenset(_texts(found.get("languages"))),
        frozenset(_texts(found.get("themes"))),
        {str(k): str(v) for k, v in levels.items()} if isinstance(levels, Mapping) else {},
        frozenset(_texts(topics)) if isinstance(topics, list) else None,
    )


def parse_login_name(name: str, known: KnownNames) -> dict[str, str]:
    """What a user name asks for, by the names of `messages.WANTS`; nothing where it says nothing.

    Known names are taken out, the longest first. What is left in one piece may be a topic: a visit
    that finds none of that name begins without.
    """
    name = name.lower()
    if len(name) > LONGEST or not NAME.fullmatch(name):
        return {}
    parts: list[str] = name.split("-")
    wants: dict[str, str] = {}
    for length in range(len(parts), 0, -1):
        for start in range(len(parts) - length, -1, -1):
            key, value = _meant("-".join(parts[start : start + length]), known)
            if key and key not in wants and all(parts[start : start + length]):
                wants[key] = value
                parts[start : start + length] = [""] * length
    rest = "-".join(parts).strip("-")
    if rest and "--" not in rest and (known.topics is None or rest in known.topics):
        wants["topic"] = rest
    return wants


def _meant(word: str, known: KnownNames) -> tuple[str, str]:
    """The key and value of a known name; two empty texts for another."""
    if word == LINES:
        return "manner", "lines"
    if word in known.languages:
        return "language", word
    if word in known.themes:
        return "theme", word
    if word in known.levels:
        return "level", known.levels[word]
    return "", ""


def _texts(told: object) -> list[str]:
    return [one for one in told if isinstance(one, str)] if isinstance(told, list) else []
