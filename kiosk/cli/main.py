"""The entry point of the command line: find the command that was asked for, run it, print its
errors.

A command is a module of `visitors`, `authors` or `site` with a function `add_arguments(parser)`.
That sets the parser's default `run`: a function that is given the parsed arguments and returns the
exit status. Only the module of the command asked for is imported, so that a visit starts fast.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from kiosk import __version__, fallback_messages
from kiosk.cli import key_signals, refusals
from kiosk.cli.options import TAKES_A_VALUE
from kiosk.errors import KioskError, StartupError
from kiosk.system.processes import can_run_sessions


class Audience(NamedTuple):
    """A group of commands in the output of `kiosk --help`: those for visitors, for authors and
    reviewers, or for those who run a kiosk.
    """

    folder: str
    """Package of `kiosk.cli` that the commands' modules are in."""
    heading: str


class Command(NamedTuple):
    """Description of one command of `kiosk`: its group and summary in `kiosk --help`, and whether
    it needs standard output or Linux.
    """

    audience: Audience
    summary: str
    needs_output: bool = True
    """True if the command is of no use where standard output is closed."""
    needs_linux: bool = False
    """True if the command starts or talks to processes as only Linux can."""


VISITORS = Audience("visitors", "For visitors")
AUTHORS = Audience("authors", "For authors and reviewers")
SITE = Audience("site", "For those who run a kiosk")
COMMANDS = {
    "run": Command(VISITORS, "open the kiosk on this terminal (the default)", False),
    "read": Command(VISITORS, "the same visit line by line, for speech, braille and scripts"),
    "attach": Command(VISITORS, "open a session of the server that runs here", False, True),
    "new": Command(AUTHORS, "begin a topic: a small whole one to write over", False),
    "check": Command(AUTHORS, "name every problem of a content directory"),
    "review": Command(AUTHORS, "see what was reviewed and what has changed, comment, approve"),
    "translate": Command(AUTHORS, "see what is translated, and exchange tables with translators"),
    "preview": Command(AUTHORS, "show topics while you write them, drawn anew on each save", False),
    "proof": Command(AUTHORS, "write all wordings of a topic side by side, to send or print"),
    "schema": Command(AUTHORS, "write the schemas by which editors complete and check"),
    "build": Command(AUTHORS, "compile a content directory to one pack", False),
    "ask": Command(AUTHORS, "answer a file of questions as visitors are answered"),
    "import": Command(AUTHORS, "make topics of what others publish", False),
    "doctor": Command(SITE, "say what this machine, terminal, content and settings will do"),
    "pack": Command(SITE, "verify a pack, sign it, install it, go back, recall a text"),
    "serve": Command(SITE, "serve many sessions, with --ssh over the network, too", False, True),
    "status": Command(SITE, "say how the server that runs here is", True, True),
    "fingerprint": Command(
        SITE, "print a sheet with this machine's SSH host key for staff", True, True
    ),
    "report": Command(SITE, "print how much the kiosk was used, without a trace of anybody"),
    "upgrade": Command(SITE, "put another version in use, or go back", True, True),
    "pin": Command(SITE, "make the settings line of a PIN or password"),
}


def main(arguments: list[str]) -> int:
    """Run the command that a command line asks for; return the exit status of the process.

    `arguments` is the command line without the program's name. For a command that there is not,
    one sentence is printed and 2 returned.
    """
    name, arguments = split_command(arguments)
    if name not in COMMANDS and name not in _PROGRAM_OPTIONS:
        return _unknown(name)
    if sys.stdout is None and (name in _PROGRAM_OPTIONS or COMMANDS[name].needs_output):
        return fail(fallback_messages.NO_OUTPUT)
    if name in _PROGRAM_OPTIONS:
        return guarded(_print_version if name == "--version" else _print_help)
    if COMMANDS[name].needs_linux and not can_run_sessions():
        return fail(refusals.NEEDS_LINUX.format(command=f"kiosk {name}"))
    return guarded(lambda: _run(name, parse(name, arguments)))


def _run(name: str, options: argparse.Namespace) -> int | None:
    if name != "run":  # which looks first whether anybody looks after this terminal
        key_signals.release()
    status: int | None = options.run(options)
    return status


def split_command(arguments: list[str]) -> tuple[str, list[str]]:
    """Split a command line into the command's name and the arguments for it; the name is `run`
    where none is named.

    Options may stand before the name, as in `kiosk --content DIR read`. Where the first argument
    is `-c`, the result is `run` without arguments: sshd starts a login shell with `-c` and what a
    visitor typed, which must not choose a command.
    """
    if arguments[:1] == ["-c"]:
        return "run", []
    if arguments[:1] and (arguments[0] in _PROGRAM_OPTIONS or not arguments[0].startswith("-")):
        return arguments[0], arguments[1:]
    at = 0
    while at < len(arguments) and arguments[at].startswith("-"):
        at += 2 if arguments[at] in TAKES_A_VALUE else 1
    if at < len(arguments) and arguments[at] in COMMANDS:
        return arguments[at], arguments[:at] + arguments[at + 1 :]
    return "run", arguments


_PROGRAM_OPTIONS = ("-h", "--help", "--version")


class _Parser(argparse.ArgumentParser):
    """A parser whose help is an output as any other: one that cannot be written is an error."""

    def print_help(self, file: object = None) -> None:
        """Print the help; raises OSError, which argparse would drop."""
        if sys.stdout is None:
            raise StartupError(fallback_messages.NO_OUTPUT)
        print(self.format_help(), end="", flush=True)


def parse(name: str, arguments: list[str]) -> argparse.Namespace:
    """Return the parsed arguments of one command. Exits, as argparse does, after it has printed the
    help that was asked for, or what is wrong with the arguments.
    """
    parser = _Parser(prog=f"kiosk {name}", description=_sentence(name), allow_abbrev=False)
    _add_arguments(name, parser)
    return parser.parse_args(arguments)


def whole_parser() -> argparse.ArgumentParser:
    """Return a parser that has every command with its options. The manual page and the shell
    completions are made from it; a command line is parsed by `parse`.
    """
    parser = argparse.ArgumentParser(prog="kiosk", description="Patient education in a terminal.")
    parser.add_argument("--version", action="store_true", help="print the version")
    commands = parser.add_subparsers(metavar="COMMAND", title="commands")
    for name, command in COMMANDS.items():
        _add_arguments(
            name, commands.add_parser(name, help=command.summary, description=_sentence(name))
        )
    return parser


def _add_arguments(name: str, parser: argparse.ArgumentParser) -> None:
    if name == "attach":  # which reads its arguments itself, before anything is imported
        return
    import_module(module_name(name)).add_arguments(parser)


def module_name(name: str) -> str:
    """Return the dotted name of the module in which a command is, such as `kiosk.cli.site.pack`."""
    module = "import_" if name == "import" else name
    return f"kiosk.cli.{COMMANDS[name].audience.folder}.{module}"


def _sentence(name: str) -> str:
    summary = COMMANDS[name].summary
    return f"{summary[0].upper()}{summary[1:]}."


def guarded(run: Callable[[], int | None]) -> int:
    """Call a function, and return its result as exit status (0 for None); an expected error is
    printed as one sentence, and its exit status returned.

    Expected are KioskError, an interrupt, output that cannot be written, a missing file or
    library. Other exceptions are raised on, as mistakes in the program.
    """
    try:
        status = run() or 0
        if sys.stdout is not None:
            sys.stdout.flush()
    except KioskError as error:
        return fail(str(error))
    except ModuleNotFoundError as error:
        if (error.name or "kiosk").startswith("kiosk"):
            raise  # a mistake in the program
        return fail(refusals.NOT_WHOLE.format(module=error.name))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # nobody reads the rest, as in `kiosk check | head`
        _discard_output()
        return 1
    except OSError as error:
        reason = error.strerror or str(error)
        if error.filename is not None:
            return fail(f"{os.fsdecode(error.filename)}: {reason}.{_hint(error)}")
        _discard_output()
        return fail(fallback_messages.NOT_WRITTEN.format(why=reason))
    return status


def _hint(error: OSError) -> str:
    """Return a question for the user where the system's own words lead nowhere."""
    from kiosk.system.files import CAN_REPLACE_OPEN

    if CAN_REPLACE_OPEN or not isinstance(error, PermissionError):
        return ""
    return " Is it open in another program?"


def fail(message: str) -> int:
    """Print an error message to standard error, if that is open;
    always return the exit status 1.
    """
    if sys.stderr is not None:
        lines = message.split("\n")
        print("\n".join(visible(line) for line in lines), file=sys.stderr, flush=True)
    return 1


def visible(line: str) -> str:
    """Return the line with each character that is not printable
    replaced by its code, as <U+001B>.
    """
    return "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in line)


def _discard_output() -> None:
    """Drop what is left of standard output, so that the interpreter's last flush says nothing."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _unknown(name: str) -> int:
    from difflib import get_close_matches  # only for a mistake

    near = get_close_matches(name, COMMANDS, 1)
    hint = f' Did you mean "{near[0]}"?' if near else " `kiosk --help` lists them."
    fail(f'There is no command "{name}".{hint}')
    return 2


def _print_version() -> None:
    print(f"kiosk {__version__}")


def _print_help() -> None:
    from textwrap import fill  # only for this

    print("Usage: kiosk [COMMAND] [OPTIONS]\n\nPatient education in a terminal.")
    for audience in (VISITORS, AUTHORS, SITE):
        print(f"\n{audience.heading}:")
        for name, command in COMMANDS.items():
            if command.audience == audience:
                print(fill(f"  {name:<12} {command.summary}", 79, subsequent_indent=" " * 15))
    print("\n`kiosk COMMAND --help` explains a command. `kiosk --version` prints the version.")
