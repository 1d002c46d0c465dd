"""kiosk.toml: found, checked like content, and kept checked so that a visit pays for it once."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from kiosk import __version__
from kiosk.library.pack.cache import cache_folder, keep
from kiosk.library.pack.codec import DecodeError, decode, encode, shape
from kiosk.library.problem import ContentError, Problem
from kiosk.settings.model import Settings

SYSTEM = Path("/etc/kiosk/kiosk.toml")


def find_settings(asked: Path | None) -> Path | None:
    """The file that was asked for; else the machine's; else the user's; None without one."""
    if asked is not None:
        return asked
    given = os.environ.get("XDG_CONFIG_HOME", "")
    homes = [Path(given)] if os.path.isabs(given) else []
    with suppress(RuntimeError):
        homes += [] if homes else [Path.home() / ".config"]
    places = (SYSTEM, *(home / "kiosk" / "kiosk.toml" for home in homes))
    return next((place for place in places if place.is_file()), None)


def read_settings(file: Path) -> Settings:
    """The settings in a file; raises Refused with every problem of it."""
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise ContentError([Problem(str(file), "", f"cannot be read: {error.strerror}")]) from None
    told = f"{__version__} {shape(Settings)} ".encode() + raw
    folder = cache_folder()
    kept = folder / f"settings-{sha256(told).hexdigest()[:32]}.json" if folder else None
    if kept is not None:
        with suppress(OSError, ValueError, DecodeError):
            return decode(Settings, json.loads(kept.read_text("utf-8")))
    settings = check_settings(raw, str(file))
    if kept is not None:
        keep(kept, json.dumps(encode(settings)).encode())
    return settings


def check_settings(raw: bytes, name: str) -> Settings:
    """Return the settings in the bytes of a file; raises ContentError with every problem."""
    from kiosk.library.source.toml_file import parse_toml
    from kiosk.library.source.validation import validate, validate_keys
    from kiosk.settings.schema import SettingsFile, contradictions, renamed_keys

    data = parse_toml(raw, name)
    if isinstance(data, Problem):
        raise ContentError([data])
    problems = [*renamed_keys(data, name), *validate_keys(SettingsFile, data, name)]
    validated = validate(SettingsFile, data, name)
    problems += validated.problems
    if problems or validated.model is None:
        raise ContentError(problems)
    settings = decode(Settings, validated.model.model_dump())
    if problems := [*contradictions(settings, name)]:
        raise ContentError(problems)
    return settings
