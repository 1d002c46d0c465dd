"""The host key: made once, refused where others can read it; the sheet for staff."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.errors import HostKeyError
from kiosk.serve.ssh.fingerprint_sheet import qr_lines, show
from kiosk.serve.ssh.host_key import (
    FILE_NAME,
    fingerprint,
    host_key,
    key_folder,
    public_line,
    state_folder,
)
from tests.support.other_user import NOBODY, needs_root
from tests.support.shipped import ROOT


def test_openssh_can_read_the_host_key(tmp_path: Path) -> None:
    key = host_key(tmp_path / "ssh")
    assert host_key(tmp_path / "ssh") == key
    output = subprocess.run(
        ["ssh-keygen", "-lf", tmp_path / "ssh" / FILE_NAME],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert fingerprint(public_line(key)) in output


def test_servers_that_start_together_share_one_host_key(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from kiosk.serve.ssh.host_key import *; "
        "print(fingerprint(public_line(host_key(Path(sys.argv[1])))))"
    )
    starting = [
        subprocess.Popen(
            [sys.executable, "-c", code, tmp_path / "ssh"], cwd=ROOT, stdout=subprocess.PIPE
        )
        for _ in range(4)
    ]
    assert len({process.communicate()[0] for process in starting}) == 1
    assert os.listdir(tmp_path / "ssh") == [FILE_NAME]


@pytest.mark.parametrize(("name", "mode"), [(FILE_NAME, 0o640), (FILE_NAME, 0o604), ("", 0o777)])
def test_a_host_key_that_others_can_read_is_not_used(tmp_path: Path, name: str, mode: int) -> None:
    host_key(tmp_path / "ssh")
    (tmp_path / "ssh" / name).chmod(mode)
    with pytest.raises(HostKeyError, match="Others can"):
        host_key(tmp_path / "ssh")


@needs_root
@pytest.mark.parametrize("name", ["", FILE_NAME])
def test_a_host_key_that_belongs_to_another_is_not_used_by_root(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "ssh"
    host_key(folder)
    os.chown(folder / name, NOBODY, NOBODY)
    with pytest.raises(HostKeyError, match="belongs to somebody else"):
        host_key(folder)


@needs_root
def test_root_may_show_the_key_of_the_service(tmp_path: Path) -> None:
    folder, out = tmp_path / "ssh", io.StringIO()
    key = host_key(folder)
    os.chown(folder, NOBODY, NOBODY)
    os.chown(folder / FILE_NAME, NOBODY, NOBODY)
    show("clinic", 2222, folder, out)
    assert fingerprint(public_line(key)) in out.getvalue()


def test_a_host_key_below_a_folder_that_others_can_write_is_not_used(tmp_path: Path) -> None:
    host_key(tmp_path / "shared" / "ssh")
    (tmp_path / "shared").chmod(0o777)
    with pytest.raises(HostKeyError, match="Others can replace"):
        host_key(tmp_path / "shared" / "ssh")
    (tmp_path / "shared").chmod(0o1777)
    host_key(tmp_path / "shared" / "ssh")


def test_a_host_key_that_is_a_fifo_is_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "ssh").mkdir(mode=0o700)
    os.mkfifo(tmp_path / "ssh" / FILE_NAME, 0o600)
    with pytest.raises(HostKeyError, match="ordinary file"):
        host_key(tmp_path / "ssh")


def test_no_link_is_followed(tmp_path: Path) -> None:
    host_key(tmp_path / "other")
    (tmp_path / "ssh").mkdir(mode=0o700)
    (tmp_path / "ssh" / FILE_NAME).symlink_to(tmp_path / "other" / FILE_NAME)
    with pytest.raises(HostKeyError):
        host_key(tmp_path / "ssh")


@pytest.mark.parametrize(
    ("variables", "folder"),
    [
        ({"STATE_DIRECTORY": "/var/lib/kiosk:/var/lib/other"}, "/var/lib/kiosk/ssh"),
        ({"XDG_STATE_HOME": "/home/a/state"}, "/home/a/state/kiosk/ssh"),
        ({"STATE_DIRECTORY": "relative", "HOME": "/home/a"}, "/home/a/.local/state/kiosk/ssh"),
    ],
)
def test_the_host_key_is_in_the_state_folder(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], folder: str
) -> None:
    for name in ("STATE_DIRECTORY", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert str(state_folder()) == folder


def test_the_fingerprint_sheet_names_host_and_fingerprint(tmp_path: Path) -> None:
    out = io.StringIO()
    assert show("clinic", 2222, tmp_path / "ssh", out) == 0
    output = out.getvalue()
    key = public_line(host_key(tmp_path / "ssh"))
    for line in ("ssh -p 2222 education@clinic", fingerprint(key), f"[clinic]:2222 {key}"):
        assert line in output
    assert "\x1b" not in output
    assert max(len(line) for line in output.splitlines() if set(line) <= set("█▀▄ ")) <= 80


def test_a_drawn_code_is_read_row_by_row() -> None:
    rows = qr_lines([bytes([1, 0]), bytes([1, 1]), bytes([0, 1])]).splitlines()
    assert rows == ["", "  █▄", "   ▀"]


def test_the_staff_sheet_is_about_the_services_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root has no key to show, and makes none."""
    service = tmp_path / "service"
    monkeypatch.setattr("kiosk.serve.ssh.host_key.SERVICE_FOLDER", service)
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path))
    assert key_folder() == tmp_path / "ssh"
    host_key(service)
    assert key_folder() == service
