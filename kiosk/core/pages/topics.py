"""Pages to choose a topic (all of a few; of many, under headings or by typed words), and the page
in place of a withdrawn text.
"""

from __future__ import annotations

from kiosk.core.events import (
    ChoseGroup,
    ChoseTopic,
    KeyboardOpened,
    NextPageRequested,
    StartedOver,
    TextChanged,
)
from kiosk.core.library import FEW, Catalogue, TopicCard
from kiosk.core.page import Block, BlockKind, Choice, Page, PageKind, TextEntry
from kiosk.core.pages.context import PageContext, paragraphs
from kiosk.core.pages.letters import keys
from kiosk.core.pages.questions import alarm_blocks, staff_choice
from kiosk.core.visit import AtTopics


def topics(context: PageContext) -> Page:
    """Return the page to choose a topic: all of a few; of many, headings, an entry to type in, and
    what was found. Where no topic is left, the page of a withdrawn text.
    """
    catalogue = context.library.catalogues.get(context.visit.language)
    if catalogue is None or not catalogue.count:
        return withdrawn(context)
    if catalogue.count <= FEW:
        return _listed(context, context.library.cards_in(context.visit.language))
    location = context.visit.location
    assert isinstance(location, AtTopics)
    return _searched(context, catalogue, location)


def _listed(context: PageContext, cards: tuple[TopicCard, ...]) -> Page:
    choices = tuple(_topic(context, card) for card in cards)
    likely = choices[0].id if choices else ""
    return context.page(PageKind.TOPICS, context.say("topics.title"), (), choices, likely=likely)


def _searched(context: PageContext, catalogue: Catalogue, location: AtTopics) -> Page:
    sought, results = location.sought, location.results or ()
    listed = (context.library.card(id_, context.visit.language) for id_ in results)
    cards = [card for card in listed if card is not None]
    written = sought.text if sought else ""
    choices = [_topic(context, card) for card in cards]
    if location.has_more:
        choices.append(Choice("more", context.say("topics.more"), NextPageRequested()))
    blocks: tuple[Block, ...] = ()
    if sought is None:
        blocks = paragraphs(context.say("topics.count", count=catalogue.count))
        choices += _groups(context, catalogue)
    elif sought.group:
        blocks = (Block(BlockKind.HEADING, sought.group),)
    elif location.results is not None and not cards and location.alarm is None:
        blocks = paragraphs(context.say("topics.none", text=written), BlockKind.KEY)
    if location.alarm is not None:  # what to do stands first
        blocks = alarm_blocks(context, location.alarm) + blocks
        choices.insert(0, staff_choice(context))
    likely = choices[0].id if choices and not location.writing else ""
    if location.writing:
        choices += keys(context, written)
    else:
        choices.append(Choice("write", context.say("topics.write"), KeyboardOpened()))
    if written:
        choices.append(Choice("all", context.say("topics.all"), TextChanged(text="")))
    entry = TextEntry(written, context.say("topics.entry"))
    return context.page(
        PageKind.TOPICS,
        context.say("topics.title"),
        blocks,
        tuple(choices),
        likely=likely,
        entry=entry,
    )


def _topic(context: PageContext, card: TopicCard) -> Choice:
    return Choice(f"topic-{card.id}", context.at(card.question), ChoseTopic(topic=card.id))


def _groups(context: PageContext, catalogue: Catalogue) -> list[Choice]:
    return [
        Choice(
            f"group-{number}",
            group.name,
            ChoseGroup(group=group.name),
            note=context.say("topics.in-group", count=group.count),
        )
        for number, group in enumerate(catalogue.groups)
    ]


def withdrawn(context: PageContext) -> Page:
    """Return the page in place of a text that the site has withdrawn: that it is gone and whom to
    ask, and nothing of the text.
    """
    blocks = paragraphs(context.say("withdrawn.text"), BlockKind.KEY)
    blocks += paragraphs(context.library.staff.get(context.visit.language, ""), BlockKind.KEY)
    choices = (Choice("finish", context.say_here("clear"), StartedOver()),)
    return context.page(
        PageKind.WITHDRAWN, context.say("withdrawn.title"), blocks, choices, likely="finish"
    )
