"""When a factory's files count as changed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from kiosk.serve.forkserver.handle import ForkServerHandle, file_stamp


def test_what_was_mended_while_another_factory_read_it_counts_as_changed(tmp_path: Path) -> None:
    file = tmp_path / "library.toml"
    file.write_text("good")
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        works = ForkServerHandle(lambda _: process.pid, 0.0)
        works.take_ready({"ready": [[str(file), *file_stamp(file)]]})
        assert not works.has_changed
        file.write_text("rubbish")
        assert works.has_changed
        seen = works.current_stamps()
        works.mark_seen(seen)  # and another factory chokes on it
        assert not works.has_changed
        file.write_text("mended")
        works.mark_seen(seen)
        assert works.has_changed
        file.unlink()
        assert works.has_changed
        works.close()
