"""New packs, broken packs and recalls while somebody reads, in a real terminal."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from kiosk.library.pack.build import build_pack
from kiosk.library.pack.install import install, recall, undo
from kiosk.library.pack.recalls import recalls_beside
from tests.support.perf.generated_library import write_generated
from tests.support.shipped import CONTENT, THEMES
from tests.support.terminal.terminal import ROOT, Terminal
from tests.support.terminal.unattended import Service, Unattended

WITHDRAWN = "We have taken this text down"
OURS, THEIRS = "This clinic", "Elm Street Clinic"


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two packs of the shipped topic, with two names of the clinic."""
    folder = tmp_path_factory.mktemp("packs")
    tree = folder / "content"
    shutil.copytree(CONTENT, tree)
    file = tree / "library.toml"
    file.write_text(file.read_text().replace(f'"{OURS}"', f'"{THEIRS}"'))
    for source, name in ((CONTENT, "ours"), (tree, "theirs")):
        build_pack(source, THEMES, folder / name)
    return folder / "ours", folder / "theirs"


@pytest.fixture
def installed_pack(tmp_path: Path) -> Path:
    (tmp_path / "lib").mkdir()
    return tmp_path / "lib" / "library.pack"


@contextmanager
def attended(installed_pack: Path, tmp_path: Path) -> Iterator[Terminal]:
    with Terminal("run", str(installed_pack), XDG_CACHE_HOME=str(tmp_path)) as kiosk:
        kiosk.wait("START")
        yield kiosk


@contextmanager
def unattended(installed_pack: Path, tmp_path: Path, *more: str) -> Iterator[Service]:
    asked = (
        str(tmp_path / "journal"),
        "run",
        "--unattended",
        "--content",
        str(installed_pack),
        *more,
    )
    with Service(*asked, XDG_CACHE_HOME=str(tmp_path)) as kiosk:
        kiosk.wait("START")
        yield kiosk


Opens = Callable[[Path, Path], AbstractContextManager[Terminal]]


def test_a_built_pack_runs(tmp_path: Path) -> None:
    pack = tmp_path / "a.pack"
    asked = [sys.executable, "-m", "kiosk", "build", "content", "-o", str(pack)]
    subprocess.run(asked, check=True, cwd=ROOT)
    with attended(pack, tmp_path) as kiosk:
        kiosk.to_first_step()


@pytest.mark.parametrize("installed", [True, False], ids=["installed", "only copied there"])
@pytest.mark.parametrize("opens", [attended, unattended])
def test_a_recall_withdraws_the_text_from_a_running_visit_at_its_next_event(
    packs: tuple[Path, Path], installed_pack: Path, tmp_path: Path, opens: Opens, installed: bool
) -> None:
    if installed:
        install(packs[0], installed_pack)
    else:
        shutil.copyfile(packs[0], installed_pack)
    with opens(installed_pack, tmp_path) as kiosk:
        kiosk.to_first_step()
        recall(installed_pack, recalls_beside(installed_pack), "leaky-gut")
        kiosk.press("n")
        kiosk.wait(WITHDRAWN)
        assert "Step" not in kiosk.settle()
        kiosk.press("1")
        kiosk.wait("START")
        assert "leaky gut" not in kiosk.settle(2)
        kiosk.press("1")
        kiosk.wait("Which best describes you?")
        kiosk.press("1")
        kiosk.wait(WITHDRAWN)
        kiosk.press("1")
        kiosk.wait("START")
        undo(recalls_beside(installed_pack), "leaky-gut")
        kiosk.wait("leaky gut", 30)
        kiosk.to_first_step()


def test_a_recalled_topic_is_not_offered_at_the_start(
    packs: tuple[Path, Path], installed_pack: Path, tmp_path: Path
) -> None:
    install(packs[0], installed_pack)
    recall(installed_pack, recalls_beside(installed_pack), "leaky-gut")
    with attended(installed_pack, tmp_path) as kiosk:
        assert "leaky gut" not in kiosk.text


@pytest.mark.parametrize("opens", [attended, unattended])
def test_a_new_pack_is_shown_after_the_visit_and_not_in_it(
    packs: tuple[Path, Path], installed_pack: Path, tmp_path: Path, opens: Opens
) -> None:
    install(packs[0], installed_pack)
    with opens(installed_pack, tmp_path) as kiosk:
        assert OURS in kiosk.text
        kiosk.to_first_step()
        install(packs[1], installed_pack)
        kiosk.press("n")
        kiosk.wait("Step 2 of 10")
        assert OURS in kiosk.settle(1)
        kiosk.start_over()
        kiosk.wait(THEIRS, 30)
        kiosk.to_first_step()


def wait_for(words: str, journal: Path) -> None:
    end = time.monotonic() + 20
    while words not in journal.read_text():
        assert time.monotonic() < end, journal.read_text()
        time.sleep(0.1)


def damage(installed_pack: Path, whole: bytes, how: str) -> None:
    """Replace or damage the installed pack, as no install does."""
    other = installed_pack.with_name("other")
    if how == "in place":
        with installed_pack.open("r+b") as file:
            file.truncate(5000)
            file.write(b"rubbish")
        return
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 1
    newer = whole[:60] + (99).to_bytes(4) + whole[64:]
    bad = {"cut short": whole[:-100], "flipped": bytes(flipped), "newer": newer, "empty": b""}
    if how == "pipe":
        os.mkfifo(other)
    elif how == "directory":
        installed_pack.unlink()
        installed_pack.mkdir()
        return
    else:
        other.write_bytes(bad[how])
    os.replace(other, installed_pack)


WAYS = ["in place", "cut short", "flipped", "newer", "empty", "pipe", "directory"]
DAILY = {"in place", "flipped"}


@pytest.mark.parametrize(
    "how", [pytest.param(w, marks=[] if w in DAILY else pytest.mark.second_tier) for w in WAYS]
)
@pytest.mark.parametrize("opens", [attended, unattended])
def test_a_bad_pack_leaves_the_last_good_one_running(
    packs: tuple[Path, Path], installed_pack: Path, tmp_path: Path, opens: Opens, how: str
) -> None:
    install(packs[0], installed_pack)
    with opens(installed_pack, tmp_path) as kiosk:
        damage(installed_pack, packs[1].read_bytes(), how)
        for _ in range(2):
            kiosk.to_first_step()
            kiosk.start_over()
        assert OURS in kiosk.text
        if opens is unattended:
            journal = tmp_path / "journal"
            wait_for("going on with those before", journal)
            assert str(installed_pack) in journal.read_text()
            assert "Traceback" not in journal.read_text()
        if not installed_pack.is_file():
            # whoever put it there takes it away
            with pytest.raises(OSError, match=r"pipe|[Dd]irectory"):
                install(packs[1], installed_pack)
            if installed_pack.is_dir():
                installed_pack.rmdir()
            else:
                installed_pack.unlink()
        install(packs[1], installed_pack)
        kiosk.wait(THEIRS, 30)
        kiosk.to_first_step()


def test_a_list_of_recalls_that_is_damaged_in_use_is_in_the_journal(
    packs: tuple[Path, Path], installed_pack: Path, tmp_path: Path
) -> None:
    install(packs[0], installed_pack)
    with unattended(installed_pack, tmp_path) as kiosk:
        kiosk.to_first_step()
        recalls_beside(installed_pack).write_bytes(b"rubbish")
        kiosk.press("n")
        kiosk.wait(WITHDRAWN)
        journal = tmp_path / "journal"
        wait_for("a worker cannot read the library: UnreadableRecalls", journal)


def test_a_large_pack_is_read_from_its_file_by_every_visit(
    installed_pack: Path, tmp_path: Path
) -> None:
    write_generated(installed_pack, 1000)
    with unattended(installed_pack, tmp_path, "--topic", "made-399") as kiosk:
        for _ in range(3):
            kiosk.press("1")
            kiosk.wait("Which best describes you?")
            kiosk.press("1")
            kiosk.wait("Step 1 of 5")
            kiosk.start_over()
        shutil.rmtree(installed_pack.parent)
        kiosk.press("1")
        kiosk.wait("Which best describes you?")
        kiosk.press("1")
        kiosk.wait("Step 1 of 5")


def test_a_large_pack_that_is_damaged_in_place_shows_no_text_of_it(
    installed_pack: Path, tmp_path: Path
) -> None:
    write_generated(installed_pack, 1000)
    asked = ("run", str(installed_pack), "--topic", "made-399")
    with Terminal(*asked, XDG_CACHE_HOME=str(tmp_path)) as kiosk:
        kiosk.wait("START")
        with installed_pack.open("r+b") as file:
            file.truncate(100_000)
        kiosk.press("1")
        kiosk.wait("Which best describes you?")
        kiosk.press("1")
        kiosk.wait(WITHDRAWN)


def test_a_file_that_is_no_pack_is_reported_in_one_sentence(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "empty").touch()
    (tmp_path / "text").write_text("hello")
    for name in ("pipe", "loop", "empty", "text"):
        with Terminal("run", str(tmp_path / name)) as kiosk:
            assert kiosk.leave() == 1
            assert name in kiosk.text
            assert "Traceback" not in kiosk.text
            assert len(kiosk.text.split()) < 30
        with Unattended("--content", str(tmp_path / name)) as kiosk:
            assert kiosk.leave() == 1
