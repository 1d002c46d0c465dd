"""Facts about the content and settings in use, for `kiosk status` and metrics: file, seal, settings
files, numbers of topics and of recalled texts.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from kiosk.errors import PackError
from kiosk.library.pack import integrity
from kiosk.library.pack.reader import Pack
from kiosk.library.pack.recalls import Recalls, recalled
from kiosk.settings.drop_ins import settings_files
from kiosk.site.store import recalls_of


def content_facts(
    opened: Pack, pack: Path | bytes, source: Path, settings: Path | None
) -> dict[str, object]:
    """Return facts about the content and settings in use, for `kiosk status` and metrics.

    Names are pack (a path), seal, recalled (how many texts), settings (paths) and topics (how
    many, counted in each language; missing where the pack cannot be read).

    Args:
        opened: the open pack, which is asked for numbers.
        pack: the file that it was opened from, or the bytes of a pack in memory.
        source: the site's content: that file, or the content directory that it was compiled from.
        settings: the settings file; None without one.
    """
    facts: dict[str, object] = {"pack": str(source), "seal": seal_of(pack), "recalled": 0}
    facts["settings"] = [str(file) for file in settings_files(settings)] if settings else []
    with suppress(PackError, OSError):  # numbers; a start does not fail for them
        [(facts["topics"],)] = opened.rows("SELECT count(*) FROM card")
        if (recalls := recalls_of(source)) is not None:
            facts["recalled"] = _recalled(recalls, opened)
    return facts


def _recalled(recalls: Recalls, opened: Pack) -> int:
    """Return how many texts are recalled; all where the recalls cannot be read."""
    try:
        return len(list(recalled(recalls, opened.text_of)))
    except OSError:
        return len(opened.texts())


def seal_of(pack: Path | bytes) -> str:
    """Return the seal of a pack (a path or its bytes) as hexadecimal digits.

    The seal that the pack states is returned unchecked; empty where the file cannot be read.
    """
    if isinstance(pack, bytes):
        return pack[integrity.AT : integrity.AT + integrity.SIZE].hex()
    try:
        with pack.open("rb") as file:
            return integrity.stored_seal(file.fileno()).hex()
    except OSError:
        return ""
