"""Load color themes from their TOML files.

A theme with mistakes is left out, with every reason why; the others load all the same.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import StringConstraints

from kiosk.core.palette import Palette, problems
from kiosk.fast_dataclass import dataclass
from kiosk.file_access import visible_files
from kiosk.library.characters import refusal
from kiosk.library.problem import Problem
from kiosk.library.source.parsing.toml_file import read_toml
from kiosk.library.source.parsing.toml_paths import locate, strings
from kiosk.library.source.schema.topic_schema import Id, StrictModel, Text
from kiosk.library.source.schema.validation import validate, validate_keys


class ThemeModel(StrictModel):
    """Schema of a theme's file: its name, title and kind, and a color for each role of text."""

    name: Id
    """Its name for `--theme` and kiosk.toml: that of the file."""
    title: Text
    """The title that readers choose it by."""
    kind: Literal["light", "dark", "high-contrast", "terminal"]
    """The kind, by which its contrast is checked."""
    colours: dict[str, Annotated[str, StringConstraints(to_lower=True)]]
    """The color of each role of text, as `#rrggbb`."""


@dataclass(frozen=True, slots=True)
class LoadedTheme:
    """A theme without mistakes, as the palette of its colors."""

    palette: Palette


@dataclass(frozen=True, slots=True)
class FailedTheme:
    """A theme that cannot be used, with every reason why."""

    name: str
    causes: tuple[Problem, ...]


def load_themes(directory: Path | None) -> tuple[LoadedTheme | FailedTheme, ...]:
    """Return each theme of a directory, loaded or failed, by file name; empty without the
    directory.
    """
    if directory is None or not directory.is_dir():
        return ()
    return tuple(_load(path, directory) for path in visible_files(directory, "*.toml"))


def _load(path: Path, directory: Path) -> LoadedTheme | FailedTheme:
    file = f"{directory.resolve().name}/{path.name}"
    data = read_toml(path, file)
    if isinstance(data, Problem):
        return FailedTheme(path.stem, (data,))
    causes = [*_characters(data, file), *validate_keys(ThemeModel, data, file)]
    settled = validate(ThemeModel, data, file)
    causes += settled.problems
    theme = settled.model
    if theme is None:
        return FailedTheme(path.stem, tuple(causes))
    if theme.name != path.stem:
        causes.append(Problem(file, "", f'name "{theme.name}" is not the name of the file'))
    palette = Palette(theme.name, theme.title, theme.kind, theme.colours)
    causes += [Problem(file, "", message) for message in problems(palette)]
    return FailedTheme(path.stem, tuple(causes)) if causes else LoadedTheme(palette)


def _characters(data: dict[str, Any], file: str) -> list[Problem]:
    refusals = ((locate(data, loc), refusal(text)) for loc, text in strings(data))
    return [Problem(file, where, f"{key}: {why}") for (where, key), why in refusals if why]
