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
from kiosk.core.pages.blocks import finding_blocks, table_block, worded
from kiosk.core.pages.context import PageContext, paragraphs
from kiosk.core.pages.marks import FROM_MEMORY
from kiosk.core.pages.panels import help_page
from kiosk.core.pages.section import about_choice, claims_in_view, screen_in_view
from kiosk.core.screens import screens
from kiosk.core.visit import AtCaution, AtSection

HEADED = (SourcePart.GUIDELINE, SourcePart.DRUG_LABEL, SourcePart.RESEARCH)


def evidence(context: PageContext) -> Page:
    """Return the page of the sources of each text in view, in order, with choices to open
    disagreements about them; statements on supplements only in an open gated section. The help page
    where no topic is loaded.
    """
    topic = context.topic
    if topic is None:
        return help_page(context)
    blocks: list[Block] = []
    seen: list[Statement] = []
    for headings, rests_on in _supported_blocks(context, topic):
        blocks += headings
        for id_ in rests_on:
            statement = topic.statement(id_)
            if not _may_show(context, topic, statement):
                continue
            blocks.append(_statement(context, topic, statement, shown_before=statement in seen))
            seen.append(statement)
    if any(reference.certainty != OURS for reference in topic.references):
        blocks += paragraphs(context.say("evidence.limits"), BlockKind.MARK)
    choices = (*_against(context, topic, seen), *about_choice(context))
    return context.page(
        PageKind.EVIDENCE, context.say("choice.evidence"), tuple(blocks), choices, likely="back"
    )


def _supported_blocks(
    context: PageContext, topic: Topic
) -> list[tuple[tuple[Block, ...], tuple[str, ...]]]:
    """The texts of the page in view, each with the ids of the statements that it rests on."""
    location = context.visit.location
    if isinstance(location, AtCaution):
        caution = topic.caution(location.caution)
        wording = caution.again if location.again else caution.wording
        return [(paragraphs(context.at(wording), BlockKind.HEADING), caution.rests_on)]
    shown = screen_in_view(context, topic)
    pairs = []
    for signs in shown.urgent if shown else ():
        pairs.append((paragraphs(context.at(signs.title), BlockKind.HEADING), signs.rests_on))
    for table in shown.tables if shown else ():
        for row, named_cells in zip(table.rows, table_block(table).rows, strict=True):
            cells = "\n".join(f"{column}: {cell}" for column, cell in named_cells[1:] if cell)
            heading = paragraphs(row.cells[0], BlockKind.HEADING)
            pairs.append((heading + paragraphs(cells), row.rests_on))
    for claim in claims_in_view(context, topic):
        pairs.append((worded(context, claim, BlockKind.HEADING), claim.rests_on))
    for side in shown.disagreements if shown else ():
        pairs.append((finding_blocks(context, side), ()))
        pairs.append(
            (paragraphs(context.at(side.one_side), BlockKind.HEADING), side.one_side_rests_on)
        )
        pairs.append(
            (paragraphs(context.at(side.other_side), BlockKind.HEADING), side.other_side_rests_on)
        )
    for both in shown.both_true if shown else ():
        heading = paragraphs(context.at(both.about), BlockKind.HEADING)
        pairs.append((heading + paragraphs(context.at(both.because)), both.rests_on))
    return pairs


def _may_show(context: PageContext, topic: Topic, statement: Statement) -> bool:
    if not statement.supplement:
        return True
    section = topic.section(getattr(context.visit.location, "section", ""))
    return section.gated and is_open(topic, context.visit, section)


def _statement(
    context: PageContext, topic: Topic, statement: Statement, *, shown_before: bool
) -> Block:
    label = context.say("evidence.entry", id=statement.id)
    if shown_before:
        return Block(BlockKind.SOURCE, context.say("evidence.as-above"), label)
    lines: list[str] = []
    if statement.misquotes:
        lines.append(_checked(context, statement))
    lines.append(_origin(context, topic, statement))
    lines.append(_cited(context, topic, statement))
    if not statement.misquotes and statement.cites and not _is_unchecked_ours(topic, statement):
        lines.append(_checked(context, statement))
    elif statement.check_note and not statement.misquotes:
        lines.append(statement.check_note)
    if statement.grade:
        lines.append(context.say("evidence.grade", grade=statement.grade))
    if statement.verified.startswith(FROM_MEMORY):
        lines.append(context.say("evidence.from-memory"))
    elif statement.verified:
        lines.append(context.say("evidence.verified", verified=statement.verified))
    if statement.superseded_note:
        lines.append(context.say("evidence.superseded", note=statement.superseded_note))
    if statement.missing:
        lines.append(context.say("evidence.missing", missing=statement.missing))
    return Block(BlockKind.SOURCE, " ".join(line for line in lines if line), label)


def origins(context: PageContext, topic: Topic, rests_on: tuple[str, ...]) -> tuple[str, ...]:
    """Return one line for each statement with these ids: the document and heading where it stands,
    and the work it cites; equal lines once.
    """
    statements = (topic.statement(id_) for id_ in rests_on)
    lines = (
        f"{_origin(context, topic, s)} {_cited(context, topic, s)}".strip() for s in statements
    )
    return tuple(dict.fromkeys(lines))


def _origin(context: PageContext, topic: Topic, statement: Statement) -> str:
    document = topic.document(statement.document)
    if document is None:
        return context.say("evidence.safety-note") if topic.documents else ""
    title, heading, strand = document.title, statement.heading, ""
    if document.strands_are_headings and statement.strand in HEADED:
        strand = context.say(f"strand.{statement.strand.value}")
    if heading and strand:
        return context.say("evidence.under-both", title=title, heading=heading, part=strand)
    if heading or strand:
        return context.say("evidence.under", title=title, heading=heading or strand)
    return context.say("evidence.document", title=title)


def _cited(context: PageContext, topic: Topic, statement: Statement) -> str:
    if statement.source:
        return context.say("evidence.source", source=statement.source.removesuffix("."))
    if not statement.cites:
        return "" if statement.about_itself else context.say("evidence.no-source")
    reference = topic.reference(statement.cites)
    number = statement.reference
    if reference is None or not reference.work:
        return context.say("evidence.unidentified", number=number)
    if reference.certainty == OURS:
        own = context.say("evidence.source", source=reference.work.removesuffix("."))
        return f"{own} {_kind(context, reference)}".strip()
    certainty = context.say(f"certainty.{reference.certainty.replace(' ', '-')}")
    cited = context.say("evidence.cited", number=number, work=reference.work, certainty=certainty)
    return f"{cited} {_kind(context, reference)}".strip()


def _kind(context: PageContext, reference: Reference) -> str:
    if reference.written_for:
        return context.say("kind.guideline-for", condition=reference.written_for)
    return context.say(f"kind.{reference.kind}") if reference.kind else ""


def _is_unchecked_ours(topic: Topic, statement: Statement) -> bool:
    """Return whether the author cites the paper and nobody compared it: nothing is reported."""
    reference = topic.reference(statement.cites)
    is_ours = reference is not None and reference.certainty == OURS
    return is_ours and statement.checked is CheckResult.UNCHECKED


def _checked(context: PageContext, statement: Statement) -> str:
    result = (
        statement.checked.value if statement.checked is not CheckResult.UNCHECKED else "unchecked"
    )
    return f"{context.say(f'checked.{result}')} {statement.check_note}".strip()


def _against(context: PageContext, topic: Topic, seen: list[Statement]) -> tuple[Choice, ...]:
    """The disagreements that the statements take part in, as far as they may be opened now."""
    ids = {statement.id for statement in seen}
    choices = []
    for section, number, side in _open_disagreements(context, topic):
        if ids & {*side.one_side_rests_on, *side.other_side_rests_on}:
            label = context.say("evidence.against", about=context.at(side.about))
            event = OpenedSection(section=section.id, screen=number)
            choices.append(Choice(f"against-{side.id}", label, event))
    return tuple(choices)


def _open_disagreements(
    context: PageContext, topic: Topic
) -> Iterator[tuple[Section, int, Disagreement]]:
    """Those that may be shown and are not in view, with the section and screen they stand on."""
    for section in topic.sections:
        if is_open(topic, context.visit, section):
            for number, shown in enumerate(screens(section, context.level)):
                if context.visit.location != AtSection(section.id, number):
                    yield from ((section, number, side) for side in shown.disagreements)
