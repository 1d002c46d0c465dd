"""Comments of reviewers on the sections of a topic: read them, add one, mark one as done.

They are kept in comments.toml, for authors alone: no pack holds them, no page shows them.
"""

from __future__ import annotations

import json
from pathlib import Path

from kiosk.errors import KioskError
from kiosk.fast_dataclass import dataclass, replace
from kiosk.library.review.files import review_folder

FILE = "comments.toml"
_HEAD = "# Comments of reviewers. No visitor ever sees them. `kiosk review comment` adds to them.\n"
_KEYS = ("section", "by", "date", "text")


class CommentError(KioskError):
    """Raised where a file of comments cannot be read, or a comment cannot be added or marked."""


@dataclass(frozen=True)
class Comment:
    """Remark of a reviewer to the author, about one section or the topic as a whole."""

    section: str
    """Its id; empty for the topic as a whole."""
    by: str
    date: str
    """ISO 8601."""
    text: str
    done: bool = False
    """True if the author has dealt with it."""


def read_comments(topic: Path, language: str) -> tuple[Comment, ...]:
    """Return the comments on a topic, oldest first; none where there is no file of them.

    Raises CommentError for a file with mistakes.

    Args:
        topic: the topic's own folder, such as content/leaky-gut.
        language: the language of the text that they are about.
    """
    import tomli  # only for authors

    file = review_folder(topic, language) / FILE
    try:
        data = tomli.loads(file.read_bytes().decode("utf-8"))
        return tuple(
            Comment(
                section=_string(entry, "section"),
                by=_string(entry, "by"),
                date=_string(entry, "date"),
                text=_string(entry, "text"),
                done=entry.get("done") is True,
            )
            for entry in data.get("comment", [])
        )
    except FileNotFoundError:
        return ()
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CommentError(f"{file} cannot be read: {error}. Mend it, or delete it.") from None


def add_comment(topic: Path, language: str, comment: Comment) -> None:
    """Add a comment to the file of comments on a topic, which is made where there is none.

    Raises CommentError where the comment has characters that cannot be printed, or the file has
    mistakes. For `topic` and `language` see `read_comments`.
    """
    for text in (comment.section, comment.by, comment.text):
        if not text.replace("\n", "").isprintable():
            raise CommentError("A comment can only have characters that can be printed.")
    _write(topic, language, (*read_comments(topic, language), comment))


def resolve_comment(topic: Path, language: str, number: int) -> Comment:
    """Mark a comment as done, in the file, and return it as it is then.

    `number` is its place among the topic's comments, from 1 on. Raises CommentError where there is
    no such comment, or the file has mistakes.
    """
    comments = list(read_comments(topic, language))
    if not 0 < number <= len(comments):
        raise CommentError(f"There is no comment {number}; there are {len(comments)}.")
    comments[number - 1] = replace(comments[number - 1], done=True)
    _write(topic, language, tuple(comments))
    return comments[number - 1]


def _write(topic: Path, language: str, comments: tuple[Comment, ...]) -> None:
    folder = review_folder(topic, language)
    folder.mkdir(parents=True, exist_ok=True)
    entries = []
    for comment in comments:
        values = [f"{key} = {_quoted(getattr(comment, key))}" for key in _KEYS]
        values += ["done = true"] if comment.done else []
        entries.append("\n[[comment]]\n" + "\n".join(values) + "\n")
    (folder / FILE).write_text(_HEAD + "".join(entries), encoding="utf-8")


def _quoted(text: str) -> str:
    """Return a string of TOML: JSON's are, where nothing needs a surrogate."""
    return json.dumps(text, ensure_ascii=False)


def _string(entry: dict[str, object], key: str) -> str:
    value = entry[key]
    if not isinstance(value, str):
        raise TypeError(f'"{key}" is no text')
    return value
