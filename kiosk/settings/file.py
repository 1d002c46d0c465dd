"""Find kiosk.toml; read and check it with its drop-ins; cache the result for the next start."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from kiosk import __version__
from kiosk.errors import DecodeError
from kiosk.file_access import is_there, read_file
from kiosk.library.pack.cache import keep, own_cache_folder, read_own
from kiosk.library.pack.codec import decode, encode, shape
from kiosk.library.problem import ContentError, Problem
from kiosk.settings.drop_ins import settings_files
from kiosk.settings.model import Settings
from kiosk.settings.ranges import checked
from kiosk.sha256 import sha256
from kiosk.system.folders import machine_settings_folder, user_settings_folder

SYSTEM = machine_settings_folder() / "kiosk.toml"


def find_settings(asked: Path | None) -> Path | None:
    """Return the path of `asked`, else of the machine's settings file, else the user's, else None.

    `asked` is returned unchecked. Raises StartupError where this user may not look whether there
    is a file: a kiosk with settings, such as a PIN, must not open as if it had none.
    """
    if asked is not None:
        return asked
    folder = user_settings_folder()
    paths = (SYSTEM, *([folder / "kiosk.toml"] if folder else []))
    return next((path for path in paths if is_there(path)), None)


def read_settings(file: Path) -> Settings:
    """Return the settings in a file and its drop-ins, checked, or cached since an earlier check.

    Raises ContentError with every problem in them, or StartupError where a file cannot be read.
    """
    parts = [(read_file(part), str(part)) for part in settings_files(file)]
    identity = f"{__version__} {shape(Settings)} ".encode()
    identity += b"".join(b"%d %b" % (len(raw), raw) for raw, _ in parts)
    folder = own_cache_folder()
    kept = folder / f"settings-{sha256(identity).hexdigest()[:32]}.json" if folder else None
    if kept is not None:
        with suppress(OSError, ValueError, DecodeError, RecursionError):
            return checked(decode(Settings, json.loads(read_own(kept))))
    settings = check_files(parts)
    if kept is not None:
        keep(kept, json.dumps(encode(settings)).encode())
    return settings


def check_settings(raw: bytes, name: str) -> Settings:
    """Return the settings in the bytes of one file, which problems call `name`.

    Raises ContentError with every problem in them.
    """
    return check_files([(raw, name)])


def check_files(parts: Sequence[tuple[bytes, str]]) -> Settings:
    """Return the settings in several files together; each part is a file's bytes and its name.

    Of a key in several parts the last one counts. Raises ContentError with all problems found;
    each problem names its file.
    """
    from kiosk.library.source.parsing.toml_file import parse_toml
    from kiosk.library.source.schema.validation import validate, validate_keys
    from kiosk.settings.schema import SettingsFile, contradictions, renamed_keys

    problems: list[Problem] = []
    whole: dict[str, Any] = {}
    for raw, name in parts:
        data = parse_toml(raw, name)
        if isinstance(data, Problem):
            problems.append(data)
            continue
        problems += [*renamed_keys(data, name), *validate_keys(SettingsFile, data, name)]
        problems += validate(SettingsFile, data, name).problems
        for table, keys in data.items():
            whole[table] = {**whole.get(table, {}), **keys} if isinstance(keys, dict) else keys
    if problems:
        raise ContentError(problems)
    names = ", ".join(name for _, name in parts)
    validated = validate(SettingsFile, whole, names)
    if validated.model is None:
        raise ContentError(validated.problems)
    settings = decode(Settings, validated.model.model_dump())
    if problems := [*contradictions(settings, names)]:
        raise ContentError(problems)
    return settings
