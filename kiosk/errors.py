"""Errors of the program, and how one is reported without quoting what a visitor typed."""

from __future__ import annotations

from types import TracebackType


def raised_at(error: BaseException | None) -> str:
    """Return the type of an error and its line of code, such as `KeyError body.py:34`.

    The message is left out: it may quote a visitor. Empty for None.
    """
    if error is None:
        return ""
    frame: TracebackType | None = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    if frame is None:
        return type(error).__name__
    file = frame.tb_frame.f_code.co_filename.rpartition("/")[2]
    return f"{type(error).__name__} {file}:{frame.tb_lineno}"
