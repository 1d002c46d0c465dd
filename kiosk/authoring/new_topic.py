"""Write the files of a new topic and, if there is none, of the library around it.

The topic is a small complete example for its author to edit, or made from an outline of Markdown.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from kiosk.authoring.file_kinds import FOLDER, write_schemas
from kiosk.authoring.markdown import Outline
from kiosk.errors import KioskError

_TEMPLATES = Path(__file__).parent / "topic_template"
_AROUND = ("readers.toml", "glossary.toml", "urgent.toml", "policy", "interface")
"""Files and folders of a library besides its topics: copied from the shipped one."""
_LIBRARY = """\
# The library: which topics, in which order and languages.
format = 1
languages = ["en"]
topics = ["{topic}"]
clinic.en = "This clinic"
"""
_LISTED = re.compile(r"^topics\s*=\s*\[", re.MULTILINE)
_LEVELS = re.compile(
    r"^(?P<key>[\w.-]*?)\.?plain(?P<again>-again)? = (?P<text>\"\"\".*?\"\"\"|\"[^\n]*\")\n"
    r"^\S*everyday\S* = (?:\"\"\".*?\"\"\"|\"[^\n]*\")\n"
    r"^\S*professional\S* = (?:\"\"\".*?\"\"\"|\"[^\n]*\")\n",
    re.MULTILINE | re.DOTALL,
)
"""Three wordings, one below the other."""
_KIND = re.compile(r"(?<=[ \"])([Ss])upplement(s?)\b")
"""The shipped library's word for products: its own topic has supplements."""


class NotWritten(KioskError):
    """Error: a new topic was not written, because its folder exists already."""


def topic_files(
    id_: str, today: date, *, one_level: bool = False, outline: Outline | None = None
) -> dict[str, str]:
    """Return the files of a new topic, text by path in the topic's folder; nothing is written.

    Args:
        id_: the topic's id.
        today: the date that the files give as that of the text.
        one_level: whether each text has one wording for every reader, not three.
        outline: the sections and claims to make; None for the example topic.
    """
    paths = sorted(_TEMPLATES.rglob("*.toml"))
    files = {str(path.relative_to(_TEMPLATES)): path.read_text("utf-8") for path in paths}
    if outline is not None:
        files = outline.files(files)
    filled = {
        name: text.replace("@ID@", id_).replace("@DATE@", today.isoformat())
        for name, text in files.items()
    }
    return _in_one_level(filled) if one_level else filled


def write_library(directory: Path, topic: str, shipped: Path) -> None:
    """Write a new library around its first topic, without the topic's own files: library.toml, the
    schemas, and copies of the shipped library's readers, glossary, alarms, policy and interface.

    In the copied words of the interface "supplement" becomes "product".
    """
    directory.mkdir(parents=True, exist_ok=True)
    write_schemas(directory / FOLDER)
    (directory / "library.toml").write_text(_LIBRARY.format(topic=topic), "utf-8")
    for name in _AROUND:
        source, target = shipped / name, directory / name
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True)
        else:
            shutil.copyfile(source, target)
    for file in (directory / "interface").glob("en.toml"):
        words = file.read_text("utf-8")
        file.write_text(_KIND.sub(_product, words), "utf-8")


def _product(match: re.Match[str]) -> str:
    return f"{'P' if match[1] == 'S' else 'p'}roduct{match[2]}"


def write_topic(directory: Path, topic: str, files: Mapping[str, str]) -> Path:
    """Write the files of a topic (text by path) into its folder in a content directory; return the
    folder. Raises NotWritten where the folder exists.
    """
    folder = directory / topic
    if folder.exists():
        raise NotWritten(f"{folder} exists already. Choose another id, or delete that folder.")
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def list_topic(directory: Path, topic: str) -> bool:
    """Add a topic to the topics in library.toml, first, unless it is there; return False if no list
    of topics was found to add it to.
    """
    file = directory / "library.toml"
    text = file.read_text("utf-8")
    if f'"{topic}"' in text:
        return True
    listed, count = _LISTED.subn(f'topics = ["{topic}", ', text, count=1)
    if count:
        file.write_text(listed.replace(", ]", "]"), "utf-8")
    return count == 1


def _in_one_level(files: Mapping[str, str]) -> dict[str, str]:
    """Return the files with one wording in place of three."""

    def wording_for_all(match: re.Match[str]) -> str:
        key, again = match["key"], match["again"] or ""
        return f"{key + '.' if key else ''}text{again} = {match['text']}\n"

    worded = {name: _LEVELS.sub(wording_for_all, text) for name, text in files.items()}
    head = worded["topic.toml"]
    worded["topic.toml"] = head.replace("\n\n", "\none-level = true\n\n", 1)
    return worded
