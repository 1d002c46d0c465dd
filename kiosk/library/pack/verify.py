"""Looking at all of a pack: every byte, every table, every text."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kiosk.library.pack.connection import PackError
from kiosk.library.pack.contents import digests
from kiosk.library.pack.reader import Pack, verified


@dataclass(frozen=True)
class PackInfo:
    """What a pack is, in figures; two builds of the same content give the same."""

    version: str
    topics: dict[str, int]
    """By language."""
    status: dict[str, int]
    themes: int
    words: int
    """Words of its topics, as the plain level reads them."""


def verify(file: Path) -> None:
    """Raise Unreadable unless all of the pack is as it was built, and all of it can be read."""
    with verified(file) as pack:
        for (damage,) in pack.each("PRAGMA integrity_check(1)"):
            if damage != "ok":
                raise PackError(file, "it is damaged: its tables do not hold together.")
        _check_manifest(pack, file)
        pack.library()
        pack.themes()
        for id_, language, _ in pack.texts():
            topic, card = pack.open_topic(id_, language), pack.card(id_, language)
            if (topic.id, topic.language, card.id, card.language) != (id_, language) * 2:
                raise PackError(file, "it is damaged: a topic is under another's name.")


def _check_manifest(pack: Pack, file: Path) -> None:
    told = {row[0]: tuple(row[1:]) for row in pack.rows("SELECT name, count, sha256 FROM manifest")}
    for name, count, digest in digests(pack.each):
        if told.pop(name, None) != (count, digest):
            raise PackError(file, f"it is damaged: the table {name} is not what was built.")
    if told:
        raise PackError(file, "it is damaged: its manifest names a table that it has not.")


def describe(pack: Pack) -> PackInfo:
    """What an open pack is."""
    topics = pack.rows("SELECT language, count(*) FROM card GROUP BY language ORDER BY language")
    status = pack.rows("SELECT status, count(*) FROM card GROUP BY status ORDER BY status")
    return PackInfo(
        version=pack.meta().get("version", "unknown"),
        topics={str(language): int(count) for language, count in topics},
        status={str(name): int(count) for name, count in status},
        themes=len(pack.themes()),
        words=int(pack.meta().get("words", "0")),
    )


def digest_of(file: Path) -> str:
    """The SHA-256 of the file, for comparing it with the one that was sent."""
    whole = sha256()
    with file.open("rb") as opened:
        while piece := opened.read(1 << 20):
            whole.update(piece)
    return whole.hexdigest()
