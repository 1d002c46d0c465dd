"""Watchers that notice that a pack was replaced, or that other signatures count than before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import time

from kiosk.core.library import Library
from kiosk.error_log import log_line
from kiosk.file_stamp import file_stamp
from kiosk.library.pack.reader import Pack
from kiosk.settings.model import Settings
from kiosk.site.content import library_again
from kiosk.site.signers import reviews_here, signer_files

Renewed = tuple[Pack, Library]


class PackWatcher:
    """Watcher that notices, when called, that another pack has replaced the one that was opened.

    Args:
        where: returns the path of the pack; raises one of `declined` where there is none.
        opened: opens and verifies the pack at a path and makes its library; raises one of
            `declined` if it cannot, and then the pack in use stays.
        stamp: returns a value for a file that differs when the file has changed.
        declined: the types of errors that mean that there is no pack to change to. Their messages
            are logged, once for each pack.
    """

    def __init__(
        self,
        where: Callable[[], Path],
        opened: Callable[[Path], Renewed],
        stamp: Callable[[Path], object],
        declined: tuple[type[Exception], ...],
    ) -> None:
        self._where = where
        self._opened = opened
        self._stamp = stamp
        self._declined = declined
        self._complaint = ""
        """Why there is no pack, as last logged."""
        self._known = self._now()

    def __call__(self) -> Renewed | None:
        """Return the new pack and its library; None if nothing has changed or it is unusable."""
        now = self._now()
        if now is None or now == self._known:
            return None
        self._known = now
        try:
            return self._opened(now[0])
        except self._declined as error:
            log_line(f"another library cannot be used; going on with the one before: {error}")
            return None

    def _now(self) -> tuple[Path, object] | None:
        try:
            path = self._where()
        except self._declined as error:
            if str(error) != self._complaint:
                self._complaint = str(error)
                log_line(f"there is no library now; going on with the one before: {error}")
            return None
        self._complaint = ""
        return None if path.is_dir() else (path, self._stamp(path))


class ReviewWatcher:
    """Watcher that notices, when called, that other signatures count than before.

    Files of signers have changed, a key has expired, or a review is late.

    Args:
        pack: returns the pack in use.
        settings: of the site.
        reads_files: whether changed files of signers are looked for; not where another process
            watches them and replaces this one.
        topic: id of the topic that visits begin with, if any.
    """

    def __init__(
        self,
        pack: Callable[[], Pack],
        settings: Settings,
        *,
        reads_files: bool,
        topic: str | None = None,
    ) -> None:
        self._pack = pack
        self._settings = settings
        self._topic = topic
        self._files = signer_files(settings.review) if reads_files else []
        self._known = [file_stamp(file) for file in self._files]

    def __call__(self) -> Renewed | None:
        """Return the pack in use and its library by the new reviews; None without a change."""
        pack, stamps = self._pack(), [file_stamp(file) for file in self._files]
        reviews, moment = pack.reviews, time()
        if stamps != self._known:
            self._known = stamps
            pack.judge(reviews_here(pack, self._settings.review))
        elif reviews.until is not None and reviews.later and moment >= reviews.until:
            pack.judge(reviews.later(moment))
        else:
            return None
        return pack, library_again(pack, self._settings, self._topic)
