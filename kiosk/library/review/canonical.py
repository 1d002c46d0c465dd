"""The canonical text of a topic: what a reviewer signs, as lines that people can read and compare.

Everything that a reader can be shown of one topic in one language is in it, at every level, and
what it rests on. `docs/authoring.md` ("Review and sign") defines the format:

- UTF-8, lines end with LF. The first is `kiosk text 1`.
- Each text is a line `PATH: TEXT`; a path names items by id, in the order of the topic:
  `sections start / claims walk / wording / plain: Walk every day.`
- A text of several lines goes on in lines that begin with four spaces.
- What an author did not write is left out: fields at their default, and the measures of one-level
  texts (`grade`, `scale`), which the program makes. So is `status`: a signature decides it.

The lines come from the fields of the classes in `core.content`, so no field can be forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum

from kiosk.core.content import Topic
from kiosk.fast_dataclass import dataclass
from kiosk.sha256 import sha256

FIRST_LINE = "kiosk text 1"
_DERIVED = frozenset({"status", "grade", "scale"})
"""Fields of a topic that are no text of its author."""
_INDENT = "    "


@dataclass(frozen=True)
class CanonicalLine:
    """One text of a topic in its canonical text: where it stands, and the text itself."""

    path: str
    """The path of the line, such as `sections start / claims walk / wording / plain`."""
    text: str


def canonical_text(topic: Topic) -> str:
    """Return the canonical text of a topic; equal for equal topics, different for others."""
    lines = [FIRST_LINE]
    for path, text in _lines(topic, ""):
        text = text.replace("\n", "\n" + _INDENT)
        lines.append(f"{path}: {text}")
    return "\n".join(lines) + "\n"


def digest_of_text(text: str) -> str:
    """Return the SHA-256 of a canonical text, in hexadecimal: what a review names."""
    return sha256(text.encode("utf-8")).hexdigest()


def canonical_digest(topic: Topic) -> str:
    """Return the SHA-256 of a topic's canonical text."""
    return digest_of_text(canonical_text(topic))


def parse_canonical(text: str) -> tuple[CanonicalLine, ...]:
    """Return each text in a canonical text, with its path; raises ValueError where it is none."""
    first, *rest = text.split("\n")
    if first != FIRST_LINE or not rest or rest.pop() != "":
        raise ValueError(f'not a text that begins with "{FIRST_LINE}"')
    lines: list[CanonicalLine] = []
    for line in rest:
        if line.startswith(_INDENT) and lines:
            last = lines.pop()
            lines.append(CanonicalLine(last.path, f"{last.text}\n{line.removeprefix(_INDENT)}"))
        else:
            path, colon, words = line.partition(": ")
            if not colon:
                raise ValueError(f"line {len(lines) + 2}: no path before it")
            lines.append(CanonicalLine(path, words))
    return tuple(lines)


def _lines(value: object, path: str) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of everything in `value` that is not at its default."""
    if is_dataclass(value):
        for field in fields(value):
            part = getattr(value, field.name)
            is_default = field.default is not MISSING and part == field.default
            if not is_default and not (isinstance(value, Topic) and field.name in _DERIVED):
                yield from _lines(part, _join(path, field.name.replace("_", "-")))
    elif isinstance(value, tuple):
        if all(isinstance(item, str) and not isinstance(item, Enum) for item in value):
            yield from ((f"{path} {number}", item) for number, item in enumerate(value, 1))
        else:
            for number, item in enumerate(value, 1):
                yield from _lines(item, f"{path} {getattr(item, 'id', number)}")
    else:
        yield path, str(value.value if isinstance(value, Enum) else value)


def _join(path: str, name: str) -> str:
    return f"{path} / {name}" if path else name
