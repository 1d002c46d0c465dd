"""Memory that workers share with their fork server: what a worker makes shall not lie among it.

A page of memory is shared until a worker writes to it, and then the worker has all 4 KiB of it for
itself. Two things made workers write to many pages for a few bytes each. Python puts a new object
into a gap that a freed one has left, and a start leaves thousands, all over the heap. And Python
remembers where it found an attribute, in a table that is full after a start: what a worker looks up
takes the place of something else, whose name is counted down wherever it lies.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

_POOL = 16_384
"""Bytes of the pools that CPython's allocator hands out blocks of one size from."""
_POOL_HEADER = 48
"""Bytes at the beginning of a pool."""
_STEP, _MAX_BLOCK = 16, 512
"""Blocks are of each multiple of `_STEP` up to this size."""
_RUN = 24
"""Blocks one behind the other from the beginning of a pool: it was empty."""
_NUMBER, _NEAR = 32, 4
"""Bytes of a large number, and the blocks of that size within which one counts as behind another:
the addresses that are compared here are such numbers."""
_LIMIT = 2**21
"""Bytes of blocks of one size after which there is another allocator than the one meant here."""


def prepare_heap() -> list[object]:
    """Fill the gaps and empty the table; what is returned must be kept for the gaps to stay so.

    Call it after the last garbage collection before a fork.
    """
    clear_type_cache: Callable[[], object] = getattr(sys, "_clear_type_cache", list)
    clear_type_cache()
    return fill_gaps()


def fill_gaps() -> list[object]:
    """Make objects of each size until they come out of an empty pool; return those before it.

    Returns none where Python takes its memory from elsewhere.
    """
    fillers: list[object] = []
    for size in range(_STEP, _MAX_BLOCK + 1, _STEP):
        made = _until_empty_pool(size)
        if made is None:
            return []
        fillers += made
    return fillers


def _until_empty_pool(size: int) -> list[object] | None:
    """Return objects of `size` bytes that fill all pools in use; None past the limit."""
    make = _maker(size)
    run_wanted = min(_RUN, (_POOL - _POOL_HEADER) // size)
    near = _NEAR if size == _NUMBER else 1
    made: list[object] = []
    run, last = 0, 0
    while run < run_wanted:
        if len(made) * size > _LIMIT:
            return None
        made.append(make())
        address = id(made[-1])
        is_first = (address % _POOL - _POOL_HEADER) // size < near
        is_next = 0 < address - last <= near * size
        run = run + 1 if is_next and (run or is_first) else int(is_first)
        last = address
    return made[:-run_wanted]


def _maker(size: int) -> Callable[[], object]:
    """Return what makes an object of that size, a multiple of `_STEP`, without a collector's head.

    Of no type whose freed objects Python keeps aside.
    """
    if size <= sys.getsizeof(object()):
        return object
    if size < sys.getsizeof(b"xx"):
        number = 1 << 40
        return lambda: number + 1
    content = size - sys.getsizeof(b"")
    return lambda: bytes(content)
