"""A screen of an open section, and a product of a gated one."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.content import BothTrue, Claim, Disagreement, Picture, Section, Topic
from kiosk.core.events import Advanced, OpenedProduct, OpenedSection
from kiosk.core.evidence import Statement
from kiosk.core.gate import is_open
from kiosk.core.page import Block, BlockKind, Choice, ChoiceRole, Page, PageKind
from kiosk.core.pages.cautions import evidence_choice
from kiosk.core.pages.context import PageContext, paragraphs
from kiosk.core.screens import SectionScreen, minutes_left, screens
from kiosk.core.visit import AtProduct, AtSection


def screen(scene: PageContext, topic: Topic, section: Section, number: int) -> Page:
    """One screen of a step, a detour or an open section."""
    shown = screens(section, scene.level)[number]
    last = number == len(screens(section, scene.level)) - 1
    choices: list[Choice] = []
    if last:
        choices += [_offer(scene, topic.section(id_)) for id_ in section.offers]
    choices += [
        Choice(f"product-{one.id}", scene.at(one.name), OpenedProduct(product=one.id))
        for one in shown.products
    ]
    if shown != SectionScreen(products=shown.products):
        choices.append(evidence_choice(scene))
    aside = section.id not in topic.way and not section.gated
    if aside and last:
        label, short = scene.say("choice.return"), scene.say("choice-short.return")
    else:
        label, short = scene.say("choice.next"), ""
    choices.append(Choice("next", label, Advanced(), ChoiceRole.NEXT, short))
    kind = PageKind.PRODUCTS if section.gated else PageKind.STEP if not aside else PageKind.DETOUR
    likely = choices[0].id if shown.products else "next"
    title = scene.at(section.title)
    return scene.page(
        kind, title, screen_blocks(scene, topic, shown), tuple(choices),
        likely=likely, place=_place(scene, topic, section, number),
    )  # fmt: skip


def product(scene: PageContext, topic: Topic, section: Section, id_: str) -> Page:
    """A product: its safety notes first, then what the document says and what it rests on."""
    one = next(one for one in section.products if one.id == id_)
    blocks: tuple[Block, ...] = ()
    told: set[str] = set()
    if one.notes:
        blocks += (Block(BlockKind.HEADING, scene.say("product.notes")),)
    blocks += claim_blocks(scene, topic, one.notes, told)
    blocks += tuple(block for gap in one.gaps for block in gap_blocks(scene, gap))
    blocks += (Block(BlockKind.HEADING, scene.say("product.claims")),)
    blocks += claim_blocks(scene, topic, one.claims, told)
    choices = (
        evidence_choice(scene),
        Choice("next", scene.say("choice.next"), Advanced(), ChoiceRole.NEXT),
    )
    place = scene.say("place.product", section=scene.at(section.title))
    return scene.page(
        PageKind.PRODUCT, scene.at(one.name), blocks, choices, likely="next", place=place
    )


def claims_in_view(scene: PageContext, topic: Topic) -> tuple[Claim, ...]:
    """The claims and gaps of the screen or product that the visit stands at, where it is open."""
    place = scene.visit.location
    if isinstance(place, AtProduct) and is_open(topic, scene.visit, topic.section(place.section)):
        products = topic.section(place.section).products
        one = next(one for one in products if one.id == place.product)
        return (*one.notes, *one.gaps, *one.claims)
    shown = screen_in_view(scene, topic)
    return (*shown.claims, *shown.gaps) if shown else ()


def screen_in_view(scene: PageContext, topic: Topic) -> SectionScreen | None:
    """The screen of an open section that the visit stands at."""
    place = scene.visit.location
    if not isinstance(place, AtSection):
        return None
    section = topic.section(place.section)
    if not is_open(topic, scene.visit, section):
        return None
    return screens(section, scene.level)[place.screen]


def screen_blocks(scene: PageContext, topic: Topic, shown: SectionScreen) -> tuple[Block, ...]:
    """Everything of a screen but its choices, in the order in which it is read."""
    told: set[str] = set()
    blocks = tuple(_picture(scene, one) for one in shown.pictures)
    blocks += claim_blocks(scene, topic, shown.claims, told)
    for one in shown.disagreements:
        blocks += disagreement_blocks(scene, topic, one, told)
    for both in shown.both_true:
        blocks += both_true_blocks(scene, topic, both, told)
    for gap in shown.gaps:
        blocks += gap_blocks(scene, gap)
    if shown.products:
        blocks += paragraphs(scene.say("products.text"))
    return blocks


def claim_blocks(
    scene: PageContext, topic: Topic, claims: tuple[Claim, ...], told: set[str]
) -> tuple[Block, ...]:
    """Claims, each with its correction before it and its marks after its last words.

    `told` is what marks on the page have spelt out; what these spell out is added to it.
    """
    blocks: list[Block] = []
    for claim in claims:
        if claim.heading:
            blocks.append(Block(BlockKind.HEADING, scene.at(claim.heading)))
        blocks += correction_blocks(scene, claim)
        own = wording_blocks(scene, claim, BlockKind.KEY if claim.key else BlockKind.TEXT)
        blocks += own if claim.ours else _marked(scene, topic, own, claim.rests_on, told)
    return tuple(blocks)


def correction_blocks(scene: PageContext, claim: Claim) -> tuple[Block, ...]:
    """What checking found, which stands before a claim that is not so."""
    if not claim.correction:
        return ()
    return paragraphs(
        scene.at(claim.correction), BlockKind.CORRECTION, scene.say("label.correction")
    )


def wording_blocks(scene: PageContext, claim: Claim, mood: BlockKind) -> tuple[Block, ...]:
    """A claim's own words; after a correction they are the page's."""
    label = scene.say("label.page-says") if claim.correction else ""
    return paragraphs(scene.at(claim.wording), mood, label)


def _marked(
    scene: PageContext,
    topic: Topic,
    blocks: tuple[Block, ...],
    rests_on: tuple[str, ...],
    told: set[str],
) -> tuple[Block, ...]:
    """What is told, with its marks; a mark on a list stands under the list, not in a point."""
    mark = " ".join(_marks_of(scene, topic, rests_on, told))
    if not mark:
        return blocks
    if any(block.mood is BlockKind.POINT for block in blocks):
        return (*blocks, Block(BlockKind.MARK, mark))
    return (*blocks[:-1], replace(blocks[-1], mark=mark))


def _marks_of(
    scene: PageContext, topic: Topic, rests_on: tuple[str, ...], told: set[str]
) -> tuple[str, ...]:
    """What a reader must know at once of the sources of what rests on these statements."""
    statements = [topic.statement(id_) for id_ in rests_on]
    written_for: dict[str, int] = {}
    names: dict[str, str] = {}
    unsourced = 0
    for one in statements:
        reference = topic.reference(one.cites) if one.cites else None
        if reference and reference.written_for:
            condition = reference.written_for
            names[condition] = reference.written_for_short if condition in told else condition
            written_for[condition] = written_for.get(condition, 0) + 1
        elif not one.cites and not one.source and not one.about_itself:
            unsourced += 1
    told |= set(written_for)
    marks = [
        scene.say(_wholly("mark.written-for", count, statements), condition=names[condition])
        for condition, count in written_for.items()
    ]
    if unsourced:
        marks.append(scene.say(_wholly("mark.no-source", unsourced, statements)))
    return tuple(marks)


def _wholly(key: str, count: int, statements: list[Statement]) -> str:
    """The phrase for a mark on all of what is told, or on a part of it."""
    return key if count == len(statements) else f"{key}-part"


def _picture(scene: PageContext, picture: Picture) -> Block:
    words = " ".join(scene.at(picture.words).split())
    return Block(BlockKind.PICTURE, words, art=tuple(picture.art.strip("\n").split("\n")))


def disagreement_blocks(
    scene: PageContext, topic: Topic, one: Disagreement, told: set[str]
) -> tuple[Block, ...]:
    """Both sides, each with its marks, and what checking found."""
    first = paragraphs(scene.at(one.one), BlockKind.SIDE, scene.say("label.one-side"))
    second = paragraphs(scene.at(one.other), BlockKind.SIDE, scene.say("label.other-side"))
    return (
        Block(BlockKind.HEADING, scene.at(one.about)),
        *_marked(scene, topic, first, one.one_rests_on, told),
        *_marked(scene, topic, second, one.other_rests_on, told),
        *paragraphs(scene.at(one.finding), BlockKind.CORRECTION, scene.say("label.correction")),
    )


def both_true_blocks(
    scene: PageContext, topic: Topic, both: BothTrue, told: set[str]
) -> tuple[Block, ...]:
    """What only looks like a disagreement, and why."""
    because = paragraphs(scene.at(both.because), BlockKind.TEXT, scene.say("label.both-true"))
    return (
        Block(BlockKind.HEADING, scene.at(both.about)),
        *_marked(scene, topic, because, both.rests_on, told),
    )


def gap_blocks(scene: PageContext, gap: Claim) -> tuple[Block, ...]:
    """What a source left out. It carries no mark: nothing is told that could rest on a paper."""
    return paragraphs(scene.at(gap.wording), BlockKind.GAP, scene.say("label.gap"))


def _offer(scene: PageContext, section: Section) -> Choice:
    return Choice(
        f"section-{section.id}", scene.at(section.title), OpenedSection(section=section.id)
    )


def _place(scene: PageContext, topic: Topic, section: Section, number: int) -> str:
    if section.gated:
        return scene.say("place.section", section=scene.at(section.title))
    if section.id not in topic.way:
        return scene.say("place.detour")
    minutes = minutes_left(topic, scene.level, section.id, number)
    key = "place.step-part" if number else "place.step"
    if minutes == 1:
        key += "-one"
    step = topic.way.index(section.id) + 1
    values = {"number": step, "count": len(topic.way), "minutes": minutes, "part": number + 1}
    return scene.say(key, **values)
