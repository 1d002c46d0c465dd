"""What a reader of the translated example topic sees."""

from __future__ import annotations

from pathlib import Path

from kiosk.core.content import Topic
from kiosk.core.events import ChoseReader, Event, Started
from kiosk.core.library import Library
from kiosk.core.pages.build import page_for
from kiosk.core.transitions import apply
from kiosk.core.visit import Visit, VisitDefaults, new_visit
from kiosk.library.checks.rules import examine
from kiosk.library.pack.build import pack_of_draft
from kiosk.library.pack.open_texts import open_names
from kiosk.library.pack.reader import open_pack
from tests.support.library.spanish_example import TOPIC
from tests.support.shipped import AT_ONCE


def library_of(root: Path) -> Library:
    """Build a pack of a tree without problems, and return its library with both texts opened."""
    draft, problems = examine(root)
    assert draft is not None
    assert problems == []
    with open_pack(pack_of_draft(draft)) as pack:
        assert not list(open_names(pack))
        library = pack.library()
        for language in library.languages:
            library = library.with_topic(pack.open_topic(TOPIC, language))
    return library


def spanish_topic(root: Path) -> Topic:
    """The topic as a reader of Spanish gets it."""
    return library_of(root).topic(TOPIC, "es")


def begun(library: Library, reader: str = "easy") -> Visit:
    """A visit in Spanish at the first step."""
    visit = new_visit(VisitDefaults(language="es", pace=AT_ONCE))
    return after(library, visit, Started(), ChoseReader(reader=reader))


def after(library: Library, visit: Visit, *events: Event) -> Visit:
    for event in events:
        visit = apply(library, visit, event).visit
    return visit


def page_words(library: Library, visit: Visit) -> str:
    return "\n".join(page_for(library, visit).words())
