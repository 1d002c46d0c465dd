"""The commands that docs/deploying.md gives."""

from __future__ import annotations

import re

from tests.support.terminal.terminal import ROOT

DOCUMENT = (ROOT / "docs" / "deploying.md").read_text("utf-8")


def commands(document: str, server: str) -> list[str]:
    """Return the commands of one way to deploy, in order."""
    block = re.search(rf"```sh {server}\n(.*?)```", document, re.DOTALL)
    assert block
    return block[1].strip().splitlines()
