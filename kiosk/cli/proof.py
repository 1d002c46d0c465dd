"""`kiosk proof`: write all wordings of a topic side by side, with evidence, to send or print."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kiosk.authoring.proof import proof_as_html, proof_as_text
from kiosk.cli.check import tree_and_topic
from kiosk.errors import StartupError
from kiosk.library.checks.rules import examine
from kiosk.library.review.comments import read_comments
from kiosk.site.paths import content_directory

_FORMS = {".html": proof_as_html, ".txt": proof_as_text}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kiosk proof`."""
    parser.add_argument("topic", type=Path, metavar="TOPIC", help="the folder of the topic")
    parser.add_argument(
        "-o", dest="file", type=Path, metavar="FILE", required=True,
        help="FILE.html, to read and print in a browser (which makes PDF of it, too), or FILE.txt",
    )  # fmt: skip
    parser.add_argument("--language", metavar="CODE", help="else the topic's first language")
    parser.set_defaults(run=proof)


def proof(options: argparse.Namespace) -> int:
    """Write the proof. A topic with problems has one, too: it says how many there are."""
    as_form = _FORMS.get(options.file.suffix.lower())
    if as_form is None:
        raise StartupError(
            f"{options.file}: a proof is FILE.html or FILE.txt. A browser makes PDF."
        )
    root, only = tree_and_topic(options.topic)
    if not only:
        raise StartupError(f"{options.topic} is no folder of a topic: it has no topic.toml.")
    draft, problems = examine(root, only, content_directory())
    wanted = [
        topic
        for topic in (draft.topics if draft else ())
        if options.language in (None, topic.topic.language)
    ]
    if draft is None or not wanted:
        raise StartupError(f'{options.topic} has no text in the language "{options.language}".')
    comments = read_comments(root / only, wanted[0].topic.language)
    options.file.write_text(as_form(draft, wanted[0], comments), "utf-8")
    print(f"Written: {options.file}.")
    if problems:
        print(
            f"The topic has {len(problems)} problem(s), so parts of it may be missing. "
            f"`kiosk check {options.topic}` names them.",
            file=sys.stderr,
        )
    return 0
