"""The stock sshd before a house, as it is shipped; and both doors, for what must hold at each."""

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
def stock_sshd(
    folder: Path, *arguments: str, settings: str = "", with_faults: bool = False
) -> Iterator[SshEndpoint]:
    """`kiosk serve`, and before it the stock sshd as `deploy/` configures it."""
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
    """As it is shipped, but for who may come in, the keys, the port and where the program lies."""
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
        r"^PerSourceMaxStartups .*": "PerSourceMaxStartups 100",
        r"^MaxStartups .*": "MaxStartups 100",
        r"^ForceCommand .*": f"ForceCommand {wrapper}",
    }.items():
        text, count = re.subn(pattern, value, text, flags=re.MULTILINE)
        assert count >= 1, pattern
    config = folder / "sshd_config"
    config.write_text(text)
    return config


SSH_SERVERS = {"own": own_ssh_server, "sshd": stock_sshd}
