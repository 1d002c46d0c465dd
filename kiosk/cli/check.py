"""`kiosk check`: every problem of a content tree at once, or what was measured of it."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from kiosk.library.checks.report import report
from kiosk.library.checks.rules import examine
from kiosk.library.problem import Problem
from kiosk.library.themes import FailedTheme, load_themes


def check(directory: Path, themes: Path | None, out: TextIO) -> int:
    """Print the problems, or the report; the exit status is 1 where there are problems."""
    draft, problems = examine(directory)
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
    print(f"{len(problems)} problem{'' if len(problems) == 1 else 's'}", file=out)
    return 1 if problems else 0


def _theme_problems(themes: Path | None) -> list[Problem]:
    failed = (theme for theme in load_themes(themes) if isinstance(theme, FailedTheme))
    return [cause for theme in failed for cause in theme.causes]
