"""The commands of docs/deploying.md, word for word, in a fresh Debian."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.deploy.clean_debian import Debian, install_debian, missing
from tests.support.deploy.document import DOCUMENT, commands
from tests.support.terminal.kiosk_server import SshTerminal, listens, ssh_command, wait_until
from tests.support.terminal.terminal import ROOT

PORT = 2222
"""The port of the document; the container shares the network of the machine."""
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
    """A fresh Debian, with the wheel and requirements.lock in a folder of root."""
    folder = tmp_path_factory.mktemp("debian") / "fresh"
    if why := install_debian(folder):
        pytest.skip(why)
    files = folder / "root" / "kiosk"
    pip = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(files), str(ROOT)]
    subprocess.run(pip, check=True)
    shutil.copy(ROOT / "deploy" / "requirements.lock", files)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.parametrize("server", ["sshd", "own"])
def test_the_ten_commands_set_up_a_kiosk(fresh: Path, tmp_path: Path, server: str) -> None:
    root = tmp_path / server
    subprocess.run(["cp", "-a", str(fresh), str(root)], check=True)
    with Debian(root) as debian:
        script = [
            "cd /root/kiosk",
            *(f"{command} || exit 1" for command in commands(DOCUMENT, server)),
        ]
        done = debian.run("\n".join(script))
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        assert "SHA256:" in done.stdout
        wait_until(lambda: listens(PORT), "it does not listen")
        a_visit_and_nothing_else()
        output = debian.run("/opt/kiosk/bin/kiosk status; journalctl -u 'kiosk-*'").stdout
        assert ", 0 of them by an error" in output
        assert "127.0.0.1" not in output
    shutil.rmtree(root)


def a_visit_and_nothing_else() -> None:
    """Visit from outside with the client of OpenSSH, which gets nothing but the kiosk."""
    with SshTerminal(*ssh_command(PORT, "-tt", name="education"), HOME="/nonexistent") as kiosk:
        kiosk.wait("START")
        kiosk.press("1")
        kiosk.wait("Which best describes you?")
    output = ssh_output("-T", name="plain", typed="stop\n")
    assert "1. START" in output
    assert "\x1b" not in output
    assert "uid=" not in ssh_output(command=("id",))
    for name in ("root", "kiosk"):
        assert "uid=" not in ssh_output(name=name, command=("id",))
    assert "SSH-2.0" not in ssh_output("-W", "127.0.0.1:22")
    assert "root:" not in ssh_output("-s", command=("sftp",))
    done = subprocess.run(
        [*ssh_command(PORT, "-N", "-o", "ExitOnForwardFailure=yes", "-R", "1:127.0.0.1:22",
                      name="education")],
        capture_output=True, timeout=30, check=False,
    )  # fmt: skip
    assert done.returncode != 0


def ssh_output(
    *options: str, name: str = "education", command: tuple[str, ...] = (), typed: str = ""
) -> str:
    """Return the whole output of the client of OpenSSH."""
    done = subprocess.run(
        [*ssh_command(PORT, *options, name=name), *command], input=typed, capture_output=True,
        text=True, errors="replace", timeout=30, check=False,
    )  # fmt: skip
    return done.stdout + done.stderr
