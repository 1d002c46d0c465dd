"""Fixtures that tests of several packages share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.library.small_tree import Tree


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    root = tmp_path / "content"
    root.mkdir()
    return Tree(root)
