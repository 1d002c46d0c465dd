"""A house with its doors, as staff start them, and visitors who come in with what they have."""

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

from tests.support.perf.process_tree import family
from tests.support.terminal.terminal import ROOT, Terminal
from tests.support.terminal.unattended import held, state

PLANTED = (
    "import kiosk.cli.serve as s; from kiosk.serve.spawn import python_command as i; "
    "from kiosk.__main__ import main; s.python_command = lambda m, t: i("
    "'tests.support.terminal.planted_faults' if m == 'kiosk.worker.main' else m, t); main()"
)
"""A `kiosk` whose factories have a hook planted in them, as no product has."""
WATCHED = (
    "import kiosk.cli.serve as s; from kiosk.serve.spawn import python_command as i; "
    "from kiosk.__main__ import main; "
    "s.python_command = lambda m, t: i(m, t) if m == 'kiosk.worker.main' else "
    " [*i('tests.support.perf.gc_watch', t), m]; main()"
)
"""A `kiosk` whose house tells of its garbage collections."""
OPENS = 30.0
"""Seconds within which a house must be open."""


class House:
    """`kiosk serve`, with the Unix door alone or with `ssh`; killed with all its family at the end.

    Args:
        folder: for its socket, settings, keys and journal.
        arguments: after `kiosk serve`.
        settings: the text of its settings; those of another house in this folder, if none.
        planted: whether its visits try, at a key, what they must have given up.
        watched: whether it tells of its garbage collections.
    """

    door = "kiosk.sock"

    def __init__(
        self, folder: Path, *arguments: str, settings: str = "", planted: bool = False,
        watched: bool = False,
    ) -> None:  # fmt: skip
        folder.mkdir(exist_ok=True)
        self.socket = folder / self.door
        self._journal = folder / f"journal-{time.monotonic_ns()}"
        self.config = folder / "kiosk.toml"
        if settings or not self.config.exists():
            self.config.write_text(settings)
        code = PLANTED if planted else WATCHED if watched else ""
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
        self._seen = {self.pid}
        self.says("kiosk: open")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for pid in self.family():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait()

    def _start(self, command: list[str], **more: Any) -> subprocess.Popen[bytes]:
        return subprocess.Popen(command, **more)

    @property
    def journal(self) -> str:
        return self._journal.read_text()

    def says(self, words: str, seconds: float = OPENS) -> None:
        """Wait until its journal has these words."""
        end = time.monotonic() + seconds
        while words not in self.journal:
            assert self.runs, self.journal
            assert time.monotonic() < end, f"no {words!r} in: {self.journal}"
            time.sleep(0.05)

    @property
    def runs(self) -> bool:
        return self._process.poll() is None

    def family(self) -> set[int]:
        """The house, its factories, the visits, those that wait."""
        self._seen |= family(self.pid)
        return {pid for pid in self._seen if state(pid)[0] not in "ZX"}

    def factories(self) -> set[int]:
        """The processes of the house that are sessions of their own."""
        return {pid for pid in self.family() if pid != self.pid and session(pid) == pid}

    def visits(self) -> set[int]:
        """Those that somebody is in: what waits has no terminal and no pipe of a visitor's yet."""
        return {
            pid for pid in self.family() - self.factories() - {self.pid}
            if any(re.match(r"/dev/pts/|pipe:", one) for one in held(pid))
        }  # fmt: skip

    def zombies(self) -> list[int]:
        """The dead that nobody has reaped."""
        pids = [int(one.name) for one in Path("/proc").iterdir() if one.name.isdecimal()]
        return [pid for pid in pids if state(pid)[0] == "Z" and int(state(pid)[1]) in self._seen]

    def descriptors(self) -> int:
        """Those that the house has open."""
        return len(list(Path(f"/proc/{self.pid}/fd").iterdir()))

    def status(self) -> dict[str, int]:
        """What `kiosk status` says."""
        done = subprocess.run(
            [sys.executable, "-m", "kiosk", "status", "--json", "--socket", self.socket],
            cwd=ROOT, capture_output=True, check=True, timeout=30,
        )  # fmt: skip
        told: dict[str, int] = json.loads(done.stdout)
        return told

    def until(self, seconds: float = 10, **numbers: int) -> None:
        """Wait until its status says these numbers."""
        end = time.monotonic() + seconds
        while (told := {key: self.status()[key] for key in numbers}) != numbers:
            assert time.monotonic() < end, told
            time.sleep(0.1)

    def signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def wait(self, seconds: float) -> int:
        """Wait for its end; its exit status."""
        return self._process.wait(seconds)


class Attached(Terminal):
    """A visitor at a terminal that `kiosk attach` hands over."""

    command = ("-m", "kiosk", "attach")

    def __init__(
        self, house: House | Path, *arguments: str, size: tuple[int, int] = (80, 24),
        term: str = "xterm-256color",
    ) -> None:  # fmt: skip
        path = house if isinstance(house, Path) else house.socket
        super().__init__("--socket", str(path), *arguments, size=size, TERM=term)


def attached(house: House, typed: str, *arguments: str, **environment: str) -> str:
    """What is told where there is no terminal."""
    command = [sys.executable, "-I", "-S", str(ROOT / "kiosk/serve/attach.py")]
    ran = subprocess.run(
        [*command, "--socket", str(house.socket), *arguments],
        input=typed, capture_output=True, text=True, timeout=30, check=False,
        env={"PATH": os.environ["PATH"], **environment},
    )  # fmt: skip
    return ran.stdout + ran.stderr


class Ssh(Terminal):
    """A visitor with the stock client."""

    command = ("-c", "import os, sys; os.execvp(sys.argv[1], sys.argv[1:])")


def session(pid: int) -> int:
    """The session of a process (proc_pid_stat(5))."""
    fields = state(pid)
    return int(fields[3]) if len(fields) > 3 else 0


def until_true(holds, what: str, seconds: float = 5.0) -> float:  # type: ignore[no-untyped-def]
    """Wait until it holds; the seconds that took."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < seconds, what
        time.sleep(0.02)
    return time.monotonic() - began


def ssh_command(port: int, *options: str, name: str, key: Path | None = None) -> list[str]:
    """The stock client, without a word of this machine's own settings."""
    own = ["-i", str(key)] if key else ["-o", "PubkeyAuthentication=no"]
    return [
        "ssh", "-F", "none", "-p", str(port), *own, "-o", "StrictHostKeyChecking=no", "-o",
        "UserKnownHostsFile=/dev/null", "-o", "GlobalKnownHostsFile=/dev/null", "-o",
        "LogLevel=ERROR", "-o", "BatchMode=yes", *options, f"{name}@127.0.0.1",
    ]  # fmt: skip


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def listens(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


class Door:
    """Where a stock client comes in: a port, and the name that it comes by."""

    def __init__(self, house: House, port: int, name: str, key: Path | None = None) -> None:
        self.house = house
        self.port = port
        self.name = name
        self.key = key

    def command(self, *options: str, name: str = "") -> list[str]:
        return ssh_command(self.port, *options, name=name or self.name, key=self.key)

    def visitor(
        self, *options: str, name: str = "", size: tuple[int, int] = (80, 24), term: str = ""
    ) -> Ssh:
        """Somebody with a terminal."""
        return Ssh(
            *self.command("-tt", *options, name=name), size=size, HOME="/nonexistent",
            TERM=term or "xterm-256color",
        )  # fmt: skip


@contextlib.contextmanager
def own_door(
    folder: Path, *arguments: str, settings: str = "", planted: bool = False, watched: bool = False
) -> Iterator[Door]:
    """`kiosk serve --ssh`."""
    port = free_port()
    if "[ssh]" not in settings:
        settings += "\n[ssh]\n"
    settings = settings.replace("[ssh]\n", f'[ssh]\naddress = "127.0.0.1"\nport = {port}\n')
    told = {"settings": settings, "planted": planted, "watched": watched}
    with House(folder, "--ssh", *arguments, **told) as house:  # type: ignore[arg-type]
        until_true(lambda: listens(port), "it does not listen")
        yield Door(house, port, "visitor")
