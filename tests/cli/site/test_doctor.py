"""`kiosk doctor` looks with the rights of the user who runs the service."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import kiosk.cli.site.doctor as doctor_command
from kiosk.cli.main import parse
from kiosk.cli.site.doctor import STATES, doctor
from kiosk.file_access import is_there
from kiosk.operations.service_checks import BAD, CLOSED, GOOD, NOTE
from tests.support.other_user import as_nobody, needs_root
from tests.support.prebuilt_pack import ROOT, shipped_pack


def looked(*arguments: str) -> tuple[int, str]:
    out = io.StringIO()
    words = ["--user", "no such user", *arguments, "--content", str(shipped_pack())]
    status = doctor(parse("doctor", words), out)
    return status, out.getvalue()


@pytest.mark.parametrize(
    ("states", "status", "words"),
    [
        ([GOOD, NOTE], 0, "It will open."),
        ([GOOD, CLOSED], 3, "staff have closed the screen"),
        ([CLOSED, BAD], 1, "A service is not as it should be."),
    ],
)
def test_the_exit_status_tells_of_services(
    states: list[str], status: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor_command, "is_superuser", lambda: True)
    monkeypatch.setattr(doctor_command, "_services", lambda: [(state, "One.") for state in states])
    monkeypatch.setattr(doctor_command, "find_settings", lambda _: None)
    monkeypatch.setattr(doctor_command, "_content", lambda *_: [])
    out = io.StringIO()
    assert doctor(parse("doctor", ["--user", "no such user"]), out) == status
    assert words in out.getvalue()
    out = io.StringIO()
    assert doctor(parse("doctor", ["--user", "no such user", "--json"]), out) == status
    told = json.loads(out.getvalue())
    assert told["ok"] == (status == 0)
    services = [row["state"] for row in told["findings"] if row["part"] == "Services"]
    assert services == [STATES[state] for state in states]


@needs_root
def test_root_without_the_services_user_is_told_that_it_sees_more() -> None:
    assert "root, who may read everything" in looked()[1]


@pytest.mark.parametrize("made", [True, False])
def test_a_cache_folder_may_be_made_at_the_first_start(
    made: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "deep" / "cache"
    if made:
        folder.mkdir(parents=True)
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    assert f"Compiled content is kept in {folder}/kiosk" in looked()[1]


def test_a_cache_folder_below_a_file_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file" / "cache"))
    assert "no folder of its own for compiled content" in looked()[1]


@needs_root
@pytest.mark.skipif(
    as_nobody(lambda: is_there(Path(os.__file__))) != "True",
    reason="other users may not read the Python of this machine",
)
@pytest.mark.parametrize(("mode", "status"), [(0o755, 0), (0o700, 1)])
def test_root_sees_what_the_services_user_would(mode: int, status: int) -> None:
    with TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        config = Path(folder) / "etc" / "kiosk.toml"
        config.parent.mkdir(mode=mode)
        config.touch(mode=0o644)
        done = subprocess.run(
            [sys.executable, "-m", "kiosk", "doctor", "--user", "nobody", "--config", str(config)],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == status, done.stdout
    assert "with the rights of the user nobody" in done.stdout
    assert ("may not enter" in done.stdout) == (status == 1)


@needs_root
def test_a_program_that_the_services_user_may_not_read_is_said() -> None:
    with TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        shutil.copytree(ROOT / "kiosk", Path(folder) / "opt" / "kiosk")
        os.chmod(Path(folder) / "opt", 0o700)
        done = subprocess.run(
            [sys.executable, "-m", "kiosk", "doctor", "--user", "nobody"],
            cwd=Path(folder) / "opt", capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert "with the rights of the user nobody" in done.stdout
    assert "The program itself" in done.stdout
    assert "Traceback" not in done.stderr
