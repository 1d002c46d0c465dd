"""A review with the real ssh-keygen and ssh-agent: signed, shown, changed, and on packs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.terminal.kiosk_server import KioskServer, run_attach
from tests.support.terminal.terminal import ROOT, Terminal

LACKING = [name for name in ("ssh-keygen", "ssh-agent", "ssh-add") if not shutil.which(name)]
pytestmark = pytest.mark.skipif(bool(LACKING), reason=f"NOT TESTED: there is no {LACKING}")
BANNER = "Approved by Ana Ruiz, MD, "


class Clinic:
    """A copy of the shipped content, a key in an agent, and settings with allowed signers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.content = folder / "content"
        self.key = folder / "id_ed25519"
        self.signers = folder / "allowed_signers"
        self.config = folder / "kiosk.toml"
        self.environment = {"PATH": os.environ["PATH"], "XDG_CACHE_HOME": str(folder / "cache")}
        shutil.copytree(ROOT / "content", self.content)
        make = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(self.key)]
        subprocess.run(make, check=True)
        words = self.key.with_suffix(".pub").read_text().split()[:2]
        self.signers.write_text(f"ana@elm.example {' '.join(words)}\n")
        self.config.write_text(f'[review]\nallowed-signers = "{self.signers}"\n')

    def kiosk(self, *arguments: object, status: int = 0, typed: str = "") -> str:
        done = subprocess.run(
            [sys.executable, "-m", "kiosk", *map(str, arguments)],
            input=typed, capture_output=True, text=True, cwd=ROOT, env=self.environment,
        )  # fmt: skip
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout + done.stderr

    def review(self, task: str, *arguments: object) -> str:
        options = ("--content", self.content, "--config", self.config)
        return self.kiosk("review", task, "leaky-gut", *arguments, *options)

    def approve(self) -> str:
        who = ("--name", "Ana Ruiz", "--credentials", "MD", "--yes")
        return self.review("approve", *who, "--key", self.key.with_suffix(".pub"))

    def first_page(self, place: Path) -> str:
        return self.kiosk("read", place, "--config", self.config, typed="stop\n")


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Clinic]:
    """Yield a clinic whose private key only an agent has."""
    made = Clinic(tmp_path)
    socket = tmp_path / "agent"
    agent = subprocess.Popen(["ssh-agent", "-D", "-a", str(socket)], stdout=subprocess.DEVNULL)
    try:
        made.environment["SSH_AUTH_SOCK"] = str(socket)
        while not socket.exists():
            assert agent.poll() is None
        subprocess.run(["ssh-add", "-q", made.key], env=made.environment, check=True)
        made.key.unlink()
        yield made
    finally:
        agent.kill()
        agent.wait()


def test_a_topic_is_signed_shown_as_approved_and_changed(clinic: Clinic) -> None:
    assert "leaky-gut (en): Approved." in clinic.approve()
    assert BANNER in clinic.first_page(clinic.content)
    section = clinic.content / "leaky-gut" / "sections" / "10-treatment.toml"
    section.write_text(section.read_text().replace("Studies have", "Studies, have", 1))
    said = clinic.first_page(clinic.content)
    assert BANNER not in said
    assert "Changed since review" in said
    assert "Studies{+,+} have" in clinic.review("diff")


def test_ssh_keygen_accepts_what_we_sign_and_we_what_it_signs(clinic: Clinic) -> None:
    clinic.approve()
    (record,) = (clinic.content / "leaky-gut" / "review" / "en").glob("*.record")
    command = [
        "ssh-keygen", "-Y", "verify", "-f", str(clinic.signers), "-I", "ana@elm.example",
        "-n", "kiosk-review@v1", "-s", f"{record}.sig",
    ]  # fmt: skip
    with record.open() as signed:
        subprocess.run(command, stdin=signed, check=True, capture_output=True)


def test_the_screen_and_a_server_name_the_reviewer(clinic: Clinic) -> None:
    clinic.approve()
    arguments = ("run", str(clinic.content), "--config", str(clinic.config))
    with Terminal(*arguments, XDG_CACHE_HOME=str(clinic.folder / "cache")) as kiosk:
        text = kiosk.wait("START")
        assert BANNER in text
        assert "(•) Approved" in text
    server = KioskServer(
        clinic.folder / "server", "--content", str(clinic.content),
        settings=clinic.config.read_text(),
    )  # fmt: skip
    with server:
        assert BANNER in run_attach(server, "stop\n")
        clinic.signers.write_text("# nobody any more\n")
        server.wait_for_log("read again")
        assert BANNER not in run_attach(server, "stop\n")


def test_a_pack_carries_the_review_and_is_signed_itself(clinic: Clinic) -> None:
    clinic.approve()
    pack, installed = clinic.folder / "clinic.pack", clinic.folder / "lib" / "library.pack"
    clinic.kiosk("build", clinic.content, "-o", pack)
    to = ("--to", installed, "--config", clinic.config, "--require-signature")
    assert "it is not signed" in clinic.kiosk("pack", "install", pack, *to, status=1)
    assert not installed.exists()
    clinic.kiosk("pack", "sign", pack, "--key", clinic.key.with_suffix(".pub"))
    assert "Signed by ana@elm.example." in clinic.kiosk("pack", "install", pack, *to)
    assert BANNER in clinic.first_page(installed)
