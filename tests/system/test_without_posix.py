"""What works on a laptop works on a Python without POSIX, as that of Windows is."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.prebuilt_pack import with_prebuilt_pack

CONTENT = Path(__file__).resolve().parents[2] / "content"


def run(*arguments: str | Path, typed: str = "", cache: Path) -> tuple[int, str]:
    """Run the command line without POSIX; return its status and all that it printed."""
    command = [sys.executable, "-m", "tests.support.system.without_posix", *map(str, arguments)]
    done = subprocess.run(
        command, input=typed, capture_output=True, text=True, timeout=120, check=False,
        cwd=CONTENT.parent, env={"XDG_CACHE_HOME": str(cache), "HOME": str(cache), "PATH": ""},
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for compiled content."""
    folder = tmp_path_factory.mktemp("cache")
    with_prebuilt_pack({"XDG_CACHE_HOME": str(folder)})
    return folder


def test_a_visit_is_read_from_welcome_to_its_last_step(cache: Path) -> None:
    typed = "\n".join(["start", "easy", *["next"] * 30, "stop", ""])
    status, output = run("read", typed=typed, cache=cache)
    assert status == 0
    assert "Which best describes you?" in output
    assert "Step 10 of 10" in output
    assert "Traceback" not in output


@pytest.mark.slow
def test_content_is_checked_and_built_to_a_pack_that_is_verified_and_read(
    cache: Path, tmp_path: Path
) -> None:
    pack = tmp_path / "library.pack"
    assert run("check", CONTENT, cache=cache)[0] == 0
    assert run("build", CONTENT, "-o", pack, cache=cache) == (0, "")
    assert run("pack", "verify", pack, cache=cache)[0] == 0
    status, output = run("read", pack, typed="stop\n", cache=cache)
    assert (status, "Traceback" in output) == (0, False)


@pytest.mark.slow
def test_a_question_is_answered(cache: Path, tmp_path: Path) -> None:
    asked = tmp_path / "asked.jsonl"
    asked.write_text('{"question": "Is leaky gut real?"}\n', "utf-8")
    status, output = run("ask", "--json", asked, CONTENT, cache=cache)
    assert status == 0
    assert json.loads(output.splitlines()[0])


@pytest.mark.slow
def test_the_doctor_says_what_this_machine_will_do(cache: Path) -> None:
    status, output = run("doctor", cache=cache)
    assert (status, "Traceback" in output) == (0, False)
    assert "It will open." in output


@pytest.mark.parametrize(
    "command", ["attach", "serve", "status", "fingerprint", "run --unattended"]
)
def test_a_command_that_needs_linux_says_so_in_one_sentence(command: str, cache: Path) -> None:
    status, output = run(*command.split(), cache=cache)
    assert status == 1
    assert output.startswith(f"`kiosk {command}` needs Linux.")
    assert output.count("\n") == 1
