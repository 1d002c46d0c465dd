"""`kiosk serve` as a process, and visitors, by `kiosk attach` or the OpenSSH client."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from tests.support.perf.process_tree import process_tree
from tests.support.terminal.terminal import ROOT, Terminal
from tests.support.terminal.unattended import open_files, started_at, state

WITH_FAULTS = (
    "import kiosk.cli.site.serve as s; from kiosk.system.processes import python_command as i; "
    "from kiosk.__main__ import main; s.python_command = lambda m, t: i("
    "'tests.support.terminal.fault_injection' if m == 'kiosk.worker.main' else m, t); main()"
)
"""A `kiosk` whose fork servers have injected faults."""
WATCHING_GC = (
    "import kiosk.cli.site.serve as s; from kiosk.system.processes import python_command as i; "
    "from kiosk.__main__ import main; "
    "s.python_command = lambda m, t: i(m, t) if m == 'kiosk.worker.main' else "
    " [*i('tests.support.perf.gc_watch', t), m]; main()"
)
"""A `kiosk` whose server records its garbage collections."""
OPEN_TIMEOUT = 30.0
"""Seconds within which a server must be open."""


class KioskServer:
    """`kiosk serve`; killed with all its processes at the end.

    Args:
        folder: for its socket, settings, keys and journal.
        arguments: after `kiosk serve`.
        settings: the text of its settings; if empty, the settings already in the folder are used.
        with_faults: whether its workers have the faults of `fault_injection`.
        watch_gc: whether it records its garbage collections, see `gc_watch`.
    """

    socket_name = "kiosk.sock"

    def __init__(
        self, folder: Path, *arguments: str, settings: str = "", with_faults: bool = False,
        watch_gc: bool = False,
    ) -> None:  # fmt: skip
        folder.mkdir(exist_ok=True)
        self.socket = folder / self.socket_name
        self._journal = folder / f"journal-{time.monotonic_ns()}"
        self.config = folder / "kiosk.toml"
        if settings or not self.config.exists():
            self.config.write_text(settings)
        code = WITH_FAULTS if with_faults else WATCHING_GC if watch_gc else ""
        program = ["-c", code] if code else ["-m", "kiosk"]
        with self._journal.open("w") as journal:
            self._process = self._start(
                [sys.executable, *program, "serve", *arguments, "--config", str(self.config)],
                cwd=ROOT, stdin=subprocess.DEVNULL, stdout=journal, stderr=journal,
                env={
                    "PATH": os.environ["PATH"], "XDG_CACHE_HOME": str(folder),
                    "RUNTIME_DIRECTORY": str(folder), "STATE_DIRECTORY": str(folder),
                },
            )  # fmt: skip
        self.pid = self._process.pid
        self._seen = {self.pid: started_at(self.pid)}
        """When each of its processes was started: numbers are used again."""
        self.wait_for_log("kiosk: open")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for pid in self.process_tree():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait()

    def _start(self, command: list[str], **more: Any) -> subprocess.Popen[bytes]:
        return subprocess.Popen(command, **more)

    @property
    def journal(self) -> str:
        return self._journal.read_text()

    def wait_for_log(self, words: str, seconds: float = OPEN_TIMEOUT) -> None:
        """Wait until its journal contains these words."""
        end = time.monotonic() + seconds
        while words not in self.journal:
            assert self.is_running, self.journal
            assert time.monotonic() < end, f"no {words!r} in: {self.journal}"
            time.sleep(0.05)

    @property
    def is_running(self) -> bool:
        return self._process.poll() is None

    def process_tree(self) -> set[int]:
        """Return the living processes: server, fork servers, workers and spare workers."""
        if self.is_running:
            self._seen |= {pid: started_at(pid) for pid in process_tree(self.pid)}
        return {
            pid for pid, since in self._seen.items()
            if state(pid)[0] not in "ZX" and started_at(pid) == since
        }  # fmt: skip

    def fork_servers(self) -> set[int]:
        """Return the fork servers: each leads a process session of its own."""
        return {pid for pid in self.process_tree() if pid != self.pid and session_id(pid) == pid}

    def workers(self) -> set[int]:
        """Return the workers of open sessions; a spare worker has no terminal or pipe yet."""
        return {
            pid for pid in self.process_tree() - self.fork_servers() - {self.pid}
            if any(re.match(r"/dev/pts/|pipe:", name) for name in open_files(pid))
        }  # fmt: skip

    def zombies(self) -> list[int]:
        """Return its dead processes that were not reaped."""
        pids = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal()]
        return [pid for pid in pids if state(pid)[0] == "Z" and int(state(pid)[1]) in self._seen]

    def descriptors(self) -> int:
        """Count the open file descriptors of the server process."""
        return len(list(Path(f"/proc/{self.pid}/fd").iterdir()))

    def status(self) -> dict[str, int]:
        """Return the figures of `kiosk status`."""
        done = subprocess.run(
            [sys.executable, "-m", "kiosk", "status", "--json", "--socket", self.socket],
            cwd=ROOT, capture_output=True, check=True, timeout=30,
        )  # fmt: skip
        status: dict[str, int] = json.loads(done.stdout)
        return status

    def wait_for_status(self, seconds: float = 10, **numbers: int) -> None:
        """Wait until its status has these figures."""
        end = time.monotonic() + seconds
        while (status := {key: self.status()[key] for key in numbers}) != numbers:
            assert time.monotonic() < end, status
            time.sleep(0.1)

    def signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def wait(self, seconds: float) -> int:
        """Wait for its end; return its exit status."""
        return self._process.wait(seconds)


class AttachedTerminal(Terminal):
    """A visitor at a terminal with `kiosk attach`."""

    command = ("-m", "kiosk", "attach")

    def __init__(
        self, server: KioskServer | Path, *arguments: str, size: tuple[int, int] = (80, 24),
        term: str = "xterm-256color",
    ) -> None:  # fmt: skip
        path = server if isinstance(server, Path) else server.socket
        super().__init__("--socket", str(path), *arguments, size=size, TERM=term)


def run_attach(server: KioskServer, typed: str, *arguments: str, **environment: str) -> str:
    """Run `kiosk attach` without a terminal; return its output and errors."""
    command = [sys.executable, "-I", "-S", str(ROOT / "kiosk/serve/attach.py")]
    ran = subprocess.run(
        [*command, "--socket", str(server.socket), *arguments],
        input=typed, capture_output=True, text=True, timeout=30, check=False,
        env={"PATH": os.environ["PATH"], **environment},
    )  # fmt: skip
    return ran.stdout + ran.stderr


class SshTerminal(Terminal):
    """A visitor with the SSH client of OpenSSH."""

    command = ("-c", "import os, sys; os.execvp(sys.argv[1], sys.argv[1:])")


def session_id(pid: int) -> int:
    """Return the session id of a process (proc_pid_stat(5))."""
    fields = state(pid)
    return int(fields[3]) if len(fields) > 3 else 0


def wait_until(condition, what: str, seconds: float = 5.0) -> float:  # type: ignore[no-untyped-def]
    """Wait for a condition; return the seconds that took. `what` is the error if it never holds."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds, what
        time.sleep(0.02)
    return time.monotonic() - began


def ssh_command(port: int, *options: str, name: str, key: Path | None = None) -> list[str]:
    """Return the command of the OpenSSH client, without this machine's own settings."""
    own = ["-i", str(key)] if key else ["-o", "PubkeyAuthentication=no"]
    return [
        "ssh", "-F", "none", "-p", str(port), *own, "-o", "StrictHostKeyChecking=no", "-o",
        "UserKnownHostsFile=/dev/null", "-o", "GlobalKnownHostsFile=/dev/null", "-o",
        "LogLevel=ERROR", "-o", "BatchMode=yes", *options, f"{name}@127.0.0.1",
    ]  # fmt: skip


def free_port() -> int:
    with socket.socket() as client:
        client.bind(("127.0.0.1", 0))
        return int(client.getsockname()[1])


def listens(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


class SshEndpoint:
    """An SSH port behind which the kiosk is, and the user name and key to log in with."""

    def __init__(self, server: KioskServer, port: int, name: str, key: Path | None = None) -> None:
        self.server = server
        self.port = port
        self.name = name
        self.key = key

    def command(self, *options: str, name: str = "") -> list[str]:
        return ssh_command(self.port, *options, name=name or self.name, key=self.key)

    def visitor(
        self, *options: str, name: str = "", size: tuple[int, int] = (80, 24), term: str = ""
    ) -> SshTerminal:
        """Log in with a terminal."""
        return SshTerminal(
            *self.command("-tt", *options, name=name), size=size, HOME="/nonexistent",
            TERM=term or "xterm-256color",
        )  # fmt: skip


@contextlib.contextmanager
def own_ssh_server(
    folder: Path,
    *arguments: str,
    settings: str = "",
    with_faults: bool = False,
    watch_gc: bool = False,
) -> Iterator[SshEndpoint]:
    """Run `kiosk serve --ssh`."""
    port = free_port()
    if "[ssh]" not in settings:
        settings += "\n[ssh]\n"
    settings = settings.replace("[ssh]\n", f'[ssh]\naddress = "127.0.0.1"\nport = {port}\n')
    with KioskServer(
        folder, "--ssh", *arguments, settings=settings, with_faults=with_faults, watch_gc=watch_gc
    ) as server:
        wait_until(lambda: listens(port), "it does not listen")
        yield SshEndpoint(server, port, "visitor")
