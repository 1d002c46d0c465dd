"""The pack of a content directory, built only when something in it has changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from kiosk import __version__
from kiosk.library.pack.atomic_file import write_whole
from kiosk.library.pack.reader import FORMAT, PackError, fingerprint_of_shapes, open_pack

_KEPT = 8
"""Packs that stay in the cache; older ones are taken away."""


def pack_for(directory: Path, themes: Path | None) -> Path | bytes:
    """The pack of `directory`: from the user's cache, built into it, or, where nothing can be
    written, in memory. Raises Refused for a tree with problems."""
    folder = cache_folder()
    file = folder / f"{fingerprint(directory, themes)}.pack" if folder else None
    if file is not None and _is_good(file):
        return file
    from kiosk.library.pack.build import build_pack, pack_bytes  # validator, parser: only to build

    if file is not None:
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            build_pack(directory, themes, file)
            _prune(file.parent, file.suffix)
            return file
    return pack_bytes(directory, themes)


def keep(file: Path, content: bytes) -> bool:
    """Keep `content` in the cache, and old files out of it; whether that could be done."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(file, content)
    except OSError:
        return False
    _prune(file.parent, file.suffix)
    return True


def fingerprint(directory: Path, themes: Path | None) -> str:
    """What the pack depends on: where the files are, their sizes and times, and the program."""
    told = sha256(f"{__version__} {FORMAT} {fingerprint_of_shapes()}".encode())
    for root in (directory, themes):
        if root is not None:
            told.update(f"\n{root.resolve()}".encode(errors="surrogateescape"))
            for line in sorted(_lines(root)):
                told.update(line.encode(errors="surrogateescape"))
    return told.hexdigest()[:32]


def _lines(root: Path) -> Iterator[str]:
    for folder, _, names in os.walk(root):
        for name in names:
            path = Path(folder, name)
            with suppress(OSError):
                found = path.stat()
                yield f"\n{path.relative_to(root)} {found.st_size} {found.st_mtime_ns}"


def cache_folder() -> Path | None:
    """The cache directory; a relative one is none (XDG Base Directory Specification)."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(given):
        return Path(given, "kiosk")
    with suppress(RuntimeError):
        return Path.home() / ".cache" / "kiosk"
    return None


def _is_good(file: Path) -> bool:
    """Whether the cached pack is whole; a damaged one is built again."""
    try:
        with open_pack(file) as pack:
            pack.library()
    except PackError:
        return False
    return True


def _prune(folder: Path, suffix: str) -> None:
    with suppress(OSError):
        packs = sorted(folder.glob(f"*{suffix}"), key=lambda p: p.stat().st_mtime_ns, reverse=True)
        for old in packs[_KEPT:]:
            old.unlink()
