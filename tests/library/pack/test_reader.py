"""The pack says what the tree says, and is refused when it is anything else."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.errors import PackError
from kiosk.library.checks.rules import examine
from kiosk.library.pack import build as build_module
from kiosk.library.pack import connection as connection_module
from kiosk.library.pack.build import build_pack, pack_bytes
from kiosk.library.pack.connection import MOST_IN_MEMORY
from kiosk.library.pack.reader import FORMAT, open_pack
from kiosk.library.pack.writer import card_of
from kiosk.library.problem import ContentError
from tests.support.library.small_pack import small_pack
from tests.support.library.small_tree import Tree
from tests.support.perf.generated_library import write_generated

ROOT = Path(__file__).parents[3]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    file = tmp_path / "clinic.pack"
    file.write_bytes(small_pack())
    return file


def test_what_is_opened_is_what_was_written(tree: Tree, pack: Path) -> None:
    draft, _ = examine(tree.root)
    assert draft is not None
    with open_pack(pack) as opened:
        library = opened.library()
        assert replace(library, cards=(), catalogues={}) == draft.library
        assert library.cards == (card_of(draft.topics[0].topic),)
        assert library.catalogues["en"].count == 1
        assert opened.open_topic("sore-back", "en") == draft.topics[0].topic
        names = [theme.name for theme in opened.themes()]
        assert names == ["clinic-dark", "clinic-light", "high-contrast", "terminal"]
        assert opened.failed_themes() == ()


def test_the_cards_say_what_is_known_before_a_topic_is_opened(pack: Path) -> None:
    with open_pack(pack) as opened:
        library = opened.library()
        topic = opened.open_topic("sore-back", "en")
    assert library.opened == ()
    (card,) = library.cards
    assert (card.id, card.language, card.question) == ("sore-back", "en", topic.question)
    assert card.preview == topic.section("start").claims[0].wording
    assert card.minutes == 1


def test_a_pack_in_memory(tree: Tree) -> None:
    with open_pack(pack_bytes(tree.root, None)) as opened:
        assert opened.open_topic("sore-back", "en").id == "sore-back"
        assert opened.themes() == ()


def test_the_same_tree_gives_the_same_bytes(tree: Tree) -> None:
    themes = ROOT / "themes"
    assert pack_bytes(tree.root, themes) == pack_bytes(tree.root, themes)


def test_no_such_topic(pack: Path) -> None:
    with open_pack(pack) as opened, pytest.raises(KeyError):
        opened.open_topic("sore-back", "es")


def test_nothing_can_be_written(pack: Path) -> None:
    before = pack.read_bytes()
    opened = open_pack(pack)
    with pytest.raises(PackError):
        opened.rows("DELETE FROM topic", ())
    opened.close()
    assert pack.read_bytes() == before
    with pytest.raises(PackError):
        open_pack(before).rows("DELETE FROM topic", ())


def test_a_failed_theme_is_kept_with_its_cause(tree: Tree, tmp_path: Path) -> None:
    themes = tmp_path / "themes"
    themes.mkdir()
    (themes / "bad.toml").write_text('name = "bad"\ntitle = "Bad"\nkind = "light"\ncolours = {}')
    good = (ROOT / "themes/clinic-dark.toml").read_text()
    (themes / "clinic-dark.toml").write_text(good)
    with open_pack(pack_bytes(tree.root, themes)) as opened:
        assert [theme.name for theme in opened.themes()] == ["clinic-dark"]
        ((name, why),) = opened.failed_themes()
    assert name == "bad"
    assert "background: no colour" in why


def test_problems_refuse_the_whole_tree(tree: Tree, tmp_path: Path) -> None:
    tree.change("sore-back/review.toml", "submitted", "under-review")
    file = tmp_path / "clinic.pack"
    file.write_bytes(b"the one before")
    with pytest.raises(ContentError, match='needs "who"') as refused:
        build_pack(tree.root, None, file)
    assert len(refused.value.problems) == 1
    assert file.read_bytes() == b"the one before"


def test_a_crash_leaves_the_pack_before(
    tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "clinic.pack"
    file.write_bytes(b"the one before")

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        build_module.build_pack(tree.root, None, file)
    assert file.read_bytes() == b"the one before"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["clinic.pack"]


def test_replacing_the_file_changes_nothing_for_a_visit(tree: Tree, pack: Path) -> None:
    with open_pack(pack) as opened:
        before = opened.library()
        tree.change("library.toml", '"The clinic"', '"Another clinic"')
        build_pack(tree.root, None, pack)
        assert opened.library() == before
    with open_pack(pack) as opened:
        assert opened.library().clinic["en"] == "Another clinic"


def _change(pack: Path, offset: int, new: bytes) -> None:
    content = bytearray(pack.read_bytes())
    content[offset : offset + len(new)] = new
    pack.write_bytes(content)


def test_not_a_pack(pack: Path, tmp_path: Path) -> None:
    for content, why in [
        (b"", "it is empty"),
        (b"hello", "it is not a kiosk pack"),
        (b"x" * 4096, "it is not a kiosk pack"),
        (pack.read_bytes()[:-4096], "cut short"),
        (pack.read_bytes() + b"x", "something was added"),
    ]:
        other = tmp_path / "other.pack"
        other.write_bytes(content)
        with pytest.raises(PackError, match=rf"other\.pack: .*{why}"):
            open_pack(other)
        with pytest.raises(PackError, match=f"the library in memory: .*{why}"):
            open_pack(content)
    with pytest.raises(PackError, match="no such file"):
        open_pack(tmp_path / "none.pack")
    with pytest.raises(PackError, match="cannot be read"):
        open_pack(tmp_path)


def test_another_database(tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE x (y)")
    connection.close()
    with pytest.raises(PackError, match="it is a database, but not a kiosk pack"):
        open_pack(file)


def test_a_newer_format(pack: Path) -> None:
    _change(pack, 60, (FORMAT + 1).to_bytes(4, "big"))
    with pytest.raises(PackError, match="newer kiosk"):
        open_pack(pack)


@pytest.mark.parametrize("format_", range(FORMAT))
def test_an_older_format(pack: Path, format_: int) -> None:
    _change(pack, 60, format_.to_bytes(4, "big"))
    with pytest.raises(PackError, match=r"older kiosk.*Build it again"):
        open_pack(pack)


def test_another_shape(pack: Path) -> None:
    content = pack.read_bytes()
    shapes = content.index(b"shapes") + len("shapes")
    _change(pack, shapes, b"0000")
    with pytest.raises(PackError, match=r"another kiosk.*Build it again"):
        open_pack(pack)


def test_one_changed_letter_is_found(pack: Path) -> None:
    content = pack.read_bytes()
    _change(pack, content.index(b"25-40 mg a day"), b"95-40")
    with open_pack(pack) as opened, pytest.raises(PackError, match="damaged"):
        opened.open_topic("sore-back", "en")


def test_garbled_pages(pack: Path) -> None:
    size = pack.stat().st_size
    _change(pack, 100, os.urandom(size - 100))
    with pytest.raises(PackError, match="damaged"):
        open_pack(pack)


def test_opening_imports_neither_validator_nor_parser(pack: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from kiosk.library.pack.reader import open_pack\n"
        "pack = open_pack(Path(sys.argv[1])); pack.library(); pack.themes()\n"
        "pack.open_topic('sore-back', 'en')\n"
        "roots = {name.split('.')[0] for name in sys.modules}\n"
        "print(sorted(roots & {'pydantic', 'pydantic_core', 'tomli', 'tomllib'}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(pack)],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    assert done.stdout == "[]\n"


def test_a_forked_child_reads_too(pack: Path) -> None:
    opened = open_pack(pack)
    child = os.fork()
    if child == 0:
        try:
            opened.open_topic("sore-back", "en")
            os._exit(0)
        except BaseException:
            os._exit(1)
    assert os.waitpid(child, 0)[1] == 0
    assert opened.open_topic("sore-back", "en").id == "sore-back"


def test_a_forked_child_has_a_place_of_its_own_in_a_large_file(tmp_path: Path) -> None:
    file = tmp_path / "made.pack"
    write_generated(file, 1000)
    assert file.stat().st_size > MOST_IN_MEMORY
    with open_pack(file) as opened:
        (own,) = opened._guarded._files
        os.lseek(own, 7, os.SEEK_SET)
        os.rename(file, tmp_path / "away")
        child = os.fork()
        if child == 0:
            try:
                opened.renew()
                os.lseek(own, 99, os.SEEK_SET)
                opened.open_topic("made-999", "en")
                os._exit(0)
            except BaseException:
                os._exit(1)
        assert os.waitpid(child, 0)[1] == 0
        assert os.lseek(own, 0, os.SEEK_CUR) == 7
        assert opened.open_topic("made-150", "en").id == "made-150"


def test_a_file_of_which_mode_or_links_changed_is_read_on_and_one_put_in_its_place_is_not(
    pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection_module, "MOST_IN_MEMORY", 0)
    other = tmp_path / "other.pack"
    shutil.copy2(pack, other)  # of the same length and time
    with open_pack(pack) as opened:
        pack.chmod(0o400)
        with closing(opened.another()) as again:
            assert again.execute("SELECT count(*) FROM topic").fetchone() == (1,)
        os.link(pack, tmp_path / "backup.pack")
        with closing(opened.another()) as again:
            assert again.execute("SELECT count(*) FROM topic").fetchone() == (1,)
        os.replace(other, pack)
        with pytest.raises(PackError, match=r"clinic\.pack: it was replaced while it was in use"):
            opened.another()
