"""`kiosk proof`: write a whole topic as one document for reviewers, to read, send or print.

The document has each text in all levels side by side, with the evidence behind it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from kiosk.authoring.proof import behind, parts_of, proof_as_html, proof_as_text, rows_of
from kiosk.cli.authors.check import tree_and_topic
from kiosk.core.wording import Level
from kiosk.errors import StartupError
from kiosk.library.checks.rules import examine
from kiosk.library.review.comments import Comment, read_comments
from kiosk.library.source.draft import Draft, TopicDraft
from kiosk.site.paths import content_directory

_TEXTS = {".html": proof_as_html, ".txt": proof_as_text}
_PDF = ".pdf"
_NO_PDF = (
    "{file}: PDF needs fpdf2, which is not installed here. `pip install 'kiosk[print]'` installs "
    "it. Or write {html}: a browser prints it, and makes PDF of it."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the options of `kiosk proof` on its parser, and set `proof` as the function to run."""
    parser.add_argument("topic", type=Path, metavar="TOPIC", help="the folder of the topic")
    parser.add_argument(
        "-o", dest="file", type=Path, metavar="FILE", required=True,
        help="FILE.html, to read and print in a browser, FILE.pdf or FILE.txt",
    )  # fmt: skip
    parser.add_argument("--language", metavar="CODE", help="else the topic's first language")
    parser.set_defaults(run=proof)


def proof(options: argparse.Namespace) -> int:
    """Run `kiosk proof`: write the reviewers' document of a topic as HTML, plain text or PDF, by
    the ending of the file's name; return 0.

    A topic that has problems is written, too, with a warning on standard error. Raises
    StartupError where the document cannot be made.
    """
    form = options.file.suffix.lower()
    if form not in (*_TEXTS, _PDF):
        raise StartupError(f"{options.file}: a proof is FILE.html, FILE.pdf or FILE.txt.")
    if form == _PDF and find_spec("fpdf") is None:
        html = options.file.with_suffix(".html")
        raise StartupError(_NO_PDF.format(file=options.file, html=html))
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
    if form == _PDF:
        options.file.write_bytes(_as_pdf(draft, wanted[0], comments))
    else:
        options.file.write_text(_TEXTS[form](draft, wanted[0], comments), "utf-8")
    print(f"Written: {options.file}.")
    if problems:
        print(
            f"The topic has {len(problems)} problem(s), so parts of it may be missing. "
            f"`kiosk check {options.topic}` names them.",
            file=sys.stderr,
        )
    return 0


def _as_pdf(library: Draft, draft: TopicDraft, comments: Iterable[Comment]) -> bytes:
    from kiosk.sheets.proof_pdf import PdfItem, PdfPart, proof_as_pdf  # 0.4 s and 40 MB

    parts = tuple(
        PdfPart(
            part.title,
            (part.note, *(f"Comment: {comment}" for comment in part.comments)),
            tuple(
                PdfItem(item.label, tuple(rows_of(item)), tuple(behind(item)))
                for item in part.items
            ),
        )
        for part in parts_of(library, draft, comments)
    )
    note = f"Side by side: {', '.join(level.value for level in Level)} words."
    return proof_as_pdf(draft.topic.question.everyday, note, parts, draft.topic.language)
