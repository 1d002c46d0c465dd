"""JSON Schemas of the files that belong to no topic: kiosk.toml, themes, and the words of the
interface.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, get_type_hints

from kiosk.core.phrases import PHRASES
from kiosk.fast_dataclass import fields, is_dataclass
from kiosk.library.source.schema.topic_schema import LEVELS
from kiosk.library.themes import ThemeModel


def other_schemas() -> Mapping[str, Callable[[], dict[str, Any]]]:
    """Return the functions that make the JSON Schemas of files that belong to no topic, by the name
    of the schema: "kiosk" (for kiosk.toml), "theme" and "interface".
    """
    return {"kiosk": settings_schema, "theme": theme_schema, "interface": interface_schema}


def settings_schema() -> dict[str, Any]:
    """Return the JSON Schema of kiosk.toml as a dictionary, with descriptions from the docstrings
    of the settings' dataclasses.
    """
    from kiosk.authoring.file_kinds import docs_of
    from kiosk.settings.model import Settings
    from kiosk.settings.schema import SettingsFile

    made = SettingsFile.model_json_schema(by_alias=True)
    for kind in _tables(Settings):
        docs: dict[str, str] = {}
        for base in kind.__mro__[-2::-1]:  # all but object, those that it extends first
            docs |= docs_of(base)
        part = made if kind is Settings else made["$defs"].get(kind.__name__, {})
        for key, described in part.get("properties", {}).items():
            if doc := docs.get(key.replace("-", "_")):
                described["description"] = doc
    return {**made, "title": "kiosk.toml", "description": "The settings of one kiosk."}


def _tables(kind: type) -> Iterator[type]:
    yield kind
    hints = get_type_hints(kind)
    for each in fields(kind):
        hint = hints[each.name]
        if isinstance(hint, type) and is_dataclass(hint):
            yield from _tables(hint)


def theme_schema() -> dict[str, Any]:
    """Return the JSON Schema of a file of colors (themes/NAME.toml) as a dictionary."""
    from kiosk.authoring.file_kinds import docs_of

    made = ThemeModel.model_json_schema(by_alias=True)
    for key, doc in docs_of(ThemeModel).items():
        made["properties"][key]["description"] = doc
    return {**made, "title": "themes/NAME.toml", "description": "Colors of the screen."}


def interface_schema() -> dict[str, Any]:
    """Return the JSON Schema of the words of the interface (interface/LANGUAGE.toml) as a
    dictionary: a key for each phrase, described by the names that the program fills in.
    """
    whole = _table("Every word that the program itself says, in one language.")
    for key, names in PHRASES.items():
        *tables, last = key.split(".")
        part = whole
        for name in tables:
            part = part["properties"].setdefault(name, _table(""))
        filled = ", ".join(f"{{{name}}}" for name in sorted(names))
        said = f"Filled in by the program; keep each: {filled}." if filled else "A phrase."
        part["properties"][last] = {"description": said, "allOf": [{"$ref": "#/$defs/phrase"}]}
    return {**whole, "title": "interface/LANGUAGE.toml", "$defs": {"phrase": _PHRASE}}


_TEXT = {"type": "string"}
_PHRASE = {
    "anyOf": [
        _TEXT,
        {
            "type": "object",
            "properties": {
                **dict.fromkeys(LEVELS, _TEXT),
                "same-as": {"type": "object", "additionalProperties": _TEXT},
            },
            "additionalProperties": False,
        },
    ]
}


def _table(description: str) -> dict[str, Any]:
    made: dict[str, Any] = {"type": "object", "properties": {}, "additionalProperties": False}
    return {**made, "description": description} if description else made
