"""Check texts for what is typed by habit and wrong on a terminal, such as markup and emoji.

Further rules find texts that are still to write, blocks that are too long, second wordings of a
caution that repeat the first, and dates in the future.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from kiosk.core.text import fold
from kiosk.core.wording import Level, Wording
from kiosk.library.problem import Problem
from kiosk.library.readability.sentences import words
from kiosk.library.source.draft import TopicDraft
from kiosk.library.source.parsing.toml_paths import locate, strings
from kiosk.library.source.texts import TextPiece, table_pieces, topic_pieces

MOST_WORDS = {Level.PLAIN: 130, Level.EVERYDAY: 160}
"""The most words in one block: more fill several screens without a pause."""
_MARKDOWN = (
    (re.compile(r"\*\*[^*\n]+\*\*|__[^_\n]+__|(?<![\w*])\*[^*\s][^*\n]*\*(?!\w)"), "stars"),
    (re.compile(r"\[[^\]\n]+\]\([^)\n]+\)"), "a link"),
    (re.compile(r"^\s*(?:#{1,6}|\*|•|>|\d+\)) ", re.MULTILINE), "a sign before a line"),
    (re.compile(r"`[^`\n]+`"), "backquotes"),
)
_DECIMAL_COMMA = re.compile(r"(?<![\d.,])\d+,\d{1,2} ?(?:%|percent|m?c?g|ml|l|kg|cm|mm)(?!\w)")
_TO_WRITE = re.compile(r"\bTODO\b:?")
_DINGBATS = range(0x2600, 0x27C0)
_PICTOGRAPHS = 0x1F000


def markup(draft: TopicDraft) -> Iterator[Problem]:
    """Check that no text has Markdown, emoji or, in English, a decimal comma ("2,5 mg").

    One-level topics are not checked: their text is somebody else's.
    """
    if draft.topic.one_level:  # somebody else's text stays as it is
        return
    for piece in (*topic_pieces(draft), *table_pieces(draft)):
        said: dict[tuple[str, str], list[str]] = {}
        for level, text in piece.levels():
            for problem in _typed(text, draft.topic.language):
                said.setdefault(problem, []).append(level)
        for (message, hint), levels in said.items():
            yield piece.problem(message, hint, '", "'.join(level for level in levels if level))


def _typed(text: str, language: str) -> Iterator[tuple[str, str]]:
    for pattern, name in _MARKDOWN:
        if match := pattern.search(text):
            hint = 'Take it out. A line that begins with "- " is a bullet point.'
            yield f'{name} would be shown as typed: "{match[0].strip()}"', hint
    for char in text if not text.isascii() else ():
        code = ord(char)
        if code >= _PICTOGRAPHS or code in _DINGBATS:
            name = unicodedata.name(char, "a picture sign").lower()
            yield f"the sign U+{code:04X} ({name}) is not drawn by every terminal", "Take it out."
            break
    if language.partition("-")[0] == "en" and (match := _DECIMAL_COMMA.search(text)):
        right = match[0].replace(",", ".")
        yield f'"{match[0]}": a comma in a number', f'Write "{right}" in English.'


def is_to_write(text: str) -> bool:
    """Return whether a text is a stand-in from `kiosk new`, which its author has yet to write."""
    return "TODO" in text and bool(_TO_WRITE.search(text))


def to_write(
    files: Mapping[str, Mapping[str, Any]], texts: Mapping[str, Collection[str]]
) -> Iterator[Problem]:
    """Check that no text is a stand-in from `kiosk new`, which its author has yet to write.

    Args:
        files: the parsed content of TOML files, by file name.
        texts: the distinct texts and keys of each file, by file name.
    """
    for file, data in files.items():
        if "TODO" not in "\n".join(texts[file]):
            continue
        left: dict[str, str] = {}
        for loc, text in strings(data):
            if is_to_write(text):
                left.setdefault(locate(data, loc)[0], text)
        for where, text in left.items():
            words = " ".join(_TO_WRITE.sub("", text).split())
            yield Problem(file, where, f'still to write: "{words}"')


def long_blocks(draft: TopicDraft) -> Iterator[Problem]:
    """Check that no text has more words than `MOST_WORDS` allows at its level.

    Tables, cautions, and the topic's own title and summary have no limit, nor have the
    professional level and one-level topics.
    """
    for piece in topic_pieces(draft) if not draft.topic.one_level else ():
        for level, most in MOST_WORDS.items() if _is_block(piece) else ():
            assert isinstance(piece.text, Wording)
            count = len(words(piece.text.at(level)))
            if count > most:
                message = f"{count} words in one block, at most {most}"
                yield piece.problem(message, "Make two claims of it.", level.value)


def _is_block(piece: TextPiece) -> bool:
    return isinstance(piece.text, Wording) and piece.section not in ("", "cautions")


def other_words(draft: TopicDraft) -> Iterator[Problem]:
    """Check that the second wording of a caution differs from the first at each level.

    The second wording is for a reader who was not sure after the first. One-level topics are not
    checked; of a translation, only the cautions that are shown.
    """
    for caution in draft.topic.cautions if not draft.topic.one_level else ():
        if draft.translation and f"caution {caution.id}" not in draft.translation.shown:
            continue
        same = [
            level.value
            for level in Level
            if fold(caution.wording.at(level)) == fold(caution.again.at(level))
        ]
        if same:
            message = f'"{same[0]}-again" says the same as "{same[0]}"'
            hint = "Say it in other words, for a reader who was not sure."
            yield Problem(draft.cautions_file, f'caution "{caution.id}"', message, hint)


def dates(draft: TopicDraft) -> Iterator[Problem]:
    """Check that the date of a topic's last change is not after tomorrow.

    Tomorrow is allowed, because in some time zone it has begun already.
    """
    tomorrow = (date.today() + timedelta(days=1)).isoformat()  # somewhere it is tomorrow already
    if draft.topic.updated > tomorrow:
        message = f"updated: {draft.topic.updated} is in the future"
        yield Problem(draft.file, "", message, "Write the day on which the text was last changed.")
