"""A first start says what it does, at a terminal only, and leaves no thread behind."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from kiosk.site.progress import announced
from tests.support.library.small_tree import Tree
from tests.support.terminal.terminal import Terminal


def test_nothing_is_said_where_nobody_sees_it(capsys: pytest.CaptureFixture[str]) -> None:
    with announced(Path("content")):
        pass
    assert capsys.readouterr().err == ""


def test_dots_follow_until_it_is_done(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    threads = threading.active_count()
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setattr("kiosk.site.progress.INTERVAL", 0.01)
    with announced(Path("content")):
        end = time.monotonic() + 10
        said = ""
        while said.count(".") < 3 and time.monotonic() < end:
            said += capsys.readouterr().err
    said += capsys.readouterr().err
    assert said.startswith("Preparing the content of content")
    assert said.count(".") >= 3
    assert said.endswith("\n")
    assert threading.active_count() == threads


def test_a_first_start_says_it_and_the_second_does_not(tree: Tree, tmp_path: Path) -> None:
    cache = tmp_path / "none yet"  # an empty one would be filled by the test terminal
    for first in (True, False):
        with Terminal("read", str(tree.root), size=(100, 40), XDG_CACHE_HOME=str(cache)) as kiosk:
            kiosk.wait("Words")
            assert ("Preparing the content" in kiosk.text) == first
