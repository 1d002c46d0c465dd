"""What `kiosk status` reads."""

from __future__ import annotations

import socket
from pathlib import Path
from threading import Thread

from kiosk.cli.status import ask
from kiosk.serve.unix_listener import STATUS


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
