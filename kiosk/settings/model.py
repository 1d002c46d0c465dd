"""Settings of a site as dataclasses: what a clinic decided, a class for each table of kiosk.toml.

Settings narrow what a library offers, name the clinic and its staff, and set times, outlets and
the server. They change no word of a topic. A field made by `setting()` is a key of the file;
`settings.server` has that function and the tables [serve] and [ssh].
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from kiosk.core.visit import Timings
from kiosk.fast_dataclass import dataclass, field
from kiosk.settings.server import HASH, SessionLimits, SshSettings, setting

_ID = r"^[a-z0-9][a-z0-9-]{0,62}$"
_LANGUAGE = r"^[a-z]{2,3}(-[A-Z]{2})?$"


@dataclass(frozen=True)
class ClinicSettings:
    """Table [clinic] of kiosk.toml: the name of the clinic that runs this kiosk."""

    name: Mapping[str, str] = setting(dict)
    """The clinic's name, by language."""


@dataclass(frozen=True)
class StaffSettings:
    """Table [staff] of kiosk.toml: how to ask staff for help, numbers to call, the staff's PIN."""

    words: Mapping[str, str] = setting(dict)
    """Directions for asking for help, by language."""
    emergency: str = setting("", pattern=r"^[0-9+ ()-]{0,20}$")
    """The number to call in an emergency."""
    poison_control: str = setting("1-800-222-1222", pattern=r"^[0-9+ ()-]{1,20}$")
    """The number of the poison control centre; by itself that of the United States."""
    crisis_line: str = setting("988", pattern=r"^[0-9+ ()-]{1,20}$")
    """The number for people in a crisis of the mind; by itself that of the United States."""
    pin: str = setting("", pattern=HASH)
    """Output of `kiosk pin`; empty where nobody may leave an unattended kiosk."""


@dataclass(frozen=True)
class TimeSettings:
    """Table [times], in seconds: when an untouched visit ends, and how long a caution stands."""

    idle: float = setting(Timings.idle, ge=60, le=3600)
    """Time that a page may stand untouched before the reader is asked."""
    warning: float = setting(Timings.warning, ge=20, le=600)
    """Time that the question stands before the visit starts over."""
    dwell: float = setting(Timings.dwell, ge=1, le=30)
    """Time that a caution stands before an answer counts."""

    @property
    def timings(self) -> Timings:
        """These times (dwell, idle, warning) as the `Timings` that the rules of a visit use."""
        return Timings(dwell=self.dwell, idle=self.idle, warning=self.warning)


@dataclass(frozen=True)
class ShowSettings:
    """Table [show] of kiosk.toml: what of the library is offered; an empty list offers all."""

    languages: tuple[str, ...] = setting((), pattern=_LANGUAGE)
    """A visit begins in the first."""
    readers: tuple[str, ...] = setting((), pattern=_ID)
    """Ids of readers.toml that are offered."""
    themes: tuple[str, ...] = setting((), pattern=_ID)
    """Those that the colours key goes through; a visit begins with the first."""
    topics: tuple[str, ...] = setting((), pattern=_ID)
    """Ids of topics that are offered."""
    unapproved: bool = setting(True)
    """True to show topics that no clinician has signed."""


@dataclass(frozen=True)
class ReviewSettings:
    """Table [review] of kiosk.toml: whose signatures count, and how many a topic needs."""

    allowed_signers: str = setting("")
    """A file as ssh-keygen's allowed signers; empty where no signature counts."""
    revoked_keys: str = setting("")
    """A file with keys that count no more: a list of public keys, or a KRL."""
    reviewers: int = setting(1, ge=1, le=5)
    """The number of people who must have signed a topic before it is approved."""
    signed_packs: bool = setting(False)
    """True to install and open only packs that somebody has signed whom the file allows to."""


@dataclass(frozen=True)
class ScreenSettings:
    """Table [screen] of kiosk.toml: whether the terminal is unattended, and draws only ASCII."""

    unattended: bool = setting(False)
    """True if plain `kiosk` means `kiosk run --unattended`."""
    ascii: bool = setting(False)
    """True to draw nothing but ASCII."""


class PaperSize(StrEnum):
    """Size of the paper in the printer, for sheets that are printed."""

    LETTER = "letter"
    A4 = "a4"


@dataclass(frozen=True)
class TakeHomeSettings:
    """Table [take-home] of kiosk.toml: how a sheet may be taken along: printer, folder, codes."""

    printer: str = setting("", pattern=r"^[A-Za-z0-9][A-Za-z0-9_.@-]{0,126}$|^$")
    """A queue of CUPS."""
    print_server: str = setting("", pattern=r"^[A-Za-z0-9_./:\[\]-]{0,200}$")
    """The host or socket at which CUPS listens; empty for that of this machine."""
    paper: PaperSize = setting(PaperSize.LETTER)
    """The paper in the printer."""
    save: str = setting("", max_length=400)
    """A folder; never at an unattended kiosk, nor in a session of a server."""
    codes: bool = setting(True)
    """True to show codes for telephones."""
    addresses: Mapping[str, str] = setting(dict, names=_ID)
    """The clinic's own page on the web, by topic; else the codes have the text."""


@dataclass(frozen=True)
class UsageSettings:
    """Table [usage]: whether anonymous figures of use are kept, and the screen's name in them."""

    enabled: bool = setting(False)
    """True to count visits, topics, steps and questions by day."""
    site: str = setting("", max_length=80)
    """The name of this screen or server in reports."""


@dataclass(frozen=True)
class Settings:
    """All settings of a site, from kiosk.toml and its drop-ins: a field for each table."""

    clinic: ClinicSettings = field(default_factory=ClinicSettings)
    staff: StaffSettings = field(default_factory=StaffSettings)
    times: TimeSettings = field(default_factory=TimeSettings)
    show: ShowSettings = field(default_factory=ShowSettings)
    review: ReviewSettings = field(default_factory=ReviewSettings)
    screen: ScreenSettings = field(default_factory=ScreenSettings)
    take_home: TakeHomeSettings = field(default_factory=TakeHomeSettings)
    serve: SessionLimits = field(default_factory=SessionLimits)
    ssh: SshSettings = field(default_factory=SshSettings)
    usage: UsageSettings = field(default_factory=UsageSettings)
