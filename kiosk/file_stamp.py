"""A stamp of a file, by which one notices that it has changed or was replaced."""

from __future__ import annotations

import os

FileStamp = tuple[int, int, int, int]
"""Inode, size, time of the last change of the content, time of the last change of anything."""
NO_FILE: FileStamp = (0, 0, 0, 0)


def file_stamp(path: str | os.PathLike[str]) -> FileStamp:
    """Return the stamp of a file: four numbers (inode, size, mtime, ctime), made to be compared.

    NO_FILE, four zeros, where there is no file or permissions hide it. The ctime is part of the
    stamp because a program can set the mtime back: an edit of the same length would not be noticed.
    """
    try:
        status = os.stat(path)
    except OSError:
        return NO_FILE
    return stamp_of(status)


def stamp_of(status: os.stat_result) -> FileStamp:
    """Return the stamp of a file (inode, size, mtime, ctime) from its `os.stat` result."""
    return (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
