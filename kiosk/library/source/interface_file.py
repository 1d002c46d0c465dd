"""Read interface words: nested tables become dotted keys, a table of levels a Wording."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kiosk.core.content import Wording
from kiosk.library.problem import Problem
from kiosk.library.source.convert import wording
from kiosk.library.source.schema import LEVELS, WordedModel
from kiosk.library.source.validation import validate


def phrases(
    data: Mapping[str, Any], file: str, prefix: str = ""
) -> tuple[dict[str, str | Wording], list[Problem]]:
    """The phrases by dotted key, and those that are no phrase."""
    found: dict[str, str | Wording] = {}
    problems: list[Problem] = []
    for name, held in data.items():
        key = f"{prefix}{name}"
        if isinstance(held, str) and held.strip():
            found[key] = held.strip()
        elif isinstance(held, dict) and held and set(held) <= {*LEVELS, "same-as"}:
            settled = validate(WordedModel, dict(held), file)
            problems += [Problem(file, key, p.what, p.hint) for p in settled.problems]
            found[key] = wording(settled.model) if settled.model else ""
        elif isinstance(held, dict) and held:
            inner, more = phrases(held, file, f"{key}.")
            found |= inner
            problems += more
        else:
            found[key] = ""
            problems.append(Problem(file, key, "must be words, in quotes, or a wording per level"))
    return found, problems
