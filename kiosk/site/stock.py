"""What stands behind a shelf here: which file, what is recalled beside it, what comes after it."""

from __future__ import annotations

from pathlib import Path

from kiosk.cli.main import Request
from kiosk.core.library import Library
from kiosk.library.pack.reader import Pack, PackError, verified
from kiosk.library.pack.recalls import Recalls, recalls_path
from kiosk.serve.forkserver.handle import file_stamp
from kiosk.settings.model import Settings
from kiosk.site.content import StartupError, library_of, open_site, scope_of
from kiosk.site.paths import INSTALLED
from kiosk.site.store import PackStore, PackWatcher

MOST_WATCHED = 300
"""Files of a content directory that are watched; a pack is one."""


def store_for(pack: Pack, request: Request, settings: Settings) -> PackStore:
    """The shelf of a process that goes on after a visit: it changes over by itself."""

    def where() -> Path:
        return open_site(request.content)

    def opened(place: Path) -> tuple[Pack, Library]:
        following = verified(place)
        try:
            return following, library_of(following, settings, request.topic)
        except StartupError:
            following.close()
            raise

    following = PackWatcher(where, opened, file_stamp, (StartupError, PackError))
    return PackStore(pack, scope_of(settings), recalls_of(where()), following)


def shared_store_for(pack: Pack, place: Path, settings: Settings) -> PackStore:
    """The shelf of a process that is replaced after a visit: what is new is read by another."""
    return PackStore(pack, scope_of(settings), recalls_of(place))


def recalls_of(place: Path) -> Recalls | None:
    """What is recalled from the pack at a place; of a directory nothing is, it is changed."""
    return None if place.is_dir() else Recalls(recalls_path(place))


def file_stamps(place: Path, settings: Path | None) -> list[list[str | int]]:
    """The files that are about to be read, each with what tells that it has changed since."""
    inner = sorted(place.rglob("*"))[:MOST_WATCHED] if place.is_dir() else []
    # what is not there yet is watched, too: a first recall, a first library of this machine
    files = [place, recalls_path(place), INSTALLED, *inner, *([settings] if settings else [])]
    return [[str(one), *file_stamp(str(one))] for one in files]
