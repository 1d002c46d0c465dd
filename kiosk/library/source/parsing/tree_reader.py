"""Reader of a content tree: parses each file once, and collects the problems of all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import BaseModel

from kiosk.file_access import visible_files
from kiosk.file_stamp import file_stamp
from kiosk.library.problem import Problem
from kiosk.library.source.ids import statements_of
from kiosk.library.source.parsing.kept_files import KeptFile, KeptFiles
from kiosk.library.source.parsing.toml_file import ids_perhaps, read_toml
from kiosk.library.source.schema.validation import read_model

_M = TypeVar("_M", bound=BaseModel)


def misnamed(path: Path) -> list[Path]:
    """Return files that are probably meant to be `path`: Notepad saves "x.toml" as "x.toml.txt"."""
    return visible_files(path.parent, f"{path.name}.*")


class TreeReader:
    """Reader of the TOML files of a content tree: parses each once, and collects their problems."""

    def __init__(self, root: Path, kept: KeptFiles | None = None) -> None:
        self.root = root
        self._prefix = f"{root.as_posix().rstrip('/')}/"
        self._kept = kept
        self._listed: tuple[Path | None, list[str] | None] = (None, None)
        self.problems: list[Problem] = []
        self.files: dict[str, dict[str, Any]] = {}
        self.unread: set[str] = set()
        self.perhaps: dict[str, frozenset[str]] = {}
        """By file that could not be parsed, the ids that it may give or mention."""
        self.doubtful: set[str] = set()
        self.restless: list[str] = []
        """Words of items that were left out and have no `rests-on`."""

    def name(self, path: Path) -> str:
        """Return the name of a file in problems: its path, beginning with the tree's own
        directory.
        """
        within = path.as_posix().removeprefix(self._prefix)
        return f"{self.root.name}/{within}"

    def may_have(self, path: Path) -> bool:
        """Return False only if a file is surely not there, not even misnamed, such as "x.toml.txt".

        A folder is listed once for all its files, since most topics have few of the files they may
        have.
        """
        folder = path.parent
        if self._listed[0] != folder:
            try:
                names = [name.casefold() for name in os.listdir(folder)]
            except OSError:
                names = None
            self._listed = folder, names
        own, listed = path.name.casefold(), self._listed[1]
        return listed is None or any(name.startswith(own) for name in listed)

    def parse(self, path: Path) -> dict[str, Any] | None:
        """Return the contents of a file; where it cannot be read, add a problem and return None."""
        name = self.name(path)
        data = read_toml(path, name)
        if isinstance(data, Problem):
            if not path.exists() and (other := next(iter(misnamed(path)), None)):
                self.leave(other, path)
                return None
            self.problems.append(data)
            self.unread.add(name)
            self.perhaps[name] = ids_perhaps(path)
            return None
        self.files[name] = data
        return data

    def leave(self, other: Path, path: Path) -> None:
        """Add the problem that the file `other` is misnamed; `path`, which it is meant to be,
        counts as unread.
        """
        message = f'is not read, because its name does not end in ".toml" but in "{other.suffix}"'
        hint = f'Name it "{path.name}". Windows hides such endings until it is told to show them.'
        self.problems.append(Problem(self.name(other), "", message, hint))
        self.unread.add(self.name(path))
        self.perhaps[self.name(path)] = ids_perhaps(other)

    def read(
        self, path: Path, model: type[_M], stubs: Mapping[str, object] | None = None
    ) -> _M | None:
        """Return a file as an instance of its schema's model, without the items that the schema
        refuses.

        `stubs` are values by key to put in the place of wrong ones. What is wrong is added to the
        problems. None where the file cannot be read, or a wrong key has no stub.
        """
        kept = self._kept.get(path, model.__name__) if self._kept else None
        if kept is not None:
            self._repeat(self.name(path), kept)
            return cast("_M | None", kept.model)
        if self._kept is None:
            return self._read(path, model, stubs)
        stamp, problems, restless = file_stamp(path), len(self.problems), len(self.restless)
        doubtful, self.doubtful = self.doubtful, set()
        settled = self._read(path, model, stubs)
        name = self.name(path)
        kept = KeptFile(
            stamp, settled, self.files.get(name), name in self.unread, self.perhaps.get(name),
            self.problems[problems:], self.doubtful, self.restless[restless:],
        )  # fmt: skip
        self._kept.put(path, model.__name__, kept)
        self.doubtful = doubtful | self.doubtful
        return settled

    def _repeat(self, name: str, kept: KeptFile) -> None:
        """Report again what reading a file gave the last time."""
        if kept.data is not None:
            self.files[name] = kept.data
        if kept.is_unread:
            self.unread.add(name)
        if kept.perhaps is not None:
            self.perhaps[name] = kept.perhaps
        self.problems += kept.problems
        self.doubtful |= kept.doubtful
        self.restless += kept.restless

    def _read(self, path: Path, model: type[_M], stubs: Mapping[str, object] | None) -> _M | None:
        data = self.parse(path)
        if data is None:
            return None
        name = self.name(path)
        settled = read_model(model, data, name, stubs)
        self.problems += settled.problems
        for item in settled.dropped:
            statements = statements_of(item)
            self.doubtful |= statements
            if not statements and "professional" in item:
                self.restless.append(str(item["professional"]))
        if not settled.whole:
            self.unread.add(name)
        return settled.model
