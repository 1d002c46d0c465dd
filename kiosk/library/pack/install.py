"""Putting a pack where a kiosk reads it: verified, whole, and with a way back."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kiosk.library.pack import integrity, recalls
from kiosk.library.pack.atomic_file import PART, AtomicFile, sweep, sync, write_whole
from kiosk.library.pack.connection import PackError, open_file
from kiosk.library.pack.reader import open_pack, verified
from kiosk.library.pack.verify import verify

_PIECE = 1 << 20


class InstallError(Exception):
    """The pack in use was not replaced; the message says why, in one sentence."""


def previous(place: Path) -> Path:
    """Where the pack before the one at `place` is kept."""
    return place.with_name(f"{place.name}.previous")


def install(file: Path, place: Path) -> None:
    """Verify `file` and make it the pack at `place`; the one there before is kept as `.previous`.

    At any moment there is a whole pack at `place`: the old one or the new. Raises Unreadable or
    OSError; then the old one is there.
    """
    verify(file)
    source = open_file(file)
    try:
        with _alone(place.parent), AtomicFile(place) as new:
            while piece := os.read(source, _PIECE):
                _write(new.handle, piece)
            if integrity.stored_seal(new.handle) != integrity.stored_seal(
                source
            ) or not integrity.seal_matches(new.handle):
                raise PackError(file, "it changed while it was copied.")
            recalls.make(place)
            kept = _second_name(place, place) if place.exists() else None
            new.put()
            if kept is not None:
                _move(kept, previous(place))
    finally:
        os.close(source)


def rollback(place: Path) -> None:
    """Make the previous pack the one at `place`, and that one the previous.

    Raises Unreadable where the previous is not whole, Unmoved where there is none.
    """
    kept = previous(place)
    if not kept.exists():
        raise InstallError(f"There is no pack before the one at {place}.")
    verified(kept).close()
    with _alone(place.parent):
        sweep(place)
        back = _second_name(kept, place)
        now = _second_name(place, place) if place.exists() else None
        _move(back, place)
        if now is not None:
            _move(now, kept)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Nobody else puts a pack into the folder meanwhile."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _move(name: Path, place: Path) -> None:
    os.replace(name, place)
    name.unlink(missing_ok=True)  # which stays where both were names of one file (rename(2))
    sync(place.parent)


def _write(handle: int, piece: bytes) -> None:
    while piece:
        piece = piece[os.write(handle, piece) :]


def _second_name(file: Path, place: Path) -> Path:
    """Another name for a file, such that `sweep(place)` takes it away; a copy where it must be."""
    name = place.with_name(f".{place.name}.{file.suffix}-{os.getpid()}{PART}")
    name.unlink(missing_ok=True)
    try:
        os.link(file, name)
    except OSError:  # a stick's file system knows no second names
        write_whole(name, file.read_bytes())
    return name


def held_back(place: Path) -> list[str]:
    """The topics of the pack at `place` that are recalled, each with its language."""
    with open_pack(place) as pack:
        found = recalls.recalled(recalls.Recalls(recalls.recalls_path(place)), pack.text_of)
        return [f"{topic} ({language})" for topic, language in found]


def recall(place: Path, topic: str) -> list[str]:
    """Hold a topic of the pack at `place` back, at once; its languages.

    Raises Unreadable, KeyError where the pack has no such topic, OSError, or `recalls.Full`.
    """
    with open_pack(place) as pack:
        texts = pack.text_of(topic)
    if not texts:
        raise KeyError(topic)
    file = recalls.make(place)
    for language, digest in sorted(texts.items()):
        recalls.recall(file, recalls.Recall(topic, language, digest))
    return sorted(texts)


def undo(place: Path, topic: str) -> int:
    """Show a topic again; how many of its texts were held back. Raises OSError."""
    with suppress(FileNotFoundError):
        return recalls.undo(recalls.recalls_path(place), topic)
    return 0
