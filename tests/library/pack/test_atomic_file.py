"""A file takes the place of an ordinary one; what is none is written into, and stays what it is."""

from __future__ import annotations

import json
import os
import socket
import stat
import tempfile
import threading
from pathlib import Path

import pytest

from kiosk.cli.main import main
from kiosk.library.pack.atomic_file import PART, write_whole

CONTENT = bytes(range(256)) * 1000
"""More than a FIFO takes at once."""


class Reader(threading.Thread):
    """Reads a FIFO to its end."""

    def __init__(self, fifo: Path) -> None:
        super().__init__(daemon=True)
        self._fifo = fifo
        self.got = b""
        self.start()

    def run(self) -> None:
        self.got = self._fifo.read_bytes()


@pytest.fixture
def fifo(tmp_path: Path) -> Path:
    path = tmp_path / "fifo"
    os.mkfifo(path)
    return path


@pytest.mark.parametrize("is_linked", [False, True])
def test_a_fifo_is_written_into_and_stays_one(fifo: Path, is_linked: bool) -> None:
    named = fifo.with_name("link")
    named.symlink_to(fifo)
    reader = Reader(fifo)
    write_whole(named if is_linked else fifo, CONTENT, pours=True)
    reader.join(10)
    assert reader.got == CONTENT
    assert stat.S_ISFIFO(fifo.stat().st_mode)
    assert named.is_symlink()
    assert sorted(os.listdir(fifo.parent)) == ["fifo", "link"]


def test_a_pack_is_built_into_a_fifo(fifo: Path, tmp_path: Path) -> None:
    passages = tmp_path / "p.jsonl"
    passages.write_text(json.dumps({"id": "1", "title": "Gut", "text": "The gut is long."}))
    reader = Reader(fifo)
    assert main(["build", "--passages", str(passages), "-o", str(fifo)]) == 0
    reader.join(10)
    assert reader.got.startswith(b"SQLite format 3")
    assert stat.S_ISFIFO(fifo.stat().st_mode)


def test_a_socket_is_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    passages, path = tmp_path / "p.jsonl", tmp_path / "s"
    passages.write_text(json.dumps({"id": "1", "title": "Gut", "text": "The gut is long."}))
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        assert main(["build", "--passages", str(passages), "-o", str(path)]) == 1
        assert path.is_socket()
    assert "no file is written there" in capsys.readouterr().err


def test_a_file_of_the_program_is_never_poured_into_a_fifo(fifo: Path) -> None:
    with pytest.raises(OSError, match="where a file is expected"):
        write_whole(fifo, CONTENT)
    assert os.listdir(fifo.parent) == ["fifo"]


def test_a_link_of_the_system_is_written_into_and_stays_one(tmp_path: Path) -> None:
    file, named = tmp_path / "x.pack", tmp_path / "link"
    file.write_bytes(b"x" * 2 * len(CONTENT))
    with file.open("r+b") as opened:
        own = Path(f"/proc/self/fd/{opened.fileno()}")
        named.symlink_to(own)
        inode = file.stat().st_ino
        for target in (own, Path(f"/dev/fd/{opened.fileno()}"), named):
            with pytest.raises(OSError, match="where a file is expected"):
                write_whole(target, CONTENT)
            write_whole(target, CONTENT, pours=True)
            assert file.read_bytes() == CONTENT
            file.write_bytes(b"")
    assert named.is_symlink()
    assert file.stat().st_ino == inode
    assert sorted(os.listdir(tmp_path)) == ["link", "x.pack"]


def test_no_file_is_made_in_a_folder_of_the_system() -> None:
    missing = Path("/proc/self/fd/no-such-file")
    with pytest.raises(OSError, match="No such file") as raised:
        write_whole(missing, CONTENT, pours=True)
    assert Path(str(raised.value.filename)) == missing  # and not a file beside it


def test_what_a_killed_process_left_of_an_output_that_is_poured_is_deleted(
    fifo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    left = folder / f".{fifo.name}.0123456789ab{PART}"
    left.write_bytes(CONTENT)
    reader = Reader(fifo)
    write_whole(fifo, CONTENT, pours=True)
    reader.join(10)
    assert os.listdir(folder) == []
