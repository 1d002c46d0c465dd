"""`kiosk attach`: hand this terminal to a kiosk server for one session, and wait for its end.

It must start in milliseconds, so it imports C modules such as `_socket` and `_signal`: `socket`
and `signal` would each import more than all of this. It can run as `python3 -I -S attach.py`, too,
where nothing else of the program can be imported.

However a session ends, the terminal is wiped and its attributes are restored. A server accepts
only terminals and pipes: input from a file, and output to one, is copied through a pipe.
"""

import _signal  # type: ignore[import-not-found]
import _socket
import os
import select
import stat
import sys
import termios

SOCKET = "kiosk.sock"
NO_SERVER = "The kiosk is not open at the moment. Please ask our staff, or try again later."
NO_OUTPUT = "There is nowhere to write to: standard output is closed."
NOT_WRITTEN = "The output cannot be written: {why}."
NO_STREAM = "Input and output must be a terminal, a pipe or a file."
USAGE = "usage: kiosk attach [--socket PATH] [NAME]"
WIPE = (
    b"\x18\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[?2004l\x1b[?2026l"
    b"\x1b[0m\x1b(B\x1b[?7h"
    + b"".join(b"\x1b[%d;1H\x1b[2K" % row for row in range(1, 151))
    + b"\x1b[H\x1b[?1049l\x1b[?25h"
)
"""`kiosk.escape_sequences.GIVE_BACK`: resets every mode, and leaves nothing of the visit."""
NO_CURSOR = ("", "dumb", "unknown")
RESIZED, ENDED, SAID = b"w", b"e", b"s"
"""To the server: the terminal has another size. From it: the session is over; a sentence to say."""
TAKEN_WITHIN = 10_000
"""Milliseconds within which the server must have taken what it was sent."""
IGNORED = (_signal.SIGINT, _signal.SIGQUIT, _signal.SIGTSTP, _signal.SIGTTIN, _signal.SIGTTOU)
"""Signals of keys, and those that would stop the process that gives the terminal back."""
LEFT_ALONE = (
    _signal.SIGKILL, _signal.SIGSTOP, _signal.SIGCHLD, _signal.SIGCONT, _signal.SIGURG,
    _signal.SIGPIPE, _signal.SIGSEGV, _signal.SIGBUS, _signal.SIGILL, _signal.SIGFPE,
)  # fmt: skip
"""Signals that end nothing, that cannot be handled, or after which Python cannot go on."""


def main(arguments: list[str]) -> int:
    """Run `kiosk attach`: hand this terminal to a server for a session; return the exit status."""
    if not has_streams():
        return say(NO_OUTPUT)
    if "-h" in arguments or "--help" in arguments:
        return print_usage()
    path, name = read_arguments(arguments)
    try:
        writer = replace_files()
    except ValueError:
        return say(NO_STREAM)
    server = connect(socket_paths(path))
    status = attach(server, name) if server else say(NO_SERVER)
    return 1 if writer and not has_written(writer, server) else status


def has_streams() -> bool:
    """Return whether standard output is open; open /dev/null as a closed input or error."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            if number == 1:
                return False
            os.open("/dev/null", os.O_RDWR)
    return True


def read_arguments(arguments: list[str]) -> tuple[str, str]:
    """Return the path of the server's socket and a login name such as `plain-es`; "" if not given.

    Over SSH the user name stands for a missing name. For a wrong option, print the usage and exit.
    """
    path, name, rest = "", "", list(arguments)
    while rest:
        argument = rest.pop(0)
        if argument == "--socket" and rest:
            path = rest.pop(0)
        elif argument.startswith("-"):
            say(USAGE)
            sys.exit(2)
        else:
            name = argument
    if not name and "SSH_CONNECTION" in os.environ:
        name = os.environ.get("USER", "")
    return path, name


def socket_paths(path: str) -> list[str]:
    """Return the socket paths to try, in this order: `path` alone if given, else the defaults."""
    if path:
        return [path]
    own = os.environ.get("XDG_RUNTIME_DIR", "")
    return [*([f"{own}/kiosk/{SOCKET}"] if own else []), f"/run/kiosk/{SOCKET}"]


def connect(paths: list[str]) -> "_socket.socket | None":
    """Return a connection to the first of these paths where a server listens; None without one."""
    for path in paths:
        server = _socket.socket(_socket.AF_UNIX, _socket.SOCK_SEQPACKET)
        try:
            server.connect(path)
            return server
        except OSError:
            server.close()
    return None


def replace_files() -> int:
    """Replace a standard input or output that is a file by a pipe and a process that copies.

    So for an output device such as /dev/full, too. Returns the id of the process that writes the
    output, or 0. Raises ValueError for anything else, such as a socket.
    """
    for number in (0, 1):
        child, mode = 0, os.fstat(number).st_mode
        if stat.S_ISREG(mode) or (number and stat.S_ISCHR(mode) and not os.isatty(number)):
            ends = os.pipe()
            child = os.fork()
            if not child:
                os.close(ends[number])
                copy(*((ends[0], 1) if number else (0, ends[1])))
            os.dup2(ends[number], number)
            for end in ends:
                os.close(end)
        elif not (stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)):
            raise ValueError
    return child


def copy(source: int, sink: int) -> None:
    """Copy the descriptor `source` to `sink` until its end or an error, then exit this process."""
    for number in IGNORED:
        _signal.signal(number, _signal.SIG_IGN)
    try:
        while piece := os.read(source, 65_536):
            while piece:
                piece = piece[os.write(sink, piece) :]
    except OSError as error:
        os._exit(cannot_write(error))
    os._exit(0)


def has_written(writer: int, server: "_socket.socket | None") -> bool:
    """Close standard output; return whether process `writer` wrote all, within about a second.

    If the server never received its request, the pipe stays open: `writer` is killed; False.
    """
    os.close(1)
    if server and not has_taken_all(server):
        os.kill(writer, _signal.SIGKILL)
    for _ in range(100):
        ended, status = os.waitpid(writer, os.WNOHANG)
        if ended:
            return not status
        select.poll().poll(10)
    return False


class Terminal:
    """Standard input and output, to be restored; `is_drawn` if a terminal with a movable cursor."""

    def __init__(self) -> None:
        is_terminal = os.isatty(0) and os.isatty(1)
        self.term = os.environ.get("TERM", "")[:64]
        self.is_drawn = is_terminal and self.term not in NO_CURSOR
        self._before = None
        if is_terminal:
            try:
                self._before = termios.tcgetattr(0)
            except termios.error:
                self.is_drawn = False

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows of standard output; (0, 0) where it is no terminal."""
        try:
            return os.get_terminal_size(1)
        except OSError:
            return (0, 0)

    def give_back(self) -> None:
        """Wipe the terminal if `is_drawn`, and restore the attributes that it had at the start."""
        try:
            if self.is_drawn:
                os.write(1, WIPE)
            if self._before is not None:
                termios.tcsetattr(0, termios.TCSAFLUSH, self._before)
        except (OSError, termios.error):
            pass


def attach(server: "_socket.socket", name: str) -> int:
    """Hand this terminal, with a login name, to the server; return the exit status at the end."""
    terminal = Terminal()
    wakeup, writer = os.pipe()
    for end in (wakeup, writer):
        os.set_blocking(end, False)
    handle_signals(writer)
    columns, rows = terminal.size
    presentation = "" if terminal.is_drawn else "lines"
    request = f"attach\n{columns}\n{rows}\n{terminal.term}\n{presentation}\n{name[:64]}"
    descriptors = b"".join(number.to_bytes(4, sys.byteorder) for number in (0, 1))
    rights = [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, descriptors)]
    try:
        server.sendmsg([request.encode("utf-8", "replace")], rights)
        return wait(server, wakeup, terminal)
    except OSError:
        return server_lost(terminal)
    finally:
        terminal.give_back()


def handle_signals(writer: int) -> None:
    """Ignore signals of keys; have the numbers of most others written to descriptor `writer`."""
    for number in set(range(1, _signal.NSIG)).difference(LEFT_ALONE):
        handler = _signal.SIG_IGN if number in IGNORED else lambda *_: None
        try:
            _signal.signal(number, handler)
        except (OSError, ValueError):  # libc keeps some for itself
            continue
    _signal.set_wakeup_fd(writer)


def server_lost(terminal: Terminal) -> int:
    """Restore the terminal, print that the kiosk is not open, and return the exit status 1."""
    terminal.give_back()
    terminal.is_drawn = False
    return say(NO_SERVER)


def wait(server: "_socket.socket", wakeup: int, terminal: Terminal) -> int:
    """Report size changes until the server or a signal ends the session; return the exit status."""
    poll = select.poll()
    poll.register(server, select.POLLIN)
    poll.register(wakeup, select.POLLIN)
    timeout: int | None = TAKEN_WITHIN
    while True:
        events = poll.poll(timeout)
        if not events:
            if not has_taken_all(server):
                return server_lost(terminal)
            timeout = None
        for descriptor, _ in events:
            if descriptor == wakeup:
                if any(number != _signal.SIGWINCH for number in os.read(wakeup, 64)):
                    return 0
                server.send(RESIZED)
                continue
            message = server.recv(1024)
            if not message:
                return server_lost(terminal)
            terminal.give_back()
            terminal.is_drawn = False
            if message[:1] == SAID:
                say(message[1:].decode("utf-8", "replace"))
            return 0 if message[:1] == ENDED else 1


def has_taken_all(server: "_socket.socket") -> bool:
    """Return whether the server has received all bytes sent; a stopped one receives nothing."""
    import fcntl  # few wait for so long

    left = bytearray(4)
    fcntl.ioctl(server.fileno(), termios.TIOCOUTQ, left)  # SIOCOUTQ of unix(7)
    return not int.from_bytes(left, sys.byteorder)


def print_usage() -> int:
    """Print the usage line on standard output; return 0, or 1 where that fails."""
    try:
        os.write(1, f"{USAGE}\n".encode())
    except OSError as error:
        return cannot_write(error)
    return 0


def cannot_write(error: OSError) -> int:
    """Print why output cannot be written, except for a broken pipe; return the exit status 1."""
    if not isinstance(error, BrokenPipeError):
        say(NOT_WRITTEN.format(why=error.strerror))
    return 1


def say(sentence: str) -> int:
    """Print a sentence on standard error, if that is open; return the exit status 1."""
    try:  # noqa: SIM105 - contextlib is an import
        os.write(2, f"{sentence}\n".encode("utf-8", "replace"))
    except OSError:
        pass
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
