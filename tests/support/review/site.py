"""A site for tests: a content tree, its settings and its file of allowed signers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from kiosk.core.library import Library, TopicCard
from kiosk.library.pack.build import pack_bytes
from kiosk.library.pack.cache import fingerprint
from kiosk.library.pack.reader import Pack, open_pack
from kiosk.settings.model import ReviewSettings, Settings, ShowSettings
from kiosk.site.content import library_of
from kiosk.site.review_report import pack_findings
from tests.support.shipped import THEMES


@dataclass
class Site:
    """A clinic with reviewers."""

    root: Path
    """The content tree."""
    folder: Path
    """Where its settings lie, outside the tree."""
    reviewers: int = 1
    unapproved: bool = True

    @property
    def signers(self) -> Path:
        return self.folder / "allowed_signers"

    @property
    def revoked(self) -> Path:
        return self.folder / "revoked_keys"

    @property
    def settings(self) -> Settings:
        review = ReviewSettings(str(self.signers), "", self.reviewers)
        if self.revoked.exists():
            review = replace(review, revoked_keys=str(self.revoked))
        return Settings(review=review, show=ShowSettings(unapproved=self.unapproved))

    def allow(self, *lines: str) -> None:
        self.signers.write_text("".join(lines))

    def pack(self) -> Pack:
        return open_pack(_pack_bytes(self.root, fingerprint(self.root, THEMES)))

    def library(self) -> Library:
        return library_of(self.pack(), self.settings)

    def card(self) -> TopicCard:
        (card,) = self.library().cards
        return card

    def write_settings(self) -> Path:
        """Write kiosk.toml and return its path."""
        file = self.folder / "kiosk.toml"
        lines = ["[review]", f'allowed-signers = "{self.signers}"', f"reviewers = {self.reviewers}"]
        if self.revoked.exists():
            lines.append(f'revoked-keys = "{self.revoked}"')
        lines += ["[show]", f"unapproved = {str(self.unapproved).lower()}"]
        file.write_text("\n".join(lines) + "\n")
        return file


@lru_cache(maxsize=4)
def _pack_bytes(root: Path, _: str) -> bytes:
    """Return the pack of a tree in this state: most tests ask for the same again and again."""
    return pack_bytes(root, THEMES)


def review_notes(site: Site) -> list[str]:
    """Return the sentences about reviews that the doctor would note."""
    with site.pack() as pack:
        return [words for is_good, words in pack_findings(pack, site.settings) if not is_good]
