"""The pydantic schema of kiosk.toml, made from the settings' dataclasses; and two checks beyond it:
for renamed keys, and for keys that contradict each other.

A start imports this only where no cached settings fit (see `settings.file`). The JSON schema of
kiosk.toml is made from it, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from dataclasses import Field as DataclassField
from enum import StrEnum
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from pydantic import AfterValidator, Field, create_model
from pydantic_core import PydanticCustomError

from kiosk.library.characters import refusal
from kiosk.library.checks.amounts import find_dose
from kiosk.library.problem import Problem
from kiosk.library.source.schema.topic_schema import Language, StrictModel, Text
from kiosk.settings.model import Settings
from kiosk.settings.server import Auth


def _by_language(value: dict[str, str] | str) -> dict[str, str]:
    """Text for English alone where no language is named."""
    words = value if isinstance(value, dict) else {"en": value} if value else {}
    for text in words.values():
        if why := refusal(text):
            raise PydanticCustomError("text", f"{why}")
        if dose := find_dose(text):
            why = f'has an amount, "{dose}": it would be shown before any caution'
            raise PydanticCustomError("text", f"{why}")
    return words


_ByLanguage = Annotated[dict[Language, Text] | str, AfterValidator(_by_language)]


_Address = Annotated[str, Field(pattern=r"^https?://[!-~]{3,200}$")]
"""An address on the web, in ASCII, as a code can hold it."""


def _model(kind: type) -> type[StrictModel]:
    """Return the model of a dataclass: a table of the file with its keys."""
    hints = get_type_hints(kind)
    keys: dict[str, Any] = {}
    for each in fields(kind):
        hint = hints[each.name]
        if isinstance(hint, type) and is_dataclass(hint):
            table = _model(hint)
            keys[each.name] = (table, Field(default_factory=table))
        elif "rules" in each.metadata:
            keys[each.name] = (_annotated(hint, each.metadata["rules"]), _default(each))
    return create_model(kind.__name__, __base__=StrictModel, __doc__=kind.__doc__, **keys)


def _annotated(hint: Any, rules: Mapping[str, Any]) -> Any:
    """Return the type that a key must have in the file."""
    if get_origin(hint) is tuple:
        item: Any = Annotated[get_args(hint)[0], Field(**rules)]
        return list[item]
    if get_origin(hint) is Mapping and "names" in rules:
        return dict[Annotated[str, Field(pattern=rules["names"])], _Address]
    if get_origin(hint) is Mapping:
        return _ByLanguage
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Literal[tuple(str(value) for value in hint)]
    return Annotated[hint, Field(**rules)]


def _default(each: DataclassField[Any]) -> Any:
    value = each.default
    if isinstance(value, StrEnum):
        return str(value)
    if value is MISSING:
        return {}
    return list(value) if isinstance(value, tuple) else value


SettingsFile: type[StrictModel] = _model(Settings)
"""The whole file."""


def renamed_keys(data: dict[str, Any], file: str) -> Iterator[Problem]:
    """Yield a problem for each key in a file that has another name now; delete it from `data`.

    `data` is the parsed file, tables by name; `file` is what the problems call the file.
    """
    for name, hint in get_type_hints(Settings).items():
        table = data.get(name.replace("_", "-"))
        if not isinstance(table, dict):
            continue
        for each in fields(hint):
            was, key = each.metadata.get("was"), each.name.replace("_", "-")
            if was and was in table:
                del table[was]
                yield Problem(file, "", f'unknown key "{name}.{was}"', f'It is "{key}" now.')


def contradictions(settings: Settings, file: str) -> Iterator[Problem]:
    """Yield problems of settings that are right alone and wrong together.

    There is one such: `ssh.auth` asks for a password or keys, and none are set.
    """
    ssh = settings.ssh
    needed = {Auth.PASSWORD: ssh.password, Auth.KEYS: ssh.keys}.get(ssh.auth, "-")
    if not needed:
        yield Problem(file, "", f'ssh.auth is "{ssh.auth}", and ssh.{ssh.auth} is empty')
