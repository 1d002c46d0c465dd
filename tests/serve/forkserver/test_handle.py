"""When the files of a fork server count as changed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from kiosk.file_stamp import file_stamp
from kiosk.serve.forkserver.handle import ForkServerHandle
from kiosk.serve.protocol import ForkServerReady


def test_a_file_mended_while_another_fork_server_read_it_counts_as_changed(tmp_path: Path) -> None:
    file = tmp_path / "library.toml"
    file.write_text("good")
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        handle = ForkServerHandle(lambda _: process.pid, 0.0)
        handle.take_ready(ForkServerReady([(str(file), file_stamp(file))]))
        assert not handle.has_changed
        file.write_text("rubbish")
        assert handle.has_changed
        stamp = handle.current_stamps()
        handle.mark_seen(stamp)  # and another fork server fails on it
        assert not handle.has_changed
        file.write_text("mended")
        handle.mark_seen(stamp)
        assert handle.has_changed
        file.unlink()
        assert handle.has_changed
        handle.close()
