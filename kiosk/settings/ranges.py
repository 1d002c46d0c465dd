"""Check that settings read from the cache have only values that their keys may have.

The cache's file may have been damaged or changed since its settings were checked against the
schema. This check needs no pydantic, which a start should not have to import.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import isfinite
from typing import Any

from kiosk.fast_dataclass import fields, is_dataclass
from kiosk.settings.model import Settings


def checked(settings: Settings) -> Settings:
    """Return the same settings; raises ValueError for a number out of range or a malformed text."""
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
