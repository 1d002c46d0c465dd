"""Parse a login name (the user name of an SSH client, or the argument of `kiosk attach`) such as
`plain-es`, `leaky-gut` or `easy` into options of a visit, such as its language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

LINES = "plain"
"""Asks for a visit line by line."""
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MAX_LENGTH = 64


@dataclass(frozen=True)
class KnownNames:
    """The names of languages, themes, levels and topics that a login name may contain. A fork
    server reports them; `parse_login_name` looks names up in them.
    """

    languages: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    levels: Mapping[str, str] = field(default_factory=dict)
    """A reader's id, or a level's own name, to the level."""
    topics: frozenset[str] | None = None
    """None where they are too many to be sent: then the worker looks for the topic."""


def known_names_in(data: object) -> KnownNames:
    """Return the known names in a JSON object from a fork server. A field that is missing or of
    another type becomes empty; `topics` becomes None: any name may be a topic.
    """
    names: Mapping[str, object] = data if isinstance(data, Mapping) else {}
    levels, topics = names.get("levels"), names.get("topics")
    return KnownNames(
        frozenset(_texts(names.get("languages"))),
        frozenset(_texts(names.get("themes"))),
        {str(k): str(v) for k, v in levels.items()} if isinstance(levels, Mapping) else {},
        frozenset(_texts(topics)) if isinstance(topics, list) else None,
    )


def parse_login_name(name: str, known: KnownNames) -> dict[str, str]:
    """Return the options of a visit that a login name contains, by `protocol.OPTION_KEYS`; empty
    where it contains none, is not words of letters and digits with hyphens between, or is too long.

    Known names are taken out of it, the longest first. If what is left is in one piece, it becomes
    the topic, provided that it is a known one or the known topics are not listed.
    """
    name = name.lower()
    if len(name) > MAX_LENGTH or not NAME.fullmatch(name):
        return {}
    parts: list[str] = name.split("-")
    options: dict[str, str] = {}
    for length in range(len(parts), 0, -1):
        for start in range(len(parts) - length, -1, -1):
            key, value = _option("-".join(parts[start : start + length]), known)
            if key and key not in options and all(parts[start : start + length]):
                options[key] = value
                parts[start : start + length] = [""] * length
    rest = "-".join(parts).strip("-")
    if rest and "--" not in rest and (known.topics is None or rest in known.topics):
        options["topic"] = rest
    return options


def _option(word: str, known: KnownNames) -> tuple[str, str]:
    """Return the key and value of a known name; two empty texts for any other."""
    if word == LINES:
        return "presentation", "lines"
    if word in known.languages:
        return "language", word
    if word in known.themes:
        return "theme", word
    if word in known.levels:
        return "level", known.levels[word]
    return "", ""


def _texts(data: object) -> list[str]:
    return [text for text in data if isinstance(text, str)] if isinstance(data, list) else []
