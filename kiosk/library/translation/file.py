"""Files of a topic's translation: their schema, and reading all files of one language.

`TOPIC/translations/es/` has a file for each file of the topic that is translated, of the same name.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from kiosk.fast_dataclass import dataclass
from kiosk.file_access import visible_files
from kiosk.library.problem import Problem
from kiosk.library.source.parsing.tree_reader import TreeReader
from kiosk.library.source.schema.topic_schema import StrictModel, Text
from kiosk.library.translation.items import DIGEST_LENGTH

FOLDER = "translations"
_OTHERS = ("review.toml",)
"""Files in the folder that are no translation."""


class TranslatedItemModel(BaseModel):
    """One translated item, as authors write it; its texts have the keys of the topic's own file."""

    model_config = ConfigDict(strict=True, extra="allow")
    __pydantic_extra__: dict[str, Text | dict[str, Text]] = Field(init=False)

    id: Text
    """Kind and id of what it translates: `"claim diary-first"`."""
    of: Annotated[str, StringConstraints(pattern=rf"^[0-9a-f]{{{DIGEST_LENGTH}}}$")]
    """Hash of the text that it translates, as `kiosk translate` writes it; shown no more once that
    text is another."""
    note: str = ""
    """A remark of the translator to others; no reader sees it."""


class TranslationModel(StrictModel):
    """Schema of a file of a translation: items, and lists of words such as names."""

    item: list[TranslatedItemModel] = Field(default_factory=list)
    """Translated items: `[[item]]`."""
    names: list[Text] = Field(default_factory=list)
    """Names that the reading grades leave out, as in topic.toml."""
    spelled: list[Text] = Field(default_factory=list)
    """Words that are right, and in no dictionary."""
    other_names: list[Text] = Field(default_factory=list)
    """Other names that people have for the topic; found by the search, never shown."""
    gated_terms: list[Text] = Field(default_factory=list)
    """Words of this language that no open text may have, besides the names of products."""
    gated_as_product: list[Text] = Field(default_factory=list)
    """Words that no open text may have of something to buy or take; of the body or food, it may."""


@dataclass(frozen=True, slots=True)
class TranslatedItem:
    """The translation of one item as its file has it: texts, a hash of their source, and a note."""

    file: str
    """Name of its file in problems."""
    of: str
    texts: dict[str, str]
    note: str


@dataclass(frozen=True, slots=True)
class TranslationFiles:
    """Everything that the files of one translation have."""

    items: dict[str, TranslatedItem]
    """By the id of what is translated."""
    words: dict[str, tuple[str, ...]]
    """The lists of words of all files together, by key: `names`, `gated_terms`."""


def translation_folder(topic: Path, language: str) -> Path:
    """Return the folder of a translation, whether it is there or not."""
    return topic / FOLDER / language


def read_translation(reading: TreeReader, folder: Path) -> TranslationFiles:
    """Return what the files of a translation have; their problems are added to `reading`."""
    items: dict[str, TranslatedItem] = {}
    words: dict[str, list[str]] = {}
    for path in _files(folder):
        model = reading.read(path, TranslationModel)
        name = reading.name(path)
        for item in model.item if model else ():
            if item.id in items:
                message = f"translated twice: in {items[item.id].file}, too"
                reading.problems.append(Problem(name, f'item "{item.id}"', message))
                continue
            texts = dict(_flat(item.__pydantic_extra__ or {}))
            items[item.id] = TranslatedItem(name, item.of, texts, item.note)
        for key in TranslationModel.model_fields.keys() - {"item"}:
            words.setdefault(key, []).extend(getattr(model, key) if model else ())
    return TranslationFiles(items, {key: tuple(terms) for key, terms in words.items()})


def _files(folder: Path) -> list[Path]:
    files = [*visible_files(folder, "*.toml"), *visible_files(folder / "sections", "*.toml")]
    return [file for file in files if file.name not in _OTHERS]


def _flat(keys: dict[str, str | dict[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield `title.plain` and its text for a table `title` with the key `plain`."""
    for key, value in keys.items():
        if isinstance(value, str):
            yield key, value
        else:
            yield from ((f"{key}.{level}", text) for level, text in value.items())
