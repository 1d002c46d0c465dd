"""Read a file of the program's words: nested tables become dotted keys, a table of levels a
Wording.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kiosk.core.wording import Wording
from kiosk.library.problem import Problem
from kiosk.library.source.convert import wording
from kiosk.library.source.schema.topic_schema import LEVELS, WordedModel
from kiosk.library.source.schema.validation import validate


def phrases(
    data: Mapping[str, Any], file: str, prefix: str = ""
) -> tuple[dict[str, str | Wording], list[Problem]]:
    """Return the program's phrases by dotted key, and a problem for each value that is no phrase.

    Such a value becomes an empty phrase. `prefix` is put before each key.
    """
    texts: dict[str, str | Wording] = {}
    problems: list[Problem] = []
    for name, value in data.items():
        key = f"{prefix}{name}"
        if isinstance(value, str) and value.strip():
            texts[key] = value.strip()
        elif isinstance(value, dict) and value and set(value) <= {*LEVELS, "same-as"}:
            settled = validate(WordedModel, dict(value), file)
            problems += [Problem(file, key, p.message, p.hint) for p in settled.problems]
            texts[key] = wording(settled.model) if settled.model else ""
        elif isinstance(value, dict) and value:
            inner, inner_problems = phrases(value, file, f"{key}.")
            texts |= inner
            problems += inner_problems
        else:
            texts[key] = ""
            problems.append(Problem(file, key, "must be words, in quotes, or a wording per level"))
    return texts, problems
