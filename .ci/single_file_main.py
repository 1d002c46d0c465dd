"""Unpack the kiosk and start it: the first thing that runs in `kiosk.pyz`.

It unpacks into the user's caches, once for each version of the file. Where nothing can be kept
there, it unpacks into a temporary folder and takes that away in the end.
"""

import atexit
import os
import shutil
import sys
import tempfile
import zipfile

ARCHIVE = os.path.dirname(os.path.abspath(__file__))
"""The file itself: Python reads this module from inside it."""


def main():
    """Start the kiosk from an unpacked folder; return its exit status."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this is where an older Python is told
        print(f"kiosk needs Python 3.11 or later; this is {sys.version.split()[0]}.")
        return 1
    sys.path[0] = kept_folder() or temporary_folder()
    from kiosk.__main__ import main as kiosk

    return kiosk()


def kept_folder():
    """Return the folder in the user's caches, made if need be; None where none can be made."""
    with zipfile.ZipFile(ARCHIVE) as archive:
        digest = archive.comment.decode("ascii")
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    if not home:
        home = os.path.join(os.path.expanduser("~"), ".cache")
    folder = os.path.join(home, "kiosk", f"program-{digest}")
    if os.path.isdir(folder):
        return folder
    part = f"{folder}.{os.getpid()}.part"
    try:
        os.makedirs(part, mode=0o700)
        unpack(part)
        os.rename(part, folder)
    except OSError:  # nothing can be written there, or another start was quicker
        shutil.rmtree(part, ignore_errors=True)
    return folder if os.path.isdir(folder) else None


def temporary_folder():
    """Return a new folder of this user's alone, which is deleted when the kiosk ends."""
    folder = tempfile.mkdtemp(prefix="kiosk-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    unpack(folder)
    return folder


def unpack(folder):
    """Unpack this file into a folder."""
    with zipfile.ZipFile(ARCHIVE) as archive:
        archive.extractall(folder)


if __name__ == "__main__":
    sys.exit(main())
