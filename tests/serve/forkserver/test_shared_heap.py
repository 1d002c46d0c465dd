"""What a worker makes after the fork lies apart from what its fork server made before."""

from __future__ import annotations

import subprocess
import sys

import pytest

GAPS = """
import sys
from kiosk.serve.forkserver.shared_heap import prepare_heap
old = {size: [bytes(size - 33) for _ in range(3000)] for size in (48, 96, 256, 512)}
for blocks in old.values():
    del blocks[::2]
fillers = prepare_heap()
near = {id(block) // 4096 for blocks in old.values() for block in blocks}
new = [bytes(size - 33) for size in old for _ in range(200)]
print(sum(id(block) // 4096 in near for block in new))
again = prepare_heap()
print(len(fillers), len(again))
"""


def made_in_gaps(environment: dict[str, str]) -> tuple[int, int, int]:
    """Return how many new objects lie on old pages, and the fillers made at first and again."""
    ran = subprocess.run(
        [sys.executable, "-c", GAPS], env=environment, text=True, capture_output=True, check=True,
        timeout=60,
    )  # fmt: skip
    near, first, again = map(int, ran.stdout.split())
    return near, first, again


@pytest.mark.skipif(sys.implementation.name != "cpython", reason="CPython's own allocator")
def test_new_objects_share_no_page_with_old_ones() -> None:
    near, fillers, again = made_in_gaps({"PATH": ""})
    assert near < 20  # of 800; nearly all without
    assert fillers > 6000
    assert again < fillers / 3


def test_nothing_is_filled_where_memory_comes_from_elsewhere() -> None:
    assert made_in_gaps({"PATH": "", "PYTHONMALLOC": "malloc"})[1:] == (0, 0)
