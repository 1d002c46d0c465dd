"""Decorator for frozen dataclasses that takes a third of the time of `dataclasses.dataclass`.

The standard one compiles six methods for each frozen class, which took 0.36 ms: for the 86 classes
that a start of `kiosk read` makes, a sixth of its time. Here only `__init__` is compiled; the other
five need only the names of the fields, so they are ordinary functions. The classes stay dataclasses
for `fields`, `replace`, `asdict`, `match` and type checkers. Decision 0019 has the alternatives.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, fields
from dataclasses import dataclass as stdlib_dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass

__all__ = ["dataclass"]


def _fast_dataclass(
    *, frozen: bool, slots: bool = False, kw_only: bool = False
) -> Callable[[type], Any]:
    """Return the decorator. Like the one of the standard library, for these three options.

    A class may have no `field(init=False)`, no `InitVar` and no method of the six of its own.
    """
    if not frozen:
        raise TypeError("only a frozen dataclass can be made here")

    def decorate(cls: type) -> Any:
        made: Any = stdlib_dataclass(
            init=False, repr=False, eq=False, slots=slots, kw_only=kw_only
        )(cls)
        names = [field.name for field in fields(made)]
        values = _values_of(names)
        methods: dict[str, Any] = {
            "__init__": _compile_init(made),
            "__repr__": _repr,
            "__eq__": _equality(values),
            "__hash__": lambda self: hash(values(self)),
            "__setattr__": _refuse_assignment,
            "__delattr__": _refuse_deletion,
        }
        for name, method in methods.items():
            setattr(made, name, method)
        return made

    return decorate


def _values_of(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """Return a function that reads these attributes of an object into a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda record: tuple(getattr(record, name) for name in names)


def _equality(values: Callable[[Any], tuple[Any, ...]]) -> Callable[[Any, object], Any]:
    """Return `__eq__`, which is true for an instance of the same class with equal values."""

    def equals(self: Any, other: object) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return values(self) == values(other)

    return equals


def _compile_init(cls: Any) -> Any:
    """Return `__init__`, with the same signature as the one of the standard library."""
    given: dict[str, Any] = {"_assign": object.__setattr__, "_MISSING": MISSING}
    positional = ["self"]
    keywords: list[str] = []
    lines: list[str] = []
    for field in fields(cls):
        name, value, default = field.name, field.name, ""
        if field.default is not MISSING:
            given[f"_default_{name}"] = field.default
            default = f"=_default_{name}"
        elif field.default_factory is not MISSING:
            given[f"_make_{name}"] = field.default_factory
            default = "=_MISSING"
            value = f"_make_{name}() if {name} is _MISSING else {name}"
        (keywords if field.kw_only else positional).append(f"{name}{default}")
        lines.append(f" _assign(self, {name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        lines.append(" self.__post_init__()")
    parameters = ", ".join([*positional, *(["*", *keywords] if keywords else [])])
    body = "\n".join(lines) or " pass"
    exec(f"def __init__({parameters}):\n{body}", given)
    init = given["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


def _repr(self: Any) -> str:
    shown = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in fields(self) if f.repr)
    return f"{type(self).__qualname__}({shown})"


def _refuse_assignment(self: object, name: str, _: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deletion(self: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


if not TYPE_CHECKING:
    dataclass = _fast_dataclass
