"""Libraries in two languages, made once and copied for each test that changes one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.library.spanish_example import write_library, write_translated_library


@pytest.fixture(scope="session")
def english_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_library(tmp_path_factory.mktemp("english") / "content")


@pytest.fixture(scope="session")
def spanish_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_translated_library(tmp_path_factory.mktemp("spanish") / "content")


@pytest.fixture
def untranslated(english_library: Path, tmp_path: Path) -> Path:
    """A library in two languages whose topic is in English alone."""
    shutil.copytree(english_library, tmp_path / "content")
    return tmp_path / "content"


@pytest.fixture
def tree(spanish_library: Path, tmp_path: Path) -> Path:
    """A library whose topic is whole in both languages."""
    shutil.copytree(spanish_library, tmp_path / "content")
    return tmp_path / "content"
