"""Saving a sheet: a new file, all of it, for its owner alone."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from kiosk.core.take_home.state import SheetResult
from kiosk.sheets.save import save


def test_a_second_sheet_of_a_day_is_another_file(tmp_path: Path) -> None:
    first, second = (save(text, tmp_path, "handout", ".pdf") for text in (b"one", b"two"))
    assert first[0] is second[0] is SheetResult.SAVED
    assert [Path(where).read_bytes() for _, where in (first, second)] == [b"one", b"two"]
    assert Path(first[1]).stat().st_mode & 0o777 == 0o600


def test_nothing_is_written_through_a_link_or_over_a_file(tmp_path: Path) -> None:
    _, where = save(b"one", tmp_path, "handout", ".pdf")
    Path(where).unlink()
    target = tmp_path / "elsewhere"
    target.write_bytes(b"kept")
    Path(where).symlink_to(target)
    result, other = save(b"two", tmp_path, "handout", ".pdf")
    assert result is SheetResult.SAVED
    assert other != where
    assert target.read_bytes() == b"kept"


@pytest.mark.parametrize(
    ("number", "result"),
    [
        (errno.ENOSPC, SheetResult.NO_ROOM),
        (errno.EDQUOT, SheetResult.NO_ROOM),
        (errno.EROFS, SheetResult.NOT_WRITABLE),
        (errno.EACCES, SheetResult.NOT_WRITABLE),
    ],
)
def test_a_disk_that_takes_nothing_is_told_in_words_and_keeps_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, result: SheetResult
) -> None:
    def fail(_: int) -> None:
        raise OSError(number, "")

    monkeypatch.setattr(os, "fsync", fail)
    assert save(b"one", tmp_path, "handout", ".pdf") == (result, "")
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert save(b"one", tmp_path / "file" / "in", "handout", ".pdf")[0] is SheetResult.NOT_WRITABLE
