"""The commands that docs/deploying.md gives."""

from __future__ import annotations

import re

from tests.support.terminal.terminal import ROOT

DOCUMENT = (ROOT / "docs" / "deploying.md").read_text("utf-8")


def commands(document: str, way: str) -> list[str]:
    """The commands of one way, in order."""
    found = re.search(rf"```sh {way}\n(.*?)```", document, re.DOTALL)
    assert found
    return found[1].strip().splitlines()
