"""Code that has run is exchanged for copies in one place, and does what it did."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType

import pytest

from kiosk.serve.forkserver.hot_code import move_together, noting_code

APART = """
from kiosk.serve.forkserver.hot_code import move_together, noting_code
functions, between = [], []
for number in range(200):
    scope = {}
    exec(f"def run(): return {number}", scope)
    functions.append(scope["run"])
    between += [bytes(size) for size in range(0, 480, 16) for _ in range(20)]
del between[::2]
def pages():
    return len({id(function.__code__) // 4096 for function in functions})
print(pages())
with noting_code() as called:
    assert [function() for function in functions] == list(range(200))
fillers = move_together(called)
print(pages())
"""


@pytest.fixture(autouse=True)
def nothing_frozen() -> None:
    """Thaw what an app of another test has frozen: the collector lists no frozen function."""
    gc.unfreeze()


def _counter(start: int) -> Callable[[], int]:
    at = start

    def count(step: int = 2) -> int:
        nonlocal at
        at += step
        return at

    return count


def _doubled(numbers: list[int]) -> set[int]:
    return {2 * number for number in numbers}


def _made_inside(number: int) -> Callable[[], int]:
    return lambda: number


def _numbers() -> Iterator[int]:
    yield from (1, 2)


def _idle() -> int:
    return 1


class _Base:
    def name(self) -> str:
        return "base"


class _Thing(_Base):
    def name(self) -> str:
        return super().name() + "!"

    @property
    def size(self) -> int:
        return 3

    @classmethod
    def kind(cls) -> str:
        return cls.__name__

    @staticmethod
    def fixed(*, value: int = 4) -> int:
        return value


def _all(count: Callable[[], int]) -> list[object]:
    thing = _Thing()
    return [
        count(), _doubled([1, 2]), _made_inside(5)(), list(_numbers()), thing.name(), thing.size,
        thing.kind(), thing.fixed(),
    ]  # fmt: skip


def _codes(function: object) -> list[CodeType]:
    """Return a function's code and the code inside it."""
    assert isinstance(function, FunctionType)
    inside = [each for each in function.__code__.co_consts if isinstance(each, CodeType)]
    return [function.__code__, *inside]


def test_all_kinds_of_functions_do_with_copied_code_what_they_did() -> None:
    count = _counter(0)
    assert isinstance(_Thing.size, property)
    functions = [
        count, _doubled, _made_inside, _numbers, _Thing.name, _Thing.size.fget,
        _Thing.kind.__func__, _Thing.fixed,
    ]  # fmt: skip
    before = [code for function in functions for code in _codes(function)]
    with noting_code() as called:
        first = _all(count)
    move_together(called)
    after = [code for function in functions for code in _codes(function)]
    assert after == before
    exchanged = [old is not new for old, new in zip(before, after, strict=True)]
    assert all(exchanged)
    again = _all(count)
    assert (first[0], again[0]) == (2, 4)
    assert again[1:] == first[1:]


def test_a_function_that_has_not_run_keeps_its_code() -> None:
    code = _idle.__code__
    with noting_code() as called:
        _doubled([1])
    move_together(called)
    assert _idle.__code__ is code


def test_the_old_code_leaves_no_gap_while_what_is_returned_is_kept() -> None:
    scope: dict[str, Callable[[], int]] = {}
    exec("def run(): return 1", scope)
    code = weakref.ref(scope["run"].__code__)
    with noting_code() as called:
        scope["run"]()
    kept = move_together(called)
    called.clear()
    assert code() is not None
    assert code() is not scope["run"].__code__
    kept.clear()
    assert code() is None


def test_a_generator_that_is_under_way_goes_on() -> None:
    with noting_code() as called:
        numbers = _numbers()
        next(numbers)
    move_together(called)
    assert list(numbers) == [2]


def test_code_is_noted_no_more_after_an_error() -> None:
    with pytest.raises(ValueError, match="inside"), noting_code():
        raise ValueError("inside")
    assert sys.getprofile() is None


def test_a_profiler_that_is_in_use_stays_in_use() -> None:
    def profiler(*_: object) -> None: ...

    sys.setprofile(profiler)
    try:
        with noting_code() as called:
            _idle()
        assert sys.getprofile() is profiler
    finally:
        sys.setprofile(None)
    assert not called


@pytest.mark.skipif(sys.implementation.name != "cpython", reason="CPython's own allocator")
def test_copies_lie_next_to_each_other() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", APART], env={"PATH": ""}, text=True, capture_output=True, check=True,
        timeout=60,
    )  # fmt: skip
    apart, together = map(int, ran.stdout.split())
    assert apart > 100
    assert together < 16
