"""The shipped content, compiled once for all workers of a test run and all processes they start."""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

from kiosk.library.pack.build import build_pack
from kiosk.library.pack.cache import fingerprint

ROOT = Path(__file__).resolve().parents[2]
CONTENT, THEMES = ROOT / "content", ROOT / "themes"
_SHARED = "KIOSK_TEST_PACKS"
"""The variable that names the folder of this run's packs; workers inherit it."""


def share_packs() -> None:
    """Make the folder that all workers of this run share, unless this is one of them."""
    if _SHARED not in os.environ:
        folder = tempfile.mkdtemp(prefix="kiosk-test-")
        os.environ[_SHARED] = folder
        atexit.register(shutil.rmtree, folder, ignore_errors=True)


@cache
def shipped_pack() -> Path:
    """Return the pack of the shipped content, under the name that the program's cache gives it.

    The first process that asks compiles it; the others wait for it.
    """
    share_packs()
    folder = Path(os.environ[_SHARED])
    file = folder / f"{fingerprint(CONTENT, THEMES)}.pack"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            build_pack(CONTENT, THEMES, file)
    return file


def with_prebuilt_pack(environment: dict[str, str]) -> dict[str, str]:
    """Put the compiled content into the cache folder of an environment, if that is empty.

    Returns the environment. A first start without it is tested with the wheel, in
    `tests/library/pack/test_cache.py` and in `tests/site/test_progress.py`.
    """
    cache = Path(environment.get("XDG_CACHE_HOME", "/nowhere"))
    if cache.is_dir() and not (cache / "kiosk").exists() and os.access(cache, os.W_OK):
        (cache / "kiosk").mkdir(mode=0o700)
        shutil.copy(shipped_pack(), cache / "kiosk")
    return environment
