"""How a section falls into screens at a level, and how long the way still is."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.content import (
    BothTrue,
    Claim,
    Disagreement,
    Level,
    Picture,
    Product,
    Section,
    Topic,
)
from kiosk.fast_dataclass import dataclass

WORDS_A_MINUTE = 140
"""A calm reading pace; slow readers take longer, so minutes are always rounded up."""


@dataclass(frozen=True)
class SectionScreen:
    """What one screen of a section holds, in the order in which it is shown."""

    pictures: tuple[Picture, ...] = ()
    claims: tuple[Claim, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    both_true: tuple[BothTrue, ...] = ()
    gaps: tuple[Claim, ...] = ()
    products: tuple[Product, ...] = ()


def screens(section: Section, level: Level) -> tuple[SectionScreen, ...]:
    """The screens of `section`; in plain words a disagreement has one to itself."""
    found = [SectionScreen(pictures=section.pictures)]
    for claim in section.claims:
        if level in claim.new_screen and found[-1].claims:
            found.append(SectionScreen())
        found[-1] = replace(found[-1], claims=(*found[-1].claims, claim))
    sides = len(section.disagreements) + len(section.both_true)
    apart = level is Level.PLAIN and sides + bool(section.claims) > 1
    if apart:
        found += [SectionScreen(disagreements=(d,)) for d in section.disagreements]
        found += [SectionScreen(both_true=(b,)) for b in section.both_true]
    else:
        found[-1] = replace(
            found[-1], disagreements=section.disagreements, both_true=section.both_true
        )
    if section.gaps:
        if apart:
            found.append(SectionScreen())
        found[-1] = replace(found[-1], gaps=section.gaps)
    if section.products:
        found.append(SectionScreen(products=section.products))
    return tuple(screen for screen in found if screen != SectionScreen()) or (SectionScreen(),)


def position(topic: Topic, level: Level, section: str, screen: int) -> int | None:
    """The number, from 0, of a screen among all the screens of the way; None off the way."""
    if section not in topic.way:
        return None
    before = topic.way[: topic.way.index(section)]
    return sum(len(screens(topic.section(id_), level)) for id_ in before) + screen


def minutes_left(topic: Topic, level: Level, section: str, screen: int) -> int:
    """Minutes that the rest of the way takes from this screen on, itself included; at least 1."""
    first = topic.way.index(section)
    rest = [*screens(topic.section(section), level)[screen:]]
    for id_ in topic.way[first + 1 :]:
        rest += screens(topic.section(id_), level)
    words = sum(_words(one, level) for one in rest)
    return max(1, -(-words // WORDS_A_MINUTE))


def _words(screen: SectionScreen, level: Level) -> int:
    texts = [picture.words for picture in screen.pictures]
    texts += [claim.wording for claim in (*screen.claims, *screen.gaps)]
    for side in screen.disagreements:
        texts += [side.about, side.one, side.other, side.finding]
    for both in screen.both_true:
        texts += [both.about, both.because]
    return sum(len(text.at(level).split()) for text in texts)
