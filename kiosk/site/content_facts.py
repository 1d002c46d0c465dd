"""Facts about the shown content for `kiosk status`: file, seal, numbers of topics."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from kiosk.errors import PackError
from kiosk.library.pack import integrity
from kiosk.library.pack.reader import Pack
from kiosk.library.pack.recalls import recalled
from kiosk.settings.drop_ins import settings_files
from kiosk.site.store import recalls_of


def content_facts(
    opened: Pack, pack: Path | bytes, source: Path, settings: Path | None
) -> dict[str, object]:
    """Return facts of the content and settings, for status and metrics.

    Args:
        opened: the pack, open.
        pack: where it was opened from: a file, or a pack in memory.
        source: where the site has it: the same file, or the directory that it was compiled from.
        settings: the settings file; None without one.
    """
    facts: dict[str, object] = {"pack": str(source), "seal": seal_of(pack), "recalled": 0}
    facts["settings"] = [str(file) for file in settings_files(settings)] if settings else []
    with suppress(PackError, OSError):  # numbers; a start does not fail for them
        [(facts["topics"],)] = opened.rows("SELECT count(*) FROM card")
        if (recalls := recalls_of(source)) is not None:
            facts["recalled"] = len(list(recalled(recalls, opened.text_of)))
    return facts


def seal_of(pack: Path | bytes) -> str:
    """Return the seal as hexadecimal digits; empty where it cannot be read."""
    if isinstance(pack, bytes):
        return pack[integrity.AT : integrity.AT + integrity.SIZE].hex()
    try:
        with pack.open("rb") as file:
            return integrity.stored_seal(file.fileno()).hex()
    except OSError:
        return ""
