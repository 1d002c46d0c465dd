"""`kiosk preview`: show the topics in an author's files in the kiosk's own screens, and show them
again on each save.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from kiosk.cli.options import add_ascii
from kiosk.errors import StartupError
from kiosk.site.paths import content_directory, themes_directory


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the options of `kiosk preview` on its parser, and set `preview` as the function to
    run.
    """
    parser.epilog = (
        "Keys beside those of a visit: < and > go to another section, + to the next level, * to "
        "the next language; # shows ids, = opens all gates, ! lists the problems, q leaves."
    )
    parser.add_argument(
        "directory", nargs="?", type=Path, metavar="DIR",
        help="a content directory, or the folder of one topic; else this one",
    )  # fmt: skip
    add_ascii(parser)
    parser.set_defaults(run=preview)


def preview(options: argparse.Namespace) -> int:
    """Run `kiosk preview` until the author quits, and return the exit status. Raises StartupError
    without a terminal, or where no topic can be shown.
    """
    from kiosk.cli.visitors.run import is_terminal

    if not is_terminal():
        raise StartupError("A preview needs a terminal. `kiosk check` names problems without one.")
    from kiosk.authoring.preview.port import PreviewPort
    from kiosk.authoring.preview.texts import PreviewTexts
    from kiosk.cli.authors.check import tree_and_topic
    from kiosk.cli.authors.preview_app import PreviewApp
    from kiosk.library.themes import LoadedTheme, load_themes
    from kiosk.system.clock import clock

    directory = options.directory or Path()
    root, only = tree_and_topic(directory)
    texts = PreviewTexts(root, only, content_directory())
    texts.load()
    if not texts.topics:
        named = "\n".join(str(problem) for problem in texts.problems[:5])
        raise StartupError(f"{directory} has no topic that can be shown.\n{named}".rstrip())
    themes = load_themes(themes_directory())
    palettes = tuple(theme.palette for theme in themes if isinstance(theme, LoadedTheme))
    port = PreviewPort(texts, clock)
    app = PreviewApp(port, texts, palettes, directory, ascii_only=options.ascii_only)
    app.run()
    return app.return_code or 0
