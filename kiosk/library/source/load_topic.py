"""Load the directory of one topic as a TopicDraft."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from kiosk.core import content as core
from kiosk.core import evidence
from kiosk.library.problem import Problem
from kiosk.library.review.files import read_reviews, review_folder
from kiosk.library.review.record import SignedReview
from kiosk.library.source import ids
from kiosk.library.source.draft import TopicDraft, Warned
from kiosk.library.source.gated import food_amounts, gated_terms_of
from kiosk.library.source.parsing.toml_paths import Item, items, locate, strings
from kiosk.library.source.parsing.tree_reader import TreeReader
from kiosk.library.source.schema import topic_schema
from kiosk.library.source.topic_models import TopicFolder, read_models, topic_of


def load_topic(
    reading: TreeReader,
    home: TopicFolder,
    glossary: tuple[core.GlossaryWord, ...] = (),
    words: Iterable[ids.Definition] = (),
) -> TopicDraft:
    """Return a topic in one language as a draft, as far as its files can be read.

    What cannot be read has a placeholder, and a problem in `reading`: such a draft is never shown.

    Args:
        reading: the reader of the tree.
        home: the topic's folder in one language.
        glossary: the hard words of that language.
        words: definitions of their ids.
    """
    reading.doubtful, reading.restless = set(), []
    read_before = len(reading.files)
    models = read_models(reading, home)
    topic, head = topic_of(home, models, glossary), models.head
    if head and head.id != home.id:
        message = f'id "{head.id}" differs from the name of the directory, "{home.id}"'
        file = reading.name(home.folder / "topic.toml")
        reading.problems.append(Problem(file, "", message))
    read_now = islice(reversed(reading.files.items()), len(reading.files) - read_before)
    files = dict(reversed(list(read_now)))
    if reading.name(home.evidence) in reading.files:  # perhaps read with another language
        files = {reading.name(home.evidence): reading.files[reading.name(home.evidence)], **files}
    perhaps = frozenset(
        word for file, ids in reading.perhaps.items() if home.holds(reading, file) for word in ids
    )
    tables = {file: list(items(dict(data))) for file, data in files.items()}
    terms = gated_terms_of(head, topic, files)
    return TopicDraft(
        topic=topic,
        folder=reading.name(home.folder),
        evidence_file=reading.name(home.evidence),
        section_files={section.id: file for file, section in models.sections.items()},
        sides=models.sides,
        names=tuple(head.names) if head else (),
        spelled=tuple(head.spelled) if head else (),
        gated_terms=terms.never,
        gated_everywhere=terms.everywhere,
        for_all_levels=() if topic.one_level else tuple(_for_all_levels(files)),
        named=(*_named(files, tables), *words),
        mentions=tuple(_mentions(files, tables)),
        hidden=_hidden(reading, home),
        perhaps=perhaps,
        doubtful=perhaps | reading.doubtful | _likely(topic.statements, reading.restless),
        asked=models.questions.asked,
        words=models.questions.words,
        not_here=models.questions.not_here,
        warned=tuple(_warned(head)),
        reviews=_reviews(reading, home),
        is_claimed=models.is_claimed,
        as_products=terms.as_products,
        allowed=terms.allowed,
        food_amounts=food_amounts(tables),
        evidence_language=home.evidence_language,
    )


def _reviews(reading: TreeReader, home: TopicFolder) -> tuple[SignedReview, ...]:
    has_some = reading.may_have(review_folder(home.root, home.language).parent)
    return read_reviews(home.root, home.language) if has_some else ()


def named_words(
    reading: TreeReader, glossary: Iterable[core.GlossaryWord]
) -> tuple[ids.Definition, ...]:
    """Return the definition of the id of each hard word in glossary.toml, for `load_topic`."""
    file = f"{reading.root.name}/glossary.toml"
    return tuple(ids.Definition("word", w.id, file, f'word "{w.id}"') for w in glossary)


def _warned(head: topic_schema.TopicModel | None) -> Iterator[Warned]:
    for warning in head.warned if head else ():
        yield Warned(tuple(warning.terms), tuple(warning.statements))


def _likely(statements: Iterable[evidence.Statement], texts: list[str]) -> set[str]:
    """Return, for each text without `rests-on`, the statements with which it shares most words."""
    if not texts:
        return set()
    words = {s.id: _long_words(s.says) for s in statements}
    likely: set[str] = set()
    for text in texts:
        own = _long_words(text)
        shared = {id_: len(own & theirs) for id_, theirs in words.items()}
        most = max(shared.values(), default=0)
        likely |= {id_ for id_, count in shared.items() if count == most > 0}
    return likely


def _long_words(text: str) -> set[str]:
    return set(re.findall(r"\w{4,}", text.casefold()))


def _named(
    files: Mapping[str, Mapping[str, Any]], tables: Mapping[str, Sequence[Item]]
) -> Iterator[ids.Definition]:
    for file, data in files.items():
        if file.endswith("/evidence.toml"):
            yield from ids.named_in_evidence(file, tables[file])
            continue
        yield from ids.named_in_section(file, tables[file])
        if "/sections/" in file and isinstance(data.get("id"), str):
            yield ids.Definition("section", data["id"], file, "")


def _mentions(
    files: Mapping[str, Mapping[str, Any]], tables: Mapping[str, Sequence[Item]]
) -> Iterator[ids.IdUse]:
    for file, data in files.items():
        if file.endswith("/evidence.toml"):
            yield from ids.mentioned_in_evidence(file, tables[file])
        else:
            yield from ids.mentioned_in_section(file, data, tables[file])


def _for_all_levels(files: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str, str]]:
    for file, data in files.items():
        for loc, text in strings(data):
            if loc[-1] == text and text in ("text", "text-again"):
                yield (file, *locate(data, loc))


def _hidden(reading: TreeReader, home: TopicFolder) -> frozenset[str]:
    """Return the kinds of id that are defined in files of the topic that could not be parsed."""
    gives = {
        "evidence.toml": {"statement", "document", "reference", "disagreement", "both-true"},
        "cautions.toml": {"caution"},
        "topic.toml": {"steps"},
        "review.toml": set(),
        "questions.toml": set(),
        "take-home.toml": set(),
        "policy.toml": set(),
    }
    folder = reading.name(home.folder)
    refused = {"questions.toml": ("asked", "question"), "policy.toml": ("part",)}
    hidden = {
        kinds[0]  # it is there; if it is not as it should be, that is a problem by itself
        for name, kinds in refused.items()
        if f"{folder}/{name}" in reading.unread
        or any(kind in reading.files.get(f"{folder}/{name}", {}) for kind in kinds)
    }
    if f"{folder}/topic.toml" in reading.unread:
        hidden.add("names")
    if f"{reading.root.name}/glossary.toml" in reading.unread:
        hidden.add("word")
    for file in reading.unread:
        if home.holds(reading, file) and not reading.perhaps.get(file):
            in_section = {
                "section",
                "claim",
                "gap",
                "product",
                "picture",
                "urgent",
                "table",
                "steps",
            }
            name = "evidence.toml" if file == reading.name(home.evidence) else file
            hidden |= gives.get(name.removeprefix(f"{folder}/"), in_section)
    return frozenset(hidden)
