"""A process that prints or saves one sheet, seen by whoever started it.

It is a process of its own for three reasons: what makes a PDF takes 40 MB that no visit should
have; no key waits for it; and a visit in its sandbox may start no program, so another must. The
sheet goes there through a pipe, never by a file.

The console supervisor imports this module: few modules of the standard library.
"""

from __future__ import annotations

import contextlib
import os

MOST_ANSWER = 4096
"""Bytes of the answer: one word, and a path where the sheet was saved."""


def sheet_pipe(data: bytes) -> int:
    """Return the read end of a pipe that holds `data`. Raises OSError where it does not fit one.

    Whoever passes it on never sees what is in it: no word of a visitor stays in its memory.
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
    """A process of the command line `command` that reads the pipe `sheet`. Raises OSError.

    Its answer can be read once `fileno()` can be.
    """

    def __init__(self, command: list[str], sheet: int) -> None:
        null = os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)
        self._answer, answer = os.pipe()
        try:
            self.pid = os.posix_spawn(
                command[0],
                command,
                dict(os.environ),
                file_actions=[
                    (os.POSIX_SPAWN_DUP2, end, number)
                    for number, end in enumerate((sheet, answer, null))
                ],
                setsid=True,
            )
        except OSError:
            os.close(self._answer)
            raise
        finally:
            for end in (sheet, null, answer):
                os.close(end)

    def fileno(self) -> int:
        """The descriptor at which the answer of the process arrives."""
        return self._answer

    def receive(self) -> tuple[str, str]:
        """Take its answer, a word and perhaps a path; waits until it has ended."""
        said = b""
        with contextlib.suppress(OSError):
            while len(said) < MOST_ANSWER and (read := os.read(self._answer, MOST_ANSWER)):
                said += read
        os.close(self._answer)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, 0)
        word, _, where = said.decode("utf-8", "replace").strip().partition("\t")
        return word, where
