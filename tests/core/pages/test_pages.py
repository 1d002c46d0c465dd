"""What the pages of the shipped topic say of their sources."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.core import events as ev
from kiosk.core.page import BlockKind, Page
from kiosk.core.pages.build import page_for
from kiosk.core.pages.marks import claim_marks
from kiosk.core.screens import screens
from kiosk.core.transitions import apply
from kiosk.core.visit import (
    AtProduct,
    AtSection,
    OpenPanel,
    Presentation,
    Visit,
    VisitDefaults,
    new_visit,
)
from kiosk.core.wording import Level
from tests.support.core.shipped_pages import pages, visits
from tests.support.shipped import AT_ONCE, library, topic

UNREVIEWED = "No doctor or nurse has checked this text yet."


@pytest.mark.parametrize("level", Level)
def test_no_page_says_when_somebody_last_stirred(level: Level) -> None:
    for visit in visits(level):
        later = replace(visit, last_activity_at=visit.last_activity_at + 1000.0)
        assert page_for(library(), later) == page_for(library(), visit)


def test_a_misquoting_claim_is_never_without_its_verdict_in_the_same_block() -> None:
    misquoted = {statement.id for statement in topic().statements if statement.misquotes}
    for level in Level:
        claims = [
            claim
            for section in topic().sections
            for claim in section.every_claim
            if misquoted & set(claim.rests_on)
        ]
        assert len(claims) >= 6
        shown = [block for page in pages(level) for block in page.blocks]
        for claim in claims:
            assert claim.verdict is not None
            first_line = claim.wording.at(level).split("\n")[0]
            matching = [block for block in shown if block.text == first_line]
            assert matching, claim.id
            assert {block.mood for block in matching} == {BlockKind.VERDICT}
            assert {block.label for block in matching} == {claim.verdict.at(level)}


def test_a_product_begins_with_what_is_known_and_ends_with_what_to_do() -> None:
    for level in Level:
        for visit, page in zip(visits(level), pages(level), strict=True):
            if isinstance(visit.location, AtProduct):
                texts = [block.text for block in page.blocks]
                order = ["Be safe first", "What is claimed, and what checking found", "What to do"]
                positions = [texts.index(heading) for heading in order]
                assert positions == sorted(positions)
                assert positions[0] >= 1
                assert page.blocks[0].mood is BlockKind.KEY


def documented(ids: tuple[str, ...]) -> bool:
    """Whether all that a claim rests on is what a source document says without any study."""
    statements = [topic().statement(id_) for id_ in ids]
    return all(
        topic().document(statement.document) and not statement.cites for statement in statements
    )


def test_no_product_tells_an_amount_before_who_should_not_take_it() -> None:
    for product in topic().section("supplements").products:
        assert product.bottom_line is not None
        assert product.notes, product.id
        amounts = [claim for claim in product.claims if documented(claim.rests_on)]
        assert all(claim.verdict for claim in amounts), product.id


def test_zinc_shows_its_limit_above_its_amount_and_that_no_source_is_given() -> None:
    visit = next(v for v in visits(Level.PLAIN) if v.location == AtProduct("supplements", "zinc"))
    text = " ".join(page_for(library(), visit).words())
    assert text.index("40 mg") < text.index("25-40 mg") < text.index("No source given")


def test_marks_say_how_sure_both_ways() -> None:
    blocks = [block for page in pages(Level.PROFESSIONAL) for block in page.blocks]
    marks = {block.mark or block.text for block in blocks}
    for words in (
        "made for IBS", "(No source given.)", "(The source says so.)", "2021.)",
        "A part is not checked.", "(A part is our own advice.)",
    ):  # fmt: skip
        assert any(words in mark for mark in marks), words


def test_easy_words_mark_doubts_and_say_what_is_sure_with_the_evidence() -> None:
    for level in (Level.PLAIN, Level.EVERYDAY):
        marks = " ".join(mark for page in pages(level) for mark in marks_on(page))
        for words in ("made for IBS", "No source given", "not checked"):
            assert words in marks, words
        assert "The source says so" not in " ".join(
            mark for visit in on_the_way(level) for mark in marks_on(page_for(library(), visit))
        )
        notes = {
            choice.note
            for page in pages(level)
            for choice in page.choices
            if choice.id == "evidence"
        }
        say = library().words["en"].say
        assert {"", say("evidence-note.checked"), say("evidence-note.own-part")} <= notes


def marks_on(page: Page) -> list[str]:
    """The marks of a page, in its blocks and below them."""
    below = [block.text for block in page.blocks if block.mood is BlockKind.MARK]
    return [*(b.mark for b in page.blocks if b.mark), *(t for t in below if t.startswith("("))]


def on_the_way(level: Level) -> list[Visit]:
    """The visits at the steps."""
    return [v for v in visits(level) if getattr(v.location, "section", "") in topic().steps]


def test_a_step_has_at_most_one_line_of_marks_in_easy_words() -> None:
    for level in (Level.PLAIN, Level.EVERYDAY):
        for visit in on_the_way(level):
            page = page_for(library(), visit)
            assert len(marks_on(page)) <= 1, page.title
            assert not [block for block in page.blocks if block.mark]


def test_a_rule_of_our_own_is_never_said_to_be_what_a_source_says() -> None:
    for section in topic().sections:
        for claim in section.every_claim:
            sources = [topic().statement(id_).source for id_ in claim.rests_on]
            if any(source.startswith("Editorial") for source in sources):
                kinds = {mark.kind for mark in claim_marks(topic(), claim)}
                assert not kinds & {"checked", "guideline"}, claim.id


def test_marks_are_explained_once_in_medical_words_and_in_help() -> None:
    explained = library().words["en"].say("mark.first-sight")
    for level in Level:
        lines = [
            visit.location
            for visit, page in zip(visits(level), pages(level), strict=True)
            if any(block.text == explained for block in page.blocks)
        ]
        first = AtSection(topic().steps[0])
        assert lines == ([first] if level is Level.PROFESSIONAL else [])
    help_ = page_for(
        library(), replace(visits(Level.PLAIN)[0], open_panel=OpenPanel(ev.Panel.HELP))
    )
    text = " ".join(help_.words())
    for mark in (
        "The source says so",
        "From a guideline",
        "Our own advice",
        "No source given",
        "Not checked",
    ):
        assert f"({mark}" in text


@pytest.mark.parametrize(
    ("presentation", "ask", "over"),
    [
        (Presentation.SCREEN, "Ask", "Reset (Start over)"),
        (Presentation.LINES, "Question", "Start over"),
    ],
)
def test_help_names_the_tools_as_the_bar_or_the_prompt_does(
    presentation: Presentation, ask: str, over: str
) -> None:
    visit = new_visit(VisitDefaults("en", pace=AT_ONCE, presentation=presentation))
    told = list(page_for(library(), replace(visit, open_panel=OpenPanel(ev.Panel.HELP))).words())
    assert f"{ask} lets you ask something. Steps shows all the steps." in told
    assert f"{over} clears everything for the next person." in told


def test_every_claim_carries_its_own_marks_in_medical_words() -> None:
    def has(text: str, mark: str) -> bool:
        blocks = [b for page in pages(Level.PROFESSIONAL) for b in page.blocks if text in b.text]
        assert blocks, text
        return all(mark in block.mark for block in blocks) and not (not mark and blocks[0].mark)

    assert has("It is not currently accepted", "(The source says a part of it.)")
    assert has("Nor does any validated test exist", "(A part is our own advice.)")
    assert has("Is referral to a dietitian appropriate", "")


def test_a_claim_that_needs_help_is_framed_and_staff_the_first_choice() -> None:
    framed = [claim.id for section in topic().sections for claim in section.claims if claim.urgent]
    assert {"stop-if-bleeding", "today-in-order", "pain-now", "bleeding-signs"} <= set(framed)
    for level in Level:
        for page in pages(level):
            if any(block.urgent for block in page.blocks):
                assert page.choices[0].id == "call-staff", page.title
            assert "{emergency}" not in " ".join(page.words())


def test_the_cases_of_a_medicine_are_one_table_in_easy_words() -> None:
    for level in (Level.PLAIN, Level.EVERYDAY):
        tables = [
            block
            for page in pages(level)
            if page.title == topic().section("medicines").title.at(level)
            for block in page.blocks
            if block.cells
        ]
        assert [len(table.rows) for table in tables] == [4]
        assert "Aspirin for your heart" in tables[0].cells[1][0]


def test_every_page_of_the_topic_shows_its_review_status() -> None:
    for level in Level:
        assert all(page.status == UNREVIEWED for page in pages(level))


def test_the_strands_stay_visible() -> None:
    titles = {page.title for page in pages(Level.PROFESSIONAL)}
    for strand in (
        "From the guidelines", "From the FDA drug label", "From the research", "Important caveats",
    ):  # fmt: skip
        assert any(title.startswith(strand) for title in titles), strand


def test_a_table_stands_first_and_its_evidence_row_by_row() -> None:
    visit = next(
        visit
        for visit in visits(Level.PROFESSIONAL)
        if visit.location == AtSection("from-guidelines")
    )
    page = page_for(library(), visit)
    (table,) = page.blocks
    assert table.mood is BlockKind.TABLE
    assert all(len(row) == len(table.cells[0]) for row in table.rows)
    over = page_for(library(), replace(visit, open_panel=OpenPanel(ev.Panel.EVIDENCE)))
    headings = [block.text for block in over.blocks if block.mood is BlockKind.HEADING]
    assert headings == [row[0][1] for row in table.rows]
    words = " ".join(over.words())
    for row in table.rows:
        assert all(f"{column}: {cell}" in words for column, cell in row[1:] if cell), row
    titled = [b for page in pages(Level.PLAIN) for b in page.blocks if b.cells and b.text]
    assert not titled


def test_a_hard_word_is_explained_in_a_small_line_below_its_claim() -> None:
    blocks = [block for page in pages(Level.PLAIN) for block in page.blocks]
    for word in topic().glossary:
        meanings = [block for block in blocks if block.text == word.meaning.plain]
        assert all(block.mood is BlockKind.MARK for block in meanings)
        assert meanings or not word.meaning.plain, word.id


def test_psyllium_is_never_named_on_the_open_side_without_its_warnings() -> None:
    warnings = {"C111", "C112", "C113", "C114"}
    for level in Level:
        for visit, page in zip(visits(level), pages(level), strict=True):
            section = topic().section(visit.location.section)  # type: ignore[attr-defined]
            if section.gated or "psyllium" not in " ".join(page.words()).casefold():
                continue
            shown = screens(section, level)[visit.location.screen]  # type: ignore[attr-defined]
            assert warnings <= {id_ for claim in shown.claims for id_ in claim.rests_on}


def test_the_status_stands_on_the_pages_before_the_topic_too() -> None:
    first = new_visit(VisitDefaults("en", pace=AT_ONCE))
    asked = apply(library(), first, ev.Started()).visit
    for visit in (first, asked):
        assert page_for(library(), visit).status == UNREVIEWED


def test_a_single_minute_is_a_minute() -> None:
    whole = library()
    (card,) = whole.cards
    brief = replace(whole, cards=(replace(card, minutes=1, gated_minutes=1),))
    first = new_visit(VisitDefaults("en", pace=AT_ONCE))
    shown = "\n".join(block.text for block in page_for(brief, first).blocks)
    assert "takes about a minute in easy words" in shown
    assert "Supplements take about a minute more" in shown
