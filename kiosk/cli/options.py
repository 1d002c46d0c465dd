"""Define command-line options that several commands share, and read those about a visit.

Each `add_` function adds one or several options to the argparse parser of a command.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from kiosk.core.wording import Level
from kiosk.site.request import LaunchOptions

TAKES_A_VALUE = frozenset(
    {"--content", "--config", "--level", "--topic", "--theme", "--width", "--pause"}
)
"""Options of `kiosk run` and `kiosk read` that a value follows."""


def add_content(parser: argparse.ArgumentParser) -> None:
    """Add the option --content: the content directory or pack to open."""
    parser.add_argument(
        "--content", type=Path, metavar="DIR|PACK",
        help="a content directory or a pack; else the one installed on this machine, or the "
        "shipped one",
    )  # fmt: skip


def add_config(parser: argparse.ArgumentParser) -> None:
    """Add the option --config: the file of settings to use."""
    parser.add_argument(
        "--config", type=Path, metavar="FILE",
        help="the settings; else /etc/kiosk/kiosk.toml or ~/.config/kiosk/kiosk.toml, if any",
    )  # fmt: skip


def add_theme(parser: argparse.ArgumentParser) -> None:
    """Add the option --theme: the colors to begin with."""
    parser.add_argument("--theme", metavar="NAME", help="begin with these colors")


def add_ascii(parser: argparse.ArgumentParser) -> None:
    """Add the option --ascii: draw and print nothing but ASCII."""
    parser.add_argument(
        "--ascii", action="store_true", dest="ascii_only", help="draw or print nothing but ASCII"
    )


def add_level(parser: argparse.ArgumentParser) -> None:
    """Add the option --level: the reading level to begin at."""
    parser.add_argument(
        "--level", choices=[level.value for level in Level], help="begin at this reading level"
    )


def add_visit(parser: argparse.ArgumentParser) -> None:
    """Add what `kiosk run` and `kiosk read` both accept: the content directory or pack, and
    --content, --level, --topic, --config and --ascii.
    """
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "path", nargs="?", type=Path, metavar="DIR|PACK", help="a content directory or a pack"
    )
    which.add_argument("--content", type=Path, metavar="DIR|PACK", help="the same as an option")
    add_level(parser)
    parser.add_argument("--topic", metavar="ID", help="begin with this topic")
    add_config(parser)
    add_ascii(parser)


def add_lines(parser: argparse.ArgumentParser) -> None:
    """Add --width and --pause, which say how a visit is printed line by line: by `kiosk read`, and
    by `kiosk run` on a terminal that cannot move its cursor.
    """
    parser.add_argument(
        "--width", type=_at_least(20), metavar="N", help="line by line: characters in a row"
    )
    parser.add_argument(
        "--pause", type=_at_least(0), default=0, metavar="N",
        help="line by line: wait for Enter after so many rows; 0 for never",
    )  # fmt: skip


def add_state(parser: argparse.ArgumentParser) -> None:
    """Add the option --state: the folder in which the SSH host key is kept."""
    parser.add_argument(
        "--state", type=Path, metavar="DIR",
        help="where the SSH host key is; else the service's folder or ~/.local/state/kiosk/ssh",
    )  # fmt: skip


def add_port(parser: argparse.ArgumentParser) -> None:
    """Add the option --port: the SSH port, a number to 65535, where it is not the one in the
    settings.
    """
    words = "the SSH port, if it is not the one in the settings"
    parser.add_argument("--port", type=_port, metavar="N", help=words)


def add_socket(parser: argparse.ArgumentParser) -> None:
    """Add the option --socket: the path of the Unix socket at which `kiosk serve` listens."""
    parser.add_argument(
        "--socket", type=Path, metavar="PATH",
        help="the server's socket; else kiosk.sock in $RUNTIME_DIRECTORY, "
        "$XDG_RUNTIME_DIR/kiosk or /run/kiosk",
    )  # fmt: skip


def launch_options(options: argparse.Namespace) -> LaunchOptions:
    """Return what a command line asks of a visit: content, settings file, theme, level, topic,
    ASCII only.

    What it does not name, or the command has no option for, is None (False for ASCII only).
    """
    level = getattr(options, "level", None)
    return LaunchOptions(
        content=options.content or getattr(options, "path", None),
        config=options.config,
        theme=getattr(options, "theme", None),
        level=Level(level) if level else None,
        topic=getattr(options, "topic", None),
        ascii_only=getattr(options, "ascii_only", False),
    )


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port")
    return int(text)


def _at_least(least: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if not text.isdecimal() or int(text) < least:
            raise argparse.ArgumentTypeError(f"{text!r} is no number from {least} on")
        return int(text)

    return number
