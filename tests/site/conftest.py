"""A site with a reviewer, whose key its file of allowed signers has."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.library.small_tree import Tree
from tests.support.review.signer import Signer
from tests.support.review.site import Site


@pytest.fixture
def ana() -> Signer:
    return Signer()


@pytest.fixture
def site(tree: Tree, tmp_path: Path, ana: Signer) -> Site:
    folder = tmp_path / "etc"
    folder.mkdir()
    site = Site(tree.root, folder)
    site.allow(ana.line('namespaces="kiosk-review@v1"'))
    return site
