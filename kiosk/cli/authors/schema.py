"""`kiosk schema`: write JSON Schemas of the files that authors write, by which editors complete and
check them; or print a Markdown page of all their keys.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from kiosk.authoring.file_kinds import FOLDER, reference, write_schemas


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the options of `kiosk schema` on its parser, and set
    `schema` as the function to run.
    """
    parser.add_argument(
        "directory", nargs="?", type=Path, default=Path(), metavar="DIR",
        help=f"a content directory: the schemas go to {FOLDER} in it, where its files name them",
    )  # fmt: skip
    parser.add_argument(
        "--markdown", action="store_true", help="print a page that lists every key, instead"
    )
    parser.set_defaults(run=schema)


def schema(options: argparse.Namespace) -> int:
    """Run `kiosk schema`: write the JSON Schemas into the folder .schema of a content directory,
    or, with --markdown, print the page of all keys; return 0.
    """
    if options.markdown:
        print(reference())
        return 0
    files = write_schemas(options.directory / FOLDER)
    print(f"Written: {len(files)} schemas in {options.directory / FOLDER}.")
    print("An editor that knows them completes and checks the files whose first line names one.")
    return 0
