"""Names with a dot in front are nobody's content."""

from __future__ import annotations

import shutil
from pathlib import Path

from kiosk.library.checks.rules import examine
from kiosk.library.pack.cache import fingerprint
from kiosk.library.themes import load_themes
from tests.support.library.small_tree import Tree
from tests.support.shipped import THEMES

APPLE_DOUBLE = b"\0\5\x16\7\0\2\0\0Mac OS X        \0\2"


def test_what_other_programs_leave_beside_the_files_changes_nothing(
    tree: Tree, tmp_path: Path
) -> None:
    root = tree.root
    themes = tmp_path / "themes"
    shutil.copytree(THEMES, themes)
    before, palettes = fingerprint(root, themes), load_themes(themes)
    for folder in (root, root / "sore-back", root / "sore-back" / "sections", themes):
        for name in ("._10-short-answer.toml", "._topic.toml", ".DS_Store"):
            (folder / name).write_bytes(APPLE_DOUBLE)
        (folder / ".#10-short-answer.toml").symlink_to("someone@host.1234:1")
    (root / ".git").mkdir()
    (root / ".git" / "topic.toml").write_text("no TOML")
    _, problems = examine(root)
    assert problems == []
    assert fingerprint(root, themes) == before
    assert load_themes(themes) == palettes


def test_a_hidden_topic_is_none_where_the_list_of_topics_cannot_be_read(tree: Tree) -> None:
    root = tree.root
    shutil.copytree(root / "sore-back", root / ".sore-back~")
    (root / "library.toml").write_text("format =")
    draft, _ = examine(root)
    assert draft is not None
    assert {topic.topic.id for topic in draft.topics} == {"sore-back"}
