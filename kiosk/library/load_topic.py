"""One topic's directory, from its files to a TopicDraft."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from kiosk.core import content as core
from kiosk.library import assemble, mentions, schema
from kiosk.library.draft import TopicDraft
from kiosk.library.problem import Problem
from kiosk.library.questions_file import Heard, read_questions
from kiosk.library.reading import Reading

_STUB = {"plain": "-", "everyday": "-", "professional": "-"}
_T = TypeVar("_T")


def load_topic(reading: Reading, folder: Path, language: str) -> TopicDraft:
    """The topic as far as its files can be read; what stands in for the rest is never shown."""
    reading.doubtful, reading.restless = set(), []
    evidence = reading.read(folder / "evidence.toml", schema.Evidence) or schema.Evidence()
    ledger = assemble.ledger(evidence)
    cautions = reading.read(folder / "cautions.toml", schema.Cautions) or schema.Cautions()
    sections = {}
    for path in _section_files(reading, folder):
        id_ = path.stem.lstrip("0123456789-") or "unknown"
        stubs = {"id": id_, "title": _STUB, "requires": ["unknown"]}
        model = reading.read(path, schema.Section, stubs)
        if model:
            sections[reading.name(path)] = assemble.section(model, ledger)
    head = reading.read(folder / "topic.toml", schema.Topic, _topic_stubs(reading, folder))
    heard = _heard(reading, folder)
    topic = core.Topic(
        id=folder.name,
        language=language,
        question=assemble.wording(head.question) if head else core.Wording("", "", ""),
        summary=assemble.wording(head.summary) if head else core.Wording("", "", ""),
        updated=head.updated.isoformat() if head else "",
        status=_status(reading, folder),
        preview=head.preview if head else "",
        way=tuple(head.way) if head else (),
        sections=tuple(sections.values()),
        cautions=tuple(assemble.caution(c) for c in cautions.caution),
        statements=tuple(assemble.statement(s) for s in evidence.statement),
        references=tuple(assemble.reference(r) for r in evidence.reference),
        documents=tuple(assemble.document(d) for d in evidence.document),
        questions=heard.often,
    )
    if head and head.id != folder.name:
        what = f'id "{head.id}" differs from the name of the directory, "{folder.name}"'
        reading.problems.append(Problem(reading.name(folder / "topic.toml"), "", what))
    files = _parsed(reading, folder)
    start = f"{reading.name(folder)}/"
    perhaps = frozenset(
        word for file, held in reading.perhaps.items() if file.startswith(start) for word in held
    )
    return TopicDraft(
        topic=topic,
        folder=reading.name(folder),
        section_files={section.id: file for file, section in sections.items()},
        ledger=ledger,
        names=tuple(head.names) if head else (),
        gated_terms=tuple(head.gated_terms) if head else (),
        named=tuple(_each(files, mentions.named_in_ledger, _named_in_file)),
        mentions=tuple(_each(files, mentions.mentioned_in_ledger, mentions.mentioned_in_section)),
        hidden=_hidden(reading, folder),
        perhaps=perhaps,
        doubtful=perhaps | reading.doubtful | _likely(topic.statements, reading.restless),
        asked=heard.asked,
        words=heard.words,
    )


def _heard(reading: Reading, folder: Path) -> Heard:
    """What people ask; a topic may do without."""
    file = folder / "questions.toml"
    return read_questions(reading, file) if file.exists() else Heard()


def _likely(statements: Iterable[core.Statement], texts: list[str]) -> set[str]:
    """For each text that says not what it rests on, the statements it shares most words with."""
    words = {s.id: _long_words(s.says) for s in statements}
    found: set[str] = set()
    for text in texts:
        own = _long_words(text)
        shared = {id_: len(own & held) for id_, held in words.items()}
        most = max(shared.values(), default=0)
        found |= {id_ for id_, count in shared.items() if count == most > 0}
    return found


def _long_words(text: str) -> set[str]:
    return set(re.findall(r"\w{4,}", text.casefold()))


def _section_files(reading: Reading, folder: Path) -> list[Path]:
    found = sorted((folder / "sections").glob("*.toml"))
    if not found:
        name = reading.name(folder / "sections")
        reading.unread.add(name)
        reading.problems.append(Problem(name, "", "no section files"))
    return found


def _topic_stubs(reading: Reading, folder: Path) -> dict[str, object]:
    """`way` and `preview` are stood in for by nothing that the rules could find wrong."""
    stubs: dict[str, object] = {"id": folder.name, "question": _STUB, "summary": _STUB}
    return stubs | {"way": ["unknown"], "preview": "unknown", "updated": date.min}


def _status(reading: Reading, folder: Path) -> core.Status:
    """The review status. Approval needs a signature, which cannot be checked yet."""
    review = reading.read(folder / "review.toml", schema.Review, {"status": "submitted"})
    if review is None:
        return core.Status.SUBMITTED
    file = reading.name(folder / "review.toml")
    if review.status == "approved":
        what = 'status "approved" needs a signature, and this version cannot check one'
        hint = 'Until then it is "submitted" or "under-review".'
        reading.problems.append(Problem(file, "", what, hint))
    if review.status == "under-review" and not review.who.strip():
        reading.problems.append(Problem(file, "", 'status "under-review" needs "who" reviews it'))
    return core.Status(review.status)


def _named_in_file(file: str, data: Mapping[str, Any]) -> Iterator[mentions.Named]:
    yield from mentions.named_in_section(file, data)
    if "/sections/" in file and isinstance(data.get("id"), str):
        yield mentions.Named("section", data["id"], file, "")


def _parsed(reading: Reading, folder: Path) -> dict[str, dict[str, Any]]:
    start = f"{reading.name(folder)}/"
    return {file: data for file, data in reading.files.items() if file.startswith(start)}


def _each(
    files: Mapping[str, Mapping[str, Any]],
    in_ledger: Callable[[str, Mapping[str, Any]], Iterable[_T]],
    in_others: Callable[[str, Mapping[str, Any]], Iterable[_T]],
) -> Iterator[_T]:
    for file, data in files.items():
        yield from (in_ledger if file.endswith("/evidence.toml") else in_others)(file, data)


def _hidden(reading: Reading, folder: Path) -> frozenset[str]:
    """The kinds of id that stand in files of the topic of which nothing is known."""
    gives = {
        "evidence.toml": {"statement", "document", "reference", "disagreement", "both-true"},
        "cautions.toml": {"caution"},
        "topic.toml": {"way"},
        "review.toml": set(),
        "questions.toml": set(),
    }
    hidden: set[str] = set()
    if reading.name(folder / "topic.toml") in reading.unread:
        hidden.add("names")
    for file in reading.unread:
        if file.startswith(f"{reading.name(folder)}/") and not reading.perhaps.get(file):
            in_section = {"section", "claim", "gap", "product", "picture", "way"}
            hidden |= gives.get(file.removeprefix(f"{reading.name(folder)}/"), in_section)
    return frozenset(hidden)
