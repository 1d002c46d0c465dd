"""deploy/requirements.lock names everything that the wheel needs, by version and hash."""

from __future__ import annotations

import re
from importlib.metadata import requires, version
from runpy import run_path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from kiosk.operations.install import EXTRAS
from tests.support.shipped import ROOT

LOCK = (ROOT / "deploy" / "requirements.lock").read_text("utf-8")
ENTRY = re.compile(
    r"^([a-z0-9.-]+)==(\S+)[^\n]*\\\n((?:    --hash=sha256:[0-9a-f]{64}.*\n?)+)", re.M
)


def locked() -> dict[str, str]:
    """Return the version of each package that has hashes."""
    return {name: number for name, number, _ in ENTRY.findall(LOCK)}


def needed(requirement: str, seen: set[str]) -> None:
    """Collect a requirement and all that it needs, as installed here."""
    wanted = Requirement(requirement)
    name = canonicalize_name(wanted.name)
    if name in seen and not wanted.extras:
        return
    seen.add(name)
    for line in requires(name) or ():
        inner = Requirement(line)
        extras = wanted.extras or {""}
        if inner.marker is None or any(inner.marker.evaluate({"extra": one}) for one in extras):
            needed(str(inner).partition(";")[0], seen)


def test_the_lock_is_whole() -> None:
    seen: set[str] = set()
    needed(f"kiosk[{EXTRAS}]", seen)
    assert len(seen) > 20
    assert sorted(seen - {"kiosk"} - set(locked())) == []


def test_every_line_has_a_version_and_hashes() -> None:
    lines = [line for line in LOCK.splitlines() if line and line[0] not in "# "]
    assert len(lines) == len(locked())
    assert all("==" in line for line in lines)


def test_the_lock_has_the_versions_that_tests_run_with() -> None:
    pinned = dict(
        line.split("==") for line in (ROOT / "constraints.txt").read_text().splitlines()
        if "==" in line
    )  # fmt: skip
    assert {name: locked()[name] for name in pinned if name in locked()} == {
        name: number for name, number in pinned.items() if name in locked()
    }
    assert locked()["textual"] == version("textual")


def test_the_audit_of_a_release_fails_where_the_registry_knows_of_no_holes() -> None:
    """Without `--strict` pip-audit skips what it finds no data on, and ends with 0."""
    _, command = run_path(str(ROOT / "dev.py"))["COMMANDS"]["audit"]
    assert command[command.index("pip-audit") + 1] == "--strict"
    assert "--requirement=deploy/requirements.lock" in command
