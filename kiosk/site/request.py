"""Options of the command line that a site and its visits depend on, in one object that is sent to a
fork server as JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kiosk.core.wording import Level
from kiosk.fast_dataclass import dataclass


@dataclass(frozen=True)
class LaunchOptions:
    """Options of the command line that a site and its visits depend on.

    For an option that is None, empty or False the site's settings decide.
    """

    content: Path | None = None
    """A content directory or a pack."""
    config: Path | None = None
    """A settings file."""
    theme: str | None = None
    level: Level | None = None
    topic: str | None = None
    ascii_only: bool = False
    encoding: str = "utf-8"
    """Of the terminal that all visits are drawn on; a server has many, and is told of each."""

    def to_json(self) -> dict[str, object]:
        """Return these options as a dictionary that JSON can hold, with None for one not set.

        Paths are made absolute, since a process that was started in another folder reads them.
        """
        return {
            "content": str(self.content.absolute()) if self.content else None,
            "config": str(self.config.absolute()) if self.config else None,
            "theme": self.theme,
            "level": self.level.value if self.level else None,
            "topic": self.topic,
            "ascii": self.ascii_only,
            "encoding": self.encoding,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> LaunchOptions:
        """Return the options in a dictionary that `to_json` made; a missing one gets its default.

        Other keys are ignored. Raises ValueError for an unknown level.
        """
        content, config, level = data.get("content"), data.get("config"), data.get("level")
        return cls(
            content=Path(content) if content else None,
            config=Path(config) if config else None,
            theme=data.get("theme"),
            level=Level(level) if level else None,
            topic=data.get("topic"),
            ascii_only=bool(data.get("ascii")),
            encoding=data.get("encoding") or "utf-8",
        )
