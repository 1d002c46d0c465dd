"""Read a text in Markdown as an outline of sections, and make the files of a new topic from it.

Headings, paragraphs and lists give the outline; other marks, as of emphasis and links, are dropped
and their text kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from kiosk.fast_dataclass import dataclass

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_BULLET = re.compile(r"\s*(?:[-*+•]|\d+[.)])\s+(.*)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"(\*\*|__|\*|`)(?=\S)(.+?)(?<=\S)\1")
_SCHEMA = "#:schema ../../.schema/section.json"
_LONGEST_ID = 40


@dataclass(frozen=True, slots=True)
class OutlineSection:
    """A section of a Markdown text: the heading, and the paragraphs and lists below it, each one
    block.
    """

    title: str
    blocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """The structure of a Markdown text: its title, and its sections in order. Made by
    `read_markdown`; the files of a topic are made from it.
    """

    title: str
    sections: tuple[OutlineSection, ...]

    def files(self, template: Mapping[str, str]) -> dict[str, str]:
        """Return the files of a topic, text by path: a step for each section, a claim for each
        block.

        A claim has its block's text as everyday words; the other two levels begin with TODO.
        `template` has the files of the example topic; cautions and products are left out of the
        result.
        """
        files = {name: text for name, text in template.items() if "/" not in name}
        claims = _Numbered("S")
        ids: dict[str, str] = {}
        firsts: list[str] = []
        for number, section in enumerate(self.sections, start=1):
            id_ = _new_id(section.title, ids)
            name = f"sections/{number * 10:02}-{id_}.toml"
            files[name], first = _section(id_, section, claims)
            firsts += first
        files["topic.toml"] = _topic(files["topic.toml"], self.title, list(ids.values()), firsts)
        files["evidence.toml"] = claims.as_toml()
        files["cautions.toml"] = "# This topic has no products, and so no cautions.\n"
        files["take-home.toml"] = _TAKE_HOME
        files["questions.toml"] = _questions(firsts, self.sections)
        return files


_TAKE_HOME = """\
#:schema ../.schema/take-home.json
# What a reader takes along: ids of claims that say what to do today, printed under those words.
printed = []
"""


class _Numbered:
    """The evidence that is being made: an entry for each block of text."""

    def __init__(self, letter: str) -> None:
        self._letter, self._says = letter, list[str]()

    def add(self, says: str) -> str:
        """Add an entry; return its id."""
        self._says.append(says)
        return f"{self._letter}{len(self._says):02}"

    def as_toml(self) -> str:
        """Return the text of evidence.toml."""
        entries = (
            f'[[statement]]\nid = "{self._letter}{number:02}"\nsays = {quoted(says)}\n'
            f'strand = "guideline"\nsource = "TODO Who says so: authors, title, year, address."\n'
            for number, says in enumerate(self._says, start=1)
        )
        return "# One entry for each fact, with its source written out in full.\n\n" + "\n".join(
            entries
        )


def read_markdown(text: str, name: str) -> Outline:
    """Return the outline of a Markdown text: its title and sections. A section without text below
    its heading is left out.

    Args:
        text: the Markdown.
        name: the title of the outline where the text does not begin with a heading of level 1.
    """
    title, sections = "", list[tuple[str, list[str]]]()
    for kind, words in _lines(text):
        if kind == "heading" and not title and not sections and words[0] == "1":
            title = words[1:]
        elif kind == "heading":
            sections.append((words[1:], []))
        else:
            if not sections:
                sections.append((title or name, []))
            blocks = sections[-1][1]
            if kind == "bullet" and blocks:
                blocks[-1] += f"\n- {words}"
            else:
                blocks.append(f"- {words}" if kind == "bullet" else words)
    made = (OutlineSection(title, tuple(blocks)) for title, blocks in sections if blocks)
    return Outline(title or name, tuple(made))


def _lines(text: str) -> list[tuple[str, str]]:
    """Return headings ("1Title"), bullets and paragraphs, each on one line without its marks."""
    parts: list[tuple[str, str]] = []
    open_ = False
    for line in text.splitlines():
        plain = _MARKS.sub(r"\2", _LINK.sub(r"\1", line.strip()))
        if heading := _HEADING.match(plain):
            parts.append(("heading", f"{len(heading[1])}{heading[2]}"))
            open_ = False
        elif bullet := _BULLET.match(line):
            parts.append(("bullet", _MARKS.sub(r"\2", _LINK.sub(r"\1", bullet[1]))))
            open_ = True
        elif not plain:
            open_ = False
        elif open_:
            kind, words = parts[-1]
            parts[-1] = (kind, f"{words} {plain}")
        else:
            parts.append(("paragraph", plain))
            open_ = True
    return parts


def _section(id_: str, section: OutlineSection, claims: _Numbered) -> tuple[str, list[str]]:
    """Return the text of a section's file, and the id of its first claim."""
    lines = [_SCHEMA, f'id = "{id_}"', *_worded("title.", section.title, "everyday", "plain"), ""]
    first: list[str] = []
    for number, block in enumerate(section.blocks, start=1):
        claim = f"{id_}-{number}"
        first = first or [claim]
        lines += ["[[claim]]", f'id = "{claim}"', f'rests-on = ["{claims.add(block)}"]']
        lines += [*_worded("", block, "everyday"), ""]
    return "\n".join(lines), first


def _worded(key: str, text: str, *written: str) -> list[str]:
    """Return the lines of a wording; the levels that are not written yet say so."""
    return [
        f"{key}{level} = {quoted(text if level in written else f'TODO {text}')}"
        for level in ("plain", "everyday", "professional")
    ]


def _topic(template: str, title: str, steps: list[str], firsts: list[str]) -> str:
    listed = ", ".join(f'"{id_}"' for id_ in steps)
    text = re.sub(r"^steps = .*$", lambda _: f"steps = [{listed}]", template, flags=re.MULTILINE)
    first = firsts[0] if firsts else ""
    text = re.sub(r"^preview = .*$", lambda _: f'preview = "{first}"', text, flags=re.MULTILINE)
    return re.sub(
        r"^(question\.(?:plain|everyday)) = .*$",
        lambda match: f"{match[1]} = {quoted(title)}",
        text,
        flags=re.MULTILINE,
    )


def _questions(firsts: list[str], sections: tuple[OutlineSection, ...]) -> str:
    lines = ["# How people ask for each claim, in their words.", ""]
    for first, section in zip(firsts, sections, strict=True):
        asked = quoted(section.title.lower())
        others = quoted(f"TODO {section.title.lower()}, as people ask it")
        lines += ["[[asked]]", f'of = "{first}"', f"en = [{asked}, {others}]", ""]
    return "\n".join(lines)


def _new_id(title: str, ids: dict[str, str]) -> str:
    """Return an id made of a title, unlike those given before, which are in `ids` by title."""
    base = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:_LONGEST_ID].strip("-") or "part"
    id_, number = base, 2
    while id_ in ids.values():
        id_, number = f"{base}-{number}", number + 1
    ids[f"{len(ids)} {title}"] = id_
    return id_


def quoted(text: str) -> str:
    """Return a text as a TOML string, in quotes and escaped; as a multi-line string if it has line
    breaks.
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"""\n{escaped}"""' if "\n" in text else f'"{escaped}"'
