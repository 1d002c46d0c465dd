"""The command line: what was asked, and nothing of how it is done."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from kiosk import __version__
from kiosk.core.content import Level


@dataclass(frozen=True)
class Request:
    """What the command line asked for."""

    command: str
    content: Path | None = None
    """A content directory or a pack."""
    theme: str | None = None
    level: Level | None = None
    topic: str | None = None
    output: Path | None = None


def read_request(arguments: list[str]) -> Request:
    """What `arguments` ask for. Prints help or a mistake, and exits, as argparse does."""
    parser = _parser()
    if not arguments or (arguments[0].startswith("-") and arguments[0] not in _OF_THE_PROGRAM):
        arguments = ["run", *arguments]
    asked = parser.parse_args(arguments)
    level = getattr(asked, "level", None)
    return Request(
        asked.command,
        content=getattr(asked, "content", None) or getattr(asked, "place", None),
        theme=getattr(asked, "theme", None),
        level=Level(level) if level else None,
        topic=getattr(asked, "topic", None),
        output=getattr(asked, "output", None),
    )


_OF_THE_PROGRAM = ("-h", "--help", "--version")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kiosk",
        description="Patient education in a terminal. Without a command: run.",
    )
    parser.add_argument("--version", action="version", version=f"kiosk {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    run = commands.add_parser("run", help="open the kiosk")
    run.add_argument("place", nargs="?", type=Path, help="a content directory or a pack")
    run.add_argument("--content", type=Path, metavar="DIR", help="a content directory or a pack")
    run.add_argument("--theme", metavar="NAME", help="the colours to begin with")
    run.add_argument(
        "--level", choices=[level.value for level in Level], help="begin at this reading level"
    )
    run.add_argument("--topic", metavar="ID", help="begin with this topic")
    check = commands.add_parser("check", help="name every problem of a content directory")
    check.add_argument("place", nargs="?", type=Path, metavar="DIR")
    build = commands.add_parser("build", help="compile a content directory to one pack")
    build.add_argument("place", type=Path, metavar="DIR")
    build.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    return parser
