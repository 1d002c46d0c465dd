"""`kiosk new`: write example files of a new topic for its author to edit, or files made of a
Markdown text.
"""

from __future__ import annotations

import argparse
import re
from datetime import date
from pathlib import Path

from kiosk import fallback_messages
from kiosk.authoring.markdown import Outline, read_markdown
from kiosk.authoring.new_topic import list_topic, topic_files, write_library, write_topic
from kiosk.errors import StartupError
from kiosk.file_access import read_file
from kiosk.library.text_file import TextError, decode_text
from kiosk.site.paths import content_directory
from kiosk.system.files import is_device_name

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_DIRECTORY = Path("my-content")
"""The directory in which a library is begun if there is none here."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the options of `kiosk new` on its parser, and set `new` as the function to run."""
    parser.add_argument("kind", choices=["topic"], help="what to begin")
    parser.add_argument("id", type=_id, metavar="ID", help="small letters, digits and hyphens")
    parser.add_argument(
        "-o", dest="directory", type=Path, metavar="DIR",
        help="the content directory; else this one, if it is one, else my-content. A new one gets "
        "all that a library has beside its topics",
    )  # fmt: skip
    parser.add_argument(
        "--one-level", action="store_true", help="one wording for every reader, not three"
    )
    parser.add_argument(
        "--from", dest="source", type=Path, metavar="FILE.md",
        help="a text in Markdown: its headings become steps, its paragraphs claims",
    )  # fmt: skip
    parser.set_defaults(run=new)


def new(options: argparse.Namespace) -> int:
    """Run `kiosk new`: write the files of a topic, and those of a library where the directory has
    none; print where they are and what to do next; return 0.
    """
    outline = _outline(options.source) if options.source else None
    files = topic_files(options.id, date.today(), one_level=options.one_level, outline=outline)
    directory = options.directory or (Path() if Path("library.toml").exists() else _DIRECTORY)
    is_new = not (directory / "library.toml").exists()
    folder = write_topic(directory, options.id, files)
    listed = True
    if is_new:
        shipped = content_directory()
        if shipped is None:
            raise StartupError(fallback_messages.NO_SHIPPED_TOPIC)
        write_library(directory, options.id, shipped)
    else:
        listed = list_topic(directory, options.id)
    print(f"Written: {folder}, {len(files)} files. Begin with {folder / 'evidence.toml'}.")
    if not listed:
        print(f'Add "{options.id}" to the topics in {directory / "library.toml"}.')
    print(f"What is left to write, and what is wrong: kiosk check {folder}")
    print(f"See it while you write: kiosk preview {folder}")
    return 0


def _outline(file: Path) -> Outline:
    try:
        outline = read_markdown(decode_text(read_file(file)), file.stem)
    except TextError as error:
        raise StartupError(f"{file}: {error}.") from None
    if not outline.sections:
        raise StartupError(f"{file} has no text under a heading. A heading begins with #.")
    return outline


def _id(text: str) -> str:
    if not _ID.fullmatch(text):
        made = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
        raise argparse.ArgumentTypeError(f'"{text}" is no id. Try {made or "my-topic"}.')
    if is_device_name(text):
        raise argparse.ArgumentTypeError(f'On Windows "{text}" is a device. Try {text}-topic.')
    return text
