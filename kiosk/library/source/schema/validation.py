"""Validate a parsed file: name every mistake, and keep as much as is sound.

A file with mistakes is never shown. It is kept in part so that the rules on the whole can look at
the rest of it, and so that one mistake is not reported again as ten that follow from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from kiosk.library.problem import Problem, close
from kiosk.library.source.parsing.toml_paths import Loc, locate
from kiosk.library.source.schema.validation_messages import keys_of, reason

_M = TypeVar("_M", bound=BaseModel)


@dataclass(slots=True)
class Validated(Generic[_M]):
    """Result of validating one file: its sound part, its problems, and the items left out."""

    model: _M | None
    problems: list[Problem] = field(default_factory=list)
    dropped: list[dict[str, Any]] = field(default_factory=list)
    """Items that were left out."""
    whole: bool = True
    """False if more than items was left out."""


def read_model(
    model: type[_M], data: dict[str, Any], file: str, stubs: Mapping[str, object] | None = None
) -> Validated[_M]:
    """Validate a parsed file against its schema: first its keys, then its values.

    Returns its sound part and its problems; items that fail are left out. `stubs` are values by
    key to put in the place of wrong ones. In `data` unknown keys are renamed or deleted; nothing
    else in it changes.
    """
    sound, errors = _checked(model, data)
    if not errors:
        return Validated(sound)
    problems = validate_keys(model, data, file)
    settled = validate(model, deepcopy(data), file, stubs)
    settled.problems[:0] = problems
    return settled


def validate_keys(model: type[BaseModel], data: dict[str, Any], file: str) -> list[Problem]:
    """Return a problem for each unknown key; rename it in `data` to the likely one or delete it."""
    problems: list[Problem] = []
    while errors := [e for e in _checked(model, data)[1] if e["type"] == "extra_forbidden"]:
        for error in errors:
            where, key = locate(data, error["loc"])
            problems.append(Problem(file, where, *reason(error, key, model)))
        for error in errors:
            *parents, wrong = error["loc"]
            table = _follow(data, parents)
            meant = close(str(wrong), keys_of(model, tuple(parents)))
            value = table.pop(wrong)
            if meant and meant[0] not in table:
                table[meant[0]] = value
    return problems


def validate(
    model: type[_M], data: dict[str, Any], file: str, stubs: Mapping[str, object] | None = None
) -> Validated[_M]:
    """Validate a parsed file against its schema, with every problem; items that fail are left out.

    `stubs` are values by key to put in the place of wrong ones; the result has no model where a
    wrong key has no stub. Changes `data`.
    """
    settled: Validated[_M] = Validated(None)
    while errors := (checked := _checked(model, data))[1]:
        seen = settled.problems
        for error in errors:
            where, key = locate(data, error["loc"])
            problem = Problem(file, where, *reason(error, key, model))
            if problem not in seen:
                seen.append(problem)
        if not _leave_out(data, [error["loc"] for error in errors], stubs or {}, settled):
            settled.whole = False
            return settled
    settled.model = checked[0]
    return settled


def _checked(model: type[_M], data: dict[str, Any]) -> tuple[_M | None, list[Any]]:
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        return None, list(error.errors(include_url=False))


def _leave_out(
    data: dict[str, Any],
    locs: list[Loc],
    stubs: Mapping[str, object],
    settled: Validated[_M],
) -> bool:
    """Leave out or replace each value that is wrong; return whether that was possible for all."""
    for loc in locs:
        item_loc = _item(data, loc)
        if item_loc:
            items, index = _follow(data, item_loc[:-1]), item_loc[-1]
            if items[index] is not None:
                settled.dropped.append(items[index])
            items[index] = None
        elif not loc:
            return False
        elif loc[0] in stubs:
            if data.get(str(loc[0])) == stubs[str(loc[0])]:
                return False
            data[str(loc[0])] = stubs[str(loc[0])]
        elif loc[0] in data:
            del data[str(loc[0])]
            settled.whole = False
        else:
            return False
    _sweep(data)
    return True


def _item(data: object, loc: Loc) -> Loc:
    """Return the way to the innermost array item that `loc` leads into; empty outside of items."""
    innermost: Loc = ()
    for depth, step in enumerate(loc):
        try:
            value = data[step]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(step, int) and (isinstance(value, dict) or value is None):
            innermost = loc[: depth + 1]
        data = value
    return innermost


def _sweep(data: Any) -> None:
    if isinstance(data, dict):
        for value in data.values():
            _sweep(value)
    elif isinstance(data, list):
        data[:] = [value for value in data if value is not None]
        for value in data:
            _sweep(value)


def _follow(data: Any, loc: Loc) -> Any:
    for step in loc:
        data = data[step]
    return data
