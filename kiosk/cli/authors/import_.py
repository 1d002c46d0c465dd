"""`kiosk import`: turn the health topics that MedlinePlus publishes into a content directory or a
pack.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kiosk.importers.medlineplus.importer import import_medlineplus
from kiosk.site.paths import content_directory, themes_directory


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the options of `kiosk import` on its parser, and set `run_import` as the function to
    run.
    """
    parser.add_argument("kind", choices=["medlineplus"], help="whose file it is")
    parser.add_argument("source", type=Path, metavar="FILE", help="XML, or .zip or .gz of it")
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="OUT",
        help="a new content directory, or a pack where the name ends in .pack",
    )  # fmt: skip
    parser.add_argument(
        "--base", type=Path, metavar="DIR",
        help="the content directory to a copy of which the topics are added; else the shipped one",
    )  # fmt: skip
    parser.add_argument("--language", choices=["en", "es"], help="import this language only")
    parser.set_defaults(run=run_import)


def run_import(options: argparse.Namespace) -> int:
    """Run `kiosk import`: write the content directory or the pack, or nothing where that fails;
    return 0.
    """
    import_medlineplus(
        options.source,
        options.output,
        options.base or content_directory() or Path(),
        options.language,
        themes_directory(),
        sys.stdout,
    )
    return 0
