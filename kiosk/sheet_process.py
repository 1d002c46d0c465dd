"""Start the process that prints or saves one sheet, hand it the sheet, and read its answer.

Another process has three reasons: making a PDF takes 40 MB that no visit should hold; keys are
handled meanwhile; and a visit in its sandbox may start no program. The sheet goes to that process
through a pipe, never by a file.

The console supervisor imports this module, so it imports few modules of the standard library.
"""

from __future__ import annotations

import contextlib
import os

MOST_ANSWER = 4096
"""Bytes of the answer: one word, and the path where the sheet was saved or the line of an error."""


def sheet_pipe(data: bytes) -> int:
    """Return the read end (a file descriptor) of a new pipe that holds all of `data`, a sheet.

    Raises OSError where the data is larger than what a pipe holds. The descriptor can be handed on
    by a process that never reads it, so none of a visitor's words come into the memory of that
    process.
    """
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    try:
        if os.write(writer, data) == len(data):
            return reader
    except OSError:
        os.close(reader)
        raise
    finally:
        os.close(writer)
    os.close(reader)
    raise BlockingIOError("a pipe of this system does not hold a sheet")


class SheetProcess:
    """A child process that prints or saves a sheet, as seen by the process that started it.

    Making one starts `command` with the pipe `sheet` (from `sheet_pipe`) as standard input, and
    closes the pipe in any case; raises OSError where the process cannot be started. When `fileno()`
    is readable, `receive()` gets the answer.
    """

    def __init__(self, command: list[str], sheet: int) -> None:
        closed = [sheet]
        try:
            null = os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)
            closed.append(null)
            self._answer, answer = os.pipe()
            closed.append(answer)
            self.pid = self._spawn(command, (sheet, answer, null))
        finally:
            for end in closed:
                os.close(end)

    def _spawn(self, command: list[str], ends: tuple[int, int, int]) -> int:
        """Start the process with these as its standard input, output and error output."""
        try:
            return os.posix_spawn(
                command[0],
                command,
                dict(os.environ),
                file_actions=[
                    (os.POSIX_SPAWN_DUP2, end, number) for number, end in enumerate(ends)
                ],
                setsid=True,
            )
        except OSError:
            os.close(self._answer)
            raise

    def fileno(self) -> int:
        """Return the descriptor of the pipe that the process writes its answer to, for `select`."""
        return self._answer

    def receive(self) -> tuple[str, str]:
        """Wait until the process has ended; return its answer: a word, and a path or "".

        The word, such as `printed`, is "" where the process died without an answer. The path is
        where the sheet was saved. With the word `failed` the second text is no path, but the type
        and line of code of the error, if there was one.
        """
        said = b""
        with contextlib.suppress(OSError):
            while len(said) < MOST_ANSWER and (read := os.read(self._answer, MOST_ANSWER)):
                said += read
        os.close(self._answer)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, 0)
        word, _, where = said.decode("utf-8", "replace").strip().partition("\t")
        return word, where
