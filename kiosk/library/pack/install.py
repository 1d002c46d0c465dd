"""Install a verified pack as the one in use, go back to the one before, recall or undo recalls."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kiosk.errors import InstallError, PackError
from kiosk.library.pack import integrity, recalls
from kiosk.library.pack.atomic_file import PART, AtomicFile, sweep, write_whole
from kiosk.library.pack.connection import open_file
from kiosk.library.pack.reader import open_pack, verified
from kiosk.library.pack.verify import verify
from kiosk.system.files import locked_folder, sync_folder

_PIECE = 1 << 20


def previous(in_use: Path) -> Path:
    """Return the path under which the pack before the one in use is kept, if there was one."""
    return in_use.with_name(f"{in_use.name}.previous")


def install(file: Path, in_use: Path, allow: Callable[[bytes], object] = lambda seal: None) -> None:
    """Verify `file` and make it the pack in use; the one before is kept as `.previous`.

    At any moment there is a whole pack at `in_use`: the old one or the new. Raises PackError or
    OSError; then the old one is there.

    Args:
        file: the new pack.
        in_use: the path of the pack in use.
        allow: called with the seal of what was copied; raises PackError to refuse it.
    """
    source = open_file(file)
    try:
        with locked_folder(in_use.parent), AtomicFile(in_use) as new:
            while piece := os.read(source, _PIECE):
                _write(new.handle, piece)
            _verify_copy(new.path, file)
            allow(integrity.stored_seal(new.handle))
            recalls.make(recalls.recalls_beside(in_use))
            kept = _second_name(in_use, in_use) if in_use.exists() else None
            new.put()
            if kept is not None:
                _move(kept, previous(in_use))
    finally:
        os.close(source)


def _verify_copy(copy: Path, file: Path) -> None:
    """Verify what was copied, and not what has the name of `file` by now; name that in an error."""
    try:
        verify(copy)
    except PackError as error:
        raise PackError(file, error.why) from error


def rollback(in_use: Path) -> None:
    """Make the previous pack the one in use, and the one in use the previous.

    Raises PackError where the previous one is not whole, InstallError where there is none, or
    OSError.
    """
    kept = previous(in_use)
    if not kept.exists():
        raise InstallError(in_use, "there is no pack before this one.")
    verified(kept).close()
    with locked_folder(in_use.parent):
        sweep(in_use)
        back = _second_name(kept, in_use)
        now = _second_name(in_use, in_use) if in_use.exists() else None
        _move(back, in_use)
        if now is not None:
            _move(now, kept)


def _move(name: Path, in_use: Path) -> None:
    os.replace(name, in_use)
    name.unlink(missing_ok=True)  # which stays where both were names of one file (rename(2))
    sync_folder(in_use.parent)


def _write(handle: int, piece: bytes) -> None:
    while piece:
        piece = piece[os.write(handle, piece) :]


def _second_name(file: Path, in_use: Path) -> Path:
    """Give a file a second name, which `sweep()` deletes; copy it where it cannot have one."""
    name = in_use.with_name(f".{in_use.name}.{file.suffix}-{os.getpid()}{PART}")
    name.unlink(missing_ok=True)
    try:
        os.link(file, name)
    except OSError:  # a stick's file system knows no second names
        write_whole(name, file.read_bytes())
    return name


def recalled_topics(pack_file: Path, recalls_file: Path) -> list[str]:
    """Return the names of a pack's topics whose text is recalled, with language: `zinc (en)`."""
    with open_pack(pack_file) as pack:
        in_force = recalls.recalled(recalls.Recalls(recalls_file), pack.text_of)
        return [f"{topic} ({language})" for topic, language in in_force]


def reworded_topics(pack_file: Path, recalls_file: Path) -> list[str]:
    """Return the names of topics of which a recalled text differs from the one in a pack.

    A recall does not withhold the pack's text of such a topic, because its words are other words.
    Each is named with its language: `zinc (en)`.
    """
    recalled = recalled_topics(pack_file, recalls_file)
    with open_pack(pack_file) as pack:
        entries = {(e.topic, e.language) for e in recalls.Recalls(recalls_file).in_force()}
        known = [(topic, code) for topic, code in sorted(entries) if code in pack.text_of(topic)]
    return [name for topic, code in known if (name := f"{topic} ({code})") not in recalled]


def make_folder(folder: Path) -> None:
    """Make a folder for a pack or for recalls, where there is none. Raises OSError."""
    if not folder.exists():
        folder.mkdir(parents=True)
        folder.chmod(0o755)  # whatever root's mask: the kiosk's own user reads there


def recall(pack_file: Path, recalls_file: Path, topic: str) -> list[str]:
    """Recall all texts that a pack has of a topic, at once; return the languages of these texts.

    Raises PackError, KeyError where the pack has no such topic, OSError, or RecallsFull.
    """
    with open_pack(pack_file) as pack:
        texts = pack.text_of(topic)
    if not texts:
        raise KeyError(topic)
    make_folder(recalls_file.parent)
    recalls.make(recalls_file)
    for language, digest in sorted(texts.items()):
        recalls.recall(recalls_file, recalls.Recall(topic, language, digest))
    return sorted(texts)


def undo(recalls_file: Path, topic: str) -> int:
    """Undo the recalls of a topic; return how many there were, 0 where there is no file of recalls.

    Raises OSError.
    """
    with suppress(FileNotFoundError):
        return recalls.undo(recalls_file, topic)
    return 0
