"""Where does this come from? The statements under the page in view, and what checking found."""

from __future__ import annotations

from kiosk.core.content import Finding, Reference, Section, Statement, Strand, Topic
from kiosk.core.events import OpenedSection
from kiosk.core.page import Block, Choice, Kind, Mood, Page
from kiosk.core.pages.panels import help_page
from kiosk.core.pages.scene import Scene, paragraphs
from kiosk.core.pages.section import claims_in_view
from kiosk.core.standing import is_open
from kiosk.core.visit import AtCaution
from kiosk.core.way import screens

HEADED = (Strand.GUIDELINE, Strand.DRUG_LABEL, Strand.RESEARCH)


def evidence(scene: Scene) -> Page:
    """The evidence of every claim in view, in order; closed sections lend nothing to it."""
    topic = scene.topic
    if topic is None:
        return help_page(scene)
    blocks: list[Block] = []
    seen: list[Statement] = []
    for text, rests_on in _told(scene, topic):
        blocks += paragraphs(text, Mood.HEADING)
        for id_ in rests_on:
            statement = topic.statement(id_)
            if not _may_show(scene, topic, statement):
                continue
            blocks.append(_statement(scene, topic, statement, told_before=statement in seen))
            seen.append(statement)
    blocks += paragraphs(scene.say("evidence.limits"), Mood.MARK)
    against = _against(scene, topic, seen)
    return scene.page(
        Kind.EVIDENCE, scene.say("choice.evidence"), tuple(blocks), against, likely="back"
    )


def _told(scene: Scene, topic: Topic) -> list[tuple[str, tuple[str, ...]]]:
    """What the page in view tells, and the statements under each thing told."""
    place = scene.visit.place
    if isinstance(place, AtCaution):
        one = topic.caution(place.caution)
        return [(scene.at(one.again if place.again else one.wording), one.rests_on)]
    told = [(scene.at(claim.wording), claim.rests_on) for claim in claims_in_view(scene, topic)]
    section = topic.section(getattr(place, "section", ""))
    if hasattr(place, "screen"):
        shown = screens(section, scene.level)[place.screen]
        for side in shown.disagreements:
            told.append((scene.at(side.one), side.one_rests_on))
            told.append((scene.at(side.other), side.other_rests_on))
        told += [(scene.at(both.about), both.rests_on) for both in shown.both_true]
    return told


def _may_show(scene: Scene, topic: Topic, statement: Statement) -> bool:
    if not statement.supplement:
        return True
    section = topic.section(getattr(scene.visit.place, "section", ""))
    return section.gated and is_open(topic, scene.visit, section)


def _statement(scene: Scene, topic: Topic, statement: Statement, *, told_before: bool) -> Block:
    label = scene.say("evidence.entry", id=statement.id)
    if told_before:
        return Block(Mood.SOURCE, scene.say("evidence.as-above"), label)
    lines: list[str] = []
    if statement.misquotes:
        lines.append(_checked(scene, statement))
    lines.append(_origin(scene, topic, statement))
    lines.append(_cited(scene, topic, statement))
    if not statement.misquotes and statement.cites:
        lines.append(_checked(scene, statement))
    elif statement.check_note and not statement.misquotes:
        lines.append(statement.check_note)
    if statement.missing:
        lines.append(scene.say("evidence.missing", missing=statement.missing))
    return Block(Mood.SOURCE, " ".join(line for line in lines if line), label)


def _origin(scene: Scene, topic: Topic, statement: Statement) -> str:
    document = topic.document(statement.document)
    if document is None:
        return scene.say("evidence.safety-note")
    heading = statement.heading
    if document.strands_are_headings and statement.strand in HEADED:
        heading = scene.say(f"strand.{statement.strand.value}")
    if heading:
        return scene.say("evidence.under", title=document.title, heading=heading)
    return scene.say("evidence.document", title=document.title)


def _cited(scene: Scene, topic: Topic, statement: Statement) -> str:
    if statement.source:
        return scene.say("evidence.source", source=statement.source)
    if not statement.cites:
        return "" if statement.about_itself else scene.say("evidence.no-source")
    reference = topic.reference(statement.cites)
    number = statement.reference
    if reference is None or not reference.work:
        return scene.say("evidence.unidentified", number=number)
    certainty = scene.say(f"certainty.{reference.certainty.replace(' ', '-')}")
    cited = scene.say("evidence.cited", number=number, work=reference.work, certainty=certainty)
    return f"{cited} {_kind(scene, reference)}".strip()


def _kind(scene: Scene, reference: Reference) -> str:
    if reference.written_for:
        return scene.say("kind.guideline-for", condition=reference.written_for)
    return scene.say(f"kind.{reference.kind}") if reference.kind else ""


def _checked(scene: Scene, statement: Statement) -> str:
    found = statement.checked.value if statement.checked is not Finding.UNCHECKED else "unchecked"
    return f"{scene.say(f'checked.{found}')} {statement.check_note}".strip()


def _against(scene: Scene, topic: Topic, seen: list[Statement]) -> tuple[Choice, ...]:
    """The disagreements that the statements take part in, as far as they may be opened now."""
    ids = {statement.id for statement in seen}
    choices = []
    for section in topic.sections:
        if not is_open(topic, scene.visit, section):
            continue
        for side in section.disagreements:
            if ids & {*side.one_rests_on, *side.other_rests_on} and not _is_here(scene, section):
                label = scene.say("evidence.against", about=scene.at(side.about))
                event = OpenedSection(section=section.id)
                choices.append(Choice(f"against-{side.id}", label, event))
    return tuple(choices)


def _is_here(scene: Scene, section: Section) -> bool:
    return getattr(scene.visit.place, "section", "") == section.id
