"""Code of functions that every worker runs: it is put in one place before the fork.

The interpreter writes into the code that it runs: counters, and what it has found out about each
instruction. A visit runs some 800 functions, and their code lies wherever its module was imported,
among 20 times as much that never runs; each of its pages would be copied in each worker. A copy of
the code does what the code did, and copies that are made at once lie next to each other.
"""

from __future__ import annotations

import contextlib
import gc
import sys
from collections.abc import Iterator, Mapping
from types import CodeType, FrameType, FunctionType

from kiosk.serve.forkserver.shared_heap import fill_gaps


@contextlib.contextmanager
def noting_code() -> Iterator[dict[int, CodeType]]:
    """Note the code, by id, of all Python functions that this thread calls meanwhile."""
    called: dict[int, CodeType] = {}

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            called[id(frame.f_code)] = frame.f_code

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield called
    finally:
        sys.setprofile(before)


def move_together(called: Mapping[int, CodeType]) -> list[object]:
    """Exchange the code of all functions that have been called for copies in one place.

    Let the code run again after that: the interpreter has to find out about it anew. What is
    returned fills the gaps in memory around the copies, and must be kept for them to stay so.
    """
    functions = [
        each
        for each in gc.get_objects()
        if type(each) is FunctionType and id(each.__code__) in called
    ]
    fillers = fill_gaps()
    copies: dict[int, CodeType] = {}
    for function in functions:
        _copy(function.__code__, called, copies)
    for function in functions:
        function.__code__ = copies[id(function.__code__)]
    return fillers


def _copy(code: CodeType, called: Mapping[int, CodeType], copies: dict[int, CodeType]) -> CodeType:
    """Return the one copy of `code`, with the code inside it (comprehensions) copied as well."""
    if id(code) not in copies:
        constants = tuple(
            _copy(each, called, copies) if id(each) in called else each for each in code.co_consts
        )
        copies[id(code)] = code.replace(co_consts=constants)
    return copies[id(code)]
