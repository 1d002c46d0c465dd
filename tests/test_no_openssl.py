"""A visit starts without OpenSSL: it would take memory and time, and is never used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.prebuilt_pack import ROOT, shipped_pack

OPENSSL = "print(sorted(sys.modules.keys() & {'_hashlib', '_ssl'}))"


@pytest.fixture
def pack() -> Path:
    return shipped_pack()


def run(program: str, folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; {program}", *arguments],
        input="", capture_output=True, text=True, check=True, cwd=ROOT,
        env={"XDG_CACHE_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)},
    )  # fmt: skip
    return done.stdout


def test_a_visit_line_by_line_loads_no_openssl(pack: Path, tmp_path: Path) -> None:
    settings = tmp_path / "kiosk.toml"
    settings.write_text("[screen]\nascii = true\n")
    program = f"from kiosk.__main__ import main; main(); {OPENSSL}"
    arguments = ("read", "--config", str(settings), str(pack))
    run(program, tmp_path, *arguments)  # checks the settings, with the validator, and keeps them
    said = run(program, tmp_path, *arguments)
    assert said.endswith("[]\n")


def test_the_app_loads_no_openssl_and_later_it_can_be_loaded(pack: Path, tmp_path: Path) -> None:
    program = (
        "from kiosk.asyncio_without_tls import load_asyncio; load_asyncio(); "
        "import kiosk.ui.app, kiosk.cli.visitors.run, kiosk.cli.visitors.read; "
        f"{OPENSSL}; import ssl, asyncio; "
        "print(asyncio.sslproto.ssl, ssl.__name__)"
    )
    assert run(program, tmp_path) == "[]\nNone ssl\n"


def test_a_fork_server_loads_no_openssl(pack: Path, tmp_path: Path) -> None:
    program = (
        "from pathlib import Path; from kiosk.worker import main, template; "
        "from kiosk.library.pack.reader import open_pack; "
        "from kiosk.site.request import LaunchOptions; path = Path(sys.argv[1]); "
        "made = template.VisitTemplate(open_pack(path), path, LaunchOptions(path), (80, 24)); "
        f"{OPENSSL}"
    )
    assert run(program, tmp_path, str(pack)) == "[]\n"
