"""An unattended kiosk while its content is changed, broken or removed."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.support.terminal.terminal import ROOT
from tests.support.terminal.unattended import Service, Unattended
from tests.support.terminal.visitors import NOT_OURS

WELCOME = "START"


def test_visits_go_on_after_the_content_was_removed(tmp_path: Path) -> None:
    tree = tmp_path / "content"
    shutil.copytree(ROOT / "content", tree)
    with Unattended("--content", str(tree), XDG_CACHE_HOME=str(tmp_path / "cache")) as kiosk:
        kiosk.to_first_step()
        shutil.rmtree(tree)
        shutil.rmtree(tmp_path / "cache")
        kiosk.press("n")
        kiosk.wait("Step 2 of 10")
        kiosk.press("o")
        kiosk.wait("Start over?")
        kiosk.press("1")
        kiosk.to_first_step()


def test_broken_content_is_not_shown_and_the_last_good_content_stays(tmp_path: Path) -> None:
    tree = tmp_path / "content"
    shutil.copytree(ROOT / "content", tree)
    with Unattended("--content", str(tree), XDG_CACHE_HOME=str(tmp_path / "cache")) as kiosk:
        kiosk.wait(WELCOME)
        file = tree / "library.toml"
        good = file.read_text()
        file.write_text(good + "\nrubbish = [[[")
        kiosk.settle(9)
        kiosk.to_first_step()
        file.write_text(good.replace('"This clinic"', '"Elm Street Clinic"'))
        kiosk.press("o")
        kiosk.wait("Start over?")
        kiosk.press("1")
        kiosk.wait("Elm Street Clinic", 60)


def test_broken_content_at_the_start_shows_one_line_for_the_staff(tmp_path: Path) -> None:
    tree, journal = tmp_path / "content", tmp_path / "journal"
    shutil.copytree(ROOT / "content", tree)
    (tree / "library.toml").rename(tmp_path / "library.toml")
    asked = (str(journal), "run", "--unattended", "--content", str(tree))
    with Service(*asked, XDG_CACHE_HOME=str(tmp_path / "cache")) as kiosk:
        text = kiosk.wait("Please ask our staff.", 30)
        assert not [words for words in NOT_OURS if words in text]
        assert "kiosk check" in journal.read_text()
        (tmp_path / "library.toml").rename(tree / "library.toml")
        kiosk.wait(WELCOME, 60)


def test_new_content_is_shown_when_nobody_is_reading(tmp_path: Path) -> None:
    tree = tmp_path / "content"
    shutil.copytree(ROOT / "content", tree)
    with Unattended("--content", str(tree), XDG_CACHE_HOME=str(tmp_path / "cache")) as kiosk:
        kiosk.wait(WELCOME)
        file = tree / "library.toml"
        file.write_text(file.read_text().replace('"This clinic"', '"Elm Street Clinic"'))
        kiosk.wait("Elm Street Clinic", 30)
        kiosk.to_first_step()


def test_it_starts_where_nothing_can_be_written(tmp_path: Path) -> None:
    nowhere = tmp_path / "home"
    nowhere.mkdir(mode=0o500)
    with Unattended(HOME=str(nowhere), XDG_CACHE_HOME="/proc/nowhere") as kiosk:
        kiosk.wait(WELCOME)
        kiosk.to_first_step()
    assert list(nowhere.iterdir()) == []
