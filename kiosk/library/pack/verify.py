"""Verify a pack, so that it can be installed: read every byte, every table, every text.

Other functions describe a pack in figures, to compare two builds, and give its file's SHA-256.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from kiosk.errors import PackError
from kiosk.fast_dataclass import dataclass, replace
from kiosk.library.pack.integrity import digests
from kiosk.library.pack.reader import Pack, verified
from kiosk.library.problem import visible


@dataclass(frozen=True)
class PackInfo:
    """Description of a pack in figures, by which two builds can be compared."""

    version: str
    topics: dict[str, int]
    """By language."""
    status: dict[str, int]
    themes: int
    words: int
    """Words of its topics, as the plain level reads them."""


def verify(file: Path) -> None:
    """Read a whole pack, and raise PackError unless all of it is as it was built.

    A pack is refused, too, if a text that is open before the cautions names a gated term.
    """
    from kiosk.library.pack.open_texts import open_names  # the checks and their validator
    from kiosk.library.pack.writer import card_of

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
            if replace(card_of(topic, card.languages), status=card.status) != card:
                raise PackError(file, f"it has a card that no build writes: {visible(id_)}.")
        if name := next(open_names(pack), ""):
            raise PackError(file, f"it has a text that no build writes: {visible(name)[:200]}.")


def _check_manifest(pack: Pack, file: Path) -> None:
    listed = {
        row[0]: tuple(row[1:]) for row in pack.rows("SELECT name, count, sha256 FROM manifest")
    }
    for name, count, digest in digests(pack.each):
        if listed.pop(name, None) != (count, digest):
            raise PackError(file, f"it is damaged: the table {name} is not what was built.")
    if listed:
        raise PackError(file, "it is damaged: its manifest names a table that it has not.")


def describe(pack: Pack) -> PackInfo:
    """Return the description of an open pack."""
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
    """Return the SHA-256 of a file, in hexadecimal, to compare it with the file that was sent."""
    whole = sha256()
    with file.open("rb") as opened:
        while piece := opened.read(1 << 20):
            whole.update(piece)
    return whole.hexdigest()
