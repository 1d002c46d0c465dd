"""What a clinic has decided for a place: whose it is, what is offered, how long a page stands.

Settings only narrow what a library offers, and name the people there. They change no word of a
topic and no rule but its times.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace

from kiosk.core.library import Library
from kiosk.core.visit import Timings
from kiosk.fast_dataclass import dataclass


@dataclass(frozen=True)
class SessionLimits:
    """How many visits one machine holds, how long, and what each may use; times in seconds."""

    visits: int = 200
    """At once; whoever comes then is told that it is full."""
    waiting: int = 3
    """Visits that wait, forked and ready."""
    idle: float = 600.0
    """How long a first page may stand that nobody touches."""
    longest: float = 7200.0
    """How long a visit may last in all."""
    drain: float = 600.0
    """How long visits may go on after the service was asked to stop."""
    memory: int = 96
    """MiB that one visit may use."""
    cpu: int = 300
    """Seconds of a processor that one visit may use."""
    addresses: bool = False
    """Whether the journal may hold the addresses that visitors come from."""


@dataclass(frozen=True)
class SshSettings:
    """Who may come by SSH, how many, how long; times in seconds, 0 for no limit of a number."""

    address: str = ""
    """Where to listen; empty for all of this machine."""
    port: int = 2222
    shared: bool = True
    """Whether other servers listen at the same port, each for some of the visitors."""
    entry: str = "anonymous"
    """`anonymous`, `password` or `keys`."""
    password: str = ""
    """What `kiosk pin` made of it."""
    keys: str = ""
    """A file of public keys, as in authorized_keys(5)."""
    commands: str = "refuse"
    """Whether one who sends a command is told that there are none (`refuse`), or has a `visit`."""
    connections: int = 500
    connections_from_one: int = 30
    a_minute: int = 1200
    a_minute_from_one: int = 60
    arriving: int = 100
    """Connections that have not come in yet; of more, the oldest is closed."""
    grace: float = 20.0
    """For coming in, and then for beginning a visit."""
    unread: float = 60.0
    """For which a client may take nothing of what is sent."""
    longest: float = 14_400.0
    """For one connection in all."""
    keepalive: float = 20.0
    """Between two questions whether the client's machine is still there; it may miss two. Its
    program is asked three times as rarely."""


@dataclass(frozen=True)
class Settings:
    """Decisions for one place; what is empty is left as the library has it."""

    clinic: Mapping[str, str] = field(default_factory=dict)
    """The clinic's name, by language."""
    staff: Mapping[str, str] = field(default_factory=dict)
    """Where and how to ask for help, by language."""
    emergency: str = ""
    """The number to call in an emergency."""
    pace: Timings = field(default_factory=Timings)
    languages: tuple[str, ...] = ()
    """Those offered, the first to begin with."""
    readers: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    """Those that the colours key goes through, the first to begin with."""
    topics: tuple[str, ...] = ()
    unapproved: bool = True
    """Whether topics are shown that no clinician has signed."""
    unattended: bool = False
    """Whether `kiosk` alone begins as `kiosk run --kiosk` does."""
    ascii_only: bool = False
    serving: SessionLimits = field(default_factory=SessionLimits)
    remote: SshSettings = field(default_factory=SshSettings)
    pin: str = ""
    """What `kiosk pin` made of the staff's PIN; empty where nobody may leave."""


def unknown_names(
    settings: Settings, library: Library, themes: Iterable[str]
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """What the settings name and the library has not: the key, the name, the names there are."""
    offered: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
        "show.languages": (settings.languages, library.languages),
        "show.readers": (settings.readers, tuple(one.id for one in library.readers)),
        "show.themes": (settings.themes, tuple(themes)),
        "show.topics": (settings.topics, tuple(dict.fromkeys(one.id for one in library.cards))),
        "clinic.name": (tuple(settings.clinic), library.languages),
        "staff.words": (tuple(settings.staff), library.languages),
    }
    for key, (named, there) in offered.items():
        for name in named:
            if name not in there:
                yield key, name, there


def fit_to_pack(library: Library, settings: Settings) -> Library:
    """The library in the languages, for the readers and with the words of this place.

    Which topics it offers is the pack's to say: the library was read for them alone.
    """
    languages = settings.languages or library.languages
    readers = library.readers
    if settings.readers:
        readers = tuple(library.reader(id_) for id_ in settings.readers)
    return replace(
        library,
        clinic={**library.clinic, **settings.clinic},
        languages=languages,
        readers=readers,
        catalogues={code: library.catalogues[code] for code in languages},
        cards=tuple(card for card in library.cards if card.language in languages),
        staff=settings.staff,
        emergency=settings.emergency,
    )
