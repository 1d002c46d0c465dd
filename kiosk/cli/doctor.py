"""`kiosk doctor`: what this machine, terminal, content and settings will do, in words."""

from __future__ import annotations

import codecs
import os
import platform
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from kiosk import __version__
from kiosk.cli.main import Request
from kiosk.core.library import Library
from kiosk.escape_sequences import NO_CURSOR
from kiosk.library.pack.cache import cache_folder
from kiosk.library.pack.install import held_back
from kiosk.library.pack.reader import PackError
from kiosk.library.pack.recalls import recalls_path
from kiosk.library.problem import ContentError
from kiosk.serve.forkserver.sandbox import lacking
from kiosk.settings.file import find_settings, read_settings
from kiosk.settings.model import Settings
from kiosk.site.content import StartupError, library_of, open_site, pack_at

GOOD, NOTE, BAD = "ok  ", "note", "BAD "
Finding = tuple[str, str]
"""How it stands, and a sentence."""


def doctor(request: Request, out: TextIO) -> int:
    """Print every finding; the exit status is 1 where the kiosk would not open."""
    settings, found = _settings(request.config)
    parts = {
        "Program": [*_program()],
        "Terminal": [*_terminal(settings)],
        "Settings": found,
        "Content": [*_content(request, settings)],
        "Left alone (kiosk run --kiosk)": [*_unattended(settings)],
    }
    worst = 0
    for title, findings in parts.items():
        print(title, file=out)
        for state, sentence in findings:
            print(f"  {state}  {sentence}", file=out)
            worst |= state == BAD
        print(file=out)
    print("Something stops it from opening." if worst else "It will open.", file=out)
    return int(worst)


def _program() -> Iterator[Finding]:
    yield GOOD, f"kiosk {__version__} on Python {platform.python_version()}, {platform.platform()}."
    folder = cache_folder()
    where = folder if folder is None or folder.exists() else folder.parent
    if where is not None and os.access(where, os.W_OK):
        yield GOOD, f"Compiled content is kept in {folder}; it may be deleted at any time."
    else:
        yield NOTE, "Nothing can be kept in a cache: content is compiled anew at each start."


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
    encoding = codecs.lookup(sys.stdout.encoding or "ascii").name
    if settings.screen.ascii:
        yield (
            GOOD,
            "The settings ask for ASCII: + - | for lines, and no accents.",
        )
    elif encoding.startswith("utf"):
        yield (
            GOOD,
            "Text is UTF-8; all that is drawn is in Debian's console fonts.",
        )
    else:
        yield NOTE, f"Text is {encoding}, not UTF-8. If lines look broken, set ascii = true."


def _colours(term: str) -> str:
    from kiosk.ui.app import can_colour

    if "NO_COLOR" in os.environ:
        return "none, as NO_COLOR asks"
    return "256 or more, so any theme" if can_colour() else f"16, so {term}'s own"


def _settings(asked: Path | None) -> tuple[Settings, list[Finding]]:
    file = find_settings(asked)
    if file is None:
        text = "No kiosk.toml is found: everything is offered, nothing is named."
        return Settings(), [(NOTE, text), *_times(Settings())]
    try:
        settings = read_settings(file)
    except ContentError as refused:
        return Settings(), [(BAD, str(problem)) for problem in refused.problems]
    found = [(GOOD, f"Read from {file}."), *_times(settings)]
    if settings.staff.emergency:
        found.append((GOOD, f"In an emergency it says to call {settings.staff.emergency}."))
    else:
        found.append((NOTE, "No emergency number is set (staff.emergency)."))
    if not settings.staff.words:
        found.append((NOTE, '"Ask our staff" does not say where they are (staff.words).'))
    if settings.staff.pin:
        found.append((GOOD, "Staff may leave an unattended kiosk with a PIN."))
    return settings, found


def _times(settings: Settings) -> list[Finding]:
    pace = settings.times
    text = (
        f"After {pace.idle:g} s without a touch it asks; {pace.warning:g} s later the visit is "
        f"over. A caution stands {pace.dwell:g} s before an answer counts."
    )
    return [(GOOD, text)]


def _content(request: Request, settings: Settings) -> Iterator[Finding]:
    try:
        place = open_site(request.content)
        with pack_at(request.content) as pack:
            yield GOOD, f"Read from {place}."
            yield from _recalls(place)
            yield from _topics(library_of(pack, settings))
            for name, why in pack.failed_themes():
                yield NOTE, f"The theme {name} cannot be used: {why}."
    except (StartupError, PackError) as why:
        yield BAD, str(why)


def _recalls(place: Path) -> Iterator[Finding]:
    if place.is_dir():
        return
    if not recalls_path(place).exists():
        yield NOTE, "The first recall of a text makes a file beside it; `kiosk pack install` does."
    for topic in held_back(place):
        yield NOTE, f"Recalled, so it is not shown: {topic}."


def _topics(library: Library) -> Iterator[Finding]:
    names = ", ".join(library.clinic[code] for code in library.languages)
    yield GOOD, f"It calls itself {names}; languages: {', '.join(library.languages)}."
    for code in library.languages:
        more = library.count(code) - len(library.cards_in(code))
        if more > 0:
            yield GOOD, f"Topics ({code}): {library.count(code):,}; the first of them:"
    for card in library.cards:
        state = GOOD if card.status.value == "approved" else NOTE
        yield state, f"Topic {card.id} ({card.language}): {card.status.value}, {card.minutes} min."


def _unattended(settings: Settings) -> Iterator[Finding]:
    missing = list(lacking())
    for one in missing:
        yield NOTE, one
    if not missing:
        yield GOOD, "A visit gives up files, sockets, programs and other processes by itself."
    if settings.screen.unattended:
        yield GOOD, "`kiosk` alone attends this terminal (screen.unattended)."
    if not settings.staff.pin:
        yield NOTE, "Nobody can leave it from its own screen: no PIN is set (staff.pin)."
