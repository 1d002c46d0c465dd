"""Cache of packs in the user's cache folder, so that content is compiled only after a change.

Other small files that are made from content can be kept in it, too.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path

from kiosk import __version__
from kiosk.errors import PackError
from kiosk.file_stamp import stamp_of
from kiosk.library.pack.atomic_file import write_whole
from kiosk.library.pack.reader import FORMAT, fingerprint_of_shapes, open_pack, verified
from kiosk.sha256 import sha256
from kiosk.system.files import READ_NO_LINK, is_ours, read_ordinary
from kiosk.system.folders import cache_folder

_PIECE = 1 << 16
"""Bytes of a file that are read at a time."""
LARGEST_KEPT = 4_000_000
"""Bytes of a file of the cache that is no pack."""
_NOTE = ".whole"
"""Ending of the name of a file with the stamp of a pack whose seal was found whole."""
_KEPT = 8
"""Packs that stay in the cache; older ones are taken away."""


def pack_for(
    directory: Path,
    themes: Path | None,
    while_building: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> Path | bytes:
    """Return the pack of a content directory: a file in the user's cache, built if it is missing.

    Where nothing can be written, the pack is returned as bytes. Raises ContentError for a tree
    with problems.

    Args:
        directory: the content.
        themes: folder of the color themes to put into the pack, if any.
        while_building: makes the context in which a pack is built, so that a caller can tell the
            user of the wait; it is not used where the cache has the pack.
    """
    folder = own_cache_folder()
    file = folder / f"{fingerprint(directory, themes)}.pack" if folder else None
    if file is not None and _is_good(file):
        return file
    with while_building():
        return _build(directory, themes, file)


def _build(directory: Path, themes: Path | None, file: Path | None) -> Path | bytes:
    from kiosk.library.pack.build import build_pack, pack_bytes  # validator, parser: only to build

    if file is not None:
        with suppress(OSError):
            _remove_what_is_no_file(file)
            build_pack(directory, themes, file)
            _prune(file.parent, file.suffix)
            return file
    return pack_bytes(directory, themes)


def keep(file: Path, content: bytes) -> bool:
    """Write `content` to a file of the cache; return whether it was written, with no error raised.

    Then delete the oldest files of the cache whose names end as that file's does.
    """
    try:
        _remove_what_is_no_file(file)
        write_whole(file, content)
    except OSError:
        return False
    _prune(file.parent, file.suffix)
    return True


def _remove_what_is_no_file(file: Path) -> None:
    """Remove a link, FIFO or device of that name: a program that wrote into it would wait, or do
    harm.
    """
    with suppress(FileNotFoundError):
        if not stat.S_ISREG(file.lstat().st_mode):
            file.unlink()


def fingerprint(directory: Path, themes: Path | None) -> str:
    """Return a digest of all that a pack is made of: files, their names, and the program's version.

    The content of files is read, not their sizes and times: an edit may keep both. Files whose name
    begins with a dot are left out, as they are when the tree is read.
    """
    digest = sha256(f"{__version__} {FORMAT} {fingerprint_of_shapes()}".encode())
    for root in (directory, themes):
        if root is not None:
            digest.update(f"\n{root.resolve()}".encode(errors="surrogateescape"))
            for path in sorted(_files(root)):
                name = path.relative_to(root)
                digest.update(f"\n{name} ".encode(errors="surrogateescape"))
                with suppress(OSError):
                    digest.update(_digest(path))
    return digest.hexdigest()[:32]


def _digest(path: Path) -> bytes:
    if not path.is_file():
        return b""
    digest = sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.digest()


def _files(root: Path) -> Iterator[Path]:
    """Yield the files that the tree is read from, also those behind a link to a folder."""
    for folder, folders, names in os.walk(root, followlinks=True):
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".") and not _is_circle(Path(folder, name))
        ]
        yield from (Path(folder, name) for name in names if not name.startswith("."))


def _is_circle(folder: Path) -> bool:
    """Return whether a folder is a link to one that it is in, however many links that takes."""
    if not folder.is_symlink():
        return False
    return folder.resolve() in {parent.resolve() for parent in folder.parents}


def own_cache_folder() -> Path | None:
    """Return the user's cache folder, made where it is not there; None where it cannot be trusted.

    A folder that is somebody else's, or that others can write in, is not trusted.
    """
    folder = cache_folder()
    if folder is None:
        return None
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder if is_ours(os.stat(folder)) else None
    except OSError:
        return None


def read_own(file: Path) -> bytes:
    """Return the bytes of a file of the cache; raises OSError for one that is somebody else's."""
    if not is_ours(os.lstat(file)):
        raise PermissionError(file)
    return read_ordinary(file, LARGEST_KEPT, READ_NO_LINK)


def _is_good(file: Path) -> bool:
    """Return whether the cached pack is whole; a damaged one is built again.

    Its seal is looked at once (some 9 ms), and again when anything of the file has changed.
    """
    try:
        status = os.lstat(file)
        if not is_ours(status):
            return False
        stamp = " ".join(map(str, stamp_of(status))).encode()
        note = file.with_name(f"{file.name}{_NOTE}")
        is_known = _note_of(note) == stamp
        with open_pack(file) if is_known else verified(file, light=True) as pack:
            pack.library()
    except (PackError, OSError):
        return False
    if not is_known:
        keep(note, stamp)
    return True


def _note_of(note: Path) -> bytes:
    """Return the stamp of the pack that was found whole; empty where none is this user's own."""
    try:
        return read_ordinary(note, LARGEST_KEPT) if is_ours(os.lstat(note)) else b""
    except OSError:
        return b""


def _prune(folder: Path, suffix: str) -> None:
    with suppress(OSError):
        packs = sorted(folder.glob(f"*{suffix}"), key=lambda p: p.stat().st_mtime_ns, reverse=True)
        for old in packs[_KEPT:]:
            old.unlink()
