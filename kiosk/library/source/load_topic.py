"""Load the directory of one topic as a TopicDraft."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from kiosk.core import content as core
from kiosk.core import evidence as ledger
from kiosk.core import wording as wordings
from kiosk.fast_dataclass import dataclass
from kiosk.file_access import visible_files
from kiosk.library.problem import Problem
from kiosk.library.review.files import read_reviews
from kiosk.library.source import (
    convert,
    evidence_schema,
    ids,
    library_schema,
    schema,
    section_schema,
)
from kiosk.library.source.draft import TopicDraft, Warned
from kiosk.library.source.gated import food_amounts, gated_terms_of
from kiosk.library.source.questions_file import TopicQuestions, read_questions
from kiosk.library.source.take_home_file import read_take_home
from kiosk.library.source.toml_paths import locate, strings
from kiosk.library.source.tree_reader import TreeReader, misnamed

_STUB = {"plain": "-", "everyday": "-", "professional": "-"}
_T = TypeVar("_T")


@dataclass(frozen=True)
class TopicFolder:
    """Paths of the files of one topic in one language."""

    id: str
    language: str
    folder: Path
    """The topic's own directory, or, for any but the library's first language, `es` in it."""
    ledger: Path
    """evidence.toml of that language, where it has one; else the topic's."""
    root: Path
    """The topic's own directory, whatever the language: its reviews are in it."""

    def holds(self, reading: TreeReader, file: str) -> bool:
        """Return whether a file, by its name in problems, belongs to this topic and language."""
        rest = file.removeprefix(f"{reading.name(self.folder)}/")
        own = rest != file and (rest.startswith("sections/") or "/" not in rest)
        return file == reading.name(self.ledger) or (own and rest != "evidence.toml")


def topic_folders(topic: Path, languages: tuple[str, ...]) -> Iterator[TopicFolder]:
    """Return a folder for each language of a topic; for a missing topic, that of the first."""
    shared = topic / "evidence.toml"
    others = [code for code in languages[1:] if (topic / code).is_dir()]
    if not others or (topic / "topic.toml").exists():
        yield TopicFolder(topic.name, languages[0], topic, shared, topic)
    for code in others:
        own = topic / code / "evidence.toml"
        ledger_file = own if own.exists() else shared
        yield TopicFolder(topic.name, code, topic / code, ledger_file, topic)


def load_topic(
    reading: TreeReader, home: TopicFolder, glossary: tuple[core.GlossaryWord, ...] = ()
) -> TopicDraft:
    """Return the topic as far as its files can be read; stubs for the rest are never shown."""
    folder = home.folder
    reading.doubtful, reading.restless = set(), []
    read_before = len(reading.files)
    evidence = (
        reading.read(home.ledger, evidence_schema.EvidenceModel) or evidence_schema.EvidenceModel()
    )
    sides = convert.sides_of(evidence)
    cautions = (
        reading.read(folder / "cautions.toml", schema.CautionsModel) or schema.CautionsModel()
    )
    sections = {}
    for path in _section_files(reading, folder):
        id_ = path.stem.lstrip("0123456789-") or "unknown"
        stubs = {"id": id_, "title": _STUB, "requires": ["unknown"]}
        model = reading.read(path, section_schema.SectionModel, stubs)
        if model:
            sections[reading.name(path)] = convert.section(model, sides)
    head = reading.read(folder / "topic.toml", schema.TopicModel, _topic_stubs(home))
    questions = _questions(reading, folder)
    status, is_claimed = _status(reading, folder)
    topic = core.Topic(
        id=home.id,
        language=home.language,
        question=convert.wording(head.question) if head else wordings.Wording("", "", ""),
        summary=convert.wording(head.summary) if head else wordings.Wording("", "", ""),
        updated=head.updated.isoformat() if head else "",
        status=status,
        preview=head.preview if head else "",
        steps=tuple(head.steps) if head else (),
        sections=tuple(sections.values()),
        cautions=tuple(convert.caution(c) for c in cautions.caution),
        statements=convert.statements(evidence),
        references=tuple(convert.reference(r) for r in evidence.reference),
        documents=tuple(convert.document(d) for d in evidence.document),
        questions=questions.often,
        groups=tuple(head.groups) if head else (),
        other_names=tuple(head.other_names) if head else (),
        one_level=bool(head and head.one_level),
        glossary=_explained(sections.values(), glossary),
        take_home=read_take_home(reading, folder / "take-home.toml"),
        policy=_policy(reading, folder),
    )
    if head and head.id != home.id:
        what = f'id "{head.id}" differs from the name of the directory, "{home.id}"'
        reading.problems.append(Problem(reading.name(folder / "topic.toml"), "", what))
    files = dict(islice(reading.files.items(), read_before, None))
    if reading.name(home.ledger) in reading.files:  # perhaps read with another language
        files = {reading.name(home.ledger): reading.files[reading.name(home.ledger)], **files}
    perhaps = frozenset(
        word for file, ids in reading.perhaps.items() if home.holds(reading, file) for word in ids
    )
    terms = gated_terms_of(head, topic, files)
    return TopicDraft(
        topic=topic,
        folder=reading.name(folder),
        ledger_file=reading.name(home.ledger),
        section_files={section.id: file for file, section in sections.items()},
        ledger=sides,
        names=tuple(head.names) if head else (),
        spelled=tuple(head.spelled) if head else (),
        gated_terms=terms.never,
        gated_everywhere=terms.everywhere,
        for_all_levels=() if topic.one_level else tuple(_for_all_levels(files)),
        named=(
            *_each(files, ids.named_in_ledger, _named_in_file),
            *_named_words(reading, glossary),
        ),
        mentions=tuple(_each(files, ids.mentioned_in_ledger, ids.mentioned_in_section)),
        hidden=_hidden(reading, home),
        perhaps=perhaps,
        doubtful=perhaps | reading.doubtful | _likely(topic.statements, reading.restless),
        asked=questions.asked,
        words=questions.words,
        not_here=questions.not_here,
        warned=tuple(_warned(head)),
        reviews=read_reviews(home.root, home.language),
        is_claimed=is_claimed,
        as_products=terms.as_products,
        allowed=terms.allowed,
        food_amounts=food_amounts(files),
    )


def _explained(
    sections: Iterable[core.Section], glossary: tuple[core.GlossaryWord, ...]
) -> tuple[core.GlossaryWord, ...]:
    """The words of the glossary that a claim of the topic explains."""
    claims = (claim for section in sections for claim in section.every_claim)
    wanted = {id_ for claim in claims for id_ in claim.explains}
    return tuple(word for word in glossary if word.id in wanted)


def _named_words(
    reading: TreeReader, glossary: Iterable[core.GlossaryWord]
) -> Iterator[ids.Definition]:
    file = f"{reading.root.name}/glossary.toml"
    for word in glossary:
        yield ids.Definition("word", word.id, file, f'word "{word.id}"')


def _warned(head: schema.TopicModel | None) -> Iterator[Warned]:
    for warning in head.warned if head else ():
        yield Warned(tuple(warning.terms), tuple(warning.statements))


def _policy(reading: TreeReader, folder: Path) -> tuple[core.PolicyPart, ...]:
    """Return the topic's own parts of the editorial policy: who wrote it, from what."""
    file = folder / "policy.toml"
    model = reading.read(file, library_schema.TopicPolicyModel) if file.exists() else None
    return convert.policy_parts(model.part) if model else ()


def _questions(reading: TreeReader, folder: Path) -> TopicQuestions:
    """Return the questions of a topic, whose file is optional."""
    file = folder / "questions.toml"
    is_meant = file.exists() or misnamed(file)
    return read_questions(reading, file) if is_meant else TopicQuestions()


def _likely(statements: Iterable[ledger.Statement], texts: list[str]) -> set[str]:
    """Return, for each text without `rests-on`, the statements with which it shares most words."""
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


def _section_files(reading: TreeReader, folder: Path) -> list[Path]:
    files = visible_files(folder / "sections", "*.toml")
    others = visible_files(folder / "sections", "*.toml.*")
    for other in others:
        reading.leave(other, other.with_suffix(""))
    if not files and not others:
        name = reading.name(folder / "sections")
        reading.unread.add(name)
        reading.problems.append(Problem(name, "", "no section files"))
    return files


def _topic_stubs(home: TopicFolder) -> dict[str, object]:
    """`steps` and `preview` are stood in for by nothing that the rules could find wrong."""
    stubs: dict[str, object] = {"id": home.id, "question": _STUB, "summary": _STUB}
    return stubs | {"steps": ["unknown"], "preview": "unknown", "updated": date.min}


def _status(reading: TreeReader, folder: Path) -> tuple[wordings.ReviewStatus, bool]:
    """Return the stage that review.toml gives the topic, and whether it claims an approval.

    Such a claim is worth nothing: only signatures approve, and each site judges them itself.
    """
    review = reading.read(folder / "review.toml", schema.ReviewModel, {"status": "submitted"})
    if review is None:
        return wordings.ReviewStatus.SUBMITTED, False
    file = reading.name(folder / "review.toml")
    if review.status == "approved":
        return wordings.ReviewStatus.SUBMITTED, True
    if review.status == "under-review" and not review.who.strip():
        reading.problems.append(Problem(file, "", 'status "under-review" needs "who" reviews it'))
    return wordings.ReviewStatus(review.status), False


def _named_in_file(file: str, data: Mapping[str, Any]) -> Iterator[ids.Definition]:
    yield from ids.named_in_section(file, data)
    if "/sections/" in file and isinstance(data.get("id"), str):
        yield ids.Definition("section", data["id"], file, "")


def _for_all_levels(files: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str, str]]:
    for file, data in files.items():
        for loc, text in strings(data):
            if loc[-1] == text and text in ("text", "text-again"):
                yield (file, *locate(data, loc))


def _each(
    files: Mapping[str, Mapping[str, Any]],
    in_ledger: Callable[[str, Mapping[str, Any]], Iterable[_T]],
    in_others: Callable[[str, Mapping[str, Any]], Iterable[_T]],
) -> Iterator[_T]:
    for file, data in files.items():
        yield from (in_ledger if file.endswith("/evidence.toml") else in_others)(file, data)


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
    hidden: set[str] = set()
    folder = reading.name(home.folder)
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
            name = "evidence.toml" if file == reading.name(home.ledger) else file
            hidden |= gives.get(name.removeprefix(f"{folder}/"), in_section)
    return frozenset(hidden)
