"""The command line: what was asked, and nothing of how it is done."""

from __future__ import annotations

import argparse
from collections.abc import Callable
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
    config: Path | None = None
    """A settings file."""
    theme: str | None = None
    level: Level | None = None
    topic: str | None = None
    output: Path | None = None
    passages: Path | None = None
    """Passages to build a search-only pack of."""
    aliases: Path | None = None
    """Other names for what they are about."""
    questions: tuple[Path, ...] = ()
    """A pack, or none for the shipped one, and a file of questions, one JSON object a line."""
    at_scale: bool = False
    width: int | None = None
    """Characters in a row of told text."""
    pause: int = 0
    """Rows of told text after which it waits; 0 for never."""
    ascii_only: bool = False
    source: Path | None = None
    """The file to import from."""
    beside: Path | None = None
    """The content directory that what is imported stands beside."""
    language: str | None = None
    """The one language to import."""
    unattended: bool = False
    """Whether nobody looks after the terminal."""
    task: str = ""
    """What is to be done with a pack."""
    what: str = ""
    """The pack's file, or the topic."""
    to: Path | None = None
    """Where the pack in use is."""
    undo: bool = False
    about: str = ""
    """What of a command: its door, or its status."""
    socket: Path | None = None
    """Where a house listens."""
    mode: str | None = None
    """Who may connect there, as permissions of the socket."""
    metrics: str | None = None
    """Where to tell Prometheus: a path, or HOST:PORT of this machine."""
    as_json: bool = False
    port: int | None = None
    """Where to listen for SSH."""
    state: Path | None = None
    """Where the key of this machine is kept."""
    name: str | None = None
    """What this machine is called."""


def read_request(arguments: list[str]) -> Request:
    """What `arguments` ask for. Prints help or a mistake, and exits, as argparse does."""
    parser = _parser()
    if arguments[:1] == ["-c"]:
        arguments = []  # as somebody's login shell: what SSH was asked to run is never looked at
    if arguments[:1] == ["attend"]:
        arguments = ["run", "--kiosk", *arguments[1:]]
    if not arguments or (arguments[0].startswith("-") and arguments[0] not in _OF_THE_PROGRAM):
        arguments = ["run", *arguments]
    asked = parser.parse_args(arguments)
    level = getattr(asked, "level", None)
    return Request(
        asked.command,
        content=getattr(asked, "content", None) or getattr(asked, "place", None),
        config=getattr(asked, "config", None),
        theme=getattr(asked, "theme", None),
        level=Level(level) if level else None,
        topic=getattr(asked, "topic", None),
        output=getattr(asked, "output", None),
        passages=getattr(asked, "passages", None),
        aliases=getattr(asked, "aliases", None),
        questions=tuple(getattr(asked, "questions", ())),
        at_scale=getattr(asked, "scale", False),
        width=getattr(asked, "width", None),
        pause=getattr(asked, "pause", 0),
        ascii_only=getattr(asked, "ascii", False),
        source=getattr(asked, "source", None),
        beside=getattr(asked, "beside", None),
        language=getattr(asked, "language", None),
        unattended=getattr(asked, "kiosk", False),
        task=getattr(asked, "task", ""),
        what=getattr(asked, "what", None) or "",
        to=getattr(asked, "to", None),
        undo=getattr(asked, "undo", False),
        about=getattr(asked, "about", None) or "",
        socket=getattr(asked, "socket", None),
        mode=getattr(asked, "mode", None),
        metrics=getattr(asked, "metrics", None),
        as_json=getattr(asked, "json", False),
        port=getattr(asked, "port", None),
        state=getattr(asked, "state", None),
        name=getattr(asked, "name", None),
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
    run.add_argument(
        "--kiosk", action="store_true",
        help="nobody looks after this terminal: each visit is a new process, and nothing leads out",
    )  # fmt: skip
    _add_visit(run)
    run.add_argument("--theme", metavar="NAME", help="the colours to begin with")
    _add_lines(run)
    commands.add_parser("attend", help="the same as run --kiosk")
    read = commands.add_parser(
        "read", help="the same visit line by line, for speech, braille, serial lines and scripts"
    )
    _add_visit(read)
    _add_lines(read)
    check = commands.add_parser("check", help="name every problem of a content directory")
    check.add_argument("place", nargs="?", type=Path, metavar="DIR")
    _add_build(commands.add_parser("build", help="compile a content directory to one pack"))
    _add_ask(commands.add_parser("ask", help="put a file of questions to a pack"))
    _add_import(commands.add_parser("import", help="make topics from what others publish"))
    _add_pack(
        commands.add_parser("pack", help="look at a pack, install it, go back, recall a text")
    )
    doctor = commands.add_parser(
        "doctor", help="say what this machine, terminal, content and settings will do"
    )
    doctor.add_argument("--content", type=Path, metavar="DIR", help="content or a pack")
    _add_config(doctor)
    _add_serve(commands.add_parser("serve", help="hold many visits, for `kiosk attach`"))
    commands.add_parser("attach", help="hand this terminal to a kiosk that serves here")
    commands.add_parser("pin", help="make the setting that lets staff leave")
    return parser


def _add_import(command: argparse.ArgumentParser) -> None:
    command.add_argument("kind", choices=["medlineplus"], help="whose file it is")
    command.add_argument("source", type=Path, metavar="FILE", help="XML, or .zip or .gz of it")
    command.add_argument(
        "-o", "--output", type=Path, required=True, metavar="OUT",
        help="a new content directory, or a pack where the name ends in .pack",
    )  # fmt: skip
    command.add_argument(
        "--beside", type=Path, metavar="DIR",
        help="the content directory whose words and topics it will have, too; else the shipped one",
    )  # fmt: skip
    command.add_argument("--language", choices=["en", "es"], help="import this language only")


def _add_pack(command: argparse.ArgumentParser) -> None:
    """What can be done with a pack."""
    tasks = command.add_subparsers(dest="task", metavar="TASK", required=True)
    verify = tasks.add_parser("verify", help="look at every byte and every text of a pack")
    verify.add_argument("what", metavar="FILE")
    info = tasks.add_parser("info", help="say what a pack is")
    info.add_argument("what", nargs="?", metavar="FILE")
    install = tasks.add_parser("install", help="make it the pack in use; the one before is kept")
    install.add_argument("what", metavar="FILE")
    rollback = tasks.add_parser("rollback", help="go back to the pack before")
    recall = tasks.add_parser("recall", help="hold a topic's text back now; without one, list them")
    recall.add_argument("what", nargs="?", metavar="TOPIC")
    recall.add_argument("--undo", action="store_true", help="show it again")
    for one in (info, install, rollback, recall):
        one.add_argument(
            "--to", type=Path, metavar="PLACE", help="the pack in use; else this machine's"
        )


def _add_build(command: argparse.ArgumentParser) -> None:
    of = command.add_mutually_exclusive_group(required=True)
    of.add_argument("place", nargs="?", type=Path, metavar="DIR")
    of.add_argument(
        "--passages", type=Path, metavar="FILE",
        help="instead of a directory: one JSON object a line (id, topic_id, title, section, text, "
        "url; aliases), for a pack that can only be searched",
    )  # fmt: skip
    command.add_argument(
        "--aliases", type=Path, metavar="FILE",
        help="with --passages: a JSON object from titles or ids to other names",
    )  # fmt: skip
    command.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")


def _add_ask(command: argparse.ArgumentParser) -> None:
    form = command.add_mutually_exclusive_group(required=True)
    form.add_argument(
        "--json", action="store_true",
        help="answer each as a visitor is answered: behaviour, passages, message",
    )  # fmt: skip
    form.add_argument(
        "--scale", action="store_true",
        help="answer each with the ids of the best 20 passages, the confidence that the pack holds "
        "the answer (score), whether it would be declined (abstained), and latency_ms",
    )  # fmt: skip
    command.add_argument(
        "questions", nargs="+", type=Path, metavar="FILE",
        help="a pack or a content directory, else the shipped one; and the questions, one JSON "
        "object a line: id, question, and acknowledged = true to have read every caution",
    )  # fmt: skip
    command.add_argument(
        "--level", choices=[level.value for level in Level], help="the words to answer in"
    )


def _add_serve(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "about", nargs="?", choices=["ssh", "status", "fingerprint"],
        help="ssh: let visitors in by SSH, too; status: say how the one that runs here is; "
        "fingerprint: show the key of this machine for the staff's sheet",
    )  # fmt: skip
    command.add_argument("--content", type=Path, metavar="DIR", help="content or a pack")
    _add_config(command)
    command.add_argument("--theme", metavar="NAME", help="the colours to begin with")
    command.add_argument("--ascii", action="store_true", help="nothing but ASCII")
    command.add_argument(
        "--socket", type=Path, metavar="PATH",
        help="where it listens; else $RUNTIME_DIRECTORY, $XDG_RUNTIME_DIR/kiosk or /run/kiosk",
    )  # fmt: skip
    command.add_argument("--mode", metavar="OCTAL", help="permissions of the socket; else 660")
    command.add_argument(
        "--metrics", metavar="PATH|127.0.0.1:PORT", help="tell Prometheus how it is there"
    )
    command.add_argument("--json", action="store_true", help="the status as JSON")
    command.add_argument("--port", type=_port, metavar="N", help="ssh: instead of the settings'")
    command.add_argument(
        "--state", type=Path, metavar="DIR",
        help="ssh, fingerprint: where the key is; else the service's, or ~/.local/state/kiosk/ssh",
    )  # fmt: skip
    command.add_argument("--name", metavar="HOST", help="fingerprint: this machine's name")


def _add_visit(command: argparse.ArgumentParser) -> None:
    """What every front end is told of the visits it opens."""
    command.add_argument("place", nargs="?", type=Path, help="a content directory or a pack")
    command.add_argument(
        "--content", type=Path, metavar="DIR", help="a content directory or a pack"
    )
    command.add_argument(
        "--level", choices=[level.value for level in Level], help="begin at this reading level"
    )
    command.add_argument("--topic", metavar="ID", help="begin with this topic")
    _add_config(command)


def _add_config(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--config", type=Path, metavar="FILE", help="settings; else /etc/kiosk/kiosk.toml, if any"
    )


def _add_lines(command: argparse.ArgumentParser) -> None:
    """How lines are told: by `read`, and by `run` in a terminal that moves no cursor."""
    command.add_argument(
        "--width", type=_at_least(20), metavar="N", help="told: characters in a row"
    )
    command.add_argument(
        "--pause", type=_at_least(0), default=0, metavar="N",
        help="told: rows after which it waits for Enter; 0, never",
    )  # fmt: skip
    command.add_argument("--ascii", action="store_true", help="nothing but ASCII")


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
