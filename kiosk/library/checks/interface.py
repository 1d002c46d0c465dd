"""Check the program's own words in each language, such as the labels of buttons and commands.

Every phrase must be there, with each `{name}` that the program fills in. No two commands may be
typed alike, and buttons must fit a narrow window. Also check that the clinic's name and the kinds
of reader are named in every language, and that lists of readers and policies are not empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set

from kiosk.core.phrases import COMMANDS, PHRASES
from kiosk.library.problem import Problem, close, did_you_mean
from kiosk.library.source.draft import Draft
from kiosk.library.source.texts import TextPiece

BUTTONS = ("choice.back", "choice.next", "choice-short.return", "ui.read-on")
"""Phrases on the two buttons at the foot of a page."""
WIDEST_BUTTON = 9
"""Letters on a button where the window is as narrow as it may be: `kiosk.ui.layout.LEAST`."""

_BRACES = re.compile(r"\{([^{}]*)\}")


def interface(draft: Draft) -> Iterator[Problem]:
    """Check that each language has just the phrases that the program uses, with their `{names}`."""
    for language, words in draft.library.words.items():
        file = f"{draft.name}/interface/{language}.toml"
        if file not in draft.unread:
            yield from _keys(file, words.phrases.keys())
            for key, phrase in words.phrases.items():
                if key in PHRASES:
                    yield from _fillings(TextPiece(file, "", key, phrase), PHRASES[key])


def commands(draft: Draft) -> Iterator[Problem]:
    """Check that the words to type differ from command to command, and are no numbers."""
    for language, words in draft.library.words.items():
        seen: dict[str, str] = {}
        for name in COMMANDS:
            phrase = words.phrases.get(f"command.{name}")
            typed = phrase.casefold() if isinstance(phrase, str) else ""
            file, key = f"{draft.name}/interface/{language}.toml", f"command.{name}"
            if typed.isdecimal():
                yield Problem(file, key, "a number stands for a choice: it can be no command")
            elif typed and typed in seen:
                yield Problem(file, key, f'the same as "command.{seen[typed]}"')
            seen[typed] = name


def buttons(draft: Draft) -> Iterator[Problem]:
    """Check that the text of a button at the foot of a page fits the narrowest window."""
    for language, words in draft.library.words.items():
        for key in BUTTONS:
            file = f"{draft.name}/interface/{language}.toml"
            texts = TextPiece(file, "", key, words.phrases.get(key, "")).levels()
            widest = next((text for _, text in texts if len(text) > WIDEST_BUTTON), "")
            if widest:
                message = f'"{widest}" does not fit on a narrow button'
                yield Problem(file, key, message, f"At most {WIDEST_BUTTON} letters.")


def languages(draft: Draft) -> Iterator[Problem]:
    """Check that the clinic's name and readers' labels are in each language of the library.

    They must be in no other language.
    """
    library, wanted = draft.library, set(draft.library.languages)
    files: list[tuple[str, str, str, Mapping[str, str]]] = [
        (f"{draft.name}/library.toml", "", "clinic", library.clinic)
    ]
    for reader in library.readers:
        files.append((f"{draft.name}/readers.toml", f'reader "{reader.id}"', "label", reader.label))
    for file, where, key, texts in files:
        missing, extra = sorted(wanted - set(texts)), sorted(set(texts) - wanted)
        for language in extra:
            message = f'{key}.{language}: "{language}" is not among the languages of library.toml'
            yield Problem(file, where, message, did_you_mean(language, wanted))
        for language in missing[len(extra) :] if file not in draft.unread else ():
            yield Problem(file, where, f'no "{key}.{language}"')


def readers_and_parts(draft: Draft) -> Iterator[Problem]:
    """Check that readers.toml has at least one reader, and each policy at least one part."""
    for file, data in draft.files.items():
        name = file.removeprefix(f"{draft.name}/")
        if name == "readers.toml" and data.get("reader") == []:
            yield Problem(file, "", "no reader")
        if name.startswith("policy/") and data.get("part") == []:
            yield Problem(file, "", "no part")


def _keys(file: str, keys: Set[str]) -> Iterator[Problem]:
    missing = set(PHRASES) - keys
    for key in sorted(keys - set(PHRASES)):
        meant = close(key, missing)
        yield Problem(file, "", f'unknown phrase "{key}"', did_you_mean(key, missing or PHRASES))
        missing -= set(meant[:1])
    for key in sorted(missing):
        yield Problem(file, "", f'no words for "{key}"')


def _fillings(piece: TextPiece, names: frozenset[str]) -> Iterator[Problem]:
    for level, text in piece.levels():
        placeholders = set(_BRACES.findall(text))
        for name in sorted(placeholders - names):
            hint = did_you_mean(name, names - placeholders)
            yield piece.problem(f'"{{{name}}}" is filled in by nothing', hint, level)
        unsaid = sorted(names - placeholders)
        if len(unsaid) > len(placeholders - names):
            message = f'"{{{unsaid[0]}}}" is missing'
            yield piece.problem(message, "", level)
        elif re.search(r"[{}]", _BRACES.sub("", text)):
            yield piece.problem("a brace without its other half", "", level)
