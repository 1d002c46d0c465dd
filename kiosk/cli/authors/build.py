"""`kiosk build`: compile a content directory to a pack, or a file of passages to one for search
alone.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from kiosk.library.pack.build import build_pack
from kiosk.library.pack.passages_only import build_passages
from kiosk.site.paths import themes_directory


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the options of `kiosk build` on its parser, and set `build` as the function to run."""
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument(
        "directory", nargs="?", type=Path, metavar="DIR", help="the content directory"
    )
    source.add_argument(
        "--passages", type=Path, metavar="FILE",
        help="instead of a directory: one JSON object a line (id, topic_id, title, section, text, "
        "url; aliases), for a pack that can only be searched",
    )  # fmt: skip
    parser.add_argument(
        "--aliases", type=Path, metavar="FILE",
        help="with --passages: a JSON object from titles or ids to other names",
    )  # fmt: skip
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="FILE", help="the pack to write"
    )
    parser.set_defaults(run=build)


def build(options: argparse.Namespace) -> int:
    """Run `kiosk build`: write the pack, or leave no file where that fails; return 0."""
    if options.passages:
        build_passages(options.passages, options.aliases, options.output)
    else:
        build_pack(options.directory, themes_directory(), options.output)
    return 0
