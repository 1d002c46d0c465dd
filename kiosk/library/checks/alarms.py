"""Check urgent.toml, the file of alarm signs.

Each alarm can be raised, uses only word lists that the file defines, and says what to do in every
language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from kiosk.core.text import fold
from kiosk.library.problem import Problem, did_you_mean
from kiosk.library.source.alarms_file import CALL, FILE, HELP_LINES
from kiosk.library.source.draft import Draft

LEAST_STEM = 4
"""Letters of a stem: a shorter one begins too many other words."""

_PHRASE = re.compile(r"[^\W_]+\*?(?:\|[^\W_]+\*?)*(?: [^\W_]+\*?(?:\|[^\W_]+\*?)*)*")
_BRACES = re.compile(r"\{[^{}]*\}")


def alarms(draft: Draft) -> Iterator[Problem]:
    """Yield a problem for each mistake in urgent.toml; none where the file was not read."""
    file = f"{draft.name}/{FILE}"
    if file in draft.unread or file not in draft.files:
        return
    for rule in (_ids, _lists, _texts, _quiet, _said):
        for where, message, hint in rule(draft, draft.files[file]):
            yield Problem(file, where, message, hint)


_Mistakes = Iterator[tuple[str, str, str]]


def _ids(draft: Draft, data: Mapping[str, Any]) -> _Mistakes:
    if not data["alarm"]:
        yield "", "no alarm", ""
    counted = Counter(rule.id for rule in draft.alarm_rules.alarms)
    for id_ in (id_ for id_, times in counted.items() if times > 1):
        yield f'alarm "{id_}"', "this id is given twice", ""
    for alarm in draft.alarm_rules.alarms:
        for id_ in (id_ for id_ in alarm.fits if id_ not in counted):
            yield f'alarm "{alarm.id}"', f'fits: "{id_}": no such alarm', did_you_mean(id_, counted)


def _lists(draft: Draft, data: Mapping[str, Any]) -> _Mistakes:
    """Check that signs name lists that exist and share no word, and that each list is used."""
    lists = draft.alarm_rules.words
    named: set[str] = set()
    for alarm in draft.alarm_rules.alarms:
        where = f'alarm "{alarm.id}"'
        named.update(alarm.only_with)
        for name in (name for name in alarm.only_with if name not in lists):
            yield where, f'only-with: "{name}": no such list of words', did_you_mean(name, lists)
        if not alarm.signs and not alarm.phrases:
            yield where, "neither a sign nor a phrase: nothing can ring it", ""
        for sign in alarm.signs:
            if bool(sign.all) == bool(sign.in_order):
                yield where, 'a sign has either "all" or "then"', ""
            names = sign.all or sign.in_order
            named.update(names)
            for name in names:
                if name not in lists:
                    yield where, f'"{name}": no such list of words', did_you_mean(name, lists)
            for first, other in combinations(names, 2):
                shared = set(lists.get(first, ())) & set(lists.get(other, ()))
                if shared:
                    word = min(shared)
                    yield where, f'"{first}" and "{other}" both hold "{word}": one word is both', ""
    signs = sum(len(alarm.signs) for alarm in draft.alarm_rules.alarms)
    whole = signs == sum(len(alarm.get("sign", ())) for alarm in data["alarm"])
    for name in sorted(lists.keys() - named) if whole else ():
        meant = did_you_mean(name, [n for n in named if n not in lists])
        if not meant:
            yield f'words "{name}"', "no sign uses this list", ""


def _texts(draft: Draft, data: Mapping[str, Any]) -> _Mistakes:
    """Check that phrases are words, stems and alternatives, in languages of the file."""
    tables = [(f'words "{name}"', table) for name, table in _tables(data.get("words"))]
    tables += [(key, data.get(key)) for key in ("quiet", "ordinary", "joined")]
    alarms = [alarm for alarm in data.get("alarm", ()) if isinstance(alarm, dict)]
    tables += [(f'alarm "{alarm.get("id")}"', alarm.get("phrases")) for alarm in alarms]
    for where, table in tables:
        for language, texts in _tables(table):
            if language not in data["languages"]:
                yield where, f'"{language}" is not in "languages"', ""
            for text in texts if isinstance(texts, list) else ():
                message = _refused(str(text), one_word=where in ("ordinary", "joined"))
                if message:
                    yield where, f'{language}: "{text}" {message}', ""


def _tables(value: object) -> list[tuple[str, Any]]:
    return list(value.items()) if isinstance(value, dict) else []


def _refused(text: str, one_word: bool) -> str:
    if not _PHRASE.fullmatch(text):
        return 'is not words with single spaces between; "*" may end one, "|" stands between two'
    if one_word and not text.isalnum():
        return "is not one word"
    short = [stem for stem in re.findall(r"(\w+)\*", text) if len(stem) < LEAST_STEM]
    return f'"{short[0]}*": a stem has at least {LEAST_STEM} letters' if short else ""


def _quiet(draft: Draft, data: Mapping[str, Any]) -> _Mistakes:
    """Check that a quiet text is an idiom: neither one word, nor part of an alarm's phrase."""
    phrases = [
        (alarm.id, phrase, f" {fold(phrase)} ")
        for alarm in draft.alarm_rules.alarms
        for phrase in alarm.phrases
    ]
    for text in draft.alarm_rules.quiet:
        if " " not in text:
            yield "quiet", f'"{text}": one word alone would silence every alarm that it is in', ""
        silencing, silenced = f" {fold(text)} ", set[str]()
        for alarm, phrase, folded in phrases:
            if silencing in folded and alarm not in silenced:
                silenced.add(alarm)
                yield "quiet", f'"{text}" would silence "{phrase}" of alarm "{alarm}"', ""


def _said(draft: Draft, data: Mapping[str, Any]) -> _Mistakes:
    """Check that each language of the file and the library words each alarm and whom to call."""
    wanted = set(data["languages"]) | set(draft.library.languages)
    for key in ("call", "call-unnumbered"):
        for language in sorted(wanted - set(data.get(key, ()))):
            yield "", f'no "{key}.{language}"', ""
    yield from _fillings("", "call", data.get("call"), ["{number}"])
    yield from _fillings("", "call-unnumbered", data.get("call-unnumbered"), [])
    for alarm in (entry for entry in data.get("alarm", ()) if isinstance(entry, dict)):
        where, say = f'alarm "{alarm.get("id")}"', alarm.get("say")
        for language in sorted(wanted - set(say or ())):
            yield where, f'no "say.{language}"', ""
        yield from _fillings(where, "say", say, [CALL], HELP_LINES)


def _fillings(
    where: str, key: str, table: object, names: list[str], free: tuple[str, ...] = ()
) -> _Mistakes:
    for language, levels in _tables(table):
        for level, text in _tables(levels):
            if not isinstance(text, str) or level == "of":
                continue
            filled = [name for name in _BRACES.findall(text) if name not in free]
            if filled != names:
                said = f"{names[0]} stands in it once, and nothing else" if names else "nothing"
                yield where, f"{key}.{language}.{level}: of what is filled in, {said}", ""
