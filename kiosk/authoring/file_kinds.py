"""The kinds of files that authors write, and their schemas: as JSON Schema for editors, and as a
page in Markdown that lists every key.

Both are made from the pydantic models that read the files, and from the docstrings in these.
"""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

from kiosk.authoring.other_schemas import other_schemas
from kiosk.fast_dataclass import dataclass
from kiosk.library.source.alarms_file import AlarmsModel
from kiosk.library.source.questions_file import QuestionsModel
from kiosk.library.source.schema import (
    evidence_schema,
    library_schema,
    section_schema,
    topic_schema,
)
from kiosk.library.source.take_home_file import TakeHomeModel
from kiosk.library.translation.file import FOLDER as FOLDER_OF_TRANSLATIONS
from kiosk.library.translation.file import TranslationModel

_DRAFT = "http://json-schema.org/draft-07/schema#"
FOLDER = ".schema"
"""Folder of the schemas in a content directory; nothing else looks into it."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file that authors write, such as topic.toml: its name, where it is, what it is for,
    and the pydantic model that reads it. All kinds are in KINDS.
    """

    name: str
    """Name of its schema's file, without the ending."""
    path: str
    """The path of such a file in a content directory."""
    model: type[BaseModel]
    purpose: str


KINDS = (
    FileKind("topic", "TOPIC/topic.toml", topic_schema.TopicModel,
             "the question, the order of the steps, the words that stay closed"),
    FileKind("section", "TOPIC/sections/NN-ID.toml", section_schema.SectionModel,
             "one step, closer look or closed section"),
    FileKind("evidence", "TOPIC/evidence.toml", evidence_schema.EvidenceModel,
             "the evidence: facts and sources"),
    FileKind("cautions", "TOPIC/cautions.toml", topic_schema.CautionsModel,
             "what must be read before any product"),
    FileKind("questions", "TOPIC/questions.toml", QuestionsModel, "how people ask"),
    FileKind("take-home", "TOPIC/take-home.toml", TakeHomeModel,
             "what a reader takes along, and questions to check oneself with"),
    FileKind("topic-policy", "TOPIC/policy.toml", library_schema.TopicPolicyModel,
             "who wrote the topic"),
    FileKind("review", "TOPIC/review.toml", topic_schema.ReviewModel,
             "how far the text has come in review"),
    FileKind("translation", "TOPIC/translations/LANGUAGE/FILE.toml", TranslationModel,
             "the same topic in another language; `kiosk translate` writes it"),
    FileKind("library", "library.toml", library_schema.LibraryModel, "topics and languages"),
    FileKind("readers", "readers.toml", library_schema.ReadersModel,
             '"Which best describes you?"'),
    FileKind("glossary", "glossary.toml", library_schema.GlossaryModel, "hard words"),
    FileKind("policy", "policy/LANGUAGE.toml", library_schema.PolicyModel,
             "the editorial policy, as far as it is the same for all topics"),
    FileKind("urgent", "urgent.toml", AlarmsModel, "alarm signs; its head explains it"),
)  # fmt: skip


def kind_of(path: Path) -> FileKind | None:
    """Return the kind of a file, by its path relative to the content directory; None for a file
    that is of no kind in KINDS.
    """
    parts = path.parts
    if FOLDER_OF_TRANSLATIONS in parts[:-1] and parts[-1] != "review.toml":
        name = "translation"
    elif len(parts) > 1 and parts[-2] == "sections":
        name = "section"
    elif parts[0] == "policy":
        name = "policy"
    elif parts[-1] == "policy.toml":
        name = "topic-policy"
    else:
        name = path.stem
    return next((kind for kind in KINDS if kind.name == name), None)


def schema_line(path: Path) -> str:
    """Return the comment to put first in a file, `#:schema PATH`, by which editors find its schema;
    empty for a file without a schema.

    `path` is relative to the content directory.
    """
    kind = kind_of(path)
    name = "interface" if path.parts[0] == "interface" else kind.name if kind else ""
    return f"#:schema {'../' * (len(path.parts) - 1)}{FOLDER}/{name}.json" if name else ""


def json_schema(kind: FileKind) -> str:
    """Return the JSON Schema of a kind of file as JSON text, with a description of each key."""
    made = kind.model.model_json_schema(by_alias=True)
    _describe(made, kind.model.__name__)
    for name, part in made.get("$defs", {}).items():
        _describe(part, name)
    head = {"$schema": _DRAFT, "title": kind.path}
    return json.dumps({**made, **head, "description": kind.purpose}, ensure_ascii=False, indent=1)


def write_schemas(directory: Path) -> list[Path]:
    """Write a JSON Schema file for each kind of file, and for kiosk.toml, themes and interface
    words, into a folder, which is made if need be; return the paths of all.
    """
    directory.mkdir(parents=True, exist_ok=True)
    files = []
    for kind in KINDS:
        files.append(directory / f"{kind.name}.json")
        files[-1].write_text(json_schema(kind) + "\n", "utf-8")
    for name in other_schemas():
        files.append(directory / f"{name}.json")
        files[-1].write_text(other_schema(name) + "\n", "utf-8")
    return files


def other_schema(name: str) -> str:
    """Return the JSON Schema, as JSON text, of a file that belongs to no topic; `name` is "kiosk"
    (for kiosk.toml), "theme" or "interface".
    """
    made = other_schemas()[name]()
    return json.dumps({**made, "$schema": _DRAFT}, ensure_ascii=False, indent=1)


def reference() -> str:
    """Return a page in Markdown that lists every key of every kind of file in KINDS, with what each
    is for.
    """
    parts = ["# Keys of every file", "",
             "Made by `kiosk schema --markdown` from the program itself.",
             "A key in **bold** is needed. *Wording* means the three levels: `key.plain`, "
             "`key.everyday`, `key.professional`.", ""]  # fmt: skip
    for kind in KINDS:
        parts += [f"## {kind.path}", "", f"{kind.purpose[0].upper()}{kind.purpose[1:]}.", ""]
        parts += _tables(kind.model)
    return "\n".join(parts)


def _tables(root: type[BaseModel]) -> Iterator[str]:
    """Yield the table of a model, and of each model that it has in it, each once."""
    waiting: list[tuple[str, type[BaseModel]]] = [("", root)]
    seen: set[str] = set()
    while waiting:
        title, model = waiting.pop(0)
        if title in seen:
            continue
        seen.add(title)
        if title:
            yield from (f"### {title}", "", _first_line(model), "")
        yield from ("| key | what it is |", "|---|---|")
        docs = field_docs(model)
        for name, field in model.model_fields.items():
            key = field.alias or name
            shown = f"**`{key}`**" if field.is_required() else f"`{key}`"
            inner = _inner(field.annotation)
            yield f"| {shown} | {docs.get(name, '')}{_shape(inner, field.annotation)} |"
            if inner is not None and inner is not topic_schema.WordedModel:
                path = f"{title.strip('[]')}.{key}".lstrip(".")
                listed = "list" in str(field.annotation)
                waiting.append((f"[[{path}]]" if listed else f"[{path}]", inner))
        yield ""


def _shape(inner: type[BaseModel] | None, annotation: object) -> str:
    """Return what a value must look like, where that is not said yet."""
    if inner is topic_schema.WordedModel:
        return " *Wording.*"
    if inner is not None:
        return " *See below.*"
    choices = [value for value in _choices(annotation) if value != ""]
    return f" One of: {', '.join(f'`{value}`' for value in choices)}." if choices else ""


def _choices(annotation: object) -> list[object]:
    """Return the values that a field may have, where it lists them."""
    if get_origin(annotation) is Literal:
        return list(get_args(annotation))
    return [value for part in get_args(annotation) for value in _choices(part)]


def _inner(annotation: object) -> type[BaseModel] | None:
    if inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        return annotation
    arguments = getattr(annotation, "__args__", ())
    return next((model for part in arguments if (model := _inner(part))), None)


def _first_line(model: type[BaseModel]) -> str:
    return inspect.cleandoc(model.__doc__ or "").partition("\n")[0]


def _describe(part: dict[str, Any], name: str) -> None:
    """Put docstrings of the fields of a model into its part of a JSON Schema."""
    model = _models().get(name)
    if model is None:
        return
    docs = field_docs(model)
    for field, info in model.model_fields.items():
        described = part.get("properties", {}).get(info.alias or field)
        if described is not None and field in docs:
            described["description"] = docs[field]


@cache
def _models() -> Mapping[str, type[BaseModel]]:
    models: dict[str, type[BaseModel]] = {}
    waiting: list[type[BaseModel]] = [kind.model for kind in KINDS]
    while waiting:
        model = waiting.pop()
        if model.__name__ not in models:
            models[model.__name__] = model
            inner = (_inner(field.annotation) for field in model.model_fields.values())
            waiting += [part for part in inner if part is not None]
    return models


def docs_of(kind: type) -> dict[str, str]:
    """Return the docstrings below the fields of a class, by the field's name, without those of its
    base classes; read from the class's source code.
    """
    module = inspect.getmodule(kind)
    return dict(_docs_in(module).get(kind.__name__, {})) if module else {}


def field_docs(model: type[BaseModel]) -> dict[str, str]:
    """Return the docstrings below the fields of a pydantic model and of its base classes, by the
    field's name.
    """
    docs: dict[str, str] = {}
    for base in reversed(model.__mro__):
        if issubclass(base, BaseModel) and base is not BaseModel:
            docs |= docs_of(base)
    return docs


@cache
def _docs_in(module: ModuleType) -> Mapping[str, dict[str, str]]:
    """Return by class and field the docstrings of a module."""
    by_class: dict[str, dict[str, str]] = {}
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, ast.ClassDef):
            docs = by_class.setdefault(node.name, {})
            for line, below in zip(node.body, node.body[1:], strict=False):
                if (
                    isinstance(line, ast.AnnAssign)
                    and isinstance(line.target, ast.Name)
                    and isinstance(below, ast.Expr)
                    and isinstance(below.value, ast.Constant)
                ):
                    docs[line.target.id] = " ".join(str(below.value.value).split())
    return by_class
