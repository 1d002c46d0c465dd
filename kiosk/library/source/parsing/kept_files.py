"""Cache of what was read of each file of a content tree.

When the tree is read again, only files that have changed are read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kiosk.file_stamp import NO_FILE, FileStamp, file_stamp
from kiosk.library.problem import Problem


@dataclass(slots=True)
class KeptFile:
    """Cached result of reading one file: its contents, its problems, and its stamp at that time."""

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
    """Cache of the results of reading files; a result counts until its file changes."""

    _files: dict[tuple[Path, str], KeptFile] = field(default_factory=dict)

    def get(self, path: Path, model: str) -> KeptFile | None:
        """Return the cached result of reading a file as a schema's model; None if it changed since
        or was never read so.
        """
        kept = self._files.get((path, model))
        stamp = file_stamp(path)
        return kept if kept and stamp != NO_FILE and kept.stamp == stamp else None

    def put(self, path: Path, model: str, kept: KeptFile) -> None:
        """Cache the result of reading a file as a schema's model."""
        self._files[path, model] = kept
