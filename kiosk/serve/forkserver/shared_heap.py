"""Prepare the fork server's memory so that what workers make later does not lie among what they
share with it.

A page of memory (4 KiB) is shared until a worker writes to it; then the worker gets a copy of it.
Two things made workers write a few bytes to each of many pages. Python puts a new object into the
gap that a freed one has left, and a start leaves thousands of gaps, all over the heap. And Python
caches where it found an attribute, in a table that is full after a start: each new entry takes the
place of an old one, whose name's reference count is then written to, wherever it lies. So the gaps
are filled, and the cache is emptied, before the fork.
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
    """Fill the gaps in Python's heap and empty its cache of attributes; to be called after the last
    garbage collection before a fork.

    Returns the objects that fill the gaps, which must be kept; none if Python uses another memory
    allocator.
    """
    clear_type_cache: Callable[[], object] = getattr(sys, "_clear_type_cache", list)
    clear_type_cache()
    return fill_gaps()


def fill_gaps() -> list[object]:
    """Make small objects of each size until Python begins a fresh stretch of memory for them;
    return those that fill the gaps before it, which must be kept.

    Returns none if Python uses another memory allocator.
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
