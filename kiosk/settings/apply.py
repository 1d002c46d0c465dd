"""Narrow a library to the settings of a site, and find names in the settings that it lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kiosk.core.library import Library
from kiosk.fast_dataclass import replace
from kiosk.settings.model import Settings


def unknown_names(
    settings: Settings, library: Library, themes: Iterable[str]
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield each name in the settings that the library or `themes`
    lacks, such as an unknown topic.

    Each comes as the settings' key, the name, and the names that would be known.

    Args:
        settings: of the site; names of languages, readers, themes and topics are looked at.
        library: the whole library, not one that was fitted to these settings.
        themes: names of the themes that there are.
    """
    show, languages = settings.show, library.languages
    topics = tuple(dict.fromkeys(card.id for card in library.cards))
    offered: dict[str, tuple[Iterable[str], tuple[str, ...]]] = {
        "show.languages": (show.languages, languages),
        "show.readers": (show.readers, tuple(reader.id for reader in library.readers)),
        "show.themes": (show.themes, tuple(themes)),
        "show.topics": (show.topics, topics),
        "clinic.name": (settings.clinic.name, languages),
        "staff.words": (settings.staff.words, languages),
        "take-home.addresses": (settings.take_home.addresses, topics),
    }
    for key, (named, known) in offered.items():
        for name in named:
            if name not in known:
                yield key, name, known


def fit_to_pack(library: Library, settings: Settings) -> Library:
    """Return a library narrowed to the site's languages and kinds of
    readers, with the site's own words.

    Words are the clinic's name, directions to staff, telephone numbers and web addresses. Topics
    are not filtered, except for those in other languages. `unknown_names` is asked before.
    """
    languages = settings.show.languages or library.languages
    readers = library.readers
    if settings.show.readers:
        readers = tuple(library.reader(id_) for id_ in settings.show.readers)
    return replace(
        library,
        clinic={**library.clinic, **settings.clinic.name},
        languages=languages,
        readers=readers,
        catalogues={code: library.catalogues[code] for code in languages},
        cards=tuple(card for card in library.cards if card.language in languages),
        staff=settings.staff.words,
        emergency=settings.staff.emergency,
        poison_control=settings.staff.poison_control,
        crisis_line=settings.staff.crisis_line,
        addresses=settings.take_home.addresses,
    )
