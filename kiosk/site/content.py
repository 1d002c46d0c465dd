"""Find and open the content and the settings of a site, and make from both the library, the filter
of topics, the themes and the defaults of its visits.
"""

from __future__ import annotations

from pathlib import Path

from kiosk import fallback_messages
from kiosk.answers.listed_names import names_in
from kiosk.core.library import Library
from kiosk.core.palette import Palette
from kiosk.core.take_home.state import Outlet
from kiosk.core.visit import Presentation, VisitDefaults
from kiosk.errors import PackError, StartupError
from kiosk.file_access import is_there
from kiosk.library.pack.cache import pack_for
from kiosk.library.pack.reader import Pack, open_pack
from kiosk.library.pack.topic_finder import TopicFilter
from kiosk.library.problem import ContentError
from kiosk.settings.apply import fit_to_settings, unknown_names
from kiosk.settings.file import find_settings, read_settings
from kiosk.settings.model import Settings
from kiosk.site.paths import content_directory, installed_pack, shipped_pack, themes_directory
from kiosk.site.progress import announced
from kiosk.site.request import LaunchOptions
from kiosk.site.signers import check_signed, reviews_here

DEFAULT_THEME = "clinic-light"


def content_path(asked: Path | None) -> Path:
    """Return the path of the content to show: a content directory or a pack file.

    That is `asked` (from the command line), else the pack installed on this machine, else the
    content shipped with the program. Raises StartupError where nothing is there.
    """
    path = asked or installed_pack() or shipped_pack() or content_directory()
    if path is None:
        raise StartupError(fallback_messages.NO_SHIPPED_TOPIC)
    if not is_there(path):
        raise StartupError(fallback_messages.NO_SUCH_PLACE.format(path=path))
    return path


def pack_of(path: Path) -> Path | bytes:
    """Return the pack for a content directory or a pack file.

    A directory is compiled, or its cached pack is used; the result is a path, or the bytes of the
    pack where no cache can be written. A pack file's own path is returned. Raises StartupError
    where the directory's texts have problems.
    """
    try:
        return _compiled(path) if path.is_dir() else path
    except ContentError as refused:
        count = len(refused.problems)
        raise StartupError(fallback_messages.REFUSED.format(path=path, count=count)) from None


def _compiled(directory: Path) -> Path | bytes:
    return pack_for(directory, themes_directory(), lambda: announced(directory))


def pack_at(asked: Path | None) -> Pack:
    """Open the content at `asked`, or this site's own content for None; return it as an open pack.

    A content directory is compiled first. Raises StartupError where there is no content, its texts
    have problems, or the pack cannot be read.
    """
    try:
        return open_pack(pack_of(content_path(asked)))
    except PackError as unreadable:
        raise StartupError(str(unreadable)) from None


def settings_of(asked: Path | None) -> Settings:
    """Return the settings in the file `asked`, or in this site's own file for None.

    Returns the defaults where this site has no file. Raises StartupError where the file has
    mistakes or cannot be read.
    """
    file = find_settings(asked)
    if file is None:
        return Settings()
    try:
        return read_settings(file)
    except ContentError as refused:
        count = len(refused.problems)
        raise StartupError(fallback_messages.BAD_SETTINGS.format(path=file, count=count)) from None


def scope_of(settings: Settings, pack: Pack) -> TopicFilter:
    """Return the filter that lets through only the topics of a pack that this site offers.

    `pack.judge()` must have been called before, where the site shows approved topics alone.
    """
    approved = None if settings.show.unapproved else pack.reviews.approved
    return TopicFilter(topics=settings.show.topics, approved=approved)


def library_of(pack: Pack, settings: Settings, topic: str | None = None) -> Library:
    """Return the library in a pack, narrowed to what this site offers.

    It has the cards of the first topics in each language, as every library, and that of the topic
    with the id `topic`, if one is given and offered. Before that, the pack's own signature is
    checked if the settings ask for one, and its reviews are judged by the signers that this site
    accepts. Raises StartupError where the signature is missing, where the settings leave no topic
    to show or name something that the pack lacks or that stands behind cautions, and where the pack
    is damaged.
    """
    try:
        check_signed(pack, settings.review)
        pack.judge(reviews_here(pack, settings.review))
        library = _fitted(pack, settings)
        cards = (
            pack.find_card(topic or "", code, scope_of(settings, pack))
            for code in library.languages
        )
        return library.with_cards(card for card in cards if card is not None)
    except PackError as unreadable:
        raise StartupError(str(unreadable)) from None


def library_again(pack: Pack, settings: Settings, topic: str | None = None) -> Library:
    """Return the library of a pack that is open already, after its reviews were judged again.

    It is narrowed as by `library_of`, and has the card of `topic`, too; but nothing is checked. So
    it can be without any topic, where the site shows approved topics alone. Raises PackError for a
    damaged pack.
    """
    scope = scope_of(settings, pack)
    library = fit_to_settings(pack.library(scope), settings)
    cards = (pack.find_card(topic or "", code, scope) for code in library.languages)
    return library.with_cards(card for card in cards if card is not None)


def _fitted(pack: Pack, settings: Settings) -> Library:
    library = pack.library(TopicFilter(topics=settings.show.topics))  # a draft, too, may be named
    themes = [palette.name for palette in pack.themes()]
    for key, name, there in unknown_names(settings, library, themes):
        known = ", ".join(there)
        raise StartupError(
            fallback_messages.UNKNOWN_SETTING.format(key=key, name=name, known=known)
        )
    if named := _gated_in_settings(pack, settings):
        raise StartupError(fallback_messages.GATED_SETTING.format(key=named[0], name=named[1]))
    if not settings.show.unapproved:
        library = pack.library(scope_of(settings, pack))
    library = fit_to_settings(library, settings)
    if not any(library.count(code) for code in library.languages):
        raise StartupError(fallback_messages.NO_TOPIC_TO_SHOW)
    return library


def _gated_in_settings(pack: Pack, settings: Settings) -> tuple[str, str] | None:
    """Return the first key whose text names what stands behind cautions, and the name."""
    texts = {"clinic.name": settings.clinic.name, "staff.words": settings.staff.words}
    if not any(texts.values()):
        return None
    names = {str(name) for (name,) in pack.rows("SELECT DISTINCT name FROM locked_gated_name")}
    for key, by_language in texts.items():
        for text in by_language.values():
            if named := names_in(text, names):
                return key, min(named)
    return None


def visit_defaults_of(
    library: Library,
    launch: LaunchOptions,
    settings: Settings,
    presentation: Presentation,
    *,
    may_leave: bool = False,
    outlets: frozenset[Outlet] = frozenset(),
) -> VisitDefaults:
    """Return what every visit begins with: language, level, topic, times, front end and outlets.

    The language is the library's first; level and topic are from the command line (`launch`),
    times from the settings. `may_leave` says whether staff can leave the kiosk with a PIN. Raises
    StartupError where `launch` names a topic that the library lacks.
    """
    language = library.languages[0]
    if launch.topic is not None and library.card(launch.topic, language) is None:
        known = ", ".join(card.id for card in library.cards_in(language))
        raise StartupError(fallback_messages.NO_SUCH_TOPIC.format(topic=launch.topic, known=known))
    timings = settings.times.timings
    return VisitDefaults(
        language, launch.level, launch.topic, timings, presentation, may_leave, outlets
    )


def palettes_for(
    pack: Pack, wanted: str | None, *, coloured: bool, offered: tuple[str, ...] = ()
) -> tuple[tuple[Palette, ...], str]:
    """Return the color themes offered here, the one to begin with first; and a complaint, or "".

    The complaint is a sentence on why the theme that was asked for does not come first.

    Args:
        pack: the open pack that has the themes.
        wanted: name of the theme that was asked for; None for the usual theme.
        coloured: whether the terminal can show exact colors; if not, the theme in the terminal's
            own colors comes first.
        offered: names of the themes that the settings offer; empty for all.
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
