"""A pack is put in its place whole, with a way back, whenever the machine dies."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kiosk.errors import InstallError, PackError, RecallsFull
from kiosk.library.pack import recalls
from kiosk.library.pack.build import build_pack
from kiosk.library.pack.install import (
    install,
    previous,
    recall,
    recalled_topics,
    reworded_topics,
    rollback,
    undo,
)
from kiosk.library.pack.reader import open_pack, verified
from kiosk.library.pack.recalls import recalls_beside
from kiosk.library.pack.verify import verify
from kiosk.site.store import PackStore
from tests.support.library.edited_pack import flip_bit
from tests.support.library.small_pack import small_pack
from tests.support.library.small_tree import Tree

ROOT = Path(__file__).parents[3]
OTHER_NAME = ("library.toml", "The clinic", "Our clinic")
KILLS = [pytest.param(6, marks=pytest.mark.slow), pytest.param(200, marks=pytest.mark.second_tier)]


@pytest.fixture
def packs(tree: Tree, tmp_path: Path) -> tuple[Path, Path]:
    first, second = tmp_path / "first.pack", tmp_path / "second.pack"
    first.write_bytes(small_pack())
    second.write_bytes(small_pack(OTHER_NAME))
    tree.change(*OTHER_NAME)
    return first, second


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    (tmp_path / "lib").mkdir()
    return tmp_path / "lib" / "library.pack"


def names(installed: Path) -> list[str]:
    return sorted(path.name for path in installed.parent.iterdir())


def test_install_keeps_the_pack_before_and_rollback_swaps_them(
    packs: tuple[Path, Path], installed: Path
) -> None:
    first, second = packs
    install(first, installed)
    assert names(installed) == ["library.pack", "library.pack.recalls"]
    install(second, installed)
    assert installed.read_bytes() == second.read_bytes()
    assert previous(installed).read_bytes() == first.read_bytes()
    for now, before in ((first, second), (second, first)):
        rollback(installed)
        assert installed.read_bytes() == now.read_bytes()
        assert previous(installed).read_bytes() == before.read_bytes()
    assert names(installed) == ["library.pack", "library.pack.previous", "library.pack.recalls"]


def test_a_bad_pack_is_not_installed(packs: tuple[Path, Path], installed: Path) -> None:
    first, second = packs
    install(first, installed)
    flip_bit(second, 9000)
    with pytest.raises(PackError, match="its seal is broken"):
        install(second, installed)
    assert installed.read_bytes() == first.read_bytes()
    assert names(installed) == ["library.pack", "library.pack.recalls"]


def test_a_bad_previous_pack_is_not_gone_back_to(packs: tuple[Path, Path], installed: Path) -> None:
    first, second = packs
    with pytest.raises(InstallError, match="no pack before"):
        rollback(installed)
    install(first, installed)
    install(second, installed)
    flip_bit(previous(installed), 9000)
    with pytest.raises(PackError, match=r"library\.pack\.previous: .*seal"):
        rollback(installed)
    assert installed.read_bytes() == second.read_bytes()


def test_installing_takes_away_what_a_killed_one_left(
    packs: tuple[Path, Path], installed: Path
) -> None:
    (installed.parent / ".library.pack.abc.part").write_bytes(b"half")
    (installed.parent / ".other.pack.abc.part").write_bytes(b"somebody else's")
    install(packs[0], installed)
    assert names(installed) == [".other.pack.abc.part", "library.pack", "library.pack.recalls"]


def test_a_recall_is_of_one_text(tree: Tree, packs: tuple[Path, Path], installed: Path) -> None:
    install(packs[0], installed)
    seen = recalls.Recalls(recalls_beside(installed))
    assert seen.changed(None) == 0
    assert recall(installed, recalls_beside(installed), "sore-back") == ["en"]
    assert seen.changed(0) == 1
    assert [recall_.topic for recall_ in seen.in_force()] == ["sore-back"]
    assert recalled_topics(installed, recalls_beside(installed)) == ["sore-back (en)"]
    install(packs[1], installed)
    assert recalled_topics(installed, recalls_beside(installed)) == ["sore-back (en)"], (
        "another clinic's name is not another text"
    )
    tree.change("sore-back/sections/80-pills.toml", "Too much is bad", "Far too much is bad")
    build_pack(tree.root, ROOT / "themes", packs[1])
    install(packs[1], installed)
    assert recalled_topics(installed, recalls_beside(installed)) == []
    assert reworded_topics(installed, recalls_beside(installed)) == ["sore-back (en)"]
    rollback(installed)
    assert reworded_topics(installed, recalls_beside(installed)) == []
    assert recalled_topics(installed, recalls_beside(installed)) == ["sore-back (en)"]


def test_a_recall_can_be_taken_back_and_said_twice(
    packs: tuple[Path, Path], installed: Path
) -> None:
    install(packs[0], installed)
    with pytest.raises(KeyError):
        recall(installed, recalls_beside(installed), "sore-foot")
    for _ in range(3):
        recall(installed, recalls_beside(installed), "sore-back")
    assert undo(recalls_beside(installed), "sore-foot") == 0
    assert undo(recalls_beside(installed), "sore-back") == 1
    assert undo(recalls_beside(installed), "sore-back") == 0
    assert recalled_topics(installed, recalls_beside(installed)) == []


def test_there_is_an_end_to_recalls(packs: tuple[Path, Path], installed: Path) -> None:
    install(packs[0], installed)
    file = recalls_beside(installed)
    slot = b"\1topic-7".ljust(recalls.SLOT, b"\0")
    file.write_bytes(file.read_bytes()[: recalls.SLOT] + slot * recalls.SLOTS)
    with pytest.raises(RecallsFull):
        recall(installed, recalls_beside(installed), "sore-back")
    assert recalls.undo(file, "topic-7") == recalls.SLOTS
    assert recall(installed, recalls_beside(installed), "sore-back") == ["en"]
    assert file.stat().st_size == recalls.SIZE


def test_recalls_behind_a_link_that_leads_nowhere_hold_everything_back(installed: Path) -> None:
    file = recalls_beside(installed)
    file.unlink(missing_ok=True)
    file.symlink_to("nowhere")
    assert recalls.Recalls(file).changed(None) == -1


def test_a_file_of_recalls_that_appears_and_cannot_be_read_holds_everything_back(
    installed: Path,
) -> None:
    file = recalls_beside(installed)
    seen = recalls.Recalls(file)
    assert seen.changed(None) == 0
    assert seen.changed(0) is None
    file.write_bytes(b"something else")
    assert seen.changed(0) == -1
    with pytest.raises(OSError, match="cannot be read"):
        list(seen.in_force())
    file.unlink()
    recalls.make(recalls_beside(installed))
    assert seen.changed(-1) == 0


@pytest.mark.parametrize("rubbish", [b"", b"kiosk recalls 1", b"\0" * recalls.SIZE])
def test_a_file_of_recalls_that_is_cut_short_in_use_holds_everything_back(
    packs: tuple[Path, Path], installed: Path, rubbish: bytes
) -> None:
    install(packs[0], installed)
    recall(installed, recalls_beside(installed), "sore-back")
    file = recalls_beside(installed)
    whole = file.read_bytes()
    seen = recalls.Recalls(file)
    assert seen.changed(None) == 1
    file.write_bytes(rubbish)  # in place: a process that had it mapped would be killed
    assert seen.changed(1) == -1
    with open_pack(installed) as pack:
        assert PackStore(pack, recalls=seen).withdrawn() == {id_ for id_, _, _ in pack.texts()}
    with pytest.raises(OSError, match="cannot be read"):
        list(seen.in_force())
    file.write_bytes(whole)
    assert seen.changed(-1) == 1
    assert [recall_.topic for recall_ in seen.in_force()] == ["sore-back"]


def test_a_recall_reaches_a_process_that_can_open_nothing(
    packs: tuple[Path, Path], installed: Path
) -> None:
    install(packs[0], installed)
    seen, (ours, theirs) = recalls.Recalls(recalls_beside(installed)), os.pipe()
    child = os.fork()
    if child == 0:
        os.read(ours, 1)
        os.rename(recalls_beside(installed), installed.with_name("away"))
        os._exit(0 if [recall_.topic for recall_ in seen.in_force()] == ["sore-back"] else 1)
    recall(installed, recalls_beside(installed), "sore-back")
    os.write(theirs, b"!")
    assert os.waitpid(child, 0)[1] == 0


def killed(program: str, *arguments: object, seconds: float) -> None:
    """Run a program, and kill it so many seconds after it has said that it begins."""
    code = (
        f"import sys; from pathlib import Path; args = [Path(a) for a in sys.argv[1:]]\n{program}"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)], stdout=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        assert process.stdout.read(1) == b"!"
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)


INSTALLS = """
from kiosk.library.pack.install import install
print("!", end="", flush=True)
while True:
    for one in args[:2]:
        install(one, args[2])
"""
ROLLBACKS = """
from kiosk.library.pack.install import rollback
print("!", end="", flush=True)
while True:
    rollback(args[2])
"""
# The first build, before "!", is slower, as it imports what it needs.
BUILDS = """
from kiosk.library.pack.build import build_pack
build_pack(args[0], args[1], args[3])
print("!", end="", flush=True)
while True:
    build_pack(args[0], args[1], args[2])
"""


@pytest.mark.parametrize("kills", KILLS)
@pytest.mark.parametrize("program", [INSTALLS, ROLLBACKS], ids=["install", "rollback"])
def test_killed_at_any_moment_there_is_the_old_pack_or_the_new(
    packs: tuple[Path, Path], installed: Path, program: str, kills: int
) -> None:
    rng = random.Random(4)
    whole = {pack.read_bytes() for pack in packs}
    for pack_file in packs:
        install(pack_file, installed)
    for _ in range(kills):
        killed(program, *packs, installed, seconds=rng.uniform(0, 0.15))
        assert installed.read_bytes() in whole
        verified(previous(installed)).close()
    install(packs[0], installed)
    assert names(installed) == ["library.pack", "library.pack.previous", "library.pack.recalls"]


@pytest.mark.parametrize("kills", KILLS)
def test_killed_at_any_moment_a_build_leaves_no_half_pack(
    tree: Tree, installed: Path, kills: int
) -> None:
    rng, seen, began = random.Random(5), 0, time.monotonic()
    build_pack(tree.root, ROOT / "themes", installed)
    took, first = time.monotonic() - began, installed.parent.with_name("first.pack")
    for _ in range(kills):
        installed.unlink(missing_ok=True)
        seconds = rng.uniform(0, 2 * took)
        killed(BUILDS, tree.root, ROOT / "themes", installed, first, seconds=seconds)
        seen += installed.exists()
        if installed.exists():
            verify(installed)
    assert kills < 100 or 0 < seen < kills, "it was not killed while it built"
    build_pack(tree.root, ROOT / "themes", installed)
    assert names(installed) == ["library.pack"]


def test_what_is_replaced_under_a_visit_stays_as_it_was(
    packs: tuple[Path, Path], installed: Path
) -> None:
    install(packs[0], installed)
    with open_pack(installed) as opened:
        install(packs[1], installed)
        shutil.rmtree(installed.parent)
        assert opened.open_topic("sore-back", "en").id == "sore-back"
        assert opened.library().clinic["en"] == "The clinic"
