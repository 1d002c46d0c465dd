"""Options of one visit (language, level, topic, front end) as its visitor asked for them, and the
names that may be asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kiosk.core.library import Library
from kiosk.core.take_home.state import Outlet
from kiosk.core.visit import Presentation, VisitDefaults
from kiosk.core.wording import Level
from kiosk.fast_dataclass import replace


def visit_defaults_for(
    wants: Mapping[str, str], usual: VisitDefaults, languages: tuple[str, ...]
) -> VisitDefaults:
    """Return the site's defaults (`usual`) changed by the options in `wants`, for one visit.

    `wants` has language, level, topic and presentation, each or none. An unknown language, level
    or presentation is ignored; an unknown topic is not: the port refuses it later. Lines of text
    (presentation `lines`) drop the outlet for codes.
    """
    language, topic = wants.get("language", ""), wants.get("topic", "")
    if language in languages:
        usual = replace(usual, language=language)
    if wants.get("level", "") in list(Level):
        usual = replace(usual, level=Level(wants["level"]))
    if topic:
        usual = replace(usual, topic=topic)
    if wants.get("presentation", "") == Presentation.LINES:
        drawn = frozenset({Outlet.CODES})
        usual = replace(usual, presentation=Presentation.LINES, outlets=usual.outlets - drawn)
    return usual


def known_names(library: Library, themes: Iterable[str]) -> dict[str, object]:
    """Return the names that a login or `kiosk attach` may ask for, in a dictionary by their kind.

    Kinds are languages, themes, levels (by the id of a kind of reader) and topics. `topics` is
    None where the library has only some of its cards loaded.
    """
    levels = {reader.id: reader.level.value for reader in library.readers}
    topics = {card.id for card in library.cards}
    is_whole = all(library.count(code) == len(library.cards_in(code)) for code in library.languages)
    return {
        "languages": list(library.languages),
        "themes": list(themes),
        "levels": levels,
        "topics": sorted(topics) if is_whole else None,
    }
