"""What the contracts in pyproject.toml cannot say of imports.

They count imports inside functions as others; what importing a module must not load at once is
asked of fresh interpreters here. They see which children of a package have no layer, but not which
modules of a package that is placed module by module.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib

import pytest

from tests.support.shipped import ROOT

OUTSIDE = {"textual", "rich", "pydantic", "tomli", "sqlite3"}


@pytest.mark.parametrize(
    ("module", "forbidden"),
    [
        ("kiosk.ui.app", {"pydantic", "tomli", "sqlite3"}),
        ("kiosk.terminal.input", OUTSIDE),
        ("kiosk.terminal.driver", {"pydantic", "tomli"}),
        ("kiosk.library.pack.cache", {"pydantic", "tomli"}),
        (
            "kiosk.cli.visitors.run",
            {"pydantic", "tomli", "textual", "dataclasses", "subprocess", "kiosk.serve.spawn"},
        ),
        (
            "kiosk.cli.visitors.read",
            {
                "dataclasses",
                "inspect",
                "kiosk.answers.engine",
                "kiosk.core.pages.all_pages",
                "kiosk.core.pages.evidence",
                "kiosk.core.rules.own_questions",
                "kiosk.core.rules.self_check",
                "kiosk.core.rules.take_home",
                "kiosk.library.review.verdict",
                "kiosk.sheets",
                "kiosk.sheet_process",
                "kiosk.serve",
                "fpdf",
                "segno",
                "socket",
                "subprocess",
                "kiosk.core.take_home.sheet",
                "kiosk.core.take_home.events",
                "kiosk.core.take_home.transitions",
                "kiosk.core.pages.sheet",
                "kiosk.core.pages.take_home",
                "kiosk.core.pages.own_questions",
                "kiosk.core.pages.self_check",
            },
        ),
        (
            "kiosk.worker.template",
            {"fpdf", "segno", "PIL", "kiosk.sheets.pdf", "kiosk.sheets.wire"},
        ),
        ("kiosk.ui.app", {"segno", "kiosk.sheets"}),
        ("kiosk.cli.main", OUTSIDE | {"kiosk.library", "kiosk.site.content", "kiosk.serve"}),
        ("kiosk.settings.file", {"pydantic", "tomli"}),
        (
            "kiosk.serve.console.main",
            OUTSIDE | {"asyncio", "dataclasses", "typing", "pathlib", "inspect", "kiosk.core"},
        ),
        ("kiosk.cli.authors.check", {"textual", "rich"}),
    ],
)
def test_importing_it_brings_in_none_of(module: str, forbidden: set[str]) -> None:
    program = f"import sys, {module}; print('\\n'.join(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()
    assert module in loaded
    assert not forbidden & set(loaded)


def test_each_module_of_a_package_in_several_layers_has_one() -> None:
    """import-linter asks only for layers of a container's own children."""
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    contracts = [c for c in linter["contracts"] if "exhaustive_ignores" in c]
    assert contracts
    for contract in contracts:
        (container,) = contract["containers"]
        names = {name for layer in contract["layers"] for name in layer.split() if name not in "|:"}
        for package in contract["exhaustive_ignores"]:
            folder = ROOT / container.replace(".", "/") / package
            children = {path.stem for path in folder.glob("*.py")} - {"__init__"}
            children |= {path.parent.name for path in folder.glob("*/__init__.py")}
            assert children
            assert {f"{package}.{child}" for child in children} <= names
