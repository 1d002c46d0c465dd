"""What somebody may wish of a visit before it begins, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kiosk.core.content import Level
from kiosk.core.library import Library
from kiosk.core.visit import Presentation, VisitDefaults


def visit_defaults_for(
    wants: Mapping[str, str], usual: VisitDefaults, languages: tuple[str, ...]
) -> VisitDefaults:
    """The place's opening as somebody wishes it; whether there is such a topic is for the port."""
    language, topic = wants.get("language", ""), wants.get("topic", "")
    if language in languages:
        usual = replace(usual, language=language)
    if wants.get("level", "") in list(Level):
        usual = replace(usual, level=Level(wants["level"]))
    if topic:
        usual = replace(usual, topic=topic)
    if wants.get("manner", "") == Presentation.LINES:
        usual = replace(usual, manner=Presentation.LINES)
    return usual


def known_names(library: Library, themes: Iterable[str]) -> dict[str, object]:
    """What a visit can be asked for by name."""
    levels = {one.id: one.level.value for one in library.readers}
    held = {card.id for card in library.cards}
    is_whole = all(library.count(code) == len(library.cards_in(code)) for code in library.languages)
    return {
        "languages": list(library.languages),
        "themes": list(themes),
        "levels": levels,
        "topics": sorted(held) if is_whole else None,
    }
