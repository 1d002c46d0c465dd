"""What stands behind a shelf here: which file, what is recalled beside it, what comes after it."""

from __future__ import annotations

from pathlib import Path

from kiosk.cli.main import Request
from kiosk.core.library import Library
from kiosk.library.pack.reader import OpenPack, Unreadable, verified
from kiosk.library.pack.recalls import Recalls, beside
from kiosk.serve.forkserver.handle import stamp
from kiosk.settings.server import Settings
from kiosk.site.content import Declined, library_of, place_of, scope_of
from kiosk.site.paths import INSTALLED
from kiosk.site.store import NextPack, PackShelf

MOST_WATCHED = 300
"""Files of a content directory that are watched; a pack is one."""


def shelf_of(pack: OpenPack, request: Request, settings: Settings) -> PackShelf:
    """The shelf of a process that goes on after a visit: it changes over by itself."""

    def where() -> Path:
        return place_of(request.content)

    def opened(place: Path) -> tuple[OpenPack, Library]:
        following = verified(place)
        try:
            return following, library_of(following, settings, request.topic)
        except Declined:
            following.close()
            raise

    following = NextPack(where, opened, stamp, (Declined, Unreadable))
    return PackShelf(pack, scope_of(settings), recalls_of(where()), following)


def forked_shelf_of(pack: OpenPack, place: Path, settings: Settings) -> PackShelf:
    """The shelf of a process that is replaced after a visit: what is new is read by another."""
    return PackShelf(pack, scope_of(settings), recalls_of(place))


def recalls_of(place: Path) -> Recalls | None:
    """What is recalled from the pack at a place; of a directory nothing is, it is changed."""
    return None if place.is_dir() else Recalls(beside(place))


def stamped(place: Path, settings: Path | None) -> list[list[str | int]]:
    """The files that are about to be read, each with what tells that it has changed since."""
    inner = sorted(place.rglob("*"))[:MOST_WATCHED] if place.is_dir() else []
    # what is not there yet is watched, too: a first recall, a first library of this machine
    files = [place, beside(place), INSTALLED, *inner, *([settings] if settings else [])]
    return [[str(one), *stamp(str(one))] for one in files]
