"""A house that tells how long its collections took: put before the real one by the bench."""

from __future__ import annotations

import gc
import importlib
import os
import sys
import time

TOLD = "collections"
"""The file, in the house's runtime directory, that has the milliseconds of each."""


def main(told: str) -> None:
    """Serve as the module that the command line's last word names would, watched."""
    folder = os.environ["RUNTIME_DIRECTORY"]
    file = os.open(os.path.join(folder, TOLD), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    began = 0.0

    def watch(phase: str, info: dict[str, int]) -> None:
        nonlocal began
        if phase == "start":
            began = time.perf_counter()
        else:
            took = (time.perf_counter() - began) * 1000
            os.write(file, f"{took:.3f} {info['generation']}\n".encode())

    gc.callbacks.append(watch)
    importlib.import_module(sys.argv[2]).main(told)
