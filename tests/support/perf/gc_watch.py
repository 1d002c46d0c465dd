"""Runs the server with a record of how long its garbage collections took."""

from __future__ import annotations

import gc
import importlib
import os
import sys
import time

GC_LOG = "collections"
"""The file in the runtime directory, with milliseconds and generation of each collection."""


def main(command_line: str) -> None:
    """Run the module that is named last on the command line, and record its collections."""
    folder = os.environ["RUNTIME_DIRECTORY"]
    file = os.open(os.path.join(folder, GC_LOG), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    started_at = 0.0

    def watch(phase: str, info: dict[str, int]) -> None:
        nonlocal started_at
        if phase == "start":
            started_at = time.perf_counter()
        else:
            milliseconds = (time.perf_counter() - started_at) * 1000
            os.write(file, f"{milliseconds:.3f} {info['generation']}\n".encode())

    gc.callbacks.append(watch)
    importlib.import_module(sys.argv[2]).main(command_line)
