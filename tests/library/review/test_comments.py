"""Comments of reviewers: kept beside the content, and never shown to a visitor."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.library.pack.build import pack_bytes
from kiosk.library.review.comments import (
    Comment,
    CommentError,
    add_comment,
    read_comments,
    resolve_comment,
)
from tests.support.library.small_tree import Tree

SOFTEN = Comment("start", 'Ana "the boss" Ruiz', "2026-11-26", "Please soften this:\nzweisprachig")
WHOLE = Comment("", "Bob", "2026-11-27", "Good.")


def test_comments_are_kept_in_order(tmp_path: Path) -> None:
    assert read_comments(tmp_path, "en") == ()
    add_comment(tmp_path, "en", SOFTEN)
    add_comment(tmp_path, "en", WHOLE)
    assert read_comments(tmp_path, "en") == (SOFTEN, WHOLE)
    assert read_comments(tmp_path, "es") == ()
    assert resolve_comment(tmp_path, "en", 2).done
    assert [comment.done for comment in read_comments(tmp_path, "en")] == [False, True]
    with pytest.raises(CommentError, match="no comment 3; there are 2"):
        resolve_comment(tmp_path, "en", 3)


def test_a_comment_that_a_terminal_would_obey_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommentError, match="can be printed"):
        add_comment(tmp_path, "en", Comment("", "Ana", "2026-11-26", "\x1b[2J"))


@pytest.mark.parametrize("text", ["[[comment", "[[comment]]\nby = 1\n", "comment = 3\n"])
def test_a_garbled_file_is_one_sentence(tmp_path: Path, text: str) -> None:
    file = tmp_path / "review" / "en" / "comments.toml"
    file.parent.mkdir(parents=True)
    file.write_text(text)
    with pytest.raises(CommentError, match="cannot be read"):
        read_comments(tmp_path, "en")


def test_no_pack_has_a_comment_in_it(tree: Tree) -> None:
    before = pack_bytes(tree.root, None)
    add_comment(tree.root / "sore-back", "en", SOFTEN)
    add_comment(tree.root / "sore-back", "en", WHOLE)
    assert pack_bytes(tree.root, None) == before
