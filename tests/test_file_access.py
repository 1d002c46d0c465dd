"""A file that is not there and one that may not be looked at are two things."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from kiosk.errors import StartupError
from kiosk.file_access import files_in_folders, is_there, read_file, visible_files
from kiosk.library.source.load import load_tree
from kiosk.library.source.parsing.toml_file import read_toml
from kiosk.settings import file as settings_file
from kiosk.settings.file import find_settings
from kiosk.site import paths
from kiosk.site.content import content_path, settings_of
from tests.support.other_user import as_nobody, needs_root
from tests.support.shipped import CONTENT


@pytest.fixture
def closed() -> Iterator[Path]:
    """A file in a folder that nobody but root may enter."""
    with TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        inner = Path(folder) / "kiosk"
        inner.mkdir(mode=0o700)
        file = inner / "kiosk.toml"
        file.write_text("[show]\nunapproved = false\n")
        yield file


def test_what_is_not_there_is_not_there(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    assert is_there(file)
    assert not is_there(tmp_path / "none")
    assert not is_there(file / "below a file")
    with pytest.raises(StartupError, match="There is no file"):
        read_file(tmp_path / "none")


@pytest.mark.parametrize("target", ["nowhere", "link", "file/below"])
def test_a_link_that_leads_nowhere_is_no_file_that_is_not_there(
    target: str, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    link = tmp_path / "link"
    link.symlink_to(tmp_path / target)
    with pytest.raises(StartupError, match=r"link is there and cannot be opened: .*remove"):
        is_there(link)


@pytest.mark.parametrize("name", ["kiosk.toml", "kiosk.toml.d"])
def test_settings_behind_a_link_that_leads_nowhere_are_not_none(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings_file, "SYSTEM", tmp_path / "kiosk.toml")
    (tmp_path / "kiosk.toml").write_text('[clinic]\nname = "Ours"\n')
    (tmp_path / name).unlink(missing_ok=True)
    (tmp_path / name).symlink_to("nowhere")
    with pytest.raises(StartupError, match=f"{name} is there"):
        settings_file.read_settings(find_settings(None) or tmp_path)


@needs_root
def test_a_folder_that_may_not_be_entered_is_named_with_the_user(closed: Path) -> None:
    said = as_nobody(lambda: is_there(closed))
    assert said.startswith("kiosk.errors.StartupError")
    assert f"the user nobody may not enter {closed.parent}." in said


@needs_root
def test_a_file_that_may_not_be_read_is_named_with_the_user(closed: Path) -> None:
    closed.parent.chmod(0o755)
    closed.chmod(0o600)
    assert "permission denied, as the user nobody" in as_nobody(lambda: read_file(closed))


@needs_root
def test_settings_that_may_not_be_looked_at_never_count_as_none(
    closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings_file, "SYSTEM", closed)
    monkeypatch.setenv("XDG_CONFIG_HOME", "/nonexistent")
    assert "may not enter" in as_nobody(lambda: find_settings(None))
    assert "may not enter" in as_nobody(lambda: settings_of(None))
    closed.parent.chmod(0o755)
    closed.chmod(0o640)
    assert "cannot be read" in as_nobody(lambda: settings_of(None))
    closed.chmod(0o644)
    assert "unapproved=False" in as_nobody(lambda: settings_of(None))


@needs_root
def test_a_pack_that_may_not_be_looked_at_is_not_passed_over(
    closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "INSTALLED", closed)
    assert "may not enter" in as_nobody(lambda: content_path(None))
    assert "may not enter" in as_nobody(lambda: content_path(closed))


@needs_root
def test_sections_that_may_not_be_listed_are_not_no_sections() -> None:
    with TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        tree = Path(folder, "content")
        shutil.copytree(CONTENT, tree)
        sections = tree / "leaky-gut" / "sections"
        sections.chmod(0o700)
        said = as_nobody(lambda: load_tree(tree))
        assert said.startswith("kiosk.errors.StartupError")
        assert f"{sections} cannot be listed: permission denied, as the user nobody" in said


@needs_root
def test_a_file_of_content_that_may_not_be_read_is_not_missing(closed: Path) -> None:
    def said() -> None:
        raise StartupError(str(read_toml(closed, "kiosk.toml")))

    assert "the user nobody may not read this file" in as_nobody(said)


def test_files_in_the_folders_of_a_tree_are_those_that_a_pattern_finds(tmp_path: Path) -> None:
    for folder in ("b", "a-c", "a", ".hidden", "none"):
        (tmp_path / folder).mkdir()
    for folder in ("b", "a-c", "a", ".hidden"):
        (tmp_path / folder / "topic.toml").touch()
    (tmp_path / "topic.toml").touch()
    found = files_in_folders(tmp_path, "topic.toml")
    assert [path.parent.name for path in found] == ["a", "a-c", "b"]
    assert found == visible_files(tmp_path, "*/topic.toml")
    assert files_in_folders(tmp_path / "gone", "topic.toml") == []
