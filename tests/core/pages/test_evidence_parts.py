"""Every kind of text that a page can have, on its page of sources, in a made-up topic."""

from __future__ import annotations

from kiosk.core.content import (
    BothTrue,
    Caution,
    Disagreement,
    Section,
    Table,
    TableRow,
    UrgentSigns,
)
from kiosk.core.events import Panel
from kiosk.core.evidence import SourcePart, Statement
from kiosk.core.page import Block, BlockKind
from kiosk.core.pages.build import page_for
from kiosk.core.visit import (
    AtCaution,
    AtSection,
    Location,
    OpenPanel,
    VisitDefaults,
    new_visit,
)
from kiosk.core.wording import Level, Urgency, Wording
from kiosk.fast_dataclass import replace
from tests.support.core import topic_builder
from tests.support.core.topic_builder import said
from tests.support.shipped import AT_ONCE, library

HEADING, TEXT, FINDING = BlockKind.HEADING, BlockKind.TEXT, BlockKind.FINDING
COLUMNS = ("Food", "Effect", "Grade")
ROWS = (
    TableRow(("Bread", "None was found", "Weak"), ("A01",)),
    TableRow(("Milk", "", "Strong"), ("A02", "A01")),
)
SIGNS = UrgentSigns("signs", Urgency.NOW, said("blood"), ("A03",), said("signs"))
SIDES = Disagreement(
    "sides", said("about bread"), said("one"), said("other"),
    Wording("found", "found.\nAnd more.", "found"), ("A04",), ("A05",),
)  # fmt: skip
BOTH = BothTrue("both", said("about milk"), said("because"), ("A06",))


def parts(location: Location) -> list[tuple[BlockKind, str, str]]:
    """Kind, label and text of each block of the sources; of a source, whether it is told above."""
    bare = topic_builder.topic("t0", "en", 1, (("k0",),))
    tables = (Table("table", "", (Level.EVERYDAY,), COLUMNS, ROWS),)
    section = Section(
        "s1", said("one"), claims=(topic_builder.claim("w1", "first"),),
        urgent=(SIGNS,), tables=tables, disagreements=(SIDES,), both_true=(BOTH,),
    )  # fmt: skip
    statements = tuple(
        Statement(f"A0{n}", "It is so.", SourcePart.DOCUMENT, source=f"Paper {n}.")
        for n in range(1, 7)
    )
    topic = replace(
        bare, sections=(section, *bare.sections[1:]), statements=statements,
        cautions=(Caution("k0", said("title"), ("A02",), said("text"), said("again")),),
    )  # fmt: skip
    start = new_visit(VisitDefaults("en", pace=AT_ONCE))
    visit = replace(
        start, topic="t0", level=Level.EVERYDAY, location=location,
        open_panel=OpenPanel(Panel.EVIDENCE),
    )  # fmt: skip
    return [_part(block) for block in page_for(topic_builder.library(topic), visit).blocks]


def _part(block: Block) -> tuple[BlockKind, str, str]:
    text = block.text
    if block.mood is BlockKind.SOURCE:
        above = library().words["en"].say("evidence.as-above", Level.EVERYDAY)
        text = "above" if text == above else text.partition("Paper ")[2]
    return block.mood, block.label, text


def source(number: int, *, above: bool = False) -> tuple[BlockKind, str, str]:
    return BlockKind.SOURCE, f"Source note A0{number}.", "above" if above else f"{number}."


def test_urgent_signs_stand_above_their_sources() -> None:
    assert parts(AtSection("s1", 0)) == [(HEADING, "", "blood everyday"), source(3)]


def test_a_row_is_told_cell_by_cell_without_empty_ones_above_its_sources() -> None:
    assert parts(AtSection("s1", 1)) == [
        (HEADING, "", "Bread"),
        (TEXT, "", "Effect: None was found"), (TEXT, "", "Grade: Weak"),
        source(1),
        (HEADING, "", "Milk"),
        (TEXT, "", "Grade: Strong"),
        source(2), source(1, above=True),
    ]  # fmt: skip


def test_a_finding_is_whole_and_named_and_each_side_has_its_own_sources() -> None:
    found = library().words["en"].say("label.finding", Level.EVERYDAY)
    assert parts(AtSection("s1", 2)) == [
        (HEADING, "", "first everyday"), source(1),
        (FINDING, found, "found."), (FINDING, "", "And more."),
        (HEADING, "", "one everyday"), source(4),
        (HEADING, "", "other everyday"), source(5),
        (HEADING, "", "about milk everyday"), (TEXT, "", "because everyday"), source(6),
    ]  # fmt: skip


def test_a_caution_stands_above_its_sources_in_the_words_in_view() -> None:
    for again, text in ((False, "text everyday"), (True, "again everyday")):
        assert parts(AtCaution("g0", "k0", again=again)) == [(HEADING, "", text), source(2)]
