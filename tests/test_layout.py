"""Layout that docs/architecture.md promises: small files; tests that stand by themselves."""

from __future__ import annotations

import ast
import re
import runpy
from pathlib import Path

import pytest

from tests.support.shipped import ROOT

SOURCES = sorted((ROOT / "kiosk").rglob("*.py")) + sorted((ROOT / "tests").rglob("*.py"))
TESTS = [file for file in SOURCES if file.name.startswith("test_")]
MOST_LINES = 300
VAGUE = {"one", "found", "told", "held", "place", "what", "then", "more"}
"""Names that CONTRIBUTING.md has for no variable: they say nothing of what is in it."""
AUTHORED = {
    "schema.py": {"one"},
    "convert.py": {"one"},
    "questions_file.py": {"what"},
    "alarms_file.py": {"then"},
}
"""Of these, names of keys that authors write, in the models of their files: by how those end."""
NO_BEGINNING = {"What", "How", "Which", "Whether"}
"""Words that CONTRIBUTING.md has no docstring begin with: they need the code to be understood."""


def imported_modules(file: Path) -> set[str]:
    """Return the names of the modules that a file imports from, anywhere in it."""
    nodes = ast.walk(ast.parse(file.read_text("utf-8")))
    return {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}


def is_test_module(name: str) -> bool:
    return name.startswith("tests.") and name.rpartition(".")[2].startswith("test_")


@pytest.mark.parametrize("file", TESTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_test_module_imports_another(file: Path) -> None:
    assert not [name for name in imported_modules(file) if is_test_module(name)]


def test_the_list_of_modules_is_what_their_docstrings_say() -> None:
    """`python3 dev.py modules` makes it anew."""
    listed = runpy.run_path(str(ROOT / ".ci" / "modules.py"))
    assert listed["FILE"].read_text("utf-8") == listed["text"]()


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


def vague_names(source: str) -> set[str]:
    """Return the vague names that a source gives to variables, parameters and attributes."""
    nodes = list(ast.walk(ast.parse(source)))
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    names |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    names |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    names |= {node.arg for node in nodes if isinstance(node, ast.keyword) and node.arg}
    names |= {
        node.name for node in nodes if isinstance(node, ast.MatchAs | ast.MatchStar) and node.name
    }
    return names & VAGUE


def test_no_variable_has_a_vague_name() -> None:
    sources = [file for file in SOURCES if file.is_relative_to(ROOT / "kiosk")]
    vague = {str(file): vague_names(file.read_text("utf-8")) for file in sources}
    for name, names in vague.items():
        for end, keys in AUTHORED.items():
            names -= keys if name.endswith(end) else set()
    assert {name: names for name, names in vague.items() if names} == {}


@pytest.mark.parametrize(
    "source",
    [
        "for one in x: pass",
        "def f(told): pass",
        "def f(**more): pass",
        "x.place = 1",
        "f(what=1)",
        "match x:\n    case [then]: pass",
    ],
)
def test_a_vague_name_that_slips_in_is_found(source: str) -> None:
    assert vague_names(source)


def class_names(source: str) -> list[str]:
    """Return the names of the classes that a source defines at the level of its module."""
    return [node.name for node in ast.parse(source).body if isinstance(node, ast.ClassDef)]


def test_no_class_name_occurs_twice() -> None:
    sources = [file for file in SOURCES if file.is_relative_to(ROOT / "kiosk")]
    modules: dict[str, list[str]] = {}
    for file in sources:
        for name in class_names(file.read_text("utf-8")):
            modules.setdefault(name, []).append(str(file.relative_to(ROOT)))
    assert len(modules) > 300
    assert {name: files for name, files in modules.items() if len(files) > 1} == {}


def question_docstrings(source: str) -> set[str]:
    """Return the names of the functions and classes in a source, "" for the module, whose docstring
    begins as a question does.
    """
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, kinds)]
    heads = {node: re.match(r"\w*", ast.get_docstring(node) or "") for node in nodes}
    slips = [node for node, head in heads.items() if head and head[0] in NO_BEGINNING]
    return {"" if isinstance(node, ast.Module) else node.name for node in slips}


def test_no_docstring_begins_as_a_question() -> None:
    sources = [file for file in SOURCES if file.is_relative_to(ROOT / "kiosk")]
    assert len(sources) > 400
    slips = {
        f"{file.relative_to(ROOT).as_posix()} {name}".strip()
        for file in sources
        for name in question_docstrings(file.read_text("utf-8"))
    }
    assert slips == set()


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ('"""Which files there are."""', ""),
        ('class A:\n    """What it is."""', "A"),
        ('class A:\n    def f(self):\n        """Whether it is."""', "f"),
        ('async def g():\n    """How far."""', "g"),
    ],
)
def test_a_docstring_that_begins_as_a_question_is_found(source: str, name: str) -> None:
    assert question_docstrings(source) == {name}


def test_a_docstring_that_begins_with_a_verb_or_a_noun_is_none() -> None:
    assert not question_docstrings('def f():\n    """Return whether it is so."""')
    assert not question_docstrings('"""Whichever."""')
