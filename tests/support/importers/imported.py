"""Run the MedlinePlus importer on bytes."""

from __future__ import annotations

import io
from pathlib import Path

from kiosk.importers.medlineplus.importer import import_medlineplus
from tests.support.importers.health_topics import beside


def imported(
    tmp_path: Path, content: bytes, out: str = "out", language: str | None = None
) -> tuple[str, int]:
    file, told = tmp_path / "file.xml", io.StringIO()
    file.write_bytes(content)
    library = tmp_path / "beside"
    if not library.exists():
        beside(library)
    status = import_medlineplus(file, tmp_path / out, library, language, None, told)
    return told.getvalue(), status
