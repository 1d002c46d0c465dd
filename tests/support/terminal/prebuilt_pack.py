"""The shipped content compiled once for all the processes that tests start."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

from kiosk.library.pack.build import build_pack
from kiosk.library.pack.cache import fingerprint
from kiosk.site.paths import content_directory, themes_directory


def with_prebuilt_pack(environment: dict[str, str]) -> dict[str, str]:
    """`environment`; where its cache is an empty directory, the pack of the content is put in it.

    What a first start costs is tried elsewhere: `tests/library/pack/test_cache.py` and the wheel.
    """
    place = Path(environment.get("XDG_CACHE_HOME", "/nowhere"))
    if place.is_dir() and not (place / "kiosk").exists() and os.access(place, os.W_OK):
        (place / "kiosk").mkdir(mode=0o700)
        shutil.copy(_built(), place / "kiosk")
    return environment


@cache
def _built() -> Path:
    content, themes = content_directory(), themes_directory()
    assert content is not None
    folder = Path(tempfile.mkdtemp(prefix="kiosk-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    file = folder / f"{fingerprint(content, themes)}.pack"
    build_pack(content, themes, file)
    return file
