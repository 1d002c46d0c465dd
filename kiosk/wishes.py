"""What somebody may wish of a visit before it begins, and what becomes of it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from kiosk.core.content import Level
from kiosk.core.library import Library
from kiosk.core.port import Shelf
from kiosk.core.visit import Manner, Opening


def opening_for(
    wants: Mapping[str, str], usual: Opening, languages: tuple[str, ...], shelf: Shelf
) -> Opening:
    """The place's opening as somebody wishes it; what there is not is left out."""
    language, topic = wants.get("language", ""), wants.get("topic", "")
    if language in languages:
        usual = replace(usual, language=language)
    if wants.get("level", "") in list(Level):
        usual = replace(usual, level=Level(wants["level"]))
    if topic:
        with contextlib.suppress(KeyError):
            usual = replace(usual, topic=shelf.card(topic, usual.language).id)
    if wants.get("manner", "") == Manner.LINES:
        usual = replace(usual, manner=Manner.LINES)
    return usual


def known(library: Library, themes: Iterable[str]) -> dict[str, object]:
    """What a visit can be asked for by name."""
    levels = {one.id: one.level.value for one in library.readers}
    return {"languages": list(library.languages), "themes": list(themes), "levels": levels}
