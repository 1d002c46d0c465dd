"""A stamp of a file, by which one notices that it has changed or was replaced."""

from __future__ import annotations

import os

FileStamp = tuple[int, int, int, int]
"""Inode, size, time of the last change of the content, time of the last change of anything."""
NO_FILE: FileStamp = (0, 0, 0, 0)


def file_stamp(path: str | os.PathLike[str]) -> FileStamp:
    """Return the stamp of the file at `path`; NO_FILE where there is none or it cannot be seen.

    The time of the last change of anything (ctime) is in it because a program can set the other
    one: an edit of the same length that keeps it changes this one.
    """
    try:
        status = os.stat(path)
    except OSError:
        return NO_FILE
    return stamp_of(status)


def stamp_of(status: os.stat_result) -> FileStamp:
    """Return the stamp of a file that was looked at already."""
    return (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
