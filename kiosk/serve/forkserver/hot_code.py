"""Move the code of the functions that every visit runs together in memory, before workers are
forked.

The Python interpreter writes into the code that it runs (counters, and what it has found out about
each instruction), so the memory pages of that code are copied in each worker. A visit runs some
800 functions, whose code lies among 20 times as much that never runs. Copies of the code that are
made one after the other lie next to each other, so that fewer pages are copied.
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
    """Context manager that records which Python functions this thread calls in its block: it yields
    a dict of their code objects by `id`, which fills meanwhile. It stays empty while a profiler is
    in use: there can be only one.
    """
    called: dict[int, CodeType] = {}
    if sys.getprofile() is not None:
        yield called
        return

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            called[id(frame.f_code)] = frame.f_code

    sys.setprofile(note)
    try:
        yield called
    finally:
        sys.setprofile(None)


def move_together(called: Mapping[int, CodeType]) -> list[object]:
    """Give each function whose code is in `called` a fresh copy of the code; the copies lie next to
    each other in memory.

    Returns objects that fill the gaps in memory before them, and the old code, to be kept as long
    as workers are forked: freed code would leave gaps that each worker fills for itself. Run the
    code again afterwards: the interpreter optimizes each copy from the start.
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
    return [*fillers, *called.values()]


def _copy(code: CodeType, called: Mapping[int, CodeType], copies: dict[int, CodeType]) -> CodeType:
    """Return the one copy of `code`, with the code inside it (comprehensions) copied as well."""
    if id(code) not in copies:
        constants = tuple(
            _copy(each, called, copies) if id(each) in called else each for each in code.co_consts
        )
        copies[id(code)] = code.replace(co_consts=constants)
    return copies[id(code)]
