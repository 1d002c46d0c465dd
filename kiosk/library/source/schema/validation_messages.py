"""Messages to authors for values that the schema refuses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from inspect import isclass
from typing import Any, get_args

from pydantic import BaseModel

from kiosk.library.problem import did_you_mean

_MUST_BE = {
    "string_type": "must be text, in quotes",
    "bool_type": "must be true or false",
    "int_type": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "date_type": "must be a date without quotes, such as 2026-11-21",
}

_LEVEL_LIST, _IDS = '["plain"]', '["A07"]'
_LISTS = {
    "new-screen": _LEVEL_LIST, "levels": _LEVEL_LIST, "rests-on": _IDS, "statements": _IDS,
    "one": _IDS, "other": _IDS, "by": _IDS, "cited-as": '["A-1"]', "languages": '["en"]',
}  # fmt: skip
"""By key, an example of the list that it wants."""

_PATTERNS = {
    "^[a-z0-9]": "is not an id: small letters, digits and hyphens",
    "^[A-Z][0-9]": 'is not the id of a statement, such as "A07"',
    "^[A-Z]$": 'is not the id of a document, such as "A"',
    "^[A-Z]-": 'is not a reference, such as "A-4"',
    "^(?:$|open": 'does not begin with "open text", "abstract", "quoted by another source", '
    '"our reading" or "from memory, not looked up"',
    "^[0-9+": "is not a number to call",
    "^[0-9a-f]{": "is no hash as `kiosk translate export` shows it: 12 digits and letters a to f",
    "^(scrypt": "is not what `kiosk pin` printed",
    "^[a-z]{2,3}": 'is not a language, such as "en"',
    "^[A-Za-z0-9.:": 'is not an address to listen at, such as "127.0.0.1"',
}


def reason(error: Mapping[str, Any], key: str, model: type[BaseModel]) -> tuple[str, str]:
    """Return what is wrong with the value of `key`, and a hint at the nearest right word.

    The hint is empty where no word is near. `error` is pydantic's; `model` is the file's schema.
    """
    kind, ctx, value = error["type"], error.get("ctx", {}), error["input"]
    if kind == "missing":
        return f'no "{key}"', ""
    if kind == "extra_forbidden":
        known = keys_of(model, error["loc"][:-1])
        return f'unknown key "{key}"', did_you_mean(str(error["loc"][-1]), known)
    if kind == "literal_error":
        words = re.findall(r"'([^']*)'|(\d+)", ctx["expected"])
        expected = [text or number for text, number in words]
        shown = ", ".join(f'"{word}"' for word in expected)
        return f'{key} "{value}" is not one of {shown}', did_you_mean(str(value), expected)
    if kind == "string_pattern_mismatch":
        pattern = ctx["pattern"]
        ways = (why for start, why in _PATTERNS.items() if pattern.startswith(start))
        why = next(ways, "has a character that may not be there")
        return f'{_without_number(key)} "{value}" {why}', ""
    return f"{key}: {_other(key, kind, ctx, error['msg'])}" if key else error["msg"], ""


def _other(key: str, kind: str, ctx: Mapping[str, Any], message: str) -> str:
    if kind == "too_short":
        return "must name at least one"
    if kind == "too_long":
        return f"at most {ctx['max_length']}"
    if kind == "greater_than_equal":
        return f"must be at least {ctx['ge']:g}"
    if kind == "less_than_equal":
        return f"must be at most {ctx['le']:g}"
    if kind == "string_too_short":
        return "is empty"
    if kind == "list_type":
        example = _LISTS.get(key.rpartition(".")[2], '["..."]')
        return f"must be a list, such as {example}"
    return _MUST_BE.get(kind, message)


def _without_number(key: str) -> str:
    return re.sub(r"\.\d+$", "", key)


def keys_of(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """Return the keys that a schema allows in the table to which the path `loc` leads."""
    for step in loc:
        fields = {field.alias: field for field in model.model_fields.values()}
        if isinstance(step, str) and step in fields:
            model = _model_in(fields[step].annotation) or model
    return [field.alias for field in model.model_fields.values() if field.alias]


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isclass(annotation) and issubclass(annotation, BaseModel):
        return annotation
    models = (_model_in(part) for part in get_args(annotation))
    return next((model for model in models if model), None)
