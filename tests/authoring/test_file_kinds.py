"""Schemas and the page of keys are in step with the models; shipped files name their schemas."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tomli

from kiosk.authoring.file_kinds import (
    FOLDER,
    KINDS,
    json_schema,
    kind_of,
    other_schema,
    reference,
    schema_line,
)
from kiosk.authoring.other_schemas import interface_schema, other_schemas, settings_schema
from tests.support.shipped import CONTENT, ROOT

EXAMPLE = ROOT / "docs" / "example-topic"
FILES = [file for root in (CONTENT, EXAMPLE) for file in sorted(root.rglob("*.toml"))]
SETTINGS = ROOT / "deploy" / "kiosk.toml"
WITH_SCHEMA = [*FILES, *sorted((ROOT / "themes").glob("*.toml")), SETTINGS]


def named_schema(file: Path) -> Path:
    first = file.read_text("utf-8").partition("\n")[0]
    assert first.startswith("#:schema "), f"{file} names no schema"
    return (file.parent / first.removeprefix("#:schema ")).resolve()


def unknown_keys(data: Any, schema: dict[str, Any], whole: dict[str, Any]) -> Iterator[str]:
    """Yield the keys of a file that its schema does not know, as an editor would mark them."""
    while "$ref" in schema or "allOf" in schema:
        schema = schema.get("allOf", [schema])[0]
        schema = whole["$defs"][schema["$ref"].rpartition("/")[2]]
    choices = schema.get("anyOf", [])
    if choices:
        found = [list(unknown_keys(data, choice, whole)) for choice in choices]
        yield from min(found, key=len)
    elif isinstance(data, dict):
        known = schema.get("properties", {})
        others = schema.get("additionalProperties") or schema.get("patternProperties")
        for key, value in data.items():
            if key in known:
                yield from unknown_keys(value, known[key], whole)
            elif not others:
                yield key
    elif isinstance(data, list) and "items" in schema:
        for value in data:
            yield from unknown_keys(value, schema["items"], whole)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_schemas_beside_the_content_are_in_step(kind: Any) -> None:
    file = CONTENT / FOLDER / f"{kind.name}.json"
    assert file.read_text("utf-8") == json_schema(kind) + "\n", "run: kiosk schema content"


@pytest.mark.parametrize("name", list(other_schemas()))
def test_schemas_of_settings_themes_and_words_are_in_step(name: str) -> None:
    made = other_schema(name) + "\n"
    assert (CONTENT / FOLDER / f"{name}.json").read_text("utf-8") == made, (
        "run: kiosk schema content"
    )


def test_every_setting_and_every_phrase_has_a_description() -> None:
    settings = settings_schema()
    parts = [part for part in settings["$defs"].values() if "properties" in part]
    lacking = [key for part in parts for key, value in part["properties"].items()
               if "description" not in value]  # fmt: skip
    assert lacking == []
    phrases = interface_schema()["properties"]["welcome"]["properties"]
    assert "{minutes}" in phrases["length"]["description"]


def test_the_page_of_keys_is_in_step() -> None:
    page = (ROOT / "docs" / "keys.md").read_text("utf-8")
    assert page == reference() + "\n", "run: kiosk schema --markdown > docs/keys.md"


@pytest.mark.parametrize("file", WITH_SCHEMA, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_shipped_file_names_the_schema_that_knows_all_its_keys(file: Path) -> None:
    schema = json.loads(named_schema(file).read_text("utf-8"))
    data = tomli.loads(file.read_text("utf-8"))
    assert list(unknown_keys(data, schema, schema)) == []


def test_an_unknown_key_is_seen() -> None:
    schema = json.loads(json_schema(KINDS[1]))
    data = {"id": "x", "claim": [{"id": "y", "plain": "z", "plan": "z"}]}
    assert list(unknown_keys(data, schema, schema)) == ["plan"]


def test_every_key_says_what_it_is_for() -> None:
    undescribed = [
        line
        for line in reference().partition("## urgent.toml")[0].splitlines()
        if line.startswith("| ") and line.split(" | ")[1].strip(" |") in ("", "*Wording.*")
    ]
    assert undescribed == []


def test_the_line_that_names_a_schema_leads_to_it() -> None:
    assert schema_line(Path("gout/sections/10-x.toml")) == "#:schema ../../.schema/section.json"
    assert schema_line(Path("library.toml")) == "#:schema .schema/library.json"
    assert kind_of(Path("interface/en.toml")) is None
