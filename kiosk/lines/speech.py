"""Amounts as they are said: a speech synthesiser makes "25 dash 40 em gee" of "25-40 mg"."""

from __future__ import annotations

import re
from collections.abc import Callable

UNITS = ("mcg", "mg", "g")
_RANGE = re.compile(r"(?<![\w:/;.-])(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)(?![\w/;.-]*[\d/])")
_UNIT = re.compile(rf"(?<=\d )({'|'.join(UNITS)})\b")


def spoken(text: str, say: Callable[..., str]) -> str:
    """`text` with ranges of numbers and units of mass written out, in the language in view."""
    text = _RANGE.sub(lambda m: say("lines.range", low=m[1], high=m[2]), text)
    return _UNIT.sub(lambda m: say(f"unit.{m[1]}"), text)
