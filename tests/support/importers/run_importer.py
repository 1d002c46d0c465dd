"""Run the MedlinePlus importer on bytes."""

from __future__ import annotations

import io
from pathlib import Path

from kiosk.errors import KioskError
from kiosk.importers.medlineplus.importer import import_medlineplus
from tests.support.importers.health_topics import write_bilingual_library


def imported(
    tmp_path: Path, content: bytes, out: str = "out", language: str | None = None
) -> tuple[str, int]:
    """Return what it printed, its error included, and the exit status of the command."""
    file, output = tmp_path / "file.xml", io.StringIO()
    file.write_bytes(content)
    library = tmp_path / "base"
    if not library.exists():
        write_bilingual_library(library)
    try:
        import_medlineplus(file, tmp_path / out, library, language, None, output)
    except KioskError as error:
        return f"{output.getvalue()}{error}\n", 1
    return output.getvalue(), 0
