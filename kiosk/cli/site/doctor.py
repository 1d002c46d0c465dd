"""`kiosk doctor`: examine this machine, terminal, content and settings, and print in sentences what
the kiosk will do here and what stops it.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from kiosk import __version__
from kiosk.cli.options import add_config, add_content
from kiosk.cli.site.doctor_take_home import take_home
from kiosk.core.library import Library
from kiosk.errors import PackError, StartupError
from kiosk.escape_sequences import NO_CURSOR
from kiosk.file_access import read_file
from kiosk.library.pack.cache import own_cache_folder
from kiosk.library.pack.install import recalled_topics, reworded_topics
from kiosk.library.problem import ContentError
from kiosk.operations.machine import Machine
from kiosk.operations.service_checks import (
    BAD,
    CLOSED,
    GOOD,
    NOTE,
    Finding,
    service_findings,
)
from kiosk.serve.forkserver.sandbox import lacking
from kiosk.settings.drop_ins import settings_files
from kiosk.settings.file import find_settings, read_settings
from kiosk.settings.model import Settings
from kiosk.site.content import content_path, library_of, pack_at
from kiosk.site.paths import recalls_file
from kiosk.site.review_report import pack_findings, stage
from kiosk.system.processes import LEFT_BY_STAFF
from kiosk.system.users import become, is_superuser
from kiosk.terminal.environment import asks_for_no_colour, can_colour
from kiosk.typed_text import encoding_of, is_unicode

SERVICE_USER = "kiosk"
"""The user of the units in deploy/."""
STATES = {GOOD: "ok", NOTE: "note", BAD: "bad", CLOSED: "closed"}
"""The name of each state in JSON."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the options of `kiosk doctor` on its parser, and set
    `doctor` as the function to run.
    """
    add_content(parser)
    add_config(parser)
    parser.add_argument(
        "--user", metavar="NAME", default=SERVICE_USER,
        help="as root: look with the rights of this user; else kiosk, as the units do",
    )  # fmt: skip
    parser.add_argument(
        "--no-services", action="store_true",
        help="leave the services out: whether settings and content can be used is all that counts",
    )  # fmt: skip
    parser.add_argument(
        "--json", action="store_true",
        help="print the findings as JSON; the exit status is the same: 0 for good, 1 for bad, 3 "
        "for a screen that staff have closed with their PIN, where nothing else is bad",
    )  # fmt: skip
    parser.set_defaults(run=lambda options: doctor(options, sys.stdout))


def doctor(options: argparse.Namespace, out: TextIO) -> int:
    """Run `kiosk doctor`: print every finding, as text or JSON, and return the exit status.

    The status is 1 where the kiosk would not open or a service is not as it should be; else 3
    where staff have closed the screen with their PIN; else 0.

    Run by root, this examines the services first and then takes on the rights of the kiosk's user
    for good, since root could read files that the kiosk cannot.
    """
    is_partial = options.no_services or options.config is not None or options.content is not None
    services = [] if is_partial or not is_superuser() else [*_services()]
    acts_as = _become(options.user) if is_superuser() else ""
    parts = {"Program": [*_program(acts_as)]}
    if services:
        parts["Services"] = services
    if not any(state == BAD for state, _ in parts["Program"]):
        settings, findings = _settings(options.config)
        parts |= {
            "Terminal": [*_terminal(settings)],
            "Settings": findings,
            "Content": [*_content(options.content, settings)],
            "Taking pages along": [*take_home(settings)],
            "Left alone (kiosk run --unattended)": [*_unattended(settings)],
        }
    is_bad = any(state == BAD for findings in parts.values() for state, _ in findings)
    is_closed = any(state == CLOSED for state, _ in services)
    exit_status = 1 if is_bad else LEFT_BY_STAFF if is_closed else 0
    if options.json:
        rows = [
            {"part": title, "state": STATES[state], "text": sentence}
            for title, findings in parts.items()
            for state, sentence in findings
        ]
        print(json.dumps({"ok": not exit_status, "findings": rows}, indent=2), file=out)
        return exit_status
    for title, findings in parts.items():
        print(title, file=out)
        for state, sentence in findings:
            print(f"  {state}  {sentence}", file=out)
        print(file=out)
    if any(state == BAD for state, _ in services):
        print("A service is not as it should be.", file=out)
    elif is_bad:
        print("Something stops it from opening.", file=out)
    elif is_closed:
        print("All is well, and staff have closed the screen.", file=out)
    else:
        print("It will open.", file=out)
    return exit_status


def _services() -> Iterator[Finding]:
    from kiosk.cli.site.status import ask  # which needs sockets that only Linux has

    yield from service_findings(Machine(), ask)


def _become(name: str) -> str:
    """Give this process the rights of a user, for good; return the name, empty for no such user."""
    if not become(name):
        return ""
    for variable in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        os.environ.pop(variable, None)  # they are root's
    cache = Path("/var/cache") / name  # where the units of deploy/ have it
    if cache.is_dir():
        os.environ["XDG_CACHE_HOME"] = str(cache)
    return name


def _program(acts_as: str) -> Iterator[Finding]:
    if acts_as:
        yield GOOD, f"Looked at with the rights of the user {acts_as}."
    elif is_superuser():
        yield NOTE, "Looked at as root, who may read everything: there is no such user. See --user."
    try:
        for file in (os.__file__, __file__):
            read_file(Path(file))
    except StartupError as error:
        yield BAD, f"The program itself: {error}"
        return
    yield GOOD, f"kiosk {__version__} on Python {platform.python_version()}, {platform.platform()}."
    folder = own_cache_folder()
    if folder is not None and os.access(folder, os.W_OK | os.X_OK):
        yield GOOD, f"Compiled content is kept in {folder}; it may be deleted at any time."
    else:
        yield (
            NOTE,
            (
                f"There is no folder of its own for compiled content{_wanted(folder)}: each start "
                "takes some seconds longer. No other user may own it or write in it."
            ),
        )


def _wanted(folder: Path | None) -> str:
    return "" if folder is None else f" ({folder} cannot be written)"


def _terminal(settings: Settings) -> Iterator[Finding]:
    term = os.environ.get("TERM", "")
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        yield NOTE, "This is no terminal: start the doctor in the terminal that it is about."
    elif term in NO_CURSOR:
        yield NOTE, f"TERM={term or '(empty)'}: the kiosk tells the visit line by line."
    else:
        columns, rows = os.get_terminal_size()
        fits = columns >= 40 and rows >= 15
        size = f"{columns}x{rows}"
        if columns < 38 or rows < 12:
            yield BAD, f"The window is {size}: the kiosk asks for at least 38x12."
        else:
            yield GOOD if fits else NOTE, f"TERM={term}, {size}; 80x24 is what it is made for."
        yield GOOD, f"Colours: {_colours(term)}."
    encoding = encoding_of(sys.stdout)
    if settings.screen.ascii:
        yield (
            GOOD,
            "The settings ask for ASCII: + - | for lines, and no accents.",
        )
    elif is_unicode(encoding):
        yield (
            GOOD,
            "Text is UTF-8; all that is drawn is in Debian's console fonts.",
        )
    else:
        yield NOTE, f"Text is {encoding}, not UTF-8: it is read so, and drawn in ASCII."


def _colours(term: str) -> str:
    if asks_for_no_colour():
        return "none, as NO_COLOR asks"
    return "256 or more, so any theme" if can_colour() else f"16, so {term}'s own"


def _settings(asked: Path | None) -> tuple[Settings, list[Finding]]:
    try:
        file = find_settings(asked)
        if file is None:
            text = "No kiosk.toml is found: everything is offered, nothing is named."
            return Settings(), [(NOTE, text), *_times(Settings())]
        settings = read_settings(file)
    except ContentError as refused:
        return Settings(), [(BAD, str(problem)) for problem in refused.problems]
    except StartupError as error:
        return Settings(), [(BAD, str(error))]
    findings = [(GOOD, f"Read from {part}.") for part in settings_files(file)]
    findings += _times(settings)
    if settings.staff.emergency:
        findings.append((GOOD, f"In an emergency it says to call {settings.staff.emergency}."))
    else:
        findings.append((NOTE, "No emergency number is set (staff.emergency)."))
    if not settings.staff.words:
        findings.append((NOTE, '"Ask our staff" does not say where they are (staff.words).'))
    if settings.staff.pin:
        findings.append((GOOD, "Staff may leave an unattended kiosk with a PIN."))
    return settings, findings


def _times(settings: Settings) -> list[Finding]:
    pace = settings.times
    text = (
        f"After {pace.idle:g} s without a touch it asks; {pace.warning:g} s later the visit is "
        f"over. A caution stands {pace.dwell:g} s before an answer counts."
    )
    return [(GOOD, text)]


def _content(content: Path | None, settings: Settings) -> Iterator[Finding]:
    try:
        path = content_path(content)
        with pack_at(content) as pack:
            yield GOOD, f"Read from {path}."
            yield from _recalls(path)
            yield from _topics(library_of(pack, settings))
            for is_good, sentence in pack_findings(pack, settings):
                yield GOOD if is_good else NOTE, sentence
            for name, why in pack.failed_themes():
                yield NOTE, f"The theme {name} cannot be used: {why}."
    except (StartupError, PackError) as why:
        yield BAD, str(why)


def _recalls(path: Path) -> Iterator[Finding]:
    if path.is_dir():
        return
    file = recalls_file(path)
    if not file.exists():
        yield NOTE, f"No text has been recalled here. `kiosk pack recall` will write {file}."
    try:
        for topic in recalled_topics(path, file):
            yield NOTE, f"Recalled, so it is not shown: {topic}."
        for topic in reworded_topics(path, file):
            yield NOTE, f"Recalled in other words; what it says now is shown: {topic}."
    except OSError:
        why = "it says which texts are recalled, and is damaged or may not be read here"
        yield BAD, f"No topic is shown because of {file}: {why}."
        yield BAD, "Move it away, and recall again what must not be shown (`kiosk pack recall`)."


def _topics(library: Library) -> Iterator[Finding]:
    names = ", ".join(library.clinic[code] for code in library.languages)
    yield GOOD, f"It calls itself {names}; languages: {', '.join(library.languages)}."
    for code in library.languages:
        unlisted = library.count(code) - len(library.cards_in(code))
        if unlisted > 0:
            yield GOOD, f"Topics ({code}): {library.count(code):,}; the first of them:"
    for card in library.cards:
        state = GOOD if card.status.value == "approved" else NOTE
        said = stage(card.review) if card.review else card.status.value
        yield state, f"Topic {card.id} ({card.language}): {said}, {card.minutes} min."


def _unattended(settings: Settings) -> Iterator[Finding]:
    missing = list(lacking())
    for sentence in missing:
        yield NOTE, sentence
    if not missing:
        yield GOOD, "A visit gives up files, sockets, programs and other processes by itself."
    if settings.screen.unattended:
        yield GOOD, "`kiosk` alone attends this terminal (screen.unattended)."
    if not settings.staff.pin:
        yield NOTE, "Nobody can leave it from its own screen: no PIN is set (staff.pin)."
