"""Keep what was read of each file, so that a tree is read again in the time of what has changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kiosk.file_stamp import NO_FILE, FileStamp, file_stamp
from kiosk.library.problem import Problem


@dataclass(slots=True)
class KeptFile:
    """Everything that reading one file gave."""

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
    """Files by path and by the name of their model, as they were when they were last read."""

    _files: dict[tuple[Path, str], KeptFile] = field(default_factory=dict)

    def get(self, path: Path, model: str) -> KeptFile | None:
        """Return what reading a file gave, if it has not changed since."""
        kept = self._files.get((path, model))
        stamp = file_stamp(path)
        return kept if kept and stamp != NO_FILE and kept.stamp == stamp else None

    def put(self, path: Path, model: str, kept: KeptFile) -> None:
        """Keep what reading a file gave."""
        self._files[path, model] = kept
