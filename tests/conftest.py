"""Fixtures that tests of several packages share, and the tiers of tests."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from tests.support.library.small_tree import Tree
from tests.support.prebuilt_pack import share_packs

E2E = Path(__file__).parent / "e2e"


def pytest_configure() -> None:
    share_packs()
    gc.set_threshold(20_000, 20, 20)  # each collection walks all tests: 3 s of a run are saved


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    root = tmp_path / "content"
    root.mkdir()
    return Tree(root)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark end-to-end tests as slow, but for those that stand for the others; run them first.

    They mostly wait, so that others run meanwhile; begun last, they would be waited for.
    """
    items.sort(key=lambda item: E2E not in item.path.parents)
    for item in items:
        if E2E in item.path.parents and not item.get_closest_marker("representative"):
            item.add_marker(pytest.mark.slow)
