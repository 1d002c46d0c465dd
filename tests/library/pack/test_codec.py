"""Encoded values are decoded to equal ones, and nothing else is decoded at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import Enum
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.alarms import AlarmRules
from kiosk.core.content import Section, Topic
from kiosk.core.library import InterfaceText, Library
from kiosk.core.palette import Palette
from kiosk.core.wording import Level, Wording
from kiosk.errors import DecodeError
from kiosk.fast_dataclass import compile_constructors, dataclass, is_dataclass
from kiosk.library.pack.codec import decode, encode, shape

compile_constructors()  # hypothesis reads signatures
texts = st.text(st.characters(codec="utf-8"), max_size=8)
wordings = st.builds(Wording, texts, texts, texts)


@dataclass(frozen=True, slots=True)
class Odd:
    number: int
    part: float
    yes: bool
    pair: tuple[int, str]
    inner: Mapping[str, tuple[Wording, ...]]
    maybe: Wording | None = None
    level: Level = Level.PLAIN
    either: str | Wording = ""
    count: int | None = 0


odds = st.builds(
    Odd,
    st.integers(),
    st.floats(allow_nan=False),
    st.booleans(),
    st.tuples(st.integers(), texts),
    st.dictionaries(texts, st.lists(wordings, max_size=2).map(tuple), max_size=2),
    st.none() | wordings,
    st.sampled_from(Level),
    texts | wordings,
    st.none() | st.integers(),
)


@given(odds)
def test_any_object_comes_back(odd: Odd) -> None:
    assert decode(Odd, json.loads(json.dumps(encode(odd)))) == odd


@pytest.mark.slow
@given(st.from_type(Section))
def test_any_section_comes_back(section: Section) -> None:
    assert decode(Section, json.loads(json.dumps(encode(section)))) == section


@pytest.mark.slow
@given(st.from_type(Topic))
def test_any_topic_comes_back(topic: Topic) -> None:
    assert decode(Topic, json.loads(json.dumps(encode(topic)))) == topic


def test_what_comes_back_is_frozen() -> None:
    words = decode(InterfaceText, {"phrases": {"a": "b"}})
    with pytest.raises(TypeError):
        words.phrases["a"] = "c"  # type: ignore[index]


WORDING = {"plain": "a", "everyday": "b", "professional": "c"}


@pytest.mark.parametrize(
    ("type_", "data"),
    [
        (Wording, None),
        (Wording, {"plain": "a"}),
        (Wording, WORDING | {"more": "d"}),
        (Wording, WORDING | {"plain": 5}),
        (Level, "simple"),
        (Level, ["plain"]),
        (int, True),
        (Section, {"id": "a", "title": WORDING, "offers": "ab"}),
        (Section, {"id": "a", "title": WORDING, "offers": [1]}),
        (Odd, {"number": 1, "part": 1.0, "yes": True, "pair": [1], "inner": {}}),
        (InterfaceText, {"phrases": ["a"]}),
        (InterfaceText, {"phrases": {"a": 5}}),
    ],
)
def test_misfits(type_: type, data: Any) -> None:
    with pytest.raises(DecodeError):
        decode(type_, data)


def test_what_cannot_be_encoded() -> None:
    with pytest.raises(TypeError):
        encode({"a", "b"})


def test_shape_tells_types_apart() -> None:
    assert shape(Library) != shape(Topic)
    assert "Wording(plain:str" in shape(Topic)
    assert "plain,everyday,professional" in shape(Library)


def test_the_shape_of_a_type_names_every_class_that_decoding_it_can_make() -> None:
    for type_ in (Library, Topic, Palette, AlarmRules):
        named = {part.partition("(")[0] for part in shape(type_).split(");")}
        assert named >= {class_.__name__ for class_ in _reached(type_)}


def _reached(hint: Any) -> set[type]:
    """Return the dataclasses and enums that a type holds, by evaluating its annotations."""
    types: set[type] = set()
    todo = [hint]
    while todo:
        part = todo.pop()
        todo += get_args(part)
        if isinstance(part, type) and part not in types:
            if is_dataclass(part):
                todo += get_type_hints(part).values()
            if is_dataclass(part) or issubclass(part, Enum):
                types.add(part)
    return types
