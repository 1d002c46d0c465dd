"""Writes the manual page and the completions of shells, from the parser of the command line.

`python3 dev.py reference` makes them anew; a test holds that they are as the parser is.
"""

import argparse
import os
import re
import sys
from pathlib import Path

import shtab
from argparse_manpage.manpage import Manpage

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kiosk import __version__  # noqa: E402
from kiosk.cli.main import COMMANDS, whole_parser  # noqa: E402

SHARE = ROOT / "docs" / "share"
"""Laid out as the `share` folder that the wheel installs them to."""
COMPLETIONS = {
    "bash": "bash-completion/completions/kiosk",
    "zsh": "zsh/site-functions/_kiosk",
    "fish": "fish/vendor_completions.d/kiosk.fish",
}
MANUAL = "man/man1/kiosk.1"
WHOLE_WORDS = ".nh\n.ad l\n"
"""No path is hyphenated: who copied one would find no file."""
SUMMARY = "patient education in a terminal"
FILES = """.SH FILES
.TP
.I /etc/kiosk/kiosk.toml
settings of this machine; those of one user are in
.I ~/.config/kiosk/kiosk.toml
.TP
.I /var/lib/kiosk/library.pack
content that this machine opens, put there by
.B kiosk pack install
.TP
.I ~/.cache/kiosk
compiled content, which may be deleted at any time
"""


def texts() -> dict[str, str]:
    """Return each file's text by its path in `share`."""
    os.environ["COLUMNS"] = "80"
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    parser = whole_parser()
    complete_values(parser)
    made = {path: shtab.complete(parser, shell=shell) for shell, path in COMPLETIONS.items()}
    return {path: text.rstrip() + "\n" for path, text in {**made, MANUAL: manual()}.items()}


def manual() -> str:
    """Return the manual page: what the library makes of the parser, and what it leaves out."""
    parser = whole_parser()
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                command.description = None  # each command's help says the same
    page = str(
        Manpage(
            parser,
            format="single-commands-section",
            _data={"project_name": "kiosk", "manual_section": "1", "manual_title": "kiosk"},
        )
    )
    name = f".SH NAME\nkiosk \\- {SUMMARY}\n"
    page = page.replace(".SH NAME\nkiosk\n", f"{WHOLE_WORDS}{name}")
    page = re.sub(r"(?m)^usage: ((?:.+\n)+)", lambda usage: _lines(usage[1]), page)
    page = re.sub(r"(?m)^arguments:\n|^options:\n", ".PP\n", page)
    page = re.sub(r"\n{2,}", "\n", page)
    page = page.replace('"1970\\-01\\-01" "kiosk"', f'"" "kiosk {__version__}"', 1)
    audience = None
    for name, command in COMMANDS.items():
        if command.audience != audience:
            audience = command.audience
            heading = f".SH {audience.heading.upper()}\n"
            page = page.replace(f".SS \\fBkiosk {name}\\fR", f"{heading}.SS \\fBkiosk {name}\\fR")
    return page.replace(".SH\nCOMMANDS\n", "").rstrip() + f"\n{FILES}"


def _lines(usage: str) -> str:
    """Return a usage whose lines stay lines, set off from what stands before."""
    dedented = re.sub(rf"(?m)^ {{{len('usage: ')}}}", "", usage)
    return f".PP\n.nf\n{dedented}.fi\n"


def complete_values(parser: argparse.ArgumentParser) -> None:
    """Let shells offer files wherever a path is asked for, and the themes that are shipped."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                complete_values(command)
        elif action.type is Path:
            action.complete = shtab.FILE  # type: ignore[attr-defined]
        elif action.dest == "theme":
            action.choices = sorted(theme.stem for theme in (ROOT / "themes").glob("*.toml"))


def main() -> int:
    """Write the files."""
    for path, text in texts().items():
        file = SHARE / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
