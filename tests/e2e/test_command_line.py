"""Errors of the command line are one clear sentence each, with what to do, and no traceback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk import __version__
from tests.support.shipped import CONTENT, ROOT
from tests.support.terminal.terminal import Terminal


def kiosk(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", "kiosk", *arguments],
        capture_output=True, text=True, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def test_version_is_printed() -> None:
    assert kiosk("--version").stdout == f"kiosk {__version__}\n"


def test_without_a_terminal_the_command_names_kiosk_read() -> None:
    done = kiosk()
    assert done.returncode == 1
    assert "`kiosk read`" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "environment", "words"),
    [
        (("--content", "/no/such/place"), {}, "There is no directory or pack at /no/such/place."),
        (("--content", "pyproject.toml"), {}, "it is not a kiosk pack."),
        (("--topic", "backache"), {}, "There is no topic backache. There is: leaky-gut."),
        (("read", "--content", "/no/such/place"), {}, "There is no directory or pack at"),
        (("read", "--topic", "knees"), {}, "There is no topic knees. There is: leaky-gut."),
    ],
)
def test_content_that_cannot_be_opened_is_reported_in_one_sentence(
    arguments: tuple[str, ...], environment: dict[str, str], words: str
) -> None:
    with Terminal(*arguments, size=(200, 24), **environment) as terminal:
        assert terminal.leave() == 1
        assert words in terminal.text
        assert "Traceback" not in terminal.text


def test_broken_content_is_refused_whole_and_the_check_is_named(tmp_path: Path) -> None:
    tree = shutil.copytree(CONTENT, tmp_path / "content")
    (tree / "leaky-gut" / "topic.toml").write_text("id = ")
    with Terminal("--content", str(tree), size=(200, 24)) as terminal:
        assert terminal.leave() == 1
        assert "1 problem(s)" in terminal.text
        assert "kiosk check" in terminal.text


def test_a_closed_pipe_causes_no_traceback() -> None:
    shell = f"{sys.executable} -m kiosk check | head -1"
    done = subprocess.run(
        ["/bin/sh", "-c", shell], capture_output=True, text=True, cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""


def test_the_shipped_content_passes_kiosk_check() -> None:
    done = kiosk("check")
    assert done.returncode == 0
    assert "59 of 59 statements of the documents" in done.stdout
    assert "0 problems" in done.stdout


# ruff: noqa: E501 - a mistake a line
MISTAKES = (
    ("sections/10-treatment.toml", 'rests-on = ["A01", ', 'rest-on = ["A01", ', "no-treatment-validated"),
    ("sections/35-food.toml", 'rests-on = ["A05", ', 'rests-on = ["A55", ', "balanced-diet"),
    ("sections/40-stress-sleep-movement.toml", "need 7 to 8 hours of sleep a day", "need 7 to 9 hours of sleep a day", "sleep-hours"),
    ("sections/58-constipation.toml", 'id = "constipation-habits"', 'id = "constipation-habits"\nsame-as.plain = "everyday"', "constipation-habits"),
    ("sections/20-what-it-means.toml", 'everyday = "Everyone', 'everyday = "Take zinc. Everyone', "lets-more-through"),
    ("sections/40-stress-sleep-movement.toml", 'rests-on = ["A11"]', 'rests-on = ["A11", "B33"]', "stress-relaxation"),
    ("sections/15-get-help.toml", 'title.everyday = "Call a doctor"', 'title.everyday = "Call a\\u202e doctor"', "see-a-doctor-soon"),
    ("review.toml", 'status = "submitted"', 'status = "aproved"', "status"),
    ("sections/20-what-it-means.toml", 'offers = ["gut-wall"]', 'offers = ["gut-wal"]', "gut-wal"),
    ("cautions.toml", 'rests-on = ["C05", ', 'rests-on = ["C5", ', "keep-your-medicines"),
)  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake[3])
def test_a_mistake_in_the_content_is_reported_with_its_file_and_id(
    tmp_path: Path, mistake: tuple[str, str, str, str]
) -> None:
    name, right, wrong, id_ = mistake
    tree = shutil.copytree(CONTENT, tmp_path / "content")
    file = tree / "leaky-gut" / name
    text = file.read_text()
    assert right in text
    file.write_text(text.replace(right, wrong, 1))
    done = kiosk("check", str(tree))
    assert done.returncode == 1
    named = [line for line in done.stdout.split("\n") if f"leaky-gut/{name}" in line]
    assert any(id_ in line for line in named), done.stdout
    assert "Traceback" not in done.stderr


def test_ten_different_mistakes_are_ten_problems_in_one_run(tmp_path: Path) -> None:
    tree = shutil.copytree(CONTENT, tmp_path / "content")
    for name, right, wrong, _ in MISTAKES:
        file = tree / "leaky-gut" / name
        file.write_text(file.read_text().replace(right, wrong, 1))
    done = kiosk("check", str(tree))
    assert done.returncode == 1
    lines = [line for line in done.stdout.split("\n") if line.startswith("content/")]
    for name, _, _, id_ in MISTAKES:
        assert any(f"leaky-gut/{name}" in line and id_ in line for line in lines), (name, id_)
    assert len(lines) == len(MISTAKES), done.stdout


def test_a_built_pack_opens(tmp_path: Path) -> None:
    file = tmp_path / "a.pack"
    assert kiosk("build", str(CONTENT), "-o", str(file)).returncode == 0
    with Terminal("run", str(file)) as terminal:
        terminal.wait("START")
    file.write_bytes(file.read_bytes()[:5000])
    with Terminal("run", str(file), size=(200, 24)) as terminal:
        assert terminal.leave() == 1
        assert "not whole" in terminal.text


def test_a_pack_of_a_broken_tree_is_not_built(tmp_path: Path) -> None:
    tree = shutil.copytree(CONTENT, tmp_path / "content")
    (tree / "readers.toml").unlink()
    file = tmp_path / "a.pack"
    done = kiosk("build", str(tree), "-o", str(file))
    assert done.returncode == 1
    assert "readers.toml" in done.stderr
    assert not file.exists()


@pytest.mark.parametrize("asked", ["id", "/opt/kiosk/bin/kiosk run", "kiosk check; sh", ""])
def test_as_a_login_shell_it_runs_no_command(asked: str, tmp_path: Path) -> None:
    with Terminal("-c", asked, XDG_CACHE_HOME=str(tmp_path)) as terminal:
        assert "uid=" not in terminal.wait("START")
