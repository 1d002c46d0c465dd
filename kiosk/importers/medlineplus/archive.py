"""Opens the file of MedlinePlus topics (XML, or one XML file in gzip or zip) and reads it in
pieces, without unpacking it to disk.
"""

from __future__ import annotations

import gzip
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kiosk.errors import SourceError
from kiosk.system.files import open_ordinary

CHUNK = 65_536
MOST_BYTES = 200_000_000
"""Bytes of XML, several times what the NLM publishes. A file made to fill a disk holds more."""


@contextmanager
def chunks(path: Path) -> Iterator[Iterator[bytes]]:
    """Context manager: open `path` and give an iterator over its XML, unpacked, in pieces of bytes.

    Raises SourceError, also while pieces are read, if the file cannot be read or unpacked, is a
    zip with anything but one XML file, or has more XML than is ever imported.
    """
    try:
        file = os.fdopen(open_ordinary(path), "rb")
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror or error}") from None
    with file:
        yield _read(path, file)


def _read(path: Path, file: IO[bytes]) -> Iterator[bytes]:
    try:
        start = file.read(4)
        file.seek(0)
        if start.startswith(b"PK"):
            with zipfile.ZipFile(file) as archive, archive.open(_only(path, archive)) as inner:
                yield from _bounded(path, inner)
        elif start.startswith(b"\x1f\x8b"):
            with gzip.open(file) as inner:
                yield from _bounded(path, inner)
        else:
            yield from _bounded(path, file)
    except _damages() as error:
        raise SourceError(f"{path}: cannot be unpacked: {_said(error)}") from None
    except NotImplementedError as error:  # a way of compressing that zipfile knows not
        raise SourceError(f"{path}: cannot be unpacked: {_said(error)}") from None
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror or error}") from None


def _damages() -> tuple[type[Exception], ...]:
    """Return what is raised where compressed data are damaged."""
    damages = (zipfile.BadZipFile, zlib.error, EOFError, gzip.BadGzipFile)
    try:
        from lzma import LZMAError  # some Pythons are built without it
    except ImportError:
        return damages
    return (*damages, LZMAError)


def _said(error: Exception) -> str:
    return str(error).rstrip(".") or type(error).__name__


def _only(path: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """Return the single XML file of the archive, at its top or in a folder."""
    files = [entry for entry in archive.infolist() if not _is_no_file_of_theirs(entry)]
    if len(files) != 1:
        names = "".join(f"; {_shown(entry.filename)}" for entry in files[:3])
        raise SourceError(
            f"{path}: holds {len(files)} files, where one XML file is expected{names}"
        )
    name = files[0].filename
    if ".." in name or not name.lower().endswith(".xml"):
        raise SourceError(f"{path}: holds {_shown(name)}, where one XML file is expected")
    if files[0].flag_bits & 0x1:
        raise SourceError(f"{path}: is locked with a password")
    return files[0]


def _is_no_file_of_theirs(entry: zipfile.ZipInfo) -> bool:
    """Return whether a zip entry is a folder, or a file that a system such as macOS has added."""
    parts = entry.filename.replace("\\", "/").split("/")
    return not parts[-1] or "__MACOSX" in parts or parts[-1].startswith(".")


def _shown(name: str) -> str:
    """Return a name from the archive as it can be printed."""
    return '"' + "".join(c if c.isprintable() else "?" for c in name[:60]) + '"'


def _bounded(path: Path, file: IO[bytes] | gzip.GzipFile) -> Iterator[bytes]:
    total = 0
    while piece := file.read(CHUNK):
        total += len(piece)
        if total > MOST_BYTES:
            most = f"{MOST_BYTES // 1_000_000} MB"
            raise SourceError(f"{path}: holds more than {most} of XML, which no such file does")
        yield piece
