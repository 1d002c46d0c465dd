"""Pages of a closed section and of its cautions, which are shown one to a page; and the gate that
goes with them.
"""

from __future__ import annotations

from kiosk.core.content import Section, Topic
from kiosk.core.events import (
    BeganCautions,
    CautionAcknowledged,
    CautionUnsure,
    GateSkipped,
    Panel,
    PanelOpened,
)
from kiosk.core.gate import open_cautions
from kiosk.core.page import Block, BlockKind, Choice, Gate, GateCaution, Page, PageKind
from kiosk.core.pages.context import PageContext, paragraphs
from kiosk.core.visit import AtCaution


def gate_for(scene: PageContext, topic: Topic, section: Section) -> Gate:
    """Return the gate of a closed section for its page: the section's title, and each caution's
    title and whether it is still unanswered.
    """
    waiting = {caution.id for caution in open_cautions(topic, scene.visit, section)}
    cautions = (topic.caution(id_) for id_ in section.requires)
    return Gate(
        section.id,
        scene.at(section.title),
        tuple(
            GateCaution(caution.id, scene.at(caution.title), caution.id in waiting)
            for caution in cautions
        ),
    )


def gate_page(scene: PageContext, topic: Topic, section: Section) -> Page:
    """Return the page shown in place of a closed section: how many cautions to read first, or which
    are left, with choices to read them or go on without the section.
    """
    gate = gate_for(scene, topic, section)
    waiting = [caution for caution in gate.cautions if caution.open]
    untouched = len(waiting) == len(gate.cautions)
    names = ", ".join(caution.title for caution in waiting)
    if untouched:
        title = scene.say("door.title", section=gate.title)
        blocks = paragraphs(counted(scene, "door.text", len(waiting)))
    else:
        title = gate.title
        blocks = paragraphs(
            counted(scene, "door.still-open", len(waiting), names=names), BlockKind.KEY
        )
        blocks += tuple(
            Block(
                BlockKind.POINT,
                caution.title,
                scene.say("note.open" if caution.open else "note.read"),
            )
            for caution in gate.cautions
        )
    read = counted(scene, "door.read" if untouched else "door.read-again", len(waiting))
    choices = [Choice("cautions", read, BeganCautions())]
    if not untouched:
        choices.append(_ask_staff(scene))
    choices.append(_without(scene))
    return scene.page(
        PageKind.DOOR,
        title,
        blocks,
        tuple(choices),
        step_label=scene.say("step-label.door"),
        gate=gate,
    )


def caution(scene: PageContext, topic: Topic, section: Section, location: AtCaution) -> Page:
    """Return the page of one caution, with the answers "I have read this" and "I am not sure",
    neither preselected; after "I am not sure", the page of its other wording.
    """
    warning = topic.caution(location.caution)
    number = section.requires.index(warning.id) + 1
    answer = {"caution": warning.id, "language": scene.visit.language, "level": scene.level}
    choices = [
        Choice("acknowledge", scene.say("caution.read"), CautionAcknowledged(**answer)),  # type: ignore[arg-type]
        Choice(
            "unsure",
            scene.say("caution.still-unsure" if location.again else "caution.unsure"),
            CautionUnsure(**answer),  # type: ignore[arg-type]
        ),
    ]
    if location.again:
        choices.append(_ask_staff(scene))
    choices.append(_without(scene))
    blocks = paragraphs(scene.at(warning.again if location.again else warning.wording))
    if location.again:
        blocks = (Block(BlockKind.MARK, scene.say("caution.other-words")), *blocks)
    return scene.page(
        PageKind.CAUTION,
        scene.at(warning.title),
        blocks,
        (*choices, evidence_choice(scene)),
        step_label=scene.say("step-label.caution", number=number, count=len(section.requires)),
        gate=gate_for(scene, topic, section),
        timed=True,
    )


def evidence_choice(scene: PageContext) -> Choice:
    """Return the choice "Where does this come from?", which opens the page of sources."""
    return Choice("evidence", scene.say("choice.evidence"), PanelOpened(panel=Panel.EVIDENCE))


def _ask_staff(scene: PageContext) -> Choice:
    return Choice("ask-staff", scene.say("tool.staff"), PanelOpened(panel=Panel.STAFF))


def _without(scene: PageContext) -> Choice:
    return Choice("without", scene.say("door.without"), GateSkipped())


def counted(scene: PageContext, key: str, count: int, **values: object) -> str:
    """Return the program's phrase of `key` with `count` filled in; for a count of one, the phrase
    of `key` followed by "-one".
    """
    return scene.say(key if count != 1 else f"{key}-one", count=count, **values)
