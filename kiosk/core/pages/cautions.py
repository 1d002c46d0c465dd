"""The door of a closed section, and its cautions, one at a time."""

from __future__ import annotations

from kiosk.core.content import Section, Topic
from kiosk.core.events import Acknowledged, BeganCautions, Opened, Panel, WasUnsure, WentWithout
from kiosk.core.gate import open_cautions
from kiosk.core.page import Block, Choice, Gate, GateCaution, Kind, Mood, Page
from kiosk.core.pages.context import Scene, paragraphs
from kiosk.core.visit import AtCaution


def gate_for(scene: Scene, topic: Topic, section: Section) -> Gate:
    """What stands before `section`; holds nothing of what is in it but its title."""
    waiting = {one.id for one in open_cautions(topic, scene.visit, section)}
    cautions = (topic.caution(id_) for id_ in section.requires)
    return Gate(
        section.id,
        scene.at(section.title),
        tuple(GateCaution(one.id, scene.at(one.title), one.id in waiting) for one in cautions),
    )


def door(scene: Scene, topic: Topic, section: Section) -> Page:
    """The closed section: which cautions come first, and the way without it."""
    gate = gate_for(scene, topic, section)
    waiting = [one for one in gate.cautions if one.open]
    untouched = len(waiting) == len(gate.cautions)
    names = ", ".join(one.title for one in waiting)
    if untouched:
        title = scene.say("door.title", section=gate.title)
        blocks = paragraphs(_counted(scene, "door.text", len(waiting)))
    else:
        title = gate.title
        blocks = paragraphs(_counted(scene, "door.still-open", len(waiting), names=names), Mood.KEY)
        blocks += tuple(
            Block(Mood.POINT, one.title, scene.say("note.open" if one.open else "note.read"))
            for one in gate.cautions
        )
    read = _counted(scene, "door.read" if untouched else "door.read-again", len(waiting))
    choices = [Choice("cautions", read, BeganCautions())]
    if not untouched:
        choices.append(_ask_staff(scene))
    choices.append(_without(scene))
    return scene.page(
        Kind.DOOR, title, blocks, tuple(choices), place=scene.say("place.door"), gate=gate
    )


def caution(scene: Scene, topic: Topic, section: Section, place: AtCaution) -> Page:
    """One caution, whole, and its two answers. Nothing is preselected."""
    one = topic.caution(place.caution)
    number = section.requires.index(one.id) + 1
    answer = {"caution": one.id, "language": scene.visit.language, "level": scene.level}
    choices = [
        Choice("acknowledge", scene.say("caution.read"), Acknowledged(**answer)),  # type: ignore[arg-type]
        Choice(
            "unsure",
            scene.say("caution.still-unsure" if place.again else "caution.unsure"),
            WasUnsure(**answer),  # type: ignore[arg-type]
        ),
    ]
    if place.again:
        choices.append(_ask_staff(scene))
    choices.append(_without(scene))
    blocks = paragraphs(scene.at(one.again if place.again else one.wording))
    if place.again:
        blocks = (Block(Mood.MARK, scene.say("caution.other-words")), *blocks)
    return scene.page(
        Kind.CAUTION,
        scene.at(one.title),
        blocks,
        (*choices, evidence_choice(scene)),
        place=scene.say("place.caution", number=number, count=len(section.requires)),
        gate=gate_for(scene, topic, section),
        timed=True,
    )


def evidence_choice(scene: Scene) -> Choice:
    """*Where does this come from?*"""
    return Choice("evidence", scene.say("choice.evidence"), Opened(panel=Panel.EVIDENCE))


def _ask_staff(scene: Scene) -> Choice:
    return Choice("ask-staff", scene.say("tool.staff"), Opened(panel=Panel.STAFF))


def _without(scene: Scene) -> Choice:
    return Choice("without", scene.say("door.without"), WentWithout())


def _counted(scene: Scene, key: str, count: int, **values: object) -> str:
    return scene.say(key if count != 1 else f"{key}-one", count=count, **values)
