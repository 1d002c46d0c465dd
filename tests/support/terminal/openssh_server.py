"""The sshd of OpenSSH with the shipped configuration; and both SSH servers, for tests of each."""

from __future__ import annotations

import contextlib
import getpass
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.support.terminal.kiosk_server import (
    KioskServer,
    SshEndpoint,
    free_port,
    listens,
    own_ssh_server,
    wait_until,
)
from tests.support.terminal.terminal import ROOT


@contextlib.contextmanager
def openssh_server(
    folder: Path, *arguments: str, settings: str = "", with_faults: bool = False
) -> Iterator[SshEndpoint]:
    """Run `kiosk serve`, and the sshd of OpenSSH as `deploy/` configures it in front of it."""
    with KioskServer(folder, *arguments, settings=settings, with_faults=with_faults) as server:
        port, key = free_port(), folder / "visitor"
        config = sshd_config(folder, port, server)
        Path("/run/sshd").mkdir(exist_ok=True)
        sshd = subprocess.Popen(["/usr/sbin/sshd", "-D", "-e", "-f", str(config)],
                                stderr=subprocess.DEVNULL)  # fmt: skip
        try:
            wait_until(lambda: listens(port), "sshd does not listen", 10)
            yield SshEndpoint(server, port, getpass.getuser(), key)
        finally:
            sshd.terminate()
            sshd.wait()


def sshd_config(folder: Path, port: int, server: KioskServer) -> Path:
    """Write the shipped configuration with other users, keys, port and path of the program.

    As docs/deploying.md says, sshd-9.8.conf is included where sshd is new enough for it.
    """
    for name in ("host", "visitor"):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
        subprocess.run(command, check=True)
    wrapper = folder / "attach"
    attach = ROOT / "kiosk" / "serve" / "attach.py"
    wrapper.write_text(
        f"#!/bin/sh\nexec {sys.executable} -I -S {attach} --socket {server.socket}\n"
    )
    wrapper.chmod(0o755)
    text = (ROOT / "deploy" / "sshd_config").read_text()
    for pattern, value in {
        r"^Port .*": f"Port {port}\nListenAddress 127.0.0.1\nStrictModes no",
        r"^HostKey .*": f"HostKey {folder / 'host'}",
        r"^AllowGroups .*": f"AllowUsers {getpass.getuser()}",
        r"^PermitRootLogin .*": "PermitRootLogin yes",
        r"^PubkeyAuthentication .*": "PubkeyAuthentication yes\n"
        f"AuthorizedKeysFile {folder / 'visitor.pub'}",
        r"^Include .*": f"Include {ROOT / 'deploy' / 'sshd-9.8.conf'}" if has_penalties() else "",
        r"^PerSourceMaxStartups .*": "PerSourceMaxStartups 100",
        r"^MaxStartups .*": "MaxStartups 100",
        r"^ForceCommand .*": f"ForceCommand {wrapper}",
    }.items():
        text, count = re.subn(pattern, value, text, flags=re.MULTILINE)
        assert count >= 1, pattern
    config = folder / "sshd_config"
    config.write_text(text)
    return config


def has_penalties() -> bool:
    """Whether sshd is OpenSSH 9.8 or later, which shuts out addresses after failed logins."""
    shown = subprocess.run(["/usr/sbin/sshd", "-V"], capture_output=True, text=True, check=False)
    version = re.search(r"OpenSSH_(\d+)\.(\d+)", shown.stderr)
    return version is not None and (int(version[1]), int(version[2])) >= (9, 8)


SSH_SERVERS = {"own": own_ssh_server, "sshd": openssh_server}
