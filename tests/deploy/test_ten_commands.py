"""docs/deploying.md, done by somebody new in a fresh Debian, word for word."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.deploy.clean_debian import Debian, made, missing
from tests.support.deploy.document import DOCUMENT, commands
from tests.support.terminal.kiosk_server import SshTerminal, listens, ssh_command, wait_until
from tests.support.terminal.terminal import ROOT

PORT = 2222
"""The document's; the machine's network is the container's."""
pytestmark = [
    pytest.mark.second_tier,
    pytest.mark.skipif(bool(missing()), reason=missing()),
    pytest.mark.skipif(
        shutil.which("ssh") is None, reason="THIS MACHINE LACKS ssh (openssh-client)"
    ),
    pytest.mark.skipif(listens(PORT), reason=f"SOMEBODY LISTENS AT PORT {PORT} OF THIS MACHINE"),
]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A Debian that nobody has touched, with the two files in a folder of root's."""
    folder = tmp_path_factory.mktemp("debian") / "fresh"
    if why := made(folder):
        pytest.skip(why)
    files = folder / "root" / "kiosk"
    pip = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(files), str(ROOT)]
    subprocess.run(pip, check=True)
    shutil.copy(ROOT / "constraints.txt", files)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.parametrize("way", ["sshd", "own"])
def test_the_ten_commands_set_up_a_kiosk(fresh: Path, tmp_path: Path, way: str) -> None:
    root = tmp_path / way
    subprocess.run(["cp", "-a", str(fresh), str(root)], check=True)
    with Debian(root) as debian:
        script = ["cd /root/kiosk", *(f"{one} || exit 1" for one in commands(DOCUMENT, way))]
        ran = debian.run("\n".join(script))
        assert ran.returncode == 0, ran.stdout[-3000:] + ran.stderr[-3000:]
        assert "SHA256:" in ran.stdout
        wait_until(lambda: listens(PORT), "it does not listen")
        a_visit_and_nothing_else()
        told = debian.run("/opt/kiosk/bin/kiosk status; journalctl -u 'kiosk-*'").stdout
        assert ", 0 of them by a mistake" in told
        assert "127.0.0.1" not in told
    shutil.rmtree(root)


def a_visit_and_nothing_else() -> None:
    """From outside, with the stock client."""
    with SshTerminal(*ssh_command(PORT, "-tt", name="education"), HOME="/nonexistent") as kiosk:
        kiosk.wait("START")
        kiosk.press("1")
        kiosk.wait("Which best describes you?")
    told = answered("-T", name="plain", typed="stop\n")
    assert "1. START" in told
    assert "\x1b" not in told
    assert "uid=" not in answered(asked=("id",))
    for name in ("root", "kiosk"):
        assert "uid=" not in answered(name=name, asked=("id",))
    assert "SSH-2.0" not in answered("-W", "127.0.0.1:22")
    assert "root:" not in answered("-s", asked=("sftp",))
    ran = subprocess.run(
        [*ssh_command(PORT, "-N", "-o", "ExitOnForwardFailure=yes", "-R", "1:127.0.0.1:22",
                      name="education")],
        capture_output=True, timeout=30, check=False,
    )  # fmt: skip
    assert ran.returncode != 0


def answered(
    *options: str, name: str = "education", asked: tuple[str, ...] = (), typed: str = ""
) -> str:
    """All that is said to it."""
    ran = subprocess.run(
        [*ssh_command(PORT, *options, name=name), *asked], input=typed, capture_output=True,
        text=True, errors="replace", timeout=30, check=False,
    )  # fmt: skip
    return ran.stdout + ran.stderr
