"""The files of `deploy/`, checked with the programs that read them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.serve import attach
from kiosk.serve.console.report import OPENED
from tests.support.deploy.document import DOCUMENT, commands
from tests.support.terminal.terminal import ROOT

DEPLOY = ROOT / "deploy"


def lacks(tool: str, package: str) -> pytest.MarkDecorator:
    why = f"THIS MACHINE LACKS {tool} (apt install {package}): its file was not checked"
    return pytest.mark.skipif(shutil.which(tool) is None, reason=why)


UNITS = {
    "kiosk.service": 1.0, "kiosk-touch.service": 9.0, "kiosk-serve@.service": 1.0,
    "kiosk-closed.service": 10.0, "kiosk-ssh@.service": 1.5, "kiosk-ssh@.socket": 10.0,
    "kiosk-sshd.service": 3.5,
}  # fmt: skip
"""Units, and the highest exposure level that each may have (`systemd-analyze security`).

The touch unit needs devices, the socket unit runs nothing, sshd changes its user, and the unit of a
closed kiosk is a login.
"""


@lacks("systemd-analyze", "systemd")
@pytest.mark.parametrize("unit", UNITS)
def test_systemd_analyze_verifies_the_units(unit: str, tmp_path: Path) -> None:
    program = r"(?<==)(/opt/kiosk\S*/bin/kiosk|/usr/bin/cage|/usr/bin/foot|/usr/sbin/sshd)"
    for name in UNITS:
        text = re.sub(program, "/bin/true", (DEPLOY / name).read_text())
        (tmp_path / name.replace("@", "@0.1.0")).write_text(text)
    unit = unit.replace("@", "@0.1.0")
    done = subprocess.run(
        ["systemd-analyze", "verify", f"./{unit}"],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    said = [line for line in done.stderr.splitlines() if "kiosk" in line]
    if systemd_version() < 254:  # it says that it ignores these, and does
        said = [
            line for line in said if not re.search(r"'(RestartSteps|RestartMaxDelaySec)'", line)
        ]
    assert said == []


def systemd_version() -> int:
    output = subprocess.run(
        ["systemd-analyze", "--version"], capture_output=True, check=True
    ).stdout
    return int(output.split()[1])


@lacks("systemd-analyze", "systemd")
@pytest.mark.parametrize(("unit", "most"), UNITS.items())
def test_the_exposure_of_each_unit_is_within_its_bound(unit: str, most: float) -> None:
    command = ["systemd-analyze", "security", "--offline=true", str(DEPLOY / unit)]
    output = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    match = re.search(r"exposure level for \S+: ([\d.]+)", output)
    assert match, output
    print(f"\n{unit}: exposure {match[1]}")
    assert float(match[1]) <= most


def test_a_server_that_was_replaced_is_not_restarted_by_systemd() -> None:
    """It exits with 0 then, and systemd must not start it again."""
    for unit in ("kiosk-serve@.service", "kiosk-ssh@.service"):
        text = (DEPLOY / unit).read_text()
        assert "\nRestart=on-failure\n" in text
        assert "\nRuntimeDirectoryPreserve=yes\n" in text


@pytest.mark.parametrize("unit", ["kiosk.service", "kiosk-touch.service"])
def test_no_command_of_a_unit_hangs_up_the_terminal_that_it_owns(unit: str) -> None:
    """systemd resets the terminal before each command of a unit: the kiosk would end at once."""
    text = (DEPLOY / unit).read_text()
    assert "\nTTYVHangup=yes\n" in text
    assert not re.search(r"^(ExecReload|ExecStartPost|ExecCondition)=", text, re.MULTILINE)


def test_the_console_unit_looks_for_the_file_that_the_supervisor_makes() -> None:
    text = (DEPLOY / "kiosk.service").read_text()
    assert "\nRuntimeDirectory=kiosk-console\n" in text
    assert f"[ -e /run/kiosk-console/{OPENED} ]; then systemctl reset-failed" in text


def test_a_keyword_of_newer_sshd_versions_is_in_a_file_of_its_own() -> None:
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
def test_sshd_reads_its_configuration_as_meant(tmp_path: Path) -> None:
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    text = (DEPLOY / "sshd_config").read_text()
    (tmp_path / "config").write_text(re.sub(r"(?m)^HostKey .*", f"HostKey {key}", text))
    Path("/run/sshd").mkdir(exist_ok=True)
    command = [SSHD, "-T", "-f", str(tmp_path / "config")]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout.lower()
    wanted = """port 2222|allowgroups kiosk-visitor|permitrootlogin no|permitemptypasswords yes
        pubkeyauthentication no|kbdinteractiveauthentication no|hostbasedauthentication no|usepam no
        forcecommand /opt/kiosk/share/kiosk/login|permittty yes|permituserrc no
        permituserenvironment no|disableforwarding yes|allowtcpforwarding no
        allowstreamlocalforwarding no|allowagentforwarding no|x11forwarding no|permittunnel no
        gatewayports no|permitopen none|permitlisten none|maxsessions 1|maxstartups 20:50:100
        maxauthtries 2|logingracetime 15|clientaliveinterval 15|clientalivecountmax 2
        compression no|loglevel error"""
    rows = set(output.splitlines())
    assert [word for word in re.split(r"\|?\n\s+|\|", wanted) if word not in rows] == []
    assert not [row for row in rows if row.startswith(("acceptenv", "subsystem"))]


def test_the_login_script_attaches_and_ignores_its_arguments(tmp_path: Path) -> None:
    """Laid out as in the wheel. Sshd runs it as the login shell: `login -c COMMAND`."""
    share = tmp_path / "share" / "kiosk"
    share.mkdir(parents=True)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(sys.executable)
    login = Path(shutil.copy(DEPLOY / "login", share))
    shutil.copy(ROOT / "kiosk" / "serve" / "attach.py", share)
    for asked in ((), ("-c", "echo $((6*7))"), ("--help",)):
        done = subprocess.run(
            [str(login), *asked], capture_output=True, text=True, check=False, env={},
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == f"{attach.NO_SERVER}\n"


def test_every_file_named_in_the_deployment_document_exists() -> None:
    shipped = {path.name for path in DEPLOY.iterdir()}
    text = re.sub(r"/etc/kiosk/\S+|/run/kiosk/\S+|\S*\.whl\S*|library\.pack\S*", " ", DOCUMENT)
    named = set(re.findall(r"[\w@.-]+\.(?:service|socket|conf|toml|ini|sh)\b", text))
    named |= set(re.findall(r"/opt/kiosk/share/kiosk/([\w@.-]+)", DOCUMENT))
    script = (DEPLOY / "close-console.sh").read_text()
    named -= set(re.findall(r"[\w@.-]+\.(?:service|conf)\b", script))
    units = {re.sub(r"@[\d.]+\.", "@.", name) for name in named}
    assert units - {"getty@tty1.service"} <= shipped, units - shipped


@pytest.mark.parametrize("server", ["sshd", "own", "console"])
def test_no_deployment_overwrites_settings_or_links_into_a_folder(server: str) -> None:
    for command in commands(DOCUMENT, server):
        if "ln -s" in command:
            assert command.startswith("[ -e /opt/kiosk ] || ln -s")
        if re.search(r"(install|cp) [^&|;]*(kiosk\.toml|sshd_config)\b(?!\.d)", command):
            assert "[ -e /etc/kiosk/" in command


@pytest.mark.parametrize("server", ["sshd", "own", "console"])
def test_each_deployment_takes_ten_commands(server: str) -> None:
    assert len(commands(DOCUMENT, server)) == 10


NEWER_FOOT = re.compile(r"^(select-quote|scrollback-\w+-mouse|font-\w+)=none$", re.MULTILINE)
"""Mouse bindings that foot has from 1.16 on."""


@lacks("foot", "foot")
def test_foot_accepts_its_configuration(tmp_path: Path) -> None:
    """All of it from 1.16 on, which touch needs; of an earlier one, all but what it cannot know."""
    told = subprocess.run(["foot", "--version"], capture_output=True, text=True, check=True).stdout
    version = re.search(r"(\d+)\.(\d+)", told)
    assert version
    text = (DEPLOY / "foot.ini").read_text()
    keys, mouse, bindings = text.partition("[mouse-bindings]")
    assert len(NEWER_FOOT.findall(bindings)) == 5
    if (int(version[1]), int(version[2])) < (1, 16):
        bindings = NEWER_FOOT.sub("", bindings)
    (tmp_path / "foot.ini").write_text(keys + mouse + bindings)
    command = ["foot", "--check-config", f"--config={tmp_path / 'foot.ini'}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert " err" not in done.stderr


def test_the_console_script_has_no_syntax_error() -> None:
    subprocess.run(["sh", "-n", str(DEPLOY / "close-console.sh")], check=True)


def test_the_console_script_disables_the_kernel_keys() -> None:
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
    command = ["sed", "-E", *(part for argument in arguments for part in ("-e", argument))]
    output = subprocess.run(
        command, input=keymap, capture_output=True, text=True, check=True
    ).stdout
    for name in (
        "Console_", "_Console", "Scroll_", "Show_", "Boot", "KeyboardSignal", "Control_backslash",
    ):  # fmt: skip
        assert name not in output, output
    assert "F1 " in output
    assert "Prior" in output
