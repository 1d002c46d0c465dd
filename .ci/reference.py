"""Writes the manual page and the completions of shells, from the parser of the command line.

`python3 dev.py reference` makes them anew; a test holds that they are as the parser is.
"""

import argparse
import os
import sys
from pathlib import Path

import shtab
from argparse_manpage.manpage import Manpage

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kiosk.cli.main import whole_parser  # noqa: E402

SHARE = ROOT / "docs" / "share"
"""Laid out as the `share` folder that the wheel installs them to."""
COMPLETIONS = {
    "bash": "bash-completion/completions/kiosk",
    "zsh": "zsh/site-functions/_kiosk",
    "fish": "fish/vendor_completions.d/kiosk.fish",
}
MANUAL = "man/man1/kiosk.1"


def texts() -> dict[str, str]:
    """Return each file's text by its path in `share`."""
    os.environ["COLUMNS"] = "80"
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    parser = whole_parser()
    complete_paths(parser)
    made = {path: shtab.complete(parser, shell=shell) for shell, path in COMPLETIONS.items()}
    manual = Manpage(
        whole_parser(),
        format="single-commands-section",
        _data={"project_name": "kiosk", "manual_section": "1", "manual_title": "kiosk"},
    )
    return {path: text.rstrip() + "\n" for path, text in {**made, MANUAL: str(manual)}.items()}


def complete_paths(parser: argparse.ArgumentParser) -> None:
    """Let shells offer files wherever a path is asked for."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                complete_paths(command)
        elif action.type is Path:
            action.complete = shtab.FILE  # type: ignore[attr-defined]


def main() -> int:
    """Write the files."""
    for path, text in texts().items():
        file = SHARE / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
