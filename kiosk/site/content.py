"""What a place shows: its content, its settings, and what both of them make of a visit."""

from __future__ import annotations

import os
import time
from pathlib import Path

from kiosk import fallback_messages
from kiosk.cli.main import Request
from kiosk.core.library import Library
from kiosk.core.palette import Palette
from kiosk.core.visit import Presentation, VisitDefaults
from kiosk.library.pack.cache import pack_for
from kiosk.library.pack.reader import Pack, PackError, open_pack
from kiosk.library.pack.topic_finder import TopicFilter
from kiosk.library.problem import ContentError
from kiosk.settings.apply import fit_to_pack, unknown_names
from kiosk.settings.file import find_settings, read_settings
from kiosk.settings.model import Settings
from kiosk.site.paths import content_directory, installed_pack, shipped_pack, themes_directory

DEFAULT_THEME = "clinic-light"


class StartupError(Exception):
    """The kiosk cannot open; the message says why, and what to do."""


def clock() -> float:
    """Seconds on a clock that runs through sleep and that nobody can set."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def open_site(asked: Path | None) -> Path:
    """What was asked for, a directory or a pack; else the machine's own pack; else the shipped one.

    Raises Declined.
    """
    place = asked or installed_pack() or shipped_pack() or content_directory()
    if place is None:
        raise StartupError(fallback_messages.NO_SHIPPED_TOPIC)
    if not os.path.lexists(place):
        raise StartupError(fallback_messages.NO_SUCH_PLACE.format(path=place))
    return place


def pack_of(place: Path) -> Path | bytes:
    """The pack at a place; a directory is compiled. Raises Declined."""
    try:
        return pack_for(place, themes_directory()) if place.is_dir() else place
    except ContentError as refused:
        count = len(refused.problems)
        raise StartupError(fallback_messages.REFUSED.format(path=place, count=count)) from None


def pack_at(asked: Path | None) -> Pack:
    """The pack that was asked for, opened. Raises Declined."""
    try:
        return open_pack(pack_of(open_site(asked)))
    except PackError as unreadable:
        raise StartupError(str(unreadable)) from None


def settings_of(asked: Path | None) -> Settings:
    """The settings of this place; those of nobody where there is no file. Raises Declined."""
    file = find_settings(asked)
    if file is None:
        return Settings()
    try:
        return read_settings(file)
    except ContentError as refused:
        count = len(refused.problems)
        raise StartupError(fallback_messages.BAD_SETTINGS.format(path=file, count=count)) from None


def scope_of(settings: Settings) -> TopicFilter:
    """The topics that this place offers."""
    return TopicFilter(topics=settings.show.topics, approved=not settings.show.unapproved)


def library_of(pack: Pack, settings: Settings, topic: str | None = None) -> Library:
    """The library as this place offers it, with the card of `topic` held. Raises Declined."""
    try:
        library = _fitted(pack, settings)
        found = (
            pack.find_card(topic or "", code, scope_of(settings)) for code in library.languages
        )
        return library.with_cards(card for card in found if card is not None)
    except PackError as unreadable:
        raise StartupError(str(unreadable)) from None


def _fitted(pack: Pack, settings: Settings) -> Library:
    library = pack.library(TopicFilter(topics=settings.show.topics))  # a draft, too, may be named
    themes = [palette.name for palette in pack.themes()]
    for key, name, there in unknown_names(settings, library, themes):
        known = ", ".join(there)
        raise StartupError(
            fallback_messages.UNKNOWN_SETTING.format(key=key, name=name, known=known)
        )
    if not settings.show.unapproved:
        library = pack.library(scope_of(settings))
    library = fit_to_pack(library, settings)
    if not any(library.count(code) for code in library.languages):
        raise StartupError(fallback_messages.NO_TOPIC_TO_SHOW)
    return library


def visit_defaults_of(
    library: Library,
    request: Request,
    settings: Settings,
    manner: Presentation,
    *,
    may_leave: bool = False,
) -> VisitDefaults:
    """What every visit here begins with. Raises Declined."""
    language = library.languages[0]
    if request.topic is not None and library.card(request.topic, language) is None:
        known = ", ".join(card.id for card in library.cards_in(language))
        raise StartupError(fallback_messages.NO_SUCH_TOPIC.format(topic=request.topic, known=known))
    timings = settings.times.timings
    return VisitDefaults(language, request.level, request.topic, timings, manner, may_leave)


def palettes_for(
    pack: Pack, wanted: str | None, *, coloured: bool, offered: tuple[str, ...] = ()
) -> tuple[tuple[Palette, ...], str]:
    """The themes, the one to begin with first; and why that is not the one that was asked for.

    Where themes are `offered`, there are no others, and the first of them comes first.
    """
    every = pack.themes()
    plain = next(palette for palette in every if palette.kind == "terminal")
    by_name = {palette.name: palette for palette in every}
    if offered:
        by_name = {name: by_name[name] for name in offered}
    palettes = tuple(by_name.values())
    usual = palettes[0] if offered else by_name.get(DEFAULT_THEME, palettes[0])
    first = usual if coloured or plain not in palettes else plain
    complaint = ""
    if wanted in by_name:
        first = by_name[wanted]
    elif wanted is not None:
        why = dict(pack.failed_themes()).get(wanted)
        words = fallback_messages.BROKEN_THEME if why else fallback_messages.NO_SUCH_THEME
        known = ", ".join(by_name)
        complaint = words.format(theme=wanted, why=why, known=known, fallback=first.name)
    at = palettes.index(first)
    return (*palettes[at:], *palettes[:at]), complaint
