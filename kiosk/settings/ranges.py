"""Check settings that come from the cache against the rules of their keys.

The schema has checked the file from which they were made; whether that is what the cache holds,
only the values tell. It needs no validator, so a start need not import one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import isfinite
from typing import Any

from kiosk.fast_dataclass import fields, is_dataclass
from kiosk.settings.model import Settings


def checked(settings: Settings) -> Settings:
    """Return the settings; raises ValueError where a value is none that its key may have."""
    _check(settings)
    return settings


def _check(table: Any) -> None:
    for key in fields(table):
        value = getattr(table, key.name)
        if is_dataclass(value):
            _check(value)
        else:
            rules = key.metadata.get("rules", {})
            for each in value if isinstance(value, tuple) else (value,):
                if not _is_allowed(each, rules):
                    raise ValueError(f"{key.name} is none of the values that it may have")


def _is_allowed(value: object, rules: Mapping[str, Any]) -> bool:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        least, most = rules.get("ge", float("-inf")), rules.get("le", float("inf"))
        return isfinite(value) and bool(least <= value <= most)
    if isinstance(value, str) and "pattern" in rules:
        return re.search(rules["pattern"], value) is not None
    return True
