"""Codec between frozen dataclasses and JSON values. It goes by annotations and executes nothing."""

from __future__ import annotations

import re
import sys
import types
from collections.abc import Callable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from kiosk.errors import DecodeError
from kiosk.fast_dataclass import MISSING, fields, is_dataclass

_T = TypeVar("_T")
_Read = Callable[[Any], Any]
_PLAIN: tuple[type, ...] = (str, int, float, bool, types.NoneType)


def encode(value: object) -> Any:
    """Return `value` as JSON values; fields at their default are left out."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        values = {field: getattr(value, field.name) for field in fields(value)}
        return {field.name: encode(v) for field, v in values.items() if not _is_default(field, v)}
    if isinstance(value, Mapping):
        return {str(key): encode(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if type(value) in _PLAIN:
        return value
    raise TypeError(f"cannot encode a {type(value).__name__}")


def decode(type_: type[_T], data: Any) -> _T:
    """Return the `type_` that `data` encodes; raises DecodeError where it encodes none."""
    return Decoder().decode(type_, data)


def shape(type_: type) -> str:
    """Return the fields of a type, and of the types in them, as text, by which packs are compared.

    A pack that was written with other fields is not read. The annotations are read as text:
    evaluating them took a tenth of a start.
    """
    seen: dict[str, str] = {}

    def look(class_: type) -> None:
        if class_.__name__ in seen:
            return
        if issubclass(class_, Enum):
            seen[class_.__name__] = ",".join(str(member.value) for member in class_)
        elif is_dataclass(class_):
            seen[class_.__name__] = ",".join(f"{f.name}:{f.type}" for f in fields(class_))
            known = vars(sys.modules[class_.__module__])
            for field in fields(class_):
                for name in re.findall(r"\w+", str(field.type)):
                    if isinstance(part := known.get(name), type):
                        look(part)

    look(type_)
    return ";".join(f"{name}({contents})" for name, contents in seen.items())


def _is_default(field: Any, value: object) -> bool:
    return (
        field.default is not MISSING
        and type(field.default) is type(value)
        and (field.default == value)
    )


class Decoder:
    """Decoder of JSON values, with one reader function for each type, made at first use."""

    def __init__(self) -> None:
        self._made: dict[Any, _Read] = {}

    def decode(self, type_: type[_T], data: Any) -> _T:
        """Return the `type_` that `data` encodes; raises DecodeError where it encodes none."""
        made: _T = self.of(type_)(data)
        return made

    def of(self, hint: Any) -> _Read:
        """Return the function that makes a value of a type from JSON values."""
        if hint not in self._made:
            self._made[hint] = lambda data: self._made[hint](data)  # for a type that holds itself
            self._made[hint] = self._make(hint)
        return self._made[hint]

    def _make(self, hint: Any) -> _Read:
        origin, args = get_origin(hint), get_args(hint)
        if origin in (Union, types.UnionType):
            return self._union(args)
        if origin is tuple:
            return _tuple(self.of(args[0])) if args[1:] == (...,) else self._fixed(args)
        if isinstance(origin, type) and issubclass(origin, Mapping):
            return _mapping(self.of(args[1]))
        if isinstance(hint, type) and issubclass(hint, Enum):
            return _enum(hint)
        if is_dataclass(hint) and isinstance(hint, type):
            return self._dataclass(hint)
        if hint in _PLAIN:
            return _plain(hint)
        raise TypeError(f"cannot decode a {hint}")

    def _union(self, args: tuple[Any, ...]) -> _Read:
        readers = [self.of(arg) for arg in args]

        def read(data: Any) -> Any:
            for reader in readers:
                try:
                    return reader(data)
                except DecodeError:
                    continue
            raise DecodeError(f"none of {args}")

        return read

    def _fixed(self, args: tuple[Any, ...]) -> _Read:
        readers = [self.of(arg) for arg in args]

        def read(data: Any) -> Any:
            if not isinstance(data, list) or len(data) != len(readers):
                raise DecodeError(f"not a list of {len(readers)}")
            return tuple(reader(item) for reader, item in zip(readers, data, strict=True))

        return read

    def _dataclass(self, hint: type) -> _Read:
        hints = get_type_hints(hint)
        readers = {field.name: self.of(hints[field.name]) for field in fields(hint)}
        needed = {
            f.name for f in fields(hint) if f.default is MISSING and f.default_factory is MISSING
        }

        def read(data: Any) -> Any:
            if not isinstance(data, dict) or not needed <= data.keys():
                raise DecodeError(f"not a {hint.__name__}")
            if not data.keys() <= readers.keys():
                raise DecodeError(f"a {hint.__name__} with unknown fields")
            return hint(**{name: readers[name](item) for name, item in data.items()})

        return read


def _tuple(read_one: _Read) -> _Read:
    def read(data: Any) -> Any:
        if not isinstance(data, list):
            raise DecodeError("not a list")
        return tuple(map(read_one, data))

    return read


def _mapping(read_one: _Read) -> _Read:
    def read(data: Any) -> Any:
        if not isinstance(data, dict):
            raise DecodeError("not a table")
        return MappingProxyType({key: read_one(item) for key, item in data.items()})

    return read


def _enum(hint: type[Enum]) -> _Read:
    members = {member.value: member for member in hint}

    def read(data: Any) -> Any:
        try:
            return members[data]
        except (KeyError, TypeError):
            raise DecodeError(f"not a {hint.__name__}") from None

    return read


def _plain(hint: type) -> _Read:
    def read(data: Any) -> Any:
        if type(data) is not hint:
            raise DecodeError(f"not a {hint.__name__}")
        return data

    return read
