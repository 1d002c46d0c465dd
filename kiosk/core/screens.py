"""Divide a section into screens at a level; count the minutes that reading steps or gated sections
takes.
"""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.core.content import (
    BothTrue,
    Claim,
    Disagreement,
    Picture,
    Product,
    Section,
    Table,
    Topic,
    UrgentSigns,
)
from kiosk.core.wording import Level, Wording
from kiosk.fast_dataclass import dataclass, replace

WORDS_A_MINUTE = 100
"""The pace of an unhurried reader; minutes are rounded up all the same."""


@dataclass(frozen=True)
class SectionScreen:
    """One screen of a section: its content, by kind, in the order in which it is shown."""

    urgent: tuple[UrgentSigns, ...] = ()
    tables: tuple[Table, ...] = ()
    pictures: tuple[Picture, ...] = ()
    """Each is shown after the claim that it follows; before all claims where it follows none."""
    claims: tuple[Claim, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    both_true: tuple[BothTrue, ...] = ()
    gaps: tuple[Claim, ...] = ()
    products: tuple[Product, ...] = ()


def screens(section: Section, level: Level) -> tuple[SectionScreen, ...]:
    """The screens of `section` at `level`, in order: at least one, which may be empty.

    Each item of urgent signs has a screen to itself, and so has each table. Then come the claims,
    cut into screens as their `new_screen` says, and last all products. Disagreements, real or
    seeming, and gaps end the claims' last screen. At the plain level, each disagreement has a
    screen to itself, and all gaps another, if the section has two or more, or one and claims.
    """
    cut = [SectionScreen(urgent=(signs,)) for signs in section.urgent]
    cut += [SectionScreen(tables=(table,)) for table in section.tables if level in table.levels]
    cut += _claim_screens(section, level)
    sides = len(section.disagreements) + len(section.both_true)
    apart = level is Level.PLAIN and sides + bool(section.claims) > 1
    if apart:
        cut += [SectionScreen(disagreements=(d,)) for d in section.disagreements]
        cut += [SectionScreen(both_true=(b,)) for b in section.both_true]
    else:
        cut[-1] = replace(cut[-1], disagreements=section.disagreements, both_true=section.both_true)
    if section.gaps:
        if apart:
            cut.append(SectionScreen())
        cut[-1] = replace(cut[-1], gaps=section.gaps)
    if section.products:
        cut.append(SectionScreen(products=section.products))
    return tuple(screen for screen in cut if screen != SectionScreen()) or (SectionScreen(),)


def _claim_screens(section: Section, level: Level) -> list[SectionScreen]:
    """The claims, cut where one begins a screen, each with the pictures that follow it."""
    own = {claim.id for claim in section.claims}
    cut = [SectionScreen(pictures=tuple(p for p in section.pictures if p.after not in own))]
    for claim in section.claims:
        if level in claim.new_screen and cut[-1].claims:
            cut.append(SectionScreen())
        after = tuple(picture for picture in section.pictures if picture.after == claim.id)
        last = cut[-1]
        cut[-1] = replace(last, claims=(*last.claims, claim), pictures=(*last.pictures, *after))
    return cut


def position(topic: Topic, level: Level, section: str, screen: int) -> int | None:
    """A screen's number, from 0, among the screens of all steps; None if `section` is no step."""
    if section not in topic.steps:
        return None
    before = topic.steps[: topic.steps.index(section)]
    return sum(len(screens(topic.section(id_), level)) for id_ in before) + screen


def minutes_left(topic: Topic, level: Level, section: str, screen: int) -> int:
    """Minutes to read the rest of the steps, from a screen of the step `section` on; at least 1."""
    first = topic.steps.index(section)
    words = _words_from(topic, topic.section(section), level, screen)
    for id_ in topic.steps[first + 1 :]:
        words += _words_from(topic, topic.section(id_), level, 0)
    return _minutes(words)


def gated_minutes(topic: Topic, level: Level) -> int:
    """Minutes to read all gated sections of the topic, cautions included; 0 where it has none."""
    gated = topic.gated_sections()
    if not gated:
        return 0
    wanted = {id_ for section in gated for id_ in section.requires}
    cautions = [caution for caution in topic.cautions if caution.id in wanted]
    words = sum(_count(level, (caution.title, caution.wording)) for caution in cautions)
    for section in gated:
        words += _words_from(topic, section, level, 0)
        words += sum(_product_words(topic, product, level) for product in section.products)
    return _minutes(words)


def gated_minutes_left(topic: Topic, section: Section, level: Level, page: int) -> int:
    """Minutes to read the rest of a gated section, from a page of it on; at least 1.

    `page` counts from 0: the section's screens first, then its products.
    """
    shown = len(screens(section, level))
    words = _words_from(topic, section, level, page) if page < shown else 0
    rest = section.products[max(0, page - shown) :]
    return _minutes(words + sum(_product_words(topic, product, level) for product in rest))


def _minutes(words: int) -> int:
    return max(1, -(-words // WORDS_A_MINUTE))


def _words_from(topic: Topic, section: Section, level: Level, screen: int) -> int:
    """The words of a section from a screen on, its title on each."""
    rest = screens(section, level)[screen:]
    titles = len(rest) * _count(level, (section.title,))
    return titles + sum(_words(topic, section, level) for section in rest)


def _product_words(topic: Topic, product: Product, level: Level) -> int:
    return _count(level, (product.name,)) + _claim_words(topic, product.all_claims, level)


def _words(topic: Topic, screen: SectionScreen, level: Level) -> int:
    texts: list[Wording | None] = [picture.words for picture in screen.pictures]
    for signs in screen.urgent:
        texts += [signs.title, signs.wording]
    for side in screen.disagreements:
        texts += [side.about, side.one_side, side.other_side, side.finding]
    for both in screen.both_true:
        texts += [both.about, both.because]
    cells = [cell for table in screen.tables for row in table.rows for cell in row.cells]
    in_tables = sum(len(cell.split()) for cell in cells)
    claims = _claim_words(topic, (*screen.claims, *screen.gaps), level)
    return claims + in_tables + _count(level, texts)


def _claim_words(topic: Topic, claims: tuple[Claim, ...], level: Level) -> int:
    texts: list[Wording | None] = []
    for claim in claims:
        texts += [claim.heading, claim.verdict, claim.columns, claim.wording]
        texts += [word.meaning for word in topic.meanings(claim)]
    return _count(level, texts)


def _count(level: Level, texts: Iterable[Wording | None]) -> int:
    return sum(len(text.at(level).split()) for text in texts if text is not None)
