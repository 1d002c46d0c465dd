"""`kiosk schema`: write the JSON Schemas of the files that authors write, or a page about them."""

from __future__ import annotations

import argparse
from pathlib import Path

from kiosk.authoring.file_kinds import FOLDER, reference, write_schemas


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kiosk schema`."""
    parser.add_argument(
        "directory", nargs="?", type=Path, default=Path(), metavar="DIR",
        help=f"a content directory: the schemas go to {FOLDER} in it, where its files name them",
    )  # fmt: skip
    parser.add_argument(
        "--markdown", action="store_true", help="print a page that lists every key, instead"
    )
    parser.set_defaults(run=schema)


def schema(options: argparse.Namespace) -> int:
    """Write the schemas, or print the page."""
    if options.markdown:
        print(reference())
        return 0
    files = write_schemas(options.directory / FOLDER)
    print(f"Written: {len(files)} schemas in {options.directory / FOLDER}.")
    print("An editor that knows them completes and checks the files whose first line names one.")
    return 0
