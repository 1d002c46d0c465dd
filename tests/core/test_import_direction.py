"""Who imports whom, asked of fresh interpreters: a static graph misses deferred imports."""

from __future__ import annotations

import subprocess
import sys

import pytest

OUTSIDE = {"textual", "rich", "pydantic", "tomli", "sqlite3"}


@pytest.mark.parametrize(
    ("module", "forbidden"),
    [
        ("kiosk.core.port", OUTSIDE | {"kiosk.ui", "kiosk.library", "kiosk.importers"}),
        ("kiosk.ui.app", {"pydantic", "tomli", "sqlite3", "kiosk.library", "kiosk.importers"}),
        ("kiosk.lines.main", OUTSIDE | {"kiosk.ui", "kiosk.library", "kiosk.importers"}),
        ("kiosk.terminal.input", OUTSIDE | {"kiosk.core", "kiosk.ui"}),
        ("kiosk.terminal.driver", {"pydantic", "tomli", "kiosk.core", "kiosk.ui", "kiosk.library"}),
        ("kiosk.library.pack.reader", {"pydantic", "tomli", "textual", "rich", "kiosk.ui"}),
        ("kiosk.library.pack.cache", {"pydantic", "tomli", "textual", "rich", "kiosk.ui"}),
        (
            "kiosk.cli.visitors.run",
            {"pydantic", "tomli", "textual", "dataclasses", "subprocess", "kiosk.serve.spawn"},
        ),
        (
            "kiosk.cli.visitors.read",
            {
                "dataclasses",
                "inspect",
                "kiosk.answers.engine",
                "kiosk.core.pages.all_pages",
                "kiosk.core.pages.evidence",
                "kiosk.core.rules.own_questions",
                "kiosk.core.rules.self_check",
                "kiosk.core.rules.take_home",
                "kiosk.library.review.verdict",
                "kiosk.sheets",
                "kiosk.sheet_process",
                "kiosk.serve",
                "fpdf",
                "segno",
                "socket",
                "subprocess",
                "kiosk.core.take_home.sheet",
                "kiosk.core.take_home.events",
                "kiosk.core.take_home.transitions",
                "kiosk.core.pages.sheet",
                "kiosk.core.pages.take_home",
                "kiosk.core.pages.own_questions",
                "kiosk.core.pages.self_check",
            },
        ),
        (
            "kiosk.worker.template",
            {"fpdf", "segno", "PIL", "kiosk.sheets.pdf", "kiosk.sheets.wire"},
        ),
        ("kiosk.ui.app", {"segno", "kiosk.sheets"}),
        ("kiosk.cli.main", OUTSIDE | {"kiosk.library", "kiosk.site.content", "kiosk.serve"}),
        ("kiosk.settings.file", {"pydantic", "tomli", "textual", "rich"}),
        (
            "kiosk.serve.console.main",
            OUTSIDE | {"asyncio", "dataclasses", "typing", "pathlib", "inspect", "kiosk.core"},
        ),
        ("kiosk.cli.authors.check", {"textual", "rich", "kiosk.ui"}),
    ],
)
def test_importing_it_brings_in_none_of(module: str, forbidden: set[str]) -> None:
    program = f"import sys, {module}; print('\\n'.join(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()
    assert module in loaded
    assert not forbidden & set(loaded)
