"""Every authored word can be seen somewhere at 80x24, and the plain way is short."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import pytest

from kiosk.core.content import Claim
from kiosk.core.page import Page, PageKind
from kiosk.core.wording import Level, Wording
from kiosk.library.checks.evidence import of_documents, used
from kiosk.library.checks.rules import examine
from tests.support.shipped import CONTENT, Clock, library, new_port, topic
from tests.support.ui.driving import Driver
from tests.support.ui.whole_page import READERS, bare, scrolled

NO_NUMBER = library().words["en"].say("urgent.no-number")


def authored(part: object, level: Level) -> Iterator[str]:
    """The lines of every wording in a part of a topic, at one level."""
    if isinstance(part, Wording):
        for line in part.at(level).replace("{emergency}", NO_NUMBER).split("\n"):
            yield line.strip().removeprefix("- ")
    elif isinstance(part, Claim) and part.columns:
        yield from in_cells(part, level)
    elif isinstance(part, tuple):
        for item in part:
            yield from authored(item, level)
    elif hasattr(part, "__dataclass_fields__"):
        for field in fields(part):  # type: ignore[arg-type]
            yield from authored(getattr(part, field.name), level)


def in_cells(claim: Claim, level: Level) -> Iterator[str]:
    """The lines of a claim that is drawn as a table, each of its points cut into cells."""
    assert claim.columns
    cells = claim.columns.at(level).split(" | ")
    for line in claim.wording.at(level).split("\n"):
        cells += line.removeprefix("- ").split(": ", 1) if line.startswith("- ") else [line]
    # a cell is drawn beside another, so no more than its words can be looked for
    yield from (word for cell in cells for word in cell.split())


def crawl(level: Level) -> str:
    """Everything that a visitor of `level` can bring on the screen."""
    driver = Driver()
    driver.take("start")
    driver.take(f"reader-{READERS[level]}")
    misleading = []
    while not driver.is_at(PageKind.FINISH):
        misleading.append(scrolled(driver.reading))
        driver.take("next")
    driver.take("steps")
    driver.take("section-supplements")
    driver.take("cautions")
    while driver.is_at(PageKind.CAUTION):
        misleading.append(scrolled(driver.reading))
        driver.take("unsure")
        misleading.append(scrolled(driver.reading))
        driver.take("acknowledge")
    for section in topic().sections:
        driver.take("steps")
        driver.take(f"section-{section.id}")
        for _ in range(60):
            if not driver.reading.page.title:
                break
            misleading.append(scrolled(driver.reading))
            page = driver.reading.page
            if not any(choice.id == "next" for choice in page.choices):
                break
            driver.take("next")
            at = driver.reading.page
            if at.kind in (PageKind.FINISH, PageKind.DOOR) or at.title not in titles(
                section.id, level
            ):
                break
    return " ".join(misleading)


def titles(section: str, level: Level) -> set[str]:
    here = topic().section(section)
    return {here.title.at(level), *(product.name.at(level) for product in here.products)}


@pytest.mark.slow
@pytest.mark.parametrize("level", list(Level))
def test_every_authored_word_is_visible_somewhere_at_80x24(level: Level) -> None:
    crawled = crawl(level)
    subject = (topic().sections, topic().cautions)
    lines = {bare(line) for line in authored(subject, level) if line}
    assert len(lines) > 200
    unseen = sorted(line for line in lines if line not in crawled)
    assert not unseen, f"{len(unseen)} of {len(lines)}: {unseen[:5]}"


def test_the_art_of_every_picture_is_drawn_whole() -> None:
    crawled = crawl(Level.PLAIN)
    for section in topic().sections:
        for picture in section.pictures:
            for line in picture.art.split("\n"):
                assert bare(line) in crawled


def plain_way() -> list[Page]:
    """The pages from the first step to the last, as Next alone leads through them."""
    port = new_port(Clock())
    port.deliver(port.page.choice("start").event)
    port.deliver(port.page.choice("reader-easy").event)
    pages = []
    while port.page.kind is PageKind.STEP:
        pages.append(port.page)
        port.deliver(port.page.choice("next").event)
    return pages


def count(pages: list[Page]) -> int:
    """The words of titles, text and tables, marks included."""
    blocks = [block for page in pages for block in page.blocks]
    texts = [page.title for page in pages] + [block.words for block in blocks]
    texts += [cell for block in blocks for row in block.cells for cell in row]
    return sum(len(text.split()) for text in texts)


def test_the_plain_way_is_short() -> None:
    pages = plain_way()
    print(f"{len(pages)} screens, {count(pages)} words from the first step to the end")
    assert len(pages) <= 15
    assert len({page.title for page in pages}) == 10


def test_the_minutes_that_welcome_names_are_true_at_a_hundred_words_a_minute() -> None:
    counted = count(plain_way())
    card = next(card for card in library().cards if card.id == topic().id)
    print(f"{counted} words, {card.minutes} minutes; supplements {card.gated_minutes} more")
    assert abs(counted / 100 - card.minutes) <= 1.5
    assert card.gated_minutes > 0
    port = new_port(Clock())
    first = " ".join(port.page.words())
    assert str(card.minutes) in first
    assert str(card.gated_minutes) in first


def test_the_last_step_follows_the_door_whichever_way_is_taken() -> None:
    driver = Driver()
    driver.to_door()
    driver.take("go-on")
    assert driver.reading.page.title == topic().section(topic().steps[-1]).title.plain
    driver = Driver()
    driver.to_door()
    driver.acknowledge_all()
    while driver.is_at(PageKind.PRODUCTS) or driver.is_at(PageKind.PRODUCT):
        driver.take("next")
    assert driver.reading.page.title == topic().section(topic().steps[-1]).title.plain


def test_signs_that_need_help_are_the_second_step_and_calling_staff_its_first_choice() -> None:
    assert topic().steps[1] == "get-help"
    pages = [page for page in plain_way() if page.title == topic().section("get-help").title.plain]
    assert len(pages) == 2
    for page, when in zip(pages, ("now", "soon"), strict=True):
        assert {block.urgent for block in page.blocks} == {when}
        assert page.choices[0].label == "How to get our staff now"


def test_the_shipped_content_has_no_problem_and_uses_every_statement() -> None:
    draft, problems = examine(CONTENT)
    assert not problems
    assert draft is not None
    assert used(draft.topics[0]) == {statement.id for statement in topic().statements}
    assert len(of_documents(draft.topics[0])) == 59


def test_the_shipped_topic_says_that_no_clinician_has_reviewed_it() -> None:
    assert topic().status.value == "submitted"
    assert topic().updated >= "2026-11-21"
    assert {document.dated for document in topic().documents} == {"", "2025-07-02"}


def test_readers_differ_in_words_only() -> None:
    assert [reader.level for reader in library().readers] == [
        Level.PLAIN, Level.EVERYDAY, Level.EVERYDAY, Level.PROFESSIONAL,
    ]  # fmt: skip
