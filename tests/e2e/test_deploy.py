"""The files of `deploy/`, asked of the programs that read them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.serve import attach
from tests.support.deploy.document import DOCUMENT, commands
from tests.support.terminal.terminal import ROOT

DEPLOY = ROOT / "deploy"


def lacks(tool: str, package: str) -> pytest.MarkDecorator:
    why = f"THIS MACHINE LACKS {tool} (apt install {package}): its file was not looked at"
    return pytest.mark.skipif(shutil.which(tool) is None, reason=why)


UNITS = {
    "kiosk.service": 1.0, "kiosk-touch.service": 9.0, "kiosk-serve@.service": 1.0,
    "kiosk-ssh@.service": 1.5, "kiosk-ssh@.socket": 10.0, "kiosk-sshd.service": 3.5,
}  # fmt: skip
"""Units, and how exposed each may be as systemd judges it. A compositor needs devices; a socket
runs nothing; an sshd becomes other users."""


@lacks("systemd-analyze", "systemd")
@pytest.mark.parametrize("unit", UNITS)
def test_systemd_finds_nothing_wrong(unit: str, tmp_path: Path) -> None:
    program = r"(?<==)(/opt/kiosk\S*/bin/kiosk|/usr/bin/cage|/usr/bin/foot|/usr/sbin/sshd)"
    for name in UNITS:
        text = re.sub(program, "/bin/true", (DEPLOY / name).read_text())
        (tmp_path / name.replace("@", "@0.1.0")).write_text(text)
    unit = unit.replace("@", "@0.1.0")
    ran = subprocess.run(
        ["systemd-analyze", "verify", f"./{unit}"],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert [line for line in ran.stderr.splitlines() if "kiosk" in line] == []


@lacks("systemd-analyze", "systemd")
@pytest.mark.parametrize(("unit", "most"), UNITS.items())
def test_the_units_exposure(unit: str, most: float) -> None:
    command = ["systemd-analyze", "security", "--offline=true", str(DEPLOY / unit)]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    found = re.search(r"exposure level for \S+: ([\d.]+)", told)
    assert found, told
    print(f"\n{unit}: exposure {found[1]}")
    assert float(found[1]) <= most


def test_a_house_that_gave_its_place_away_does_not_take_it_back() -> None:
    """It ends with 0 then, and systemd must not start it anew."""
    for unit in ("kiosk-serve@.service", "kiosk-ssh@.service"):
        text = (DEPLOY / unit).read_text()
        assert "\nRestart=on-failure\n" in text
        assert "\nRuntimeDirectoryPreserve=yes\n" in text


def test_a_keyword_of_newer_sshds_stands_in_a_file_that_only_they_are_given() -> None:
    """An earlier sshd does not start with a keyword that it does not know."""
    keywords = {
        name: [line for line in (DEPLOY / name).read_text().splitlines() if line[:1].isalpha()]
        for name in ("sshd_config", "sshd-9.8.conf")
    }
    assert keywords["sshd-9.8.conf"] == ["PerSourcePenalties no"]
    assert "Include /etc/kiosk/sshd_config.d/*.conf" in keywords["sshd_config"]
    assert not [line for line in keywords["sshd_config"] if "Penalties" in line]
    commands_of_the_way = " ".join(commands(DOCUMENT, "sshd"))
    assert "sshd-9.8.conf" not in commands_of_the_way
    assert "sshd-9.8.conf" in DOCUMENT


SSHD = shutil.which("sshd") or "/usr/sbin/sshd"


@pytest.mark.skipif(not Path(SSHD).exists(), reason="THIS MACHINE LACKS sshd (openssh-server)")
def test_what_sshd_makes_of_its_configuration(tmp_path: Path) -> None:
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    text = (DEPLOY / "sshd_config").read_text()
    (tmp_path / "config").write_text(re.sub(r"(?m)^HostKey .*", f"HostKey {key}", text))
    Path("/run/sshd").mkdir(exist_ok=True)
    command = [SSHD, "-T", "-f", str(tmp_path / "config")]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.lower()
    wanted = """port 2222|allowgroups kiosk-visitor|permitrootlogin no|permitemptypasswords yes
        pubkeyauthentication no|kbdinteractiveauthentication no|hostbasedauthentication no|usepam no
        forcecommand /opt/kiosk/share/kiosk/login|permittty yes|permituserrc no
        permituserenvironment no|disableforwarding yes|allowtcpforwarding no
        allowstreamlocalforwarding no|allowagentforwarding no|x11forwarding no|permittunnel no
        gatewayports no|permitopen none|permitlisten none|maxsessions 1|maxstartups 20:50:100
        maxauthtries 2|logingracetime 15|clientaliveinterval 15|clientalivecountmax 2
        compression no|loglevel error"""
    rows = set(told.splitlines())
    assert [one for one in re.split(r"\|?\n\s+|\|", wanted) if one not in rows] == []
    assert not [row for row in rows if row.startswith(("acceptenv", "subsystem"))]


def test_a_login_hands_over_and_looks_at_nothing_that_it_is_asked(tmp_path: Path) -> None:
    """As the wheel lays it out; sshd runs the ForceCommand with it as the shell: `login -c ...`."""
    share = tmp_path / "share" / "kiosk"
    share.mkdir(parents=True)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(sys.executable)
    login = Path(shutil.copy(DEPLOY / "login", share))
    shutil.copy(ROOT / "kiosk" / "serve" / "attach.py", share)
    for asked in ((), ("-c", "echo $((6*7))"), ("--help",)):
        ran = subprocess.run(
            [str(login), *asked], capture_output=True, text=True, check=False, env={},
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        assert (ran.returncode, ran.stdout) == (1, "")
        assert ran.stderr == f"{attach.NO_SERVER}\n"


def test_every_file_that_the_document_names_is_there() -> None:
    shipped = {one.name for one in DEPLOY.iterdir()}
    text = re.sub(r"/etc/kiosk/\S+|/run/kiosk/\S+|\S*\.whl\S*|library\.pack\S*", " ", DOCUMENT)
    named = set(re.findall(r"[\w@.-]+\.(?:service|socket|conf|toml|ini|sh)\b", text))
    named |= set(re.findall(r"/opt/kiosk/share/kiosk/([\w@.-]+)", DOCUMENT))
    units = {re.sub(r"@[\d.]+\.", "@.", name) for name in named}
    assert units - {"getty@tty1.service"} <= shipped, units - shipped


@pytest.mark.parametrize("way", ["sshd", "own"])
def test_it_is_ten_commands(way: str) -> None:
    assert len(commands(DOCUMENT, way)) == 10


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
