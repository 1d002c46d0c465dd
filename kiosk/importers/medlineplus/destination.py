"""Destination of an import: copies an existing library and adds topics to its list."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import Any

from kiosk.errors import SourceError
from kiosk.library.problem import Problem
from kiosk.library.source.parsing.toml_file import read_toml

_TOPICS = re.compile(r"^topics\s*=\s*\[[^\]]*\]", re.MULTILINE)


class Destination:
    """The existing content tree that an import copies and adds topics to: its languages, its
    topics, and the terms that those topics gate everywhere.

    Creating an instance reads the library's files, and raises SourceError if it cannot.
    """

    def __init__(self, base: Path) -> None:
        self.base = base
        head = self._read("library.toml")
        self.languages = [code for code in head.get("languages", []) if isinstance(code, str)]
        self.topics = [name for name in head.get("topics", []) if isinstance(name, str)]
        if not self.languages or not _TOPICS.search(self._library_text()):
            raise SourceError(f"{base}: library.toml has no languages or no topics")
        self.terms = [term for name in self.topics for term in self._terms(name)]

    def has_words(self, language: str) -> bool:
        """Return whether the library offers `language` and has the interface texts in it."""
        there = (self.base / "interface" / f"{language}.toml").is_file()
        return there and language in self.languages

    def folder(self, root: Path, topic: str, language: str) -> Path:
        """Return the directory for a topic's files in a language: that of the topic for the
        library's first language, else a folder in it named by the language.
        """
        return root / topic if language == self.languages[0] else root / topic / language

    def copy(self, root: Path) -> None:
        """Copy the library's files to `root`, writable, except hidden files and library.toml, which
        `list_topics` writes.
        """
        ignore = shutil.ignore_patterns("library.toml", ".*")
        shutil.copytree(self.base, root, ignore=ignore, dirs_exist_ok=True)
        for folder, _, names in os.walk(root):  # the library may be one that cannot be written
            os.chmod(folder, 0o755)
            for name in names:
                os.chmod(os.path.join(folder, name), 0o644)

    def list_topics(self, root: Path, imported: list[str]) -> None:
        """Write library.toml in `root`: the existing one with its topics and then the imported
        ones.
        """
        names = "".join(f'  "{name}",\n' for name in [*self.topics, *imported])
        text = _TOPICS.sub(lambda _: f"topics = [\n{names}]", self._library_text(), count=1)
        (root / "library.toml").write_text(text, "utf-8")

    def _library_text(self) -> str:
        return (self.base / "library.toml").read_text("utf-8")

    def _terms(self, topic: str) -> list[str]:
        gated: list[str] = []
        for path in [
            self.base / topic,
            *(self.base / topic / language for language in self.languages),
        ]:
            if (path / "topic.toml").is_file():
                data = self._read(f"{path.relative_to(self.base)}/topic.toml")
                terms = data.get("gated-everywhere", [])
                gated += [term for term in terms if isinstance(term, str)]
        return gated

    def _read(self, name: str) -> dict[str, Any]:
        data = read_toml(self.base / name, f"{self.base}/{name}")
        if isinstance(data, Problem):
            raise SourceError(str(data))
        return data
