"""The shipped content, compiled once for all processes that tests start."""

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
    """Put the compiled content into the cache folder of an environment, if that is empty.

    Returns the environment. A first start without it is tested with the wheel and in
    `tests/library/pack/test_cache.py`.
    """
    cache = Path(environment.get("XDG_CACHE_HOME", "/nowhere"))
    if cache.is_dir() and not (cache / "kiosk").exists() and os.access(cache, os.W_OK):
        (cache / "kiosk").mkdir(mode=0o700)
        shutil.copy(_built(), cache / "kiosk")
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
