"""Run a function as another user, in a process of its own: only root can."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable

import pytest

NOBODY = 65534

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as another user")


def as_nobody(trial: Callable[[], object]) -> str:
    """Return what `trial` returned, as text, or the type and message of what it raised.

    Empty where this process is not root's.
    """
    if os.geteuid() != 0:
        return ""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            text = str(trial())
        except BaseException as error:
            text = "".join(traceback.format_exception_only(error)).strip()
        os.write(writer, text.encode()[:4000])
        os._exit(0)
    os.close(writer)
    with open(reader, encoding="utf-8") as answer:
        text = answer.read()
    os.waitpid(pid, 0)
    return text
