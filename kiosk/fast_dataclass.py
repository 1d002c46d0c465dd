"""Replacement of the standard library's `dataclass` and its helpers; costs little time at start.

Only frozen dataclasses can be made. The standard `dataclass` compiles six methods for each class,
and importing it brings in `inspect`: together a third of a start of `kiosk read`, which makes over
a hundred classes and uses half of them before its first prompt. Here five of the methods are
ordinary functions over the names of the fields, and `__init__` is compiled when its class is first
called. For the standard library the classes are dataclasses, too: its `fields`, `replace` and
`asdict`, `match` and type checkers work with them. Decision 0019 has the alternatives.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import MISSING, dataclass, field, fields, is_dataclass, replace

__all__ = [
    "MISSING", "compile_constructors", "dataclass", "field", "fields", "is_dataclass", "replace",
]  # fmt: skip

_FIELDS = "__fast_fields__"
_MISSING: Any = type("Missing", (), {"__doc__": "The default of a field that has none."})()


class _Field:
    """Field of a class; has those attributes of `dataclasses.Field` that are used here."""

    __slots__ = ("default", "default_factory", "kw_only", "metadata", "name", "repr", "type")

    def __init__(
        self, default: Any, factory: Any, shown: bool, metadata: Mapping[str, Any] | None
    ) -> None:
        self.name, self.type, self.kw_only = "", "", False
        self.default, self.default_factory = default, factory
        self.repr, self.metadata = shown, metadata or {}


class _StandardAttribute:
    """Attribute by which the standard library knows a dataclass; made when somebody reads it."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, _: object, cls: type) -> Any:
        import dataclasses

        named = []
        for each in _fields(cls):
            options: dict[str, Any] = {
                option: value
                for option in ("default", "default_factory")
                if (value := getattr(each, option)) is not _MISSING
            }
            options |= {"repr": each.repr, "metadata": each.metadata, "kw_only": each.kw_only}
            named.append((each.name, each.type, dataclasses.field(**options)))
        alike = dataclasses.make_dataclass(cls.__name__, named, frozen=True)
        setattr(cls, self._name, getattr(alike, self._name))
        return getattr(alike, self._name)


_STANDARD = {
    name: _StandardAttribute(name) for name in ("__dataclass_fields__", "__dataclass_params__")
}


def _dataclass(
    *, frozen: bool, slots: bool = False, kw_only: bool = False
) -> Callable[[type], type]:
    """Return the decorator. Like the one of the standard library, for these three options.

    A class may have no `field(init=False)`, no `ClassVar`, no `InitVar` and no method of the six of
    its own. The signature of its `__init__` is not to be seen before its first call.
    """
    if not frozen:
        raise TypeError("only a frozen dataclass can be made here")

    def decorate(cls: type) -> type:
        own = [_take_field(cls, name, kw_only) for name in cls.__annotations__]
        if slots:
            cls = _with_slots(cls, [each.name for each in own])
        by_name = {each.name: each for each in (*getattr(cls, _FIELDS, ()), *own)}
        values = _values_of([*by_name])
        methods: dict[str, Any] = {
            _FIELDS: tuple(by_name.values()),
            "__match_args__": tuple(each.name for each in by_name.values() if not each.kw_only),
            "__init__": _uncompiled_init(cls),
            "__repr__": _repr,
            "__eq__": _equality(values),
            "__hash__": lambda self: hash(values(self)),
            "__setattr__": _refuse_assignment,
            "__delattr__": _refuse_deletion,
            **_STANDARD,
        }
        for name, method in methods.items():
            setattr(cls, name, method)
        return cls

    return decorate


def _field(
    *,
    default: Any = _MISSING,
    default_factory: Any = _MISSING,
    repr: bool = True,
    metadata: Mapping[str, Any] | None = None,
) -> Any:
    """Return what stands in a class for a field that has more to it than a type and a default."""
    return _Field(default, default_factory, repr, metadata)


def _fields(class_or_record: Any) -> tuple[_Field, ...]:
    """Return the fields of a class that was made here, or of a record; raises TypeError."""
    own: tuple[_Field, ...] | None = getattr(class_or_record, _FIELDS, None)
    if own is None:
        raise TypeError(f"no dataclass of {__name__}: {class_or_record!r}")
    return own


def _is_dataclass(class_or_record: Any) -> bool:
    """Return whether this is a class that was made here, or a record of one."""
    return hasattr(class_or_record, _FIELDS)


def _replace(record: Any, /, **changes: Any) -> Any:
    """Return a record with the same values, but for the changes."""
    for each in _fields(record):
        if each.name not in changes:
            changes[each.name] = getattr(record, each.name)
    return type(record)(**changes)


def compile_constructors() -> None:
    """Compile `__init__` of every class that this module's `dataclass` has made so far.

    Called before forking, so that all child processes share the compiled code.
    """
    todo = [object]
    while todo:
        for cls in type.__subclasses__(todo.pop()):
            todo.append(cls)
            if _FIELDS in vars(cls):
                _compile_init(cls)


def _take_field(cls: type, name: str, kw_only: bool) -> _Field:
    """Return a field of a class; in the class its default remains."""
    given = vars(cls).get(name, _MISSING)
    if type(given) is not _Field:
        if getattr(given, "__hash__", None) is None or hasattr(given, "default_factory"):
            raise TypeError(f"{cls.__name__}.{name} needs the field() of {__name__}")
        given = _Field(given, _MISSING, True, None)
    elif given.default is _MISSING:
        delattr(cls, name)
    else:
        setattr(cls, name, given.default)
    given.name, given.type, given.kw_only = name, cls.__annotations__[name], kw_only
    return given


def _with_slots(cls: type, names: list[str]) -> type:
    """Return a new class like `cls`, with slots: they cannot be added to a class that exists."""
    dropped = {*names, "__dict__", "__weakref__"}
    namespace = {name: value for name, value in vars(cls).items() if name not in dropped}
    made = type(cls)(cls.__name__, cls.__bases__, namespace | {"__slots__": tuple(names)})
    made.__qualname__ = cls.__qualname__
    return made


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


def _uncompiled_init(cls: type) -> Callable[..., None]:
    """Return an `__init__` that puts the compiled one in its own stead when it is called."""

    def init(self: Any, *values: Any, **named: Any) -> None:
        _compile_init(cls)(self, *values, **named)

    return init


def _compile_init(cls: Any) -> Any:
    """Give a class its `__init__`, with the same signature as the one of the standard library."""
    given: dict[str, Any] = {"_assign": object.__setattr__, "_MISSING": _MISSING}
    positional = ["self"]
    keywords: list[str] = []
    lines: list[str] = []
    for each in _fields(cls):
        name, value, default = each.name, each.name, ""
        if each.default is not _MISSING:
            given[f"_default_{name}"] = each.default
            default = f"=_default_{name}"
        elif each.default_factory is not _MISSING:
            given[f"_make_{name}"] = each.default_factory
            default = "=_MISSING"
            value = f"_make_{name}() if {name} is _MISSING else {name}"
        (keywords if each.kw_only else positional).append(f"{name}{default}")
        lines.append(f" _assign(self, {name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        lines.append(" self.__post_init__()")
    parameters = ", ".join([*positional, *(["*", *keywords] if keywords else [])])
    body = "\n".join(lines) or " pass"
    exec(f"def __init__({parameters}):\n{body}", given)
    init = cls.__init__ = given["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


def _repr(self: Any) -> str:
    shown = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in _fields(self) if f.repr)
    return f"{type(self).__qualname__}({shown})"


def _refuse_assignment(self: object, name: str, _: object) -> None:
    from dataclasses import FrozenInstanceError  # only for a mistake in the program

    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deletion(self: object, name: str) -> None:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot delete field {name!r}")


if not TYPE_CHECKING:
    MISSING, dataclass, field, fields = _MISSING, _dataclass, _field, _fields
    is_dataclass, replace = _is_dataclass, _replace
