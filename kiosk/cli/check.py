"""`kiosk check`: print every problem of a content directory, or its measures; and warnings."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TextIO

from kiosk.errors import StartupError
from kiosk.library.checks.report import report
from kiosk.library.checks.rules import examine
from kiosk.library.checks.style import warnings
from kiosk.library.problem import Problem
from kiosk.library.themes import FailedTheme, load_themes
from kiosk.settings.model import Settings
from kiosk.site.content import settings_of
from kiosk.site.paths import content_directory, themes_directory
from kiosk.site.review_report import review_warnings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kiosk check`."""
    parser.add_argument(
        "directory", nargs="?", type=Path, metavar="DIR", help="the directory; else the shipped one"
    )
    parser.set_defaults(run=run_check)


def run_check(options: argparse.Namespace) -> int:
    """Check a directory; the exit status is 1 where it has problems."""
    root = options.directory or content_directory() or Path()
    return check(root, themes_directory(), sys.stdout)


def check(directory: Path, themes: Path | None, out: TextIO) -> int:
    """Print the problems, or the report, and the warnings. The exit status is 1 for problems."""
    draft, problems = examine(directory)
    warned = [*warnings(draft), *review_warnings(draft, _settings())] if draft is not None else []
    problems += _theme_problems(themes)
    for problem in problems:
        print(problem, file=out)
    if problems:
        print(file=out)
    elif draft is not None:
        for topic in draft.topics:
            for line in report(topic):
                print(line, file=out)
            if not topic.topic.one_level:
                print(file=out)
    for warning in warned:
        print(f"warning: {warning}", file=out)
    if warned:
        print(file=out)
    total = _count(problems, "problem")
    print(f"{total}, {_count(warned, 'warning')}" if warned else total, file=out)
    return 1 if problems else 0


def _settings() -> Settings:
    """Return the settings of this machine, by which signatures are judged; defaults without."""
    try:
        return settings_of(None)
    except StartupError:  # `kiosk doctor` says why
        return Settings()


def _count(problems: list[Problem], name: str) -> str:
    return f"{len(problems)} {name}{'' if len(problems) == 1 else 's'}"


def _theme_problems(themes: Path | None) -> list[Problem]:
    failed = (theme for theme in load_themes(themes) if isinstance(theme, FailedTheme))
    return [cause for theme in failed for cause in theme.causes]
