"""`kiosk attach`: hand this terminal to a house that runs, and wait until it comes back.

It must start in milliseconds: the standard library's C modules alone. `socket` and `signal` would
each import more than all of this, so what is under them is used. It runs as `kiosk attach` and as
`python3 -I -S attach.py`, where nothing of the program can be imported.

Where there is a terminal, its attributes are put back at the end, and it is wiped.
"""

import _signal  # type: ignore[import-not-found]
import _socket
import os
import select
import sys
import termios

SOCKET = "kiosk.sock"
NOBODY = "The kiosk is not open at the moment. Please ask our staff, or try again later."
WIPE = (
    b"\x18\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[?2004l\x1b[?2026l"
    b"\x1b[0m\x1b(B\x1b[?7h\x1b[2J\x1b[H\x1b[?1049l\x1b[?25h"
)
"""No half sequence, no touch reports, no colour; an empty screen, then the one before."""
NO_CURSOR = ("", "dumb", "unknown")
RESIZED, ENDED, SAID = b"w", b"e", b"s"
"""What is told to the house; what it tells: that it is over, or a sentence to say."""
HEARD_WITHIN = 10_000
"""Milliseconds within which the house must have taken what it is told."""
KEPT_FROM = (_signal.SIGINT, _signal.SIGQUIT, _signal.SIGTSTP, _signal.SIGTTIN, _signal.SIGTTOU)
"""Signals that would end or stop the one who gives the terminal back."""


def main(arguments: list[str]) -> int:
    """Attach as `arguments` say: [--socket PATH] [NAME]; the exit status."""
    place, name = read(arguments)
    house = connected(places(place))
    if house is None:
        say(NOBODY)
        return 1
    terminal = Terminal()
    try:
        return stay(house, terminal, name)
    finally:
        terminal.give_back()


def read(arguments: list[str]) -> tuple[str, str]:
    """The path and the name in a command line; the name may be the one logged in with by SSH."""
    place, name = "", ""
    rest = list(arguments)
    while rest:
        one = rest.pop(0)
        if one == "--socket" and rest:
            place = rest.pop(0)
        elif one.startswith("-"):
            say("usage: kiosk attach [--socket PATH] [NAME]")
            sys.exit(0 if one in ("-h", "--help") else 2)
        else:
            name = one
    if not name and "SSH_CONNECTION" in os.environ:
        name = os.environ.get("USER", "")
    return place, name


def places(asked: str) -> list[str]:
    """Where a house may listen."""
    if asked:
        return [asked]
    own = os.environ.get("XDG_RUNTIME_DIR", "")
    return [*([f"{own}/kiosk/{SOCKET}"] if own else []), f"/run/kiosk/{SOCKET}"]


def connected(paths: list[str]) -> "_socket.socket | None":
    """A connection to the first house that answers."""
    for path in paths:
        house = _socket.socket(_socket.AF_UNIX, _socket.SOCK_SEQPACKET)
        try:
            house.connect(path)
        except OSError:
            house.close()
        else:
            return house
    return None


class Terminal:
    """What is behind standard input and output; `is_drawn` where its cursor can be moved."""

    def __init__(self) -> None:
        self.is_one = os.isatty(0) and os.isatty(1)
        self.term = os.environ.get("TERM", "")[:64]
        self.is_drawn = self.is_one and self.term not in NO_CURSOR
        self._before = None
        if self.is_one:
            try:
                self._before = termios.tcgetattr(0)
            except termios.error:
                self.is_drawn = False

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        try:
            return os.get_terminal_size(1)
        except OSError:
            return (0, 0)

    def give_back(self) -> None:
        """As it was; wiped, if it was drawn on."""
        try:
            if self.is_drawn:
                os.write(1, WIPE)
            if self._before is not None:
                termios.tcsetattr(0, termios.TCSAFLUSH, self._before)
        except (OSError, termios.error):
            pass


def stay(house: "_socket.socket", terminal: Terminal, name: str) -> int:
    """Hand the terminal over and wait for the end; the exit status."""
    wake, woken = os.pipe()
    for end in (wake, woken):
        os.set_blocking(end, False)
    for number in KEPT_FROM:
        _signal.signal(number, _signal.SIG_IGN)
    for number in (_signal.SIGHUP, _signal.SIGTERM, _signal.SIGWINCH):
        _signal.signal(number, lambda *_: None)
    _signal.set_wakeup_fd(woken)
    columns, rows = terminal.size
    manner = "" if terminal.is_drawn else "lines"
    told = f"attach\n{columns}\n{rows}\n{terminal.term}\n{manner}\n{name[:64]}"
    both = b"".join(one.to_bytes(4, sys.byteorder) for one in (0, 1))
    rights = [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, both)]
    try:
        house.sendmsg([told.encode("utf-8", "replace")], rights)
        return wait(house, wake, terminal)
    except OSError:
        return nobody(terminal)


def nobody(terminal: Terminal) -> int:
    """The house has died, or does not hear; the exit status."""
    terminal.give_back()
    terminal.is_drawn = False
    say(NOBODY)
    return 1


def wait(house: "_socket.socket", wake: int, terminal: Terminal) -> int:
    """Until the house, or a signal, ends it."""
    poll = select.poll()
    poll.register(house, select.POLLIN)
    poll.register(wake, select.POLLIN)
    patience: int | None = HEARD_WITHIN
    while True:
        events = poll.poll(patience)
        if not events:
            if not ends_in_time(house):
                return nobody(terminal)
            patience = None
        for descriptor, _ in events:
            if descriptor == wake:
                heard = os.read(wake, 64)
                if _signal.SIGHUP in heard or _signal.SIGTERM in heard:
                    return 0
                if _signal.SIGWINCH in heard:
                    house.send(RESIZED)
                continue
            said = house.recv(1024)
            if not said:
                return nobody(terminal)
            terminal.give_back()
            terminal.is_drawn = False
            if said[:1] == SAID:
                say(said[1:].decode("utf-8", "replace"))
            return 0 if said[:1] == ENDED else 1


def ends_in_time(house: "_socket.socket") -> bool:
    """Whether the house has taken all that it was told; a stopped one takes nothing."""
    import fcntl  # few wait for so long

    left = bytearray(4)
    fcntl.ioctl(house.fileno(), termios.TIOCOUTQ, left)  # SIOCOUTQ of unix(7)
    return not int.from_bytes(left, sys.byteorder)


def say(sentence: str) -> None:
    """Say it where somebody may read it."""
    try:  # noqa: SIM105 - contextlib is an import
        os.write(2, f"{sentence}\n".encode("utf-8", "replace"))
    except OSError:
        pass


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
