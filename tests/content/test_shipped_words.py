"""Every authored word can be seen somewhere at 80x24, and the plain way is short."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import pytest

from kiosk.core.content import Level, Wording
from kiosk.core.page import PageKind
from kiosk.library.checks.rules import examine
from tests.support.shipped import CONTENT, Clock, library, new_port, topic
from tests.support.ui.driving import Driver
from tests.support.ui.whole_page import READERS, bare, scrolled


def authored(part: object, level: Level) -> Iterator[str]:
    """The lines of every wording in a part of a topic, at one level."""
    if isinstance(part, Wording):
        for line in part.at(level).split("\n"):
            yield line.strip().removeprefix("- ")
    elif isinstance(part, tuple):
        for one in part:
            yield from authored(one, level)
    elif hasattr(part, "__dataclass_fields__"):
        for field in fields(part):  # type: ignore[arg-type]
            yield from authored(getattr(part, field.name), level)


def crawl(level: Level) -> str:
    """Everything that a visitor of `level` can bring on the screen."""
    driver = Driver()
    driver.take("start")
    driver.take(f"reader-{READERS[level]}")
    told = []
    while not driver.is_at(PageKind.DOOR):
        told.append(scrolled(driver.reading))
        driver.take("next")
    driver.take("cautions")
    while driver.is_at(PageKind.CAUTION):
        told.append(scrolled(driver.reading))
        driver.take("unsure")
        told.append(scrolled(driver.reading))
        driver.take("acknowledge")
    for section in topic().sections:
        driver.take("steps")
        driver.take(f"section-{section.id}")
        for _ in range(60):
            if not driver.reading.page.title:
                break
            told.append(scrolled(driver.reading))
            page = driver.reading.page
            following = next((c.id for c in page.choices if c.id.startswith("product-")), "next")
            driver.take(following)
            at = driver.reading.page
            if at.kind in (PageKind.FINISH, PageKind.DOOR) or at.title not in titles(
                section.id, level
            ):
                break
    return " ".join(told)


def titles(section: str, level: Level) -> set[str]:
    here = topic().section(section)
    return {here.title.at(level), *(product.name.at(level) for product in here.products)}


@pytest.mark.parametrize("level", list(Level))
def test_every_authored_word_is_visible_somewhere_at_80x24(level: Level) -> None:
    told = crawl(level)
    subject = (topic().sections, topic().cautions)
    lines = {bare(line) for line in authored(subject, level) if line}
    assert len(lines) > 200
    unseen = sorted(line for line in lines if line not in told)
    assert not unseen, f"{len(unseen)} of {len(lines)}: {unseen[:5]}"


def test_the_art_of_every_picture_is_drawn_whole() -> None:
    told = crawl(Level.PLAIN)
    for section in topic().sections:
        for picture in section.pictures:
            for line in picture.art.split("\n"):
                assert bare(line) in told


def test_the_plain_way_is_a_dozen_short_screens() -> None:
    port = new_port(Clock())
    port.deliver(port.page.choice("start").event)
    pages = [port.page]
    port.deliver(port.page.choice("reader-easy").event)
    while pages[-1].kind is not PageKind.DOOR:
        pages.append(port.page)
        if port.page.kind is not PageKind.DOOR:
            port.deliver(port.page.choice("next").event)
    words = 0
    for page in pages:
        told = [page.title, *(block.words for block in page.blocks)]
        if page.kind in (PageKind.READERS, PageKind.DOOR):
            told += [choice.label for choice in page.choices if choice.role.value == "main"]
        words += len(" ".join(told).split())
    print(f"{len(pages)} screens, {words} words from START to the door")
    assert 11 <= len(pages) <= 13
    assert 480 <= words <= 620


def test_signs_to_tell_us_about_are_on_the_second_screen_of_the_way() -> None:
    assert topic().way[1] == "when-to-tell"


def test_the_shipped_content_has_no_problem_and_uses_every_statement() -> None:
    draft, problems = examine(CONTENT)
    assert not problems
    assert draft is not None
    assert len(topic().statements) == 72


def test_the_shipped_topic_says_that_no_clinician_has_reviewed_it() -> None:
    assert topic().status.value == "submitted"
    assert topic().updated >= "2026-11-21"
    assert {one.dated for one in topic().documents} == {"", "2025-07-02"}


def test_readers_differ_in_words_only() -> None:
    assert [reader.level for reader in library().readers] == [
        Level.PLAIN, Level.EVERYDAY, Level.EVERYDAY, Level.PROFESSIONAL,
    ]  # fmt: skip
