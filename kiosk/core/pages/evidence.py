"""The page "Where does this come from?": the statements that the texts in view rest on, and whether
checking confirmed each; also the sources of claims as lines.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.core.content import Disagreement, Section, Topic
from kiosk.core.events import OpenedSection
from kiosk.core.evidence import OURS, CheckResult, Reference, SourcePart, Statement
from kiosk.core.gate import is_open
from kiosk.core.page import Block, BlockKind, Choice, Page, PageKind
from kiosk.core.pages.blocks import worded
from kiosk.core.pages.context import PageContext, paragraphs
from kiosk.core.pages.marks import FROM_MEMORY
from kiosk.core.pages.panels import help_page
from kiosk.core.pages.section import about_choice, claims_in_view, screen_in_view
from kiosk.core.screens import screens
from kiosk.core.visit import AtCaution, AtSection

HEADED = (SourcePart.GUIDELINE, SourcePart.DRUG_LABEL, SourcePart.RESEARCH)


def evidence(scene: PageContext) -> Page:
    """Return the page of the sources of each text in view, in order, with choices to open
    disagreements about them; statements on supplements only in an open gated section. The help page
    where no topic is loaded.
    """
    topic = scene.topic
    if topic is None:
        return help_page(scene)
    blocks: list[Block] = []
    seen: list[Statement] = []
    for headings, rests_on in _supported_blocks(scene, topic):
        blocks += headings
        for id_ in rests_on:
            statement = topic.statement(id_)
            if not _may_show(scene, topic, statement):
                continue
            blocks.append(_statement(scene, topic, statement, shown_before=statement in seen))
            seen.append(statement)
    if any(reference.certainty != OURS for reference in topic.references):
        blocks += paragraphs(scene.say("evidence.limits"), BlockKind.MARK)
    choices = (*_against(scene, topic, seen), *about_choice(scene))
    return scene.page(
        PageKind.EVIDENCE, scene.say("choice.evidence"), tuple(blocks), choices, likely="back"
    )


def _supported_blocks(
    scene: PageContext, topic: Topic
) -> list[tuple[tuple[Block, ...], tuple[str, ...]]]:
    """The texts of the page in view, each with the ids of the statements that it rests on."""
    location = scene.visit.location
    if isinstance(location, AtCaution):
        caution = topic.caution(location.caution)
        wording = caution.again if location.again else caution.wording
        return [(paragraphs(scene.at(wording), BlockKind.HEADING), caution.rests_on)]
    shown = screen_in_view(scene, topic)
    pairs = []
    for signs in shown.urgent if shown else ():
        pairs.append((paragraphs(scene.at(signs.title), BlockKind.HEADING), signs.rests_on))
    for row in (row for table in shown.tables for row in table.rows) if shown else ():
        pairs.append((paragraphs(row.cells[0], BlockKind.HEADING), row.rests_on))
    for claim in claims_in_view(scene, topic):
        pairs.append((worded(scene, claim, BlockKind.HEADING), claim.rests_on))
    for side in shown.disagreements if shown else ():
        pairs.append(
            (paragraphs(scene.at(side.one_side), BlockKind.HEADING), side.one_side_rests_on)
        )
        pairs.append(
            (paragraphs(scene.at(side.other_side), BlockKind.HEADING), side.other_side_rests_on)
        )
    for both in shown.both_true if shown else ():
        pairs.append((paragraphs(scene.at(both.about), BlockKind.HEADING), both.rests_on))
    return pairs


def _may_show(scene: PageContext, topic: Topic, statement: Statement) -> bool:
    if not statement.supplement:
        return True
    section = topic.section(getattr(scene.visit.location, "section", ""))
    return section.gated and is_open(topic, scene.visit, section)


def _statement(
    scene: PageContext, topic: Topic, statement: Statement, *, shown_before: bool
) -> Block:
    label = scene.say("evidence.entry", id=statement.id)
    if shown_before:
        return Block(BlockKind.SOURCE, scene.say("evidence.as-above"), label)
    lines: list[str] = []
    if statement.misquotes:
        lines.append(_checked(scene, statement))
    lines.append(_origin(scene, topic, statement))
    lines.append(_cited(scene, topic, statement))
    if not statement.misquotes and statement.cites and not _is_unchecked_ours(topic, statement):
        lines.append(_checked(scene, statement))
    elif statement.check_note and not statement.misquotes:
        lines.append(statement.check_note)
    if statement.grade:
        lines.append(scene.say("evidence.grade", grade=statement.grade))
    if statement.verified.startswith(FROM_MEMORY):
        lines.append(scene.say("evidence.from-memory"))
    elif statement.verified:
        lines.append(scene.say("evidence.verified", verified=statement.verified))
    if statement.superseded_note:
        lines.append(scene.say("evidence.superseded", note=statement.superseded_note))
    if statement.missing:
        lines.append(scene.say("evidence.missing", missing=statement.missing))
    return Block(BlockKind.SOURCE, " ".join(line for line in lines if line), label)


def origins(scene: PageContext, topic: Topic, rests_on: tuple[str, ...]) -> tuple[str, ...]:
    """Return one line for each statement with these ids: the document and heading where it stands,
    and the work it cites; equal lines once.
    """
    statements = (topic.statement(id_) for id_ in rests_on)
    lines = (f"{_origin(scene, topic, s)} {_cited(scene, topic, s)}".strip() for s in statements)
    return tuple(dict.fromkeys(lines))


def _origin(scene: PageContext, topic: Topic, statement: Statement) -> str:
    document = topic.document(statement.document)
    if document is None:
        return scene.say("evidence.safety-note") if topic.documents else ""
    title, heading, strand = document.title, statement.heading, ""
    if document.strands_are_headings and statement.strand in HEADED:
        strand = scene.say(f"strand.{statement.strand.value}")
    if heading and strand:
        return scene.say("evidence.under-both", title=title, heading=heading, part=strand)
    if heading or strand:
        return scene.say("evidence.under", title=title, heading=heading or strand)
    return scene.say("evidence.document", title=title)


def _cited(scene: PageContext, topic: Topic, statement: Statement) -> str:
    if statement.source:
        return scene.say("evidence.source", source=statement.source.removesuffix("."))
    if not statement.cites:
        return "" if statement.about_itself else scene.say("evidence.no-source")
    reference = topic.reference(statement.cites)
    number = statement.reference
    if reference is None or not reference.work:
        return scene.say("evidence.unidentified", number=number)
    if reference.certainty == OURS:
        own = scene.say("evidence.source", source=reference.work.removesuffix("."))
        return f"{own} {_kind(scene, reference)}".strip()
    certainty = scene.say(f"certainty.{reference.certainty.replace(' ', '-')}")
    cited = scene.say("evidence.cited", number=number, work=reference.work, certainty=certainty)
    return f"{cited} {_kind(scene, reference)}".strip()


def _kind(scene: PageContext, reference: Reference) -> str:
    if reference.written_for:
        return scene.say("kind.guideline-for", condition=reference.written_for)
    return scene.say(f"kind.{reference.kind}") if reference.kind else ""


def _is_unchecked_ours(topic: Topic, statement: Statement) -> bool:
    """Whether the author cites the paper and nobody compared it: there is nothing to report."""
    reference = topic.reference(statement.cites)
    is_ours = reference is not None and reference.certainty == OURS
    return is_ours and statement.checked is CheckResult.UNCHECKED


def _checked(scene: PageContext, statement: Statement) -> str:
    result = (
        statement.checked.value if statement.checked is not CheckResult.UNCHECKED else "unchecked"
    )
    return f"{scene.say(f'checked.{result}')} {statement.check_note}".strip()


def _against(scene: PageContext, topic: Topic, seen: list[Statement]) -> tuple[Choice, ...]:
    """The disagreements that the statements take part in, as far as they may be opened now."""
    ids = {statement.id for statement in seen}
    choices = []
    for section, number, side in _open_disagreements(scene, topic):
        if ids & {*side.one_side_rests_on, *side.other_side_rests_on}:
            label = scene.say("evidence.against", about=scene.at(side.about))
            event = OpenedSection(section=section.id, screen=number)
            choices.append(Choice(f"against-{side.id}", label, event))
    return tuple(choices)


def _open_disagreements(
    scene: PageContext, topic: Topic
) -> Iterator[tuple[Section, int, Disagreement]]:
    """Those that may be shown and are not in view, with the section and screen they stand on."""
    for section in topic.sections:
        if is_open(topic, scene.visit, section):
            for number, shown in enumerate(screens(section, scene.level)):
                if scene.visit.location != AtSection(section.id, number):
                    yield from ((section, number, side) for side in shown.disagreements)
