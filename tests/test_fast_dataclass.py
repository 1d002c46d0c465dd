"""Classes made by `kiosk.fast_dataclass` behave as those of the standard library do."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Mapping
from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from kiosk import fast_dataclass

Decorator = Any
DECORATORS = pytest.mark.parametrize(
    "decorator", [dataclasses.dataclass, fast_dataclass.dataclass], ids=["stdlib", "fast"]
)


def made_with(decorator: Decorator, **options: bool) -> Any:
    """Return a class that has every kind of field, made by one of the two decorators."""
    is_fast = decorator is fast_dataclass.dataclass
    field = fast_dataclass.field if is_fast else dataclasses.field

    @decorator(frozen=True, **options)
    class Visit:
        """A class with a docstring."""

        topic: str
        seen: tuple[str, ...] = ()
        words: Mapping[str, str] = field(default_factory=dict)
        _step: int = field(default=0, repr=False)

    return Visit


@DECORATORS
@pytest.mark.parametrize("slots", [True, False])
def test_a_record_is_compared_hashed_and_shown_by_its_fields(
    decorator: Decorator, slots: bool
) -> None:
    visit = made_with(decorator, slots=slots)
    assert visit("a", ("b",)) == visit(topic="a", seen=("b",))
    assert visit("a") != visit("b")
    assert visit("a", words={"x": "y"}) != visit("a")
    assert hash(visit("a", ("b",), 3, 1)) == hash(("a", ("b",), 3, 1))
    assert repr(visit("a")).endswith("Visit(topic='a', seen=(), words={})")
    assert visit("a").words is not visit("a").words
    with pytest.raises(TypeError):
        hash(visit("a"))


@DECORATORS
def test_a_record_cannot_be_changed(decorator: Decorator) -> None:
    record = made_with(decorator, slots=True)("a")
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'topic'"):
        record.topic = "b"
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'topic'"):
        del record.topic
    assert record.topic == "a"


@DECORATORS
def test_a_record_is_a_dataclass_for_the_functions_of_the_standard_library(
    decorator: Decorator,
) -> None:
    visit = made_with(decorator, slots=True)
    record = visit("a", ("b",))
    assert dataclasses.replace(record, topic="c") == visit("c", ("b",))
    assert dataclasses.astuple(record) == ("a", ("b",), {}, 0)
    assert [f.name for f in dataclasses.fields(record)] == ["topic", "seen", "words", "_step"]
    assert visit.__match_args__ == ("topic", "seen", "words", "_step")


@DECORATORS
def test_a_wrong_argument_is_refused(decorator: Decorator) -> None:
    visit = made_with(decorator)
    for arguments, options in (((), {}), (("a",), {"topic": "b"}), (("a",), {"unknown": 1})):
        with pytest.raises(TypeError):
            visit(*arguments, **options)
    parameters = inspect.signature(visit).parameters
    assert list(parameters) == ["topic", "seen", "words", "_step"]


@DECORATORS
def test_fields_are_inherited_and_classes_are_never_equal_to_others(decorator: Decorator) -> None:
    @decorator(frozen=True, kw_only=True)
    class Event:
        """A base."""

        at: float = 0.0

    @decorator(frozen=True, kw_only=True)
    class Chose(Event):
        """A class with a required field after an optional one."""

        topic: str

        def __post_init__(self) -> None:
            if not self.topic:
                raise ValueError("no topic")

    @decorator(frozen=True, kw_only=True)
    class Left(Event):
        """A class with the same fields as its base."""

    event: Any = Event
    chose: Any = Chose
    left: Any = Left
    assert chose(topic="a", at=1.0) == chose(at=1.0, topic="a")
    assert left(at=1.0) != event(at=1.0)
    assert hash(left(at=1.0)) == hash((1.0,))
    with pytest.raises(TypeError):
        chose("a")
    with pytest.raises(ValueError, match="no topic"):
        chose(topic="")


@DECORATORS
def test_a_class_without_fields_has_one_value(decorator: Decorator) -> None:
    @decorator(frozen=True)
    class AtWelcome:
        """No fields."""

    assert AtWelcome() == AtWelcome()
    assert len({AtWelcome(), AtWelcome()}) == 1


def test_only_frozen_classes_are_made() -> None:
    with pytest.raises(TypeError, match="frozen"):
        fast_dataclass.dataclass(frozen=False)


def test_a_constructor_is_compiled_at_its_first_call_or_before_a_fork() -> None:
    visit, other = made_with(fast_dataclass.dataclass), made_with(fast_dataclass.dataclass)
    uncompiled = vars(visit)["__init__"]
    visit("a")
    assert vars(visit)["__init__"] is not uncompiled
    fast_dataclass.compile_constructors()
    assert list(inspect.signature(other).parameters) == ["topic", "seen", "words", "_step"]


def test_the_standard_library_takes_the_classes_as_its_own() -> None:
    @fast_dataclass.dataclass(frozen=True, kw_only=True)
    class Chose:
        """A class that nobody has called."""

        at: float
        topic: str = "a"

    assert dataclasses.is_dataclass(Chose)
    at, topic = dataclasses.fields(Chose)
    assert (at.name, at.type, at.default, at.kw_only) == ("at", "float", dataclasses.MISSING, True)
    assert (topic.default, topic.kw_only) == ("a", True)

    @dataclasses.dataclass(frozen=True, kw_only=True)
    class Again(Chose):
        """A class of the standard library with such a base."""

        again: bool = True

    assert dataclasses.asdict(Again(at=1.0)) == {"at": 1.0, "topic": "a", "again": True}


def test_our_functions_go_with_our_classes_alone() -> None:
    record = made_with(fast_dataclass.dataclass)("a", ("b",))
    assert fast_dataclass.replace(record, topic="c").topic == "c"
    assert fast_dataclass.replace(record, topic="a") == record
    assert [f.name for f in fast_dataclass.fields(record)] == ["topic", "seen", "words", "_step"]
    assert fast_dataclass.is_dataclass(record)
    assert fast_dataclass.is_dataclass(type(record))
    assert not fast_dataclass.is_dataclass(made_with(dataclasses.dataclass)("a"))
    with pytest.raises(TypeError, match="no dataclass of"):
        fast_dataclass.replace(made_with(dataclasses.dataclass)("a"), topic="c")


@pytest.mark.parametrize("default", [[], dataclasses.field(default=1)])
def test_a_default_that_would_be_shared_or_is_of_the_standard_library_is_refused(
    default: Any,
) -> None:
    with pytest.raises(TypeError, match=r"Visit.topic needs the field\(\) of"):

        @fast_dataclass.dataclass(frozen=True)
        class Visit:
            """A class with such a default."""

            topic: Any = default
