"""Layout that docs/architecture.md promises: small files; tests that stand by themselves."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.support.shipped import ROOT

SOURCES = sorted((ROOT / "kiosk").rglob("*.py")) + sorted((ROOT / "tests").rglob("*.py"))
TESTS = [file for file in SOURCES if file.name.startswith("test_")]
MOST_LINES = 300


def imported_modules(file: Path) -> set[str]:
    """Return the names of the modules that a file imports from, anywhere in it."""
    nodes = ast.walk(ast.parse(file.read_text("utf-8")))
    return {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}


def is_test_module(name: str) -> bool:
    return name.startswith("tests.") and name.rpartition(".")[2].startswith("test_")


@pytest.mark.parametrize("file", TESTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_test_module_imports_another(file: Path) -> None:
    assert not [name for name in imported_modules(file) if is_test_module(name)]


def test_an_import_of_a_test_module_is_found() -> None:
    assert is_test_module("tests.core.test_rules")
    assert not is_test_module("tests.support.core.visits")


def test_support_imports_no_test_module() -> None:
    support = [file for file in SOURCES if "support" in file.parts]
    assert len(support) > 30
    slips = {file: [m for m in imported_modules(file) if is_test_module(m)] for file in support}
    assert not [file for file, names in slips.items() if names]


def test_no_source_file_is_longer_than_300_lines() -> None:
    lengths = {str(f.relative_to(ROOT)): f.read_text("utf-8").count("\n") for f in SOURCES}
    assert {name: n for name, n in lengths.items() if n > MOST_LINES} == {}


def test_every_package_of_the_architecture_page_exists() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    for package in (p.name for p in (ROOT / "kiosk").iterdir() if (p / "__init__.py").exists()):
        assert f"`{package}`" in page, f"docs/architecture.md does not name kiosk/{package}"
