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


def gate_for(context: PageContext, topic: Topic, section: Section) -> Gate:
    """Return the gate of a closed section for its page: the section's title, and each caution's
    title and whether it is still unanswered.
    """
    waiting = {caution.id for caution in open_cautions(topic, context.visit, section)}
    cautions = (topic.caution(id_) for id_ in section.requires)
    return Gate(
        section.id,
        context.at(section.title),
        tuple(
            GateCaution(caution.id, context.at(caution.title), caution.id in waiting)
            for caution in cautions
        ),
    )


def gate_page(context: PageContext, topic: Topic, section: Section) -> Page:
    """Return the page shown in place of a closed section: how many cautions to read first, or which
    are left, with choices to read them or go on without the section.
    """
    gate = gate_for(context, topic, section)
    waiting = [caution for caution in gate.cautions if caution.open]
    untouched = len(waiting) == len(gate.cautions)
    names = ", ".join(caution.title for caution in waiting)
    if untouched:
        title = context.say("door.title", section=gate.title)
        blocks = paragraphs(counted(context, "door.text", len(waiting)))
    else:
        title = gate.title
        blocks = paragraphs(
            counted(context, "door.still-open", len(waiting), names=names), BlockKind.KEY
        )
        blocks += tuple(
            Block(
                BlockKind.POINT,
                caution.title,
                context.say("note.open" if caution.open else "note.read"),
            )
            for caution in gate.cautions
        )
    read = counted(context, "door.read" if untouched else "door.read-again", len(waiting))
    choices = [Choice("cautions", read, BeganCautions())]
    if not untouched:
        choices.append(_ask_staff(context))
    choices.append(_without(context))
    return context.page(
        PageKind.DOOR,
        title,
        blocks,
        tuple(choices),
        step_label=context.say("step-label.door"),
        gate=gate,
    )


def caution(context: PageContext, topic: Topic, section: Section, location: AtCaution) -> Page:
    """Return the page of one caution, with the answers "I have read this" and "I am not sure",
    neither preselected; after "I am not sure", the page of its other wording.
    """
    warning = topic.caution(location.caution)
    number = section.requires.index(warning.id) + 1
    answer = {"caution": warning.id, "language": context.visit.language, "level": context.level}
    choices = [
        Choice("acknowledge", context.say("caution.read"), CautionAcknowledged(**answer)),  # type: ignore[arg-type]
        Choice(
            "unsure",
            context.say("caution.still-unsure" if location.again else "caution.unsure"),
            CautionUnsure(**answer),  # type: ignore[arg-type]
        ),
    ]
    if location.again:
        choices.append(_ask_staff(context))
    choices.append(_without(context))
    blocks = paragraphs(context.at(warning.again if location.again else warning.wording))
    if location.again:
        blocks = (Block(BlockKind.MARK, context.say("caution.other-words")), *blocks)
    return context.page(
        PageKind.CAUTION,
        context.at(warning.title),
        blocks,
        (*choices, evidence_choice(context)),
        step_label=context.say("step-label.caution", number=number, count=len(section.requires)),
        gate=gate_for(context, topic, section),
        timed=True,
    )


def evidence_choice(context: PageContext) -> Choice:
    """Return the choice "Where does this come from?", which opens the page of sources."""
    return Choice("evidence", context.say("choice.evidence"), PanelOpened(panel=Panel.EVIDENCE))


def _ask_staff(context: PageContext) -> Choice:
    return Choice("ask-staff", context.say("tool.staff"), PanelOpened(panel=Panel.STAFF))


def _without(context: PageContext) -> Choice:
    return Choice("without", context.say("door.without"), GateSkipped())


def counted(context: PageContext, key: str, count: int, **values: object) -> str:
    """Return the program's phrase of `key` with `count` filled in; for a count of one, the phrase
    of `key` followed by "-one".
    """
    return context.say(key if count != 1 else f"{key}-one", count=count, **values)
