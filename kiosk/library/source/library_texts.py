"""Texts that a visit can show outside of topics, each with its file, item and language."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from kiosk.core.content import PolicyPart
from kiosk.core.wording import Level, Wording
from kiosk.library.source.draft import Draft
from kiosk.library.source.texts import TextPiece


def library_pieces(draft: Draft) -> Iterator[TextPiece]:
    """Yield the texts that a visit shows and that belong to no topic, such as the program's words.

    Each has its file, item and language.
    """
    library, name = draft.library, draft.name
    first = next(iter(library.languages), "")

    def piece(
        file: str, where: str, key: str, text: Wording | str, language: str = first
    ) -> TextPiece:
        return TextPiece(f"{name}/{file}", where, key, text, language=language)

    for language, clinic in library.clinic.items():
        yield piece("library.toml", "", f"clinic.{language}", clinic, language)
    for reader in library.readers:
        for key, texts in (("label", reader.label), ("note", reader.note)):
            for language, text in texts.items():
                where = f'reader "{reader.id}"'
                yield piece("readers.toml", where, f"{key}.{language}", text, language)
    sources = library.policies[first].parts if first in library.policies else ()
    for language, policy in library.policies.items():
        file = f"policy/{language}.toml"
        yield piece(file, "", "title", policy.title, language)
        for part, source in zip_longest(policy.parts, sources):
            if part is None:
                break
            said_in = first if source and _is_still(part, source) else language
            yield piece(file, f'part "{part.title}"', "title", part.title, said_in)
            yield piece(file, f'part "{part.title}"', "", part.wording, said_in)
    for word in draft.glossary:
        for key, text in (
            *(("term", term) for term in word.terms),
            *((level.value, word.meaning.at(level)) for level in Level),
        ):
            yield piece("glossary.toml", f'word "{word.id}"', key, text)
    for alarm in library.alarms:
        for worded in (alarm.say, alarm.say_unnumbered):
            for language, wording in worded.items():
                where = f'alarm "{alarm.id}"'
                yield piece("urgent.toml", where, f"say.{language}", wording, language)
    phrases = library.words[first].phrases if first in library.words else {}
    for language, words in library.words.items():
        for key, phrase in words.phrases.items():
            said_in = first if phrases.get(key) == phrase else language  # a copy to translate
            yield piece(f"interface/{language}.toml", "", key, phrase, said_in)


def _is_still(part: PolicyPart, source: PolicyPart) -> bool:
    """Return whether a part of a policy is shown in its source's words, behind a mark."""
    return all(part.wording.at(level).endswith(source.wording.at(level)) for level in Level)
