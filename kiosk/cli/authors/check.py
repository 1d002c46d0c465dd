"""`kiosk check`: print every problem of a content directory or of one topic, and warnings.

Where there is no problem, a report on each topic is printed, too: reading grades, words, coverage.
A warning keeps nothing from being shown.
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from kiosk.cli.authors.check_findings import TopicFindings
from kiosk.cli.authors.check_output import PRINTERS, CheckReport
from kiosk.fast_dataclass import replace
from kiosk.file_access import files_in_folders
from kiosk.library.checks.rules import examine
from kiosk.library.checks.translations import unlisted
from kiosk.library.problem import Problem
from kiosk.library.source.draft import Draft
from kiosk.library.themes import FailedTheme, load_themes
from kiosk.library.translation.interface import interface_behind
from kiosk.library.translation.library_items import library_behind, library_languages
from kiosk.site.paths import content_directory, themes_directory
from kiosk.site.review_report import settings_or_usual
from kiosk.site.signers import policy_of

_MANY, _EVERY = 100, 20
"""Topics from which on progress is shown, and between two lines of it."""
_ENDS = (
    "The exit status is 0 without problems, be there warnings or not; 1 with problems; 2 for a "
    "command line that cannot be used."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the options of `kiosk check` on its parser, and set `run_check` as the function to
    run.
    """
    parser.epilog = _ENDS
    parser.add_argument(
        "directory", nargs="?", type=Path, metavar="DIR",
        help="the directory, or the folder of one topic in it; else the shipped one",
    )  # fmt: skip
    parser.add_argument(
        "--format", choices=list(PRINTERS), default="text",
        help="lines to read (the default), one JSON object, or remarks for GitHub Actions",
    )  # fmt: skip
    parser.add_argument(
        "--questions", action="store_true",
        help="ask all titles, and the phrases of questions.toml, too; done by itself for one topic",
    )  # fmt: skip
    parser.set_defaults(run=run_check)


def run_check(options: argparse.Namespace) -> int:
    """Run `kiosk check` on the directory that was named, else on the shipped one; return the exit
    status: 1 where there are problems, else 0.
    """
    gc.disable()  # a tree of drafts has no cycles, and looking for them takes a tenth of the time
    root = options.directory or content_directory() or Path()
    return check(root, themes_directory(), sys.stdout, options.format, questions=options.questions)


def check(
    directory: Path,
    themes: Path | None,
    out: TextIO,
    form: str = "text",
    *,
    questions: bool = False,
) -> int:
    """Check a content directory and print its problems and warnings; without problems a report on
    each topic, too. Returns the exit status: 1 where there are problems, else 0.

    Args:
        directory: a content directory, or the folder of one topic in it.
        themes: the directory of color themes, checked with a whole content directory.
        out: where to print.
        form: the format: "text", "json" or "github", a key of PRINTERS.
        questions: whether to test the questions that authors wrote, too; done always for one
            topic.
    """
    root, only = tree_and_topic(directory)
    asks = bool(only or questions)
    findings = TopicFindings(policy_of(settings_or_usual().review), keep=asks)
    draft, problems = examine(root, only, content_directory(), _show_progress, findings.add)
    if not only:
        problems += _theme_problems(themes)
    warned = list(findings.warnings(_unlisted(root, draft) if draft is not None else ()))
    if draft is not None and not only:
        warned += unlisted(root, draft)
        for language in draft.library.languages[1:]:
            warned += interface_behind(root, draft.library, language)
        for language in library_languages(draft):
            warned += library_behind(draft, language)
    problems = sorted([*problems, *findings.misspelt()], key=lambda problem: problem.file)
    if draft is not None and not problems and asks:
        from kiosk.cli.authors.check_questions import ask_again  # builds a pack

        warned += ask_again(replace(draft, topics=tuple(findings.topics)))
    result = CheckReport(
        root,
        tuple(problems),
        tuple(sorted(dict.fromkeys(warned), key=lambda warning: warning.file)),
        tuple(findings.reports) if not problems else (),
        tuple(findings.exceptions),
        tuple(findings.notes()),
    )
    PRINTERS[form](result, out)
    return 1 if problems else 0


def _show_progress(checked: int, count: int) -> None:
    """Print how far it is on a terminal, where there are many topics: one line, and no trace."""
    if count < _MANY or (checked % _EVERY and checked < count):
        return
    if sys.stderr is not None and sys.stderr.isatty():
        text = "" if checked == count else f"{checked:,} of {count:,} topics checked"
        print(f"\r{text:<40}\r", end="", file=sys.stderr, flush=True)


def tree_and_topic(directory: Path) -> tuple[Path, str]:
    """Return a content directory and the id of the only topic wanted in it: where `directory` is a
    topic's folder, its parent and its name, else `directory` itself and an empty id.
    """
    if (directory / "topic.toml").is_file() and not (directory / "library.toml").exists():
        folder = directory.resolve()
        return folder.parent, folder.name
    return directory, ""


def _unlisted(root: Path, draft: Draft) -> Iterator[Problem]:
    """Warn of folders of topics that library.toml does not list: nobody looks at them."""
    listed = draft.files.get(f"{draft.name}/library.toml", {}).get("topics")
    if not isinstance(listed, list):
        return
    names = {name for name in listed if isinstance(name, str)}
    for path in files_in_folders(root, "topic.toml"):
        name = path.parent.name
        if name not in names:
            message = f'topics: "{name}" is not listed, so nobody sees it and it is not checked'
            yield Problem(f"{draft.name}/library.toml", "", message)


def _theme_problems(themes: Path | None) -> list[Problem]:
    failed = (theme for theme in load_themes(themes) if isinstance(theme, FailedTheme))
    return [cause for theme in failed for cause in theme.causes]
