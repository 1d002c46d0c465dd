"""What `kiosk status` reads."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path
from socket import AF_UNIX, SOCK_SEQPACKET
from tempfile import TemporaryDirectory
from threading import Thread

import pytest

import kiosk.cli.site.status as status_command
from kiosk.cli.main import parse
from kiosk.cli.site.status import ask
from kiosk.operations.draining import DrainingServer
from kiosk.operations.expected_services import expected_services
from kiosk.serve.unix_listener import STATUS
from tests.support.other_user import as_nobody, needs_root


def test_an_answer_stands_though_the_console_closed_with_the_question_unread(
    tmp_path: Path,
) -> None:
    """The console answers whoever connects, and reads nothing."""
    path = tmp_path / "console.sock"
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.bind(str(path))
        listener.listen()

        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(len(STATUS), socket.MSG_PEEK)
                connection.send(b'{"up": 1}')

        console = Thread(target=answer)
        console.start()
        assert ask(path) == {"up": 1}
        console.join()


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a server and a console that start with the machine, of which neither answers."""
    expected = [("server", "kiosk-ssh@0.1.0.service"), ("console", "kiosk.service")]
    monkeypatch.setattr(status_command, "expected_services", lambda: expected)
    monkeypatch.setattr(status_command, "ask", lambda _: None)


@pytest.mark.usefixtures("silent")
def test_a_service_that_should_answer_and_does_not_is_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert status_command.status(parse("status", [])) == 1
    told = capsys.readouterr().out
    assert "THE SERVER DOES NOT ANSWER" in told
    assert "THE CONSOLE DOES NOT ANSWER" in told
    assert status_command.status(parse("status", ["--json"])) == 1
    rows = json.loads(capsys.readouterr().out)
    assert [(row["service"], row["answers"]) for row in rows] == [
        ("server", False),
        ("console", False),
    ]


@pytest.mark.usefixtures("silent")
def test_a_service_that_does_not_answer_is_zero_for_prometheus(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The exit status is 0: a timer that renames the file only then must renew it."""
    assert status_command.status(parse("status", ["--prometheus"])) == 0
    rows = capsys.readouterr().out.splitlines()
    assert {"kiosk_up 0", "kiosk_console_up 0", "kiosk_console_ready 0"} <= set(rows)
    assert not [row for row in rows if row.startswith("kiosk") and not row.endswith(" 0")]


@pytest.mark.parametrize(
    ("links", "kinds"),
    [
        ([], []),
        (["kiosk-keymap.service", "kiosk-sshd.service"], []),
        (["kiosk.service"], ["console"]),
        (["kiosk-touch.service", "kiosk-ssh@0.1.0.service"], ["server", "console"]),
    ],
)
def test_what_starts_with_the_machine_should_answer(
    links: list[str], kinds: list[str], tmp_path: Path
) -> None:
    (tmp_path / "multi-user.target.wants").mkdir()
    for name in links:
        (tmp_path / "multi-user.target.wants" / name).touch()
    assert [kind for kind, _ in expected_services(tmp_path)] == kinds


@pytest.mark.usefixtures("silent")
def test_a_service_that_this_user_may_not_ask_is_not_called_silent(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        status_command, "ask", lambda path: {} if path == status_command.CONSOLE else None
    )
    assert status_command.status(parse("status", [])) == 1
    told = capsys.readouterr().out
    assert "THE SERVER DOES NOT ANSWER" in told
    assert "CONSOLE" not in told


@needs_root
def test_a_socket_of_another_user_may_not_be_asked() -> None:
    with TemporaryDirectory() as folder, socket.socket(AF_UNIX, SOCK_SEQPACKET) as listener:
        os.chmod(folder, 0o755)
        path = Path(folder) / "console.sock"
        listener.bind(str(path))
        listener.listen()
        path.chmod(0o600)
        assert as_nobody(lambda: ask(path)) == "{}"


class TestDraining:
    """A version that another has replaced, and in which somebody still reads."""

    @pytest.fixture(autouse=True)
    def drains(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Have 0.2.0 answer while 0.1.0 drains."""
        server = DrainingServer("kiosk-ssh@0.1.0.service", "0.1.0", "draining for 9 s", 9, 3, 591)
        monkeypatch.setattr(status_command, "draining_servers", lambda _: [server])
        monkeypatch.setattr(status_command, "expected_services", list)
        self.answers: dict[str, object] | None = {"service": "server", "version": "0.2.0"}
        monkeypatch.setattr(
            status_command,
            "ask",
            lambda path: None if path == status_command.CONSOLE else self.answers,
        )

    def told(self, capsys: pytest.CaptureFixture[str], *options: str) -> str:
        assert status_command.status(parse("status", list(options))) == 0
        return capsys.readouterr().out

    def test_it_is_told_after_the_server(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(status_command, "status_lines", lambda numbers: "The server.")
        told = self.told(capsys)
        assert told == "The server.\n\nkiosk-ssh@0.1.0.service is draining for 9 s.\n"

    def test_as_json_it_is_in_the_object_of_the_server(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        [drain] = json.loads(self.told(capsys, "--json"))["drains"]
        assert (drain["version"], drain["sessions"], drain["seconds_left"]) == ("0.1.0", 3, 591)

    def test_prometheus_has_its_sessions_and_time(self, capsys: pytest.CaptureFixture[str]) -> None:
        rows = self.told(capsys, "--prometheus").splitlines()
        unit = '{unit="kiosk-ssh@0.1.0.service"}'
        assert f"kiosk_draining_sessions{unit} 3" in rows
        assert f"kiosk_draining_seconds_left{unit} 591" in rows

    @pytest.mark.parametrize("option", [(), ("--json",), ("--prometheus",)])
    def test_it_is_told_where_nobody_answers(
        self, option: tuple[str, ...], capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.answers = None
        assert "kiosk-ssh@0.1.0.service" in self.told(capsys, *option)
