"""`kiosk build`: one pack from a content tree, or every reason why not."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from kiosk.library.pack.build import build_pack
from kiosk.library.problem import ContentError


def build(directory: Path, themes: Path | None, file: Path, out: TextIO) -> int:
    """Write the pack; print the problems where the tree has any. The exit status is 1 then."""
    try:
        build_pack(directory, themes, file)
    except ContentError as refused:
        for problem in refused.problems:
            print(problem, file=out)
        return 1
    except OSError as error:
        print(f"{file}: cannot be written: {error.strerror}", file=out)
        return 1
    return 0
