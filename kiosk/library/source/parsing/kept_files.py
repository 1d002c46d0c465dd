"""Keep what was read of each file of a content tree.

Only files that have changed are read when the tree is read again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kiosk.file_stamp import NO_FILE, FileStamp, file_stamp
from kiosk.library.problem import Problem


@dataclass(slots=True)
class KeptFile:
    """Result of reading one file: what it holds, its problems, and its stamp at that time."""

    stamp: FileStamp
    model: Any
    data: dict[str, Any] | None
    is_unread: bool
    perhaps: frozenset[str] | None
    problems: list[Problem]
    doubtful: set[str]
    restless: list[str]


@dataclass(slots=True)
class KeptFiles:
    """Results of reading files, each as the file was when it was last read."""

    _files: dict[tuple[Path, str], KeptFile] = field(default_factory=dict)

    def get(self, path: Path, model: str) -> KeptFile | None:
        """Return the result of reading a file as a model; None if it changed or was not read."""
        kept = self._files.get((path, model))
        stamp = file_stamp(path)
        return kept if kept and stamp != NO_FILE and kept.stamp == stamp else None

    def put(self, path: Path, model: str, kept: KeptFile) -> None:
        """Keep the result of reading a file as a model."""
        self._files[path, model] = kept
