"""kiosk.toml.d: files beside kiosk.toml, of which the last that has a key counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.library.problem import ContentError
from kiosk.settings.drop_ins import settings_files, watched
from kiosk.settings.file import read_settings
from kiosk.site.store import file_stamps


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    file = tmp_path / "kiosk.toml"
    file.write_text('[clinic]\nname = "Elm Street"\n[staff]\nemergency = "911"\nwords = "Ring."\n')
    return file


def drop_in(file: Path, name: str, text: str) -> Path:
    folder = file.with_name("kiosk.toml.d")
    folder.mkdir(exist_ok=True)
    written = folder / name
    written.write_text(text)
    return written


def test_the_last_file_that_has_a_key_counts(file: Path) -> None:
    assert read_settings(file).staff.emergency == "911"
    drop_in(file, "20-room.toml", '[staff]\nwords = "Room 2."\n')
    drop_in(file, "10-site.toml", '[staff]\nwords = "Site."\nemergency = "112"\n')
    settings = read_settings(file)
    assert settings.staff.words == {"en": "Room 2."}
    assert settings.staff.emergency == "112"
    assert settings.clinic.name == {"en": "Elm Street"}


def test_each_mistake_names_its_file(file: Path) -> None:
    first = drop_in(file, "10-site.toml", "[times]\nidel = 90\n")
    second = drop_in(file, "20-room.toml", "[clinic\n")
    with pytest.raises(ContentError) as refused:
        read_settings(file)
    assert [problem.file for problem in refused.value.problems] == [str(first), str(second)]


def test_what_contradicts_itself_over_two_files_is_refused(file: Path) -> None:
    drop_in(file, "10-site.toml", '[ssh]\nauth = "keys"\n')
    with pytest.raises(ContentError, match=r"ssh\.keys is empty"):
        read_settings(file)
    drop_in(file, "20-room.toml", '[ssh]\nkeys = "/etc/kiosk/visitors.keys"\n')
    assert read_settings(file).ssh.keys


def test_only_toml_files_that_can_be_seen_count(file: Path) -> None:
    drop_in(file, "10-site.toml.bak", "rubbish")
    drop_in(file, ".10-site.toml", "rubbish")
    assert settings_files(file) == [file]


def test_a_new_drop_in_is_noticed(file: Path, tmp_path: Path) -> None:
    before = file_stamps(tmp_path, file)
    drop_in(file, "10-site.toml", "")
    assert dict(before) != {name: dict(file_stamps(tmp_path, file))[name] for name, _ in before}
    assert file.with_name("kiosk.toml.d") in watched(file)
