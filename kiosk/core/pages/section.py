"""Pages of a section that may be read: one screen of it, or one product of a gated section; and the
claims and content in view there.
"""

from __future__ import annotations

from kiosk.core.content import Claim, Product, Section, Topic
from kiosk.core.events import (
    Advanced,
    BeganCautions,
    OpenedProduct,
    OpenedSection,
    Panel,
    PanelOpened,
)
from kiosk.core.gate import is_open, open_cautions
from kiosk.core.page import Block, BlockKind, Choice, ChoiceRole, Page, PageKind
from kiosk.core.pages.blocks import (
    both_true_blocks,
    claim_blocks,
    disagreement_blocks,
    gap_blocks,
    picture_block,
    table_block,
    urgent_blocks,
)
from kiosk.core.pages.cautions import counted, evidence_choice
from kiosk.core.pages.context import PageContext, paragraphs
from kiosk.core.pages.marks import claim_marks, sure_of
from kiosk.core.screens import SectionScreen, gated_minutes_left, minutes_left, screens
from kiosk.core.visit import AtProduct, AtSection
from kiosk.core.wording import Level
from kiosk.fast_dataclass import replace


def screen(context: PageContext, topic: Topic, section: Section, number: int) -> Page:
    """Return the page of the screen `number` (from 0, one that the section has) of an open section;
    on the last one, also choices such as its detours and the way to a gated section.
    """
    shown = screens(section, context.level)[number]
    last = number == len(screens(section, context.level)) - 1
    aside = section.id not in topic.steps and not section.gated
    choices: list[Choice] = []
    if shown.urgent or any(claim.urgent for claim in shown.claims):
        choices.append(_call_staff(context))
    if last:
        choices += _door(context, topic, section) if section.opens else []
        choices += _offers(context, topic, section)
        choices += _take_along(context, topic, section)
    choices += [
        Choice(f"product-{item.id}", context.at(item.name), OpenedProduct(product=item.id))
        for item in shown.products
    ]
    if shown != SectionScreen(products=shown.products):
        easy = context.level is not Level.PROFESSIONAL
        note = sure_of(context, topic, shown.claims) if easy else ""
        choices.append(replace(evidence_choice(context), note=note))
    if aside and last:
        label, short = context.say("choice.return"), context.say("choice-short.return")
    else:
        label, short = context.say("choice.next"), ""
    choices.append(Choice("next", label, Advanced(), ChoiceRole.NEXT, short))
    kind = PageKind.PRODUCTS if section.gated else PageKind.STEP if not aside else PageKind.DETOUR
    blocks = screen_blocks(context, topic, shown, one_mark=section.id in topic.steps)
    if _is_first_marked(context, topic, section, shown):
        blocks += paragraphs(context.say("mark.first-sight"), BlockKind.MARK)
    return context.page(
        kind, context.at(section.title), blocks, tuple(choices),
        likely="next", step_label=_step_label(context, topic, section, number),
    )  # fmt: skip


def product(context: PageContext, topic: Topic, section: Section, id_: str) -> Page:
    """Return the page of the product with that id, which the section must have: what is known of
    it, what is claimed for it, and what to do.
    """
    item = next(item for item in section.products if item.id == id_)
    choices = (
        *((_call_staff(context),) if any(claim.urgent for claim in item.all_claims) else ()),
        evidence_choice(context),
        Choice("next", context.say("choice.next"), Advanced(), ChoiceRole.NEXT),
    )
    number = len(screens(section, context.level)) + section.products.index(item)
    return context.page(
        PageKind.PRODUCT, context.at(item.name), product_blocks(context, topic, item), choices,
        likely="next", step_label=_step_label(context, topic, section, number),
    )  # fmt: skip


def product_blocks(context: PageContext, topic: Topic, product: Product) -> tuple[Block, ...]:
    """Return a product's content as blocks in reading order: all of its page but the choices."""
    spelt_out: set[str] = set()
    blocks: tuple[Block, ...] = ()
    if product.bottom_line:
        blocks += claim_blocks(context, topic, (replace(product.bottom_line, key=True),), spelt_out)
    if product.notes or product.gaps:
        blocks += (Block(BlockKind.HEADING, context.say("product.notes")),)
    blocks += claim_blocks(context, topic, product.notes, spelt_out)
    blocks += tuple(block for gap in product.gaps for block in gap_blocks(context, gap))
    if product.claims:
        blocks += (Block(BlockKind.HEADING, context.say("product.claims")),)
    blocks += claim_blocks(context, topic, product.claims, spelt_out)
    if product.action:
        blocks += (Block(BlockKind.HEADING, context.say("product.action")),)
        blocks += claim_blocks(context, topic, (replace(product.action, ours=True),), spelt_out)
    return blocks


def claims_in_view(context: PageContext, topic: Topic) -> tuple[Claim, ...]:
    """Return the claims and gaps of the screen or product in view; empty where none is, or its
    section is closed.
    """
    location = context.visit.location
    if isinstance(location, AtProduct) and is_open(
        topic, context.visit, topic.section(location.section)
    ):
        products = topic.section(location.section).products
        return next(product for product in products if product.id == location.product).all_claims
    shown = screen_in_view(context, topic)
    return (*shown.claims, *shown.gaps) if shown else ()


def about_choice(context: PageContext) -> tuple[Choice, ...]:
    """Return the choice "Ask my doctor about this" alone in a tuple; empty where no claim is in
    view, at a caution, and where the reader's list has this page already.
    """
    topic = context.topic
    if topic is None or not claims_in_view(context, topic):
        return ()
    from kiosk.core.rules.own_questions import section_ref_in_view
    from kiosk.core.take_home.events import AskedAboutSection

    ref = section_ref_in_view(context.visit)
    if ref is None or ref in context.visit.questions:
        return ()
    return (Choice("about", context.say("own.about-choice"), AskedAboutSection()),)


def screen_in_view(context: PageContext, topic: Topic) -> SectionScreen | None:
    """Return the content of the section's screen in view; None where its section is closed, or the
    visit is not at a section.
    """
    location = context.visit.location
    if not isinstance(location, AtSection):
        return None
    section = topic.section(location.section)
    if not is_open(topic, context.visit, section):
        return None
    return screens(section, context.level)[location.screen]


def screen_blocks(
    context: PageContext, topic: Topic, shown: SectionScreen, *, one_mark: bool
) -> tuple[Block, ...]:
    """Return a screen's content as blocks in reading order, without title and choices. With
    `one_mark`, below the professional level, one line sums up the doubts of all claims in place of
    a mark after each.
    """
    papers = topic.references if one_mark else ()
    spelt_out = {paper.written_for for paper in papers}
    own = {claim.id for claim in shown.claims}
    blocks = tuple(block for signs in shown.urgent for block in urgent_blocks(context, signs))
    blocks += tuple(table_block(table) for table in shown.tables)
    blocks += tuple(
        picture_block(context, picture) for picture in shown.pictures if picture.after not in own
    )
    easy = context.level is not Level.PROFESSIONAL
    blocks += claim_blocks(
        context, topic, shown.claims, spelt_out, shown.pictures, one_mark=one_mark and easy
    )
    for side in shown.disagreements:
        blocks += disagreement_blocks(context, topic, side, spelt_out)
    for both in shown.both_true:
        blocks += both_true_blocks(context, topic, both, spelt_out)
    for gap in shown.gaps:
        blocks += gap_blocks(context, gap)
    if shown.products:
        blocks += paragraphs(context.say("products.text"))
    return blocks


def _is_first_marked(
    context: PageContext, topic: Topic, section: Section, shown: SectionScreen
) -> bool:
    """Return whether this is the first screen of the steps that has a mark, at the professional
    level: there marks are explained.

    Marks of the other levels are whole sentences, and explain themselves.
    """
    if context.level is not Level.PROFESSIONAL:
        return False
    for id_ in topic.steps:
        for screen in screens(topic.section(id_), context.level):
            if any(claim_marks(topic, claim) for claim in screen.claims):
                return section.id == id_ and screen == shown
    return False


def _call_staff(context: PageContext) -> Choice:
    return Choice("call-staff", context.say("choice.call-staff"), PanelOpened(panel=Panel.STAFF))


def _offers(context: PageContext, topic: Topic, section: Section) -> list[Choice]:
    """The detours that a section offers, under the question that they answer."""
    question = context.at(section.choose) if section.choose else ""
    offered = (topic.section(id_) for id_ in section.offers)
    return [
        Choice(
            f"section-{offer.id}",
            context.at(offer.title),
            OpenedSection(section=offer.id),
            group=question,
        )
        for offer in offered
    ]


def _take_along(context: PageContext, topic: Topic, section: Section) -> list[Choice]:
    """On the last step what can be taken along; where a diary is explained, its form."""
    if section.id == topic.take_home.diary:
        return [Choice("diary", context.say("take.diary"), PanelOpened(panel=Panel.DIARY))]
    if section.id == topic.steps[-1]:
        return [Choice("take-along", context.say("choice.take"), PanelOpened(panel=Panel.TAKE))]
    return []


def _door(context: PageContext, topic: Topic, section: Section) -> list[Choice]:
    """Return the choices at a section that opens a gated one: to read more, to go on, and help for
    a person who takes a supplement already; all have equal weight.
    """
    behind = topic.section(section.opens)
    waiting = open_cautions(topic, context.visit, behind)
    if waiting:
        read_more = Choice("cautions", counted(context, "door.more", len(waiting)), BeganCautions())
    else:
        read_more = Choice(
            f"section-{behind.id}", context.say("door.more-open"), OpenedSection(section=behind.id)
        )
    return [
        read_more,
        Choice("go-on", context.say("door.go-on"), Advanced()),
        Choice(
            "already-taking", context.say("door.already-taking"), PanelOpened(panel=Panel.STAFF)
        ),
    ]


def _step_label(context: PageContext, topic: Topic, section: Section, number: int) -> str:
    """Return the label that says where in the topic a screen or, after the screens, a product is,
    and how many minutes the rest takes.
    """
    if section.gated:
        minutes = gated_minutes_left(topic, section, context.level, number)
        key = "step-label.section"
        count = len(screens(section, context.level)) + len(section.products)
        values: dict[str, object] = {"section": context.at(section.title), "number": number + 1}
    elif section.id not in topic.steps:
        return context.say("step-label.detour")
    else:
        minutes = minutes_left(topic, context.level, section.id, number)
        key = "step-label.step-part" if number else "step-label.step"
        count = len(topic.steps)
        values = {"number": topic.steps.index(section.id) + 1, "part": number + 1}
    key = f"{key}-one" if minutes == 1 else key
    return context.say(key, count=count, minutes=minutes, **values)
