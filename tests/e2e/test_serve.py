"""`kiosk serve` and `kiosk attach`: sessions, new settings, shutdown, replacement, limits."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.cli.main import main
from kiosk.library.pack.reader import FORMAT
from kiosk.serve import attach
from kiosk.serve.sockets import socket_paths
from tests.support.prebuilt_pack import shipped_pack
from tests.support.terminal.kiosk_server import (
    AttachedTerminal,
    KioskServer,
    own_ssh_server,
    run_attach,
    wait_until,
)
from tests.support.terminal.terminal import ROOT


@pytest.fixture
def server(tmp_path: Path) -> Iterator[KioskServer]:
    with KioskServer(tmp_path) as running:
        yield running


def test_status_and_prometheus_report_the_spare_workers(tmp_path: Path) -> None:
    path = tmp_path / "metrics.sock"
    with KioskServer(tmp_path, "--metrics", str(path)) as server:
        server.wait_for_status(spare_workers=3, sessions=0, fork_servers=1)
        with socket.socket(socket.AF_UNIX) as client, client.makefile("rb") as response:
            client.connect(str(path))
            client.sendall(b"GET /metrics HTTP/1.1\r\n\r\n")
            metrics = response.read().decode()
    assert "HTTP/1.1 200 OK" in metrics
    assert "\nkiosk_spare_workers 3\n" in metrics
    assert "\nkiosk_refused_total 0\n" in metrics


def test_starting_over_gives_the_session_a_new_worker(server: KioskServer) -> None:
    with AttachedTerminal(server) as visitor:
        visitor.wait("START")
        visitor.press("1")
        visitor.wait("Which best describes you?")
        visitor.press("o")
        visitor.wait("stay here")
        visitor.press("1")
        visitor.wait("START")
        server.wait_for_status(sessions=1, ended=1, crashed=0)


def test_the_session_of_a_killed_client_ends(server: KioskServer) -> None:
    with AttachedTerminal(server) as visitor:
        visitor.wait("START")
        os.kill(visitor.pid, signal.SIGKILL)
        server.wait_for_status(sessions=0, seconds=2)


def test_a_client_that_stops_reading_causes_no_crash(server: KioskServer) -> None:
    command = [sys.executable, "-I", "-S", str(ROOT / "kiosk/serve/attach.py")]
    with subprocess.Popen(
        [*command, "--socket", str(server.socket), "plain"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={"PATH": os.environ["PATH"]},
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline()
        process.stdout.close()
        process.stdin.write(b"start\n")
        process.stdin.flush()
        server.wait_for_status(sessions=0, ended=1, crashed=0)


def test_a_killed_fork_server_is_replaced_and_its_sessions_go_on(server: KioskServer) -> None:
    with AttachedTerminal(server) as visitor:
        visitor.wait("START")
        (fork_server,) = server.fork_servers()
        os.kill(fork_server, signal.SIGKILL)
        began = time.monotonic()
        with AttachedTerminal(server) as another:
            another.wait("START")
            print(f"\na new session {time.monotonic() - began:.2f} s after the fork server died")
        visitor.press("1")
        visitor.wait("Which best describes you?")
        server.wait_for_status(sessions=1, crashed=0, fork_servers=1)


def test_new_settings_hold_for_new_sessions(server: KioskServer) -> None:
    with AttachedTerminal(server) as visitor:
        visitor.wait("This clinic")
        server.config.write_text('[clinic]\nname = "Elm Street"\n')
        server.signal(signal.SIGHUP)
        server.wait_for_log("read again")
        with AttachedTerminal(server) as another:
            another.wait("Elm Street")
        server.config.write_text("[clinic\n")
        server.signal(signal.SIGHUP)
        server.wait_for_log("cannot be used")
        with AttachedTerminal(server) as another:
            another.wait("Elm Street")
        visitor.press("1")
        visitor.wait("Which best describes you?")


def test_a_server_that_is_stopping_waits_for_open_sessions(server: KioskServer) -> None:
    with AttachedTerminal(server) as visitor:
        visitor.wait("START")
        visitor.press("1")
        visitor.wait("Which best describes you?")
        server.signal(signal.SIGTERM)
        time.sleep(1)
        assert run_attach(server, "") == f"{attach.NO_SERVER}\n"
        visitor.press("1")
        visitor.wait("Step 1 of 10")
        assert server.is_running
        visitor.press("o")
        visitor.wait("stay here")
        visitor.press("1")
        server.wait(5)


def test_a_new_server_takes_over_the_socket_and_the_old_one_drains(server: KioskServer) -> None:
    with AttachedTerminal(server) as visitor:
        visitor.wait("START")
        visitor.press("1")
        visitor.wait("Which best describes you?")
        with KioskServer(server.socket.parent) as new:
            server.wait_for_log("another server")
            with AttachedTerminal(new) as another:
                another.wait("START")
                new.wait_for_status(sessions=1)
            visitor.press("1")
            visitor.wait("Step 1 of 10")


@pytest.mark.parametrize("path", ["file/kiosk.sock", "x" * 120])
def test_a_socket_that_cannot_be_opened_is_reported_in_words(tmp_path: Path, path: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(AssertionError, match=r"no socket at .*Name another") as why:
        KioskServer(tmp_path, "--socket", str(tmp_path / path))
    assert "Traceback" not in str(why.value)


def test_status_falls_back_to_the_system_socket(
    server: KioskServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Root, logged in, has an own runtime directory, in which nothing listens."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(server.socket.parent / "roots"))
    monkeypatch.delenv("RUNTIME_DIRECTORY", raising=False)
    assert socket_paths()[-1] == Path("/run/kiosk/kiosk.sock")
    monkeypatch.setattr("kiosk.serve.sockets.SYSTEM_RUNTIME_DIRECTORY", server.socket.parent)
    assert main(["status"]) == 0
    assert ") is open, for" in capsys.readouterr().out


def test_a_server_that_cannot_open_its_port_leaves_the_running_one_alone(tmp_path: Path) -> None:
    folder = tmp_path / "server"
    with own_ssh_server(folder, settings="[ssh]\nreuse-port = false\n") as endpoint:
        before = endpoint.server.socket.stat().st_ino
        for _ in range(2):
            second = second_server(folder, endpoint.server.config)
            assert second.returncode == 1
            assert "no SSH" in second.stderr
            time.sleep(1.5)  # it checks its socket once a second
            assert endpoint.server.socket.stat().st_ino == before
            assert "had gone" not in endpoint.server.journal
            assert not endpoint.server.status()["draining"]
        with AttachedTerminal(endpoint.server) as kiosk:
            kiosk.wait("START")


def second_server(folder: Path, config: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kiosk", "serve", "--ssh", "--config", str(config)],
        cwd=ROOT, capture_output=True, timeout=30, check=False, text=True,
        env={
            "PATH": os.environ["PATH"], "XDG_CACHE_HOME": str(folder),
            "RUNTIME_DIRECTORY": str(folder), "STATE_DIRECTORY": str(folder),
        },
    )  # fmt: skip


def test_a_replaced_server_takes_over_again_when_it_is_asked(tmp_path: Path) -> None:
    """A rollback: the version before is asked back while it still has a reader."""
    with own_ssh_server(tmp_path) as old, old.visitor() as reader:
        reader.to_first_step()
        port = f'[ssh]\naddress = "127.0.0.1"\nport = {old.port}\n'
        with KioskServer(tmp_path, "--ssh", settings=port) as new:
            old.server.wait_for_log("draining")
            old.server.signal(signal.SIGUSR2)
            old.server.wait_for_log("open again")
            new.wait_for_log("draining")
            assert new.wait(5) == 0
        with old.visitor() as another:
            another.wait("START")
            assert old.server.status()["sessions"] == 2
        reader.press("n")
        reader.wait("Step 2 of 10")


def test_a_removed_socket_file_is_made_again(server: KioskServer) -> None:
    with AttachedTerminal(server) as visitor:
        visitor.wait("START")
        mode = server.socket.stat().st_mode
        server.socket.unlink()
        wait_until(server.socket.exists, "the socket does not come back")
        assert server.socket.stat().st_mode == mode
        with AttachedTerminal(server) as another:
            another.wait("START")
        visitor.press("1")
        visitor.wait("Which best describes you?")
    server.signal(signal.SIGTERM)
    server.wait(5)
    assert not server.socket.exists()


@pytest.mark.parametrize("mode", ["", "600", "666"])
def test_the_socket_has_the_mode_of_the_option(tmp_path: Path, mode: str) -> None:
    with KioskServer(tmp_path, *(["--mode", mode] if mode else [])) as server:
        assert oct(server.socket.stat().st_mode & 0o777)[2:] == (mode or "660")


def test_a_worker_has_the_limits_of_the_settings(tmp_path: Path) -> None:
    settings = "[serve]\nmemory-limit = 64\ncpu-limit = 60\n"
    with KioskServer(tmp_path, settings=settings) as server, AttachedTerminal(server) as visitor:
        visitor.wait("START")
        [worker] = server.workers()
        [fork_server] = server.fork_servers()
        limits, unlimited = limits_of(worker), limits_of(fork_server)
    data, before = limits.pop("Max data size"), unlimited.pop("Max data size")
    assert before == "unlimited"
    assert 64 << 20 < int(data) < 256 << 20
    assert limits["Max file size"] == "0"
    assert limits["Max core file size"] == "1", "too little for a file, and no program is started"
    assert limits["Max cpu time"] == "60"
    assert limits["Max open files"] == "64"


def limits_of(pid: int) -> dict[str, str]:
    """The soft limits of a process (proc_pid_limits(5))."""
    rows = Path(f"/proc/{pid}/limits").read_text().splitlines()[1:]
    return {row[:26].strip(): row[26:].split()[0] for row in rows}


def test_the_output_of_a_worker_never_reaches_the_journal(server: KioskServer) -> None:
    with AttachedTerminal(server) as visitor:
        visitor.wait("START")
        [worker] = server.workers()
        outputs = [os.readlink(f"/proc/{worker}/fd/{number}") for number in (1, 2)]
        [fork_server] = server.fork_servers()
        assert os.readlink(f"/proc/{fork_server}/fd/2") != "/dev/null"
    assert outputs == ["/dev/null", "/dev/null"]


@pytest.mark.parametrize(
    ("format_", "words"),
    [(FORMAT - 1, ("older kiosk", "Build it again")), (FORMAT + 1, ("newer kiosk",))],
)
def test_a_pack_of_another_format_is_refused_in_words(
    tmp_path: Path, format_: int, words: tuple[str, ...]
) -> None:
    live, other = tmp_path / "live.pack", tmp_path / "other.pack"
    shutil.copy(shipped_pack(), live)
    whole = live.read_bytes()
    other.write_bytes(whole[:60] + format_.to_bytes(4, "big") + whole[64:])
    refused = subprocess.run(
        [sys.executable, "-m", "kiosk", "serve", "--content", str(other)],
        cwd=ROOT, capture_output=True, timeout=30, check=False, text=True,
    )  # fmt: skip
    assert refused.returncode == 1
    for phrase in words:
        assert phrase in refused.stderr
    assert "Traceback" not in refused.stderr
    with KioskServer(tmp_path, "--content", str(live)) as server:
        other.rename(live)
        server.signal(signal.SIGHUP)
        server.wait_for_log("cannot be used; going on with those before")
        for phrase in words:
            assert phrase in server.journal
        with AttachedTerminal(server) as kiosk:
            kiosk.wait("START")
