"""Choosing a topic: all of a few; of many, by a heading or by what is written."""

from __future__ import annotations

from kiosk.core.events import AskedMore, BeganWriting, ChoseGroup, ChoseTopic, StartedOver, Wrote
from kiosk.core.library import FEW, Catalogue, TopicCard
from kiosk.core.page import Block, Choice, Entry, Kind, Mood, Page
from kiosk.core.pages.context import Scene, paragraphs
from kiosk.core.pages.letters import keys
from kiosk.core.visit import AtTopics


def topics(scene: Scene) -> Page:
    """What there is to read about."""
    catalogue = scene.library.catalogues.get(scene.visit.language)
    if catalogue is None or not catalogue.count:
        return withdrawn(scene)
    if catalogue.count <= FEW:
        return _listed(scene, scene.library.cards_in(scene.visit.language))
    place = scene.visit.place
    assert isinstance(place, AtTopics)
    return _searched(scene, catalogue, place)


def _listed(scene: Scene, cards: tuple[TopicCard, ...]) -> Page:
    choices = tuple(_topic(scene, card) for card in cards)
    likely = choices[0].id if choices else ""
    return scene.page(Kind.TOPICS, scene.say("topics.title"), (), choices, likely=likely)


def _searched(scene: Scene, catalogue: Catalogue, place: AtTopics) -> Page:
    sought, found = place.sought, place.found or ()
    held = (scene.library.card(id_, scene.visit.language) for id_ in found)
    cards = [card for card in held if card is not None]
    written = sought.text if sought else ""
    choices = [_topic(scene, card) for card in cards]
    if place.more:
        choices.append(Choice("more", scene.say("topics.more"), AskedMore()))
    blocks: tuple[Block, ...] = ()
    if sought is None:
        blocks = paragraphs(scene.say("topics.count", count=catalogue.count))
        choices += _groups(scene, catalogue)
    elif sought.group:
        blocks = (Block(Mood.HEADING, sought.group),)
    elif place.found is not None and not cards:
        blocks = paragraphs(scene.say("topics.none", text=written), Mood.KEY)
    likely = choices[0].id if choices and not place.writing else ""
    if place.writing:
        choices += keys(scene, written)
    else:
        choices.append(Choice("write", scene.say("topics.write"), BeganWriting()))
    if written:
        choices.append(Choice("all", scene.say("topics.all"), Wrote(text="")))
    entry = Entry(written, scene.say("topics.entry"))
    return scene.page(
        Kind.TOPICS, scene.say("topics.title"), blocks, tuple(choices), likely=likely, entry=entry
    )


def _topic(scene: Scene, card: TopicCard) -> Choice:
    return Choice(f"topic-{card.id}", scene.at(card.question), ChoseTopic(topic=card.id))


def _groups(scene: Scene, catalogue: Catalogue) -> list[Choice]:
    return [
        Choice(
            f"group-{number}",
            group.name,
            ChoseGroup(group=group.name),
            note=scene.say("topics.in-group", count=group.count),
        )
        for number, group in enumerate(catalogue.groups)
    ]


def withdrawn(scene: Scene) -> Page:
    """The text must not be shown any more, and nothing of it is."""
    blocks = paragraphs(scene.say("withdrawn.text"), Mood.KEY)
    blocks += paragraphs(scene.library.staff.get(scene.visit.language, ""), Mood.KEY)
    choices = (Choice("finish", scene.say_here("clear"), StartedOver()),)
    return scene.page(
        Kind.WITHDRAWN, scene.say("withdrawn.title"), blocks, choices, likely="finish"
    )
