"""Read the files of one topic into the models of their schema, and these into a core Topic."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from kiosk.core import content as core
from kiosk.core import wording as wordings
from kiosk.core.take_home.authored import TakeHomeTexts
from kiosk.fast_dataclass import dataclass
from kiosk.file_access import visible_files
from kiosk.library.problem import Problem
from kiosk.library.source import convert
from kiosk.library.source.draft import EvidenceSides
from kiosk.library.source.parsing.toml_file import parse_toml, read_file
from kiosk.library.source.parsing.tree_reader import TreeReader, misnamed
from kiosk.library.source.questions_file import TopicQuestions, read_questions
from kiosk.library.source.schema import (
    evidence_schema,
    library_schema,
    section_schema,
    topic_schema,
)
from kiosk.library.source.schema.validation import read_model
from kiosk.library.source.take_home_file import read_take_home

_LINE_BEGINS = re.compile(rb"^[ \t]*([^ \t=.\r\n]*)", re.MULTILINE)
_GATE_NOTHING = frozenset(
    (name.replace("_", "-")).encode()
    for name in ("", *topic_schema.TopicModel.model_fields)
    if name != "gated_everywhere"
)
_STUB = {"plain": "-", "everyday": "-", "professional": "-"}


@dataclass(frozen=True)
class TopicFolder:
    """Paths of the files of one topic in one language."""

    id: str
    language: str
    folder: Path
    """The topic's own directory, or, for any but the library's first language, `es` in it."""
    evidence: Path
    """evidence.toml of that language, where it has one; else the topic's."""
    root: Path
    """The topic's own directory, whatever the language: its reviews are in it."""
    evidence_language: str

    def holds(self, reading: TreeReader, file: str) -> bool:
        """Return whether a file, by its name in problems, belongs to this topic and language."""
        rest = file.removeprefix(f"{reading.name(self.folder)}/")
        own = rest != file and (rest.startswith("sections/") or "/" not in rest)
        return file == reading.name(self.evidence) or (own and rest != "evidence.toml")


def topic_folders(topic: Path, languages: tuple[str, ...]) -> Iterator[TopicFolder]:
    """Yield the files' paths of a topic for each language it is written in, the library's first one
    first.

    A topic that is missing has one folder, in the library's first language.
    """
    shared = topic / "evidence.toml"
    others = [code for code in languages[1:] if (topic / code).is_dir()]
    if not others or (topic / "topic.toml").exists():
        yield TopicFolder(topic.name, languages[0], topic, shared, topic, languages[0])
    for code in others:
        own = topic / code / "evidence.toml"
        evidence, said_in = (own, code) if own.exists() else (shared, languages[0])
        yield TopicFolder(topic.name, code, topic / code, evidence, topic, said_in)


@dataclass(frozen=True)
class TopicModels:
    """Contents of all files of one topic in one language, each as far as it could be read."""

    evidence: evidence_schema.EvidenceModel
    sides: Mapping[str, EvidenceSides]
    """The statements under each disagreement, by its id."""
    cautions: topic_schema.CautionsModel
    sections: Mapping[str, core.Section]
    """By the name of the file."""
    head: topic_schema.TopicModel | None
    """topic.toml; None where nothing can stand in for what is wrong in it."""
    questions: TopicQuestions
    status: wordings.ReviewStatus
    is_claimed: bool
    """True if review.toml claims an approval."""
    take_home: TakeHomeTexts
    policy: tuple[core.PolicyPart, ...]


def read_models(reading: TreeReader, home: TopicFolder) -> TopicModels:
    """Read all files of a topic; problems in them are added to those of `reading`."""
    folder = home.folder
    evidence = (
        reading.read(home.evidence, evidence_schema.EvidenceModel)
        or evidence_schema.EvidenceModel()
    )
    sides = convert.sides_of(evidence)
    cautions = (
        reading.read(folder / "cautions.toml", topic_schema.CautionsModel)
        or topic_schema.CautionsModel()
    )
    sections = _sections(reading, folder, sides)
    head = reading.read(folder / "topic.toml", topic_schema.TopicModel, _topic_stubs(home))
    questions = _questions(reading, folder)
    status, is_claimed = read_status(reading, folder)
    return TopicModels(
        evidence, sides, cautions, sections, head, questions, status, is_claimed,
        take_home=read_take_home(reading, folder / "take-home.toml"),
        policy=_policy(reading, folder),
    )  # fmt: skip


def topic_of(
    home: TopicFolder, models: TopicModels, glossary: tuple[core.GlossaryWord, ...]
) -> core.Topic:
    """Return the core's Topic, made of its files; its texts are empty where topic.toml cannot be
    read.
    """
    head, evidence = models.head, models.evidence
    return core.Topic(
        id=home.id,
        language=home.language,
        question=convert.wording(head.question) if head else wordings.Wording("", "", ""),
        summary=convert.wording(head.summary) if head else wordings.Wording("", "", ""),
        updated=head.updated.isoformat() if head else "",
        status=models.status,
        preview=head.preview if head else "",
        steps=tuple(head.steps) if head else (),
        sections=tuple(models.sections.values()),
        cautions=tuple(convert.caution(c) for c in models.cautions.caution),
        statements=convert.statements(evidence),
        references=tuple(convert.reference(r) for r in evidence.reference),
        documents=tuple(convert.document(d) for d in evidence.document),
        questions=models.questions.often,
        groups=tuple(head.groups) if head else (),
        other_names=tuple(head.other_names) if head else (),
        one_level=bool(head and head.one_level),
        glossary=_explained(models.sections.values(), glossary),
        take_home=models.take_home,
        policy=models.policy,
    )


def terms_everywhere(home: TopicFolder) -> list[str]:
    """Return the terms in a topic's topic.toml that no open text of any topic may have.

    Nearly no topic has one, so the file is parsed only where a line begins with a key that is none
    of the others: a misspelt key may be meant for it. Empty where the file cannot be read.
    """
    raw = read_file(home.folder / "topic.toml", "")
    if isinstance(raw, Problem) or set(_LINE_BEGINS.findall(raw)) <= _GATE_NOTHING:
        return []
    data = parse_toml(raw, "")
    if isinstance(data, Problem):
        return []
    head = read_model(topic_schema.TopicModel, data, "", _topic_stubs(home)).model
    return head.gated_everywhere if head else []


def _sections(
    reading: TreeReader, folder: Path, sides: Mapping[str, EvidenceSides]
) -> dict[str, core.Section]:
    sections = {}
    for path in _section_files(reading, folder):
        id_ = path.stem.lstrip("0123456789-") or "unknown"
        stubs = {"id": id_, "title": _STUB, "requires": ["unknown"]}
        model = reading.read(path, section_schema.SectionModel, stubs)
        if model:
            sections[reading.name(path)] = convert.section(model, sides)
    return sections


def _explained(
    sections: Iterable[core.Section], glossary: tuple[core.GlossaryWord, ...]
) -> tuple[core.GlossaryWord, ...]:
    """The words of the glossary that a claim of the topic explains."""
    claims = (claim for section in sections for claim in section.every_claim)
    wanted = {id_ for claim in claims for id_ in claim.explains}
    return tuple(word for word in glossary if word.id in wanted)


def _policy(reading: TreeReader, folder: Path) -> tuple[core.PolicyPart, ...]:
    """Return the topic's own parts of the editorial policy: who wrote it, from what."""
    file = folder / "policy.toml"
    is_there = reading.may_have(file) and file.exists()
    model = reading.read(file, library_schema.TopicPolicyModel) if is_there else None
    return convert.policy_parts(model.part) if model else ()


def _questions(reading: TreeReader, folder: Path) -> TopicQuestions:
    """Return the questions of a topic, whose file is optional."""
    file = folder / "questions.toml"
    is_meant = reading.may_have(file) and (file.exists() or misnamed(file))
    return read_questions(reading, file) if is_meant else TopicQuestions()


def _section_files(reading: TreeReader, folder: Path) -> list[Path]:
    named = visible_files(folder / "sections", "*.toml*")
    files = [path for path in named if path.suffix == ".toml"]
    others = [path for path in named if path.suffix != ".toml" and ".toml." in path.name]
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


def read_status(reading: TreeReader, folder: Path) -> tuple[wordings.ReviewStatus, bool]:
    """Return the stage that review.toml gives the topic, and whether it claims an approval.

    Such a claim is worth nothing: only signatures approve, and each site judges them itself.
    """
    review = reading.read(folder / "review.toml", topic_schema.ReviewModel, {"status": "submitted"})
    if review is None:
        return wordings.ReviewStatus.SUBMITTED, False
    file = reading.name(folder / "review.toml")
    if review.status == "approved":
        return wordings.ReviewStatus.SUBMITTED, True
    if review.status == "under-review" and not review.who.strip():
        reading.problems.append(Problem(file, "", 'status "under-review" needs "who" reviews it'))
    return wordings.ReviewStatus(review.status), False
