"""A pack is built when something changed, and not before."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.library.pack import build, cache
from kiosk.library.pack.cache import pack_for
from kiosk.library.pack.reader import Pack, open_pack, verified
from kiosk.library.problem import ContentError
from tests.support.library.small_tree import Tree


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path / "cache"


def test_built_once(tree: Tree, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = pack_for(tree.root, None)
    assert isinstance(first, Path)
    assert first.parent == home / "kiosk"
    monkeypatch.setattr(build, "pack_bytes", None)
    assert pack_for(tree.root, None) == first


def test_built_again_when_a_file_changes(tree: Tree) -> None:
    first = pack_for(tree.root, None)
    tree.change("library.toml", "The clinic", "Our clinic")
    second = pack_for(tree.root, None)
    assert second != first
    with open_pack(second) as pack:
        assert pack.library().clinic["en"] == "Our clinic"


def test_built_again_for_other_themes(tree: Tree, tmp_path: Path) -> None:
    themes = tmp_path / "themes"
    themes.mkdir()
    first = pack_for(tree.root, themes)
    (themes / "x.toml").write_text("")
    assert pack_for(tree.root, themes) != first


def test_built_again_by_another_version(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    first = pack_for(tree.root, None)
    monkeypatch.setattr(cache, "__version__", "9.9")
    assert pack_for(tree.root, None) != first


def test_a_damaged_pack_is_built_again(tree: Tree) -> None:
    file = pack_for(tree.root, None)
    assert isinstance(file, Path)
    whole = file.read_bytes()
    file.write_bytes(whole[:5000])
    assert pack_for(tree.root, None) == file
    assert file.read_bytes() == whole


@pytest.fixture
def seals(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return a list to which each pack is added whose seal is looked at."""
    looked: list[Path] = []

    def counted(pack: Path, *, light: bool) -> Pack:
        looked.append(pack)
        return verified(pack, light=light)

    monkeypatch.setattr(cache, "verified", counted)
    return looked


def test_a_seal_is_looked_at_once_and_again_after_any_change(tree: Tree, seals: list[Path]) -> None:
    file = pack_for(tree.root, None)
    assert isinstance(file, Path)
    for _ in range(3):
        assert pack_for(tree.root, None) == file
    assert seals == [file]
    whole, status = file.read_bytes(), file.stat()
    with file.open("r+b") as opened:  # one byte of a text, and the times put back
        opened.seek(len(whole) // 2)
        opened.write(bytes([whole[len(whole) // 2] ^ 1]))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert pack_for(tree.root, None) == file
    assert len(seals) == 2
    assert file.read_bytes() == whole


def test_a_note_that_others_may_write_counts_for_nothing(tree: Tree, seals: list[Path]) -> None:
    file = pack_for(tree.root, None)
    assert isinstance(file, Path)
    assert pack_for(tree.root, None) == file
    note = file.with_name(f"{file.name}.whole")
    note.chmod(0o666)
    seals.clear()
    assert pack_for(tree.root, None) == file
    assert seals == [file]


def test_in_memory_where_nothing_can_be_written(
    tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    file = pack_for(tree.root, None)
    assert isinstance(file, bytes)
    with open_pack(file) as pack:
        assert pack.open_topic("sore-back", "en").id == "sore-back"


def test_a_relative_cache_is_none(
    tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "somewhere")
    file = pack_for(tree.root, None)
    assert isinstance(file, Path)
    assert file.parent == tmp_path / ".cache/kiosk"


@pytest.mark.slow
def test_old_packs_go(tree: Tree, home: Path) -> None:
    for number in range(10):
        tree.change("library.toml", "clinic.en = ", f"# {number}\nclinic.en = ")
        pack_for(tree.root, None)
    assert len(list((home / "kiosk").iterdir())) == 8


def test_problems_are_raised(tree: Tree, home: Path) -> None:
    tree.change("library.toml", "clinic.en", "clinic.em")
    with pytest.raises(ContentError):
        pack_for(tree.root, None)
    assert not home.exists() or not list(home.rglob("*.pack"))


def test_a_hit_imports_neither_validator_nor_parser(tree: Tree) -> None:
    pack_for(tree.root, None)
    program = (
        "import sys; from pathlib import Path; from kiosk.library.pack.cache import pack_for\n"
        "pack_for(Path(sys.argv[1]), None)\n"
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'pydantic', 'tomli'}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tree.root)],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert done.stdout == "[]\n"
