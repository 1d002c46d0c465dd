"""`kiosk report` says why it has no figures."""

from __future__ import annotations

from pathlib import Path

import pytest

import kiosk.cli.site.report as report_command
from kiosk.cli.main import parse


def reported(folder: Path, settings: str, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Run the command on a machine with these settings, and nothing counted."""
    file = folder / "kiosk.toml"
    file.write_text(settings)
    monkeypatch.setattr(report_command, "STATE", folder)
    monkeypatch.setattr(report_command, "find_settings", lambda _: file)
    return report_command.report(parse("report", list(arguments)))


@pytest.mark.parametrize(
    ("settings", "arguments", "words"),
    [
        ("", [], "Counting is off"),
        ("[usage]\nenabled = true", [], "within five minutes"),
        ("[usage]\nenabled = true", ["--to", "2020-01-31"], "Nothing was counted on these days."),
        ("[usage]\nenabled = 7", [], "Nothing was counted on these days."),
        ("", ["--format", "csv"], "day,site,kind,topic,detail,count"),
    ],
)
def test_a_report_without_figures_says_why(
    settings: str,
    arguments: list[str],
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert reported(tmp_path, settings, monkeypatch, *arguments) == 0
    assert words in capsys.readouterr().out
