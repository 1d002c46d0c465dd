"""Report the state of a server or a console in numbers, as a dict, as sentences for staff and as
text for Prometheus; nothing about a visitor is in them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict

from kiosk import __version__
from kiosk.serve.memory_use import memory_of
from kiosk.serve.pool.session_manager import SessionManager
from kiosk.system.clock import clock as system_clock

Metrics = dict[str, tuple[str, str]]
"""The kind of each number, and what it counts."""
METRICS: Metrics = {
    "sessions": ("gauge", "Sessions at present."),
    "max_sessions": ("gauge", "Sessions that there may be."),
    "spare_workers": ("gauge", "Workers that are forked and ready."),
    "fork_servers": ("gauge", "Fork servers that run."),
    "memory": ("gauge", "Bytes of memory of all processes, shared pages counted once."),
    "refused": ("counter", "Sessions that were refused: the server was full or closing."),
    "refused_connections": ("counter", "SSH connections above the limits, closed at once."),
    "ended": ("counter", "Workers that have ended."),
    "crashed": ("counter", "Of these, crashed, hung or never started, since the server opened."),
    "up": ("gauge", "Seconds since the server opened; 0: none answers."),
    "draining": ("gauge", "1 while it opens no more sessions."),
    "settings_ok": ("gauge", "0 while settings or content on the disk cannot be used."),
    "settings_age": ("gauge", "Seconds since that changed, or since they were last read."),
    "last_crash_age": ("gauge", "Seconds since a worker last crashed; absent for never."),
}
"""Of a server."""
CONSOLE_METRICS: Metrics = {
    "console_in_use": ("gauge", "1 while somebody is reading at the console."),
    "console_ready": ("gauge", "1 while a page is on the screen."),
    "console_failures": ("gauge", "Failures in a row; from 5 on the screen says to ask staff."),
    "console_ended": ("counter", "Visits that have ended."),
    "console_crashed": ("counter", "Of these, ended by an error, since the console opened."),
    "console_up": ("gauge", "Seconds since the console opened; 0: it does not answer."),
    "console_settings_ok": ("gauge", "0 while settings or content on the disk cannot be used."),
    "console_settings_age": ("gauge", "Seconds since that changed, or since they were last read."),
    "console_last_crash_age": ("gauge", "Seconds since a visit last crashed; absent for never."),
}
"""Of a console supervisor; its keys are these without `console_`."""
DRAINING_METRICS: Metrics = {
    "draining_sessions": ("gauge", "Sessions that are left in a version that was replaced."),
    "draining_seconds_left": ("gauge", "Seconds after which it ends, though somebody reads."),
}
"""Of each server that drains while another one answers; its keys are these without `draining_`."""


class StatusReport:
    """Makes a server's status report: the session manager's counts, its processes' memory, and
    facts of the content.
    """

    def __init__(self, manager: SessionManager, clock: Callable[[], float] = system_clock) -> None:
        self._manager = manager
        self._clock = clock
        self._opened_at = clock()
        self.refused_connections: Callable[[], int] = int
        """Counts the connections that the SSH server, if there is one, refused."""

    async def numbers(self) -> dict[str, object]:
        """Return all numbers of the server by name, with facts of the content that is shown, as a
        dict that can be sent as JSON. Measures memory in a thread.
        """
        fork_servers = self._manager.fork_servers
        pids = [*self._manager.pids, *fork_servers.pids]
        memory = await asyncio.to_thread(memory_of, pids)
        stats, crashed_at = self._manager.stats, self._manager.last_crash_at
        stats.memory = memory
        return {
            "service": "server",
            "version": __version__,
            **asdict(stats),
            "max_sessions": self._manager.limits.max_sessions,
            "refused_connections": self.refused_connections(),
            "up": int(self._clock() - self._opened_at),
            "draining": self._manager.is_draining,
            "settings_ok": fork_servers.settings_ok,
            "settings_age": int(self._clock() - fork_servers.settings_since),
            "last_crash_age": None if crashed_at is None else int(self._clock() - crashed_at),
            "content": fork_servers.content,
        }

    async def prometheus(self) -> str:
        """Return all numbers of the server as text in Prometheus's format (0.0.4)."""
        return prometheus_text(await self.numbers())


def prometheus_text(numbers: Mapping[str, object]) -> str:
    """Return the numbers of a server or a console (a status report) as text in Prometheus's format.

    Where the server or console does not answer (`answers` is False), the text only has, as 0,
    whether it is up and, for a console, ready.
    """
    is_console = numbers.get("service") == "console"
    if numbers.get("answers") is False:
        names = ("console_up", "console_ready") if is_console else ("up",)
        metrics = CONSOLE_METRICS if is_console else METRICS
        rows = [_row(name, metrics[name], 0) for name in names]
        return "\n".join(rows) + "\n"
    content = numbers.get("content")
    facts = content if isinstance(content, dict) else {}
    labels = {
        "service": numbers.get("service", ""),
        "version": numbers.get("version", ""),
        "pack": facts.get("pack", ""),
        "seal": facts.get("seal", ""),
        "last_crash": numbers.get("last_crash", ""),
    }
    pairs = ",".join(f'{name}="{_escaped(str(value))}"' for name, value in labels.items())
    info = "kiosk_console_info" if is_console else "kiosk_info"
    rows = [f"# HELP {info} What runs, and what it shows.", f"# TYPE {info} gauge"]
    rows.append(f"{info}{{{pairs}}} 1")
    for name, (kind, meaning) in (CONSOLE_METRICS if is_console else METRICS).items():
        number = numbers.get(name.removeprefix("console_") if is_console else name)
        if number is None:
            continue
        rows.append(_row(name, (kind, meaning), _integer(number)))
    return "\n".join(rows) + "\n"


def draining_text(servers: Sequence[Mapping[str, object]]) -> str:
    """Return text in Prometheus's format about servers that drain (serve only their last sessions);
    empty without servers.

    Args:
        servers: for each server its systemd `unit`, which labels the numbers, and the numbers
            `sessions` and `seconds_left` (None if not known).
    """
    rows = []
    for name, (kind, meaning) in DRAINING_METRICS.items():
        key = name.removeprefix("draining_")
        samples = [
            f'kiosk_{name}{{unit="{_escaped(str(server["unit"]))}"}} {server[key]}'
            for server in servers
            if server[key] is not None
        ]
        if samples:
            rows += [f"# HELP kiosk_{name} {meaning}", f"# TYPE kiosk_{name} {kind}", *samples]
    return "".join(f"{row}\n" for row in rows)


def _row(name: str, described: tuple[str, str], value: int) -> str:
    kind, meaning = described
    full = f"kiosk_{name}" + ("_total" if kind == "counter" else "")
    return f"# HELP {full} {meaning}\n# TYPE {full} {kind}\n{full} {value}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def status_lines(numbers: Mapping[str, object]) -> str:
    """Return the numbers of a server or a console (a status report) as sentences for staff, one on
    each line; if it does not answer, a sentence that says so.
    """
    if numbers.get("answers") is False:
        return (
            f"THE {str(numbers['service']).upper()} DOES NOT ANSWER, and its unit "
            f"{numbers['unit']} starts with this machine. `kiosk doctor`, as root, says what to do."
        )
    count = {name: int(value) for name, value in numbers.items() if isinstance(value, int)}
    version = f"kiosk {numbers.get('version', '')}"
    if numbers.get("service") == "console":
        use = "somebody is reading" if numbers["in_use"] else "nobody is reading"
        state = use if numbers["ready"] else "NO PAGE IS SHOWN, see `journalctl -u kiosk`"
        lines = [
            f"The console ({version}) is open, for {_duration(count['up'])}: {state}.",
            f"{count['ended']} visits have ended, {count['crashed']} of them by an error.",
        ]
    else:
        state = "closing: it opens no more sessions" if numbers["draining"] else "open"
        lines = [
            f"The kiosk ({version}) is {state}, for {_duration(count['up'])}.",
            f"{count['sessions']} of at most {count['max_sessions']} sessions; "
            f"{_counted(count['spare_workers'], 'spare worker')} in "
            f"{_counted(count['fork_servers'], 'fork server')}; "
            f"{count['memory'] / 1e6:.0f} MB of memory.",
            f"{count['ended']} visits have ended, {count['crashed']} of them by an error; "
            f"{count['refused']} visitors were told to come later, and "
            f"{count['refused_connections']} SSH connections were refused.",
        ]
    if numbers.get("last_crash"):
        lines.append(
            f"The last error: {numbers['last_crash']}, {_duration(count['last_crash_age'])} ago."
        )
    return "\n".join([*lines, *_content_lines(numbers)])


def _content_lines(numbers: Mapping[str, object]) -> Iterator[str]:
    content = numbers.get("content")
    if isinstance(content, dict) and content:
        recalled = f", {content['recalled']} recalled" if content.get("recalled") else ""
        files = ", ".join(map(str, content.get("settings", ()))) or "no file, so the defaults"
        yield f"Settings: {files}."
        yield (
            f"Content: {content.get('pack')}, {_counted(content.get('topics', 0), 'topic')}"
            f"{recalled}; seal {str(content.get('seal'))[:16]}."
        )
    since = _duration(_integer(numbers.get("settings_age")))
    if numbers.get("settings_ok", True):
        yield f"Settings and content were read {since} ago, and are in use."
    else:
        yield (
            f"SETTINGS OR CONTENT CANNOT BE USED, for {since}; it goes on with those before. "
            "`kiosk doctor` names every mistake."
        )


def _integer(value: object) -> int:
    return int(value) if isinstance(value, int | float) else 0


def _counted(count: object, name: str) -> str:
    return f"{count} {name}" if count == 1 else f"{count} {name}s"


def _duration(seconds: int) -> str:
    if seconds < 120:
        return _counted(seconds, "second")
    return f"{seconds // 60} minutes" if seconds < 7200 else f"{seconds // 3600} hours"
