"""The commands that docs/deploying.md gives."""

from __future__ import annotations

import re

from tests.support.terminal.terminal import ROOT

DOCUMENT = (ROOT / "docs" / "deploying.md").read_text("utf-8")


def block(document: str, name: str) -> str:
    """Return the script of a task."""
    found = re.search(rf"```sh {name}\n(.*?)```", document, re.DOTALL)
    assert found, name
    return found[1].strip()


def commands(document: str, server: str) -> list[str]:
    """Return the commands of one way to deploy, in order."""
    return block(document, server).splitlines()


def installation(document: str, server: str) -> str:
    """Return a script that runs them in the folder of the files, and stops where one fails."""
    lines = (f"{command} || exit 1" for command in commands(document, server))
    return "\n".join(("cd /root/kiosk", *lines))
