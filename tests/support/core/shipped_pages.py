"""Every page of the shipped topic, with all cautions acknowledged."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.page import Page
from kiosk.core.pages.build import page_for
from kiosk.core.screens import screens
from kiosk.core.visit import (
    AtProduct,
    AtSection,
    Visit,
)
from kiosk.core.wording import Level
from tests.support.core.visits import all_acknowledged
from tests.support.shipped import library, topic

READERS = {Level.PLAIN: "easy", Level.EVERYDAY: "everyday", Level.PROFESSIONAL: "health-care"}


def visits(level: Level) -> list[Visit]:
    """A visit at every screen and product of the topic, all cautions acknowledged."""
    visit = replace(all_acknowledged(READERS[level]), notice=None)
    locations: list[AtSection | AtProduct] = []
    for section in topic().sections:
        locations += [AtSection(section.id, n) for n in range(len(screens(section, level)))]
        locations += [AtProduct(section.id, product.id) for product in section.products]
    return [replace(visit, location=location) for location in locations]


def pages(level: Level) -> list[Page]:
    return [page_for(library(), visit) for visit in visits(level)]
