"""The files of `deploy/`, asked of the programs that read them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.blackbox.terminal import ROOT

DEPLOY = ROOT / "deploy"


def lacks(tool: str, package: str) -> pytest.MarkDecorator:
    why = f"THIS MACHINE LACKS {tool} (apt install {package}): its file was not looked at"
    return pytest.mark.skipif(shutil.which(tool) is None, reason=why)


@lacks("systemd-analyze", "systemd")
@pytest.mark.parametrize("unit", ["kiosk.service", "kiosk-touch.service", "kiosk-sshd.service"])
def test_systemd_finds_nothing_wrong(unit: str, tmp_path: Path) -> None:
    text = (DEPLOY / unit).read_text()
    for program in ("/opt/kiosk/bin/kiosk", "/usr/bin/cage", "/usr/bin/foot", "/usr/sbin/sshd"):
        text = text.replace(program, "/bin/true")
    (tmp_path / unit).write_text(text)
    ran = subprocess.run(
        ["systemd-analyze", "verify", str(tmp_path / unit)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    about = [line for line in ran.stderr.splitlines() if unit in line]
    assert about == []


@lacks("systemd-analyze", "systemd")
def test_the_units_exposure_is_at_most_one() -> None:
    command = ["systemd-analyze", "security", "--offline=true", str(DEPLOY / "kiosk.service")]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    found = re.search(r"exposure level for kiosk.service: ([\d.]+)", told)
    assert found
    print(f"\nexposure {found[1]}")
    assert float(found[1]) <= 1.0


@lacks("foot", "foot")
def test_foot_takes_its_configuration() -> None:
    command = ["foot", "--check-config", f"--config={DEPLOY / 'foot.ini'}"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert " err" not in ran.stderr


def test_the_shell_reads_the_script() -> None:
    subprocess.run(["sh", "-n", str(DEPLOY / "close-console.sh")], check=True)


def test_what_the_script_silences_is_silent() -> None:
    """Its own sed lines, on a piece of the kernel's default keymap (dumpkeys(1))."""
    script = (DEPLOY / "close-console.sh").read_text()
    arguments = re.findall(r"-e '([^']+)'", script)
    assert len(arguments) == 3
    keymap = """keycode  59 = F1               F13              Console_13
\talt     keycode  59 = Console_1
keycode  70 = Scroll_Lock      Show_Memory      Show_Registers
\tcontrol keycode  70 = Show_State
keycode  99 = Compose          VoidSymbol
\tcontrol keycode  99 = Control_backslash
\tcontrol alt keycode 111 = Boot
\talt     keycode 105 = Decr_Console
\talt     keycode 106 = Incr_Console
\talt     keycode 103 = KeyboardSignal
keycode 104 = Prior
\tshift   keycode 104 = Scroll_Backward
"""
    command = ["sed", "-E", *(part for one in arguments for part in ("-e", one))]
    told = subprocess.run(command, input=keymap, capture_output=True, text=True, check=True).stdout
    for name in (
        "Console_", "_Console", "Scroll_", "Show_", "Boot", "KeyboardSignal", "Control_backslash",
    ):  # fmt: skip
        assert name not in told, told
    assert "F1 " in told
    assert "Prior" in told
