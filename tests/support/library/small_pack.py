"""The small content tree as a pack, compiled once a process."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from kiosk.library.pack.build import build_pack
from tests.support.library.small_tree import Change, Tree
from tests.support.prebuilt_pack import THEMES


@cache
def small_pack(*changes: Change) -> bytes:
    """The pack of the small tree with these changes, and of the shipped themes."""
    with TemporaryDirectory() as folder:
        tree, file = Tree(Path(folder) / "content"), Path(folder) / "small.pack"
        for change in changes:
            tree.change(*change)
        build_pack(tree.root, THEMES, file)
        return file.read_bytes()
