"""Build a pack from a content directory. A directory with problems is refused whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kiosk.library.checks.rules import examine
from kiosk.library.pack.open_texts import terms_by_kind
from kiosk.library.pack.search_tables import write_answering
from kiosk.library.pack.writer import PackWriter, pack_in_memory, write_pack
from kiosk.library.problem import ContentError
from kiosk.library.source.draft import Draft


def build_pack(directory: Path, themes: Path | None, file: Path) -> None:
    """Write the pack of `directory` to `file`, whole or not at all; raises ContentError."""
    write_pack(file, _filling(directory, themes))


def pack_bytes(directory: Path, themes: Path | None) -> bytes:
    """Return the pack of `directory`, equal bytes for equal trees; raises ContentError."""
    return pack_in_memory(_filling(directory, themes))


def _filling(directory: Path, themes: Path | None) -> Callable[[PackWriter], None]:
    draft, problems = examine(directory)
    if problems or draft is None:
        raise ContentError(problems)
    return _filling_of(draft, themes)


def pack_of_draft(draft: Draft, themes: Path | None = None) -> bytes:
    """Return, as bytes, the pack of content that was read already.

    Nothing is checked here: the caller has looked at the content's problems.
    """
    return pack_in_memory(_filling_of(draft, themes))


def _filling_of(draft: Draft, themes: Path | None) -> Callable[[PackWriter], None]:
    def fill(pack: PackWriter) -> None:
        for topic in draft.topics:
            pack.add(topic.topic, topic.reviews)
            for kind, terms in terms_by_kind(topic):
                pack.keep_terms(topic.topic, kind, terms)
        write_answering(pack.connection, draft.topics)
        pack.finish(draft.library, draft.alarm_rules, themes)

    return fill
