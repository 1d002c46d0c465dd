"""The fingerprint of a tree changes when what is in it does, and only then."""

from __future__ import annotations

import os
from pathlib import Path

from kiosk.library.pack.cache import fingerprint


def test_an_edit_of_the_same_length_with_the_time_kept_is_a_change(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_text("no treatment")
    os.utime(file, ns=(0, 0))
    before = fingerprint(tmp_path, None)
    file.write_text("a treatments")
    os.utime(file, ns=(0, 0))
    assert fingerprint(tmp_path, None) != before
    file.write_text("no treatment")
    os.utime(file)
    assert fingerprint(tmp_path, None) == before


def test_names_count_and_what_is_no_file_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("x")
    seen = {fingerprint(tmp_path, None)}
    (tmp_path / "a.toml").rename(tmp_path / "b.toml")
    seen.add(fingerprint(tmp_path, None))
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "gone").symlink_to("nowhere")
    seen.add(fingerprint(tmp_path, None))
    assert len(seen) == 3


def test_an_edit_behind_a_link_is_a_change_and_a_circle_of_links_ends(tmp_path: Path) -> None:
    tree, elsewhere = tmp_path / "tree", tmp_path / "elsewhere"
    tree.mkdir()
    elsewhere.mkdir()
    (elsewhere / "a.toml").write_text("no treatment")
    (tree / "topic").symlink_to(elsewhere)
    (elsewhere / "back").symlink_to(tree)
    (tree / "self").symlink_to(tree)
    before = fingerprint(tree, None)
    (elsewhere / "a.toml").write_text("a treatments")
    assert fingerprint(tree, None) != before
