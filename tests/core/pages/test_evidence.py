"""Test the page that says where a claim comes from."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core import events as ev
from kiosk.core.page import BlockKind, Page
from kiosk.core.pages.build import page_for
from kiosk.core.screens import screens
from kiosk.core.transitions import apply
from kiosk.core.visit import (
    AtCaution,
    AtProduct,
    OpenPanel,
    Visit,
)
from kiosk.core.wording import Level
from tests.support.core.shipped_pages import visits
from tests.support.shipped import library, topic


def evidence_of(level: Level) -> str:
    """The evidence of every page, as it reads."""
    over = (replace(visit, open_panel=OpenPanel(ev.Panel.EVIDENCE)) for visit in visits(level))
    return " ".join(" ".join(page_for(library(), visit).words()) for visit in over)


def test_evidence_names_document_reference_kind_grade_and_finding() -> None:
    text = evidence_of(Level.PLAIN)
    for words in (
        "Management of Leaky Gut Syndrome", "What is the treatment for leaky gut syndrome?",
        "That is a guideline for IBS, irritable bowel syndrome.",
        "No source given.", "The writers checked: the paper says so.",
        "The writers checked: the page says more than the paper does.",
        "The writers checked: the paper does not confirm it.",
        "The writers could not find out which paper",
        "under \"From the FDA drug label\"", "rifaximin",
        "Its own grade for this: Strong recommendation", "What the writers saw of it: open text",
        "Newer sources have overtaken this:",
    ):  # fmt: skip
        assert words in text, words


def test_every_statement_is_under_the_evidence_of_some_page() -> None:
    text = ""
    for visit in visits(Level.PLAIN):
        text += repr(page_for(library(), replace(visit, open_panel=OpenPanel(ev.Panel.EVIDENCE))))
    for caution in topic().cautions:
        location = AtCaution("supplements", caution.id)
        at_caution = replace(
            visits(Level.PLAIN)[0], location=location, open_panel=OpenPanel(ev.Panel.EVIDENCE)
        )
        text += repr(page_for(library(), at_caution))
    missing = [
        statement.id
        for statement in topic().statements
        if f"Source note {statement.id}" not in text
    ]
    assert not missing


def at_disagreement(level: Level, about: str) -> tuple[Visit, Page]:
    for visit in visits(level):
        page = page_for(library(), visit)
        if any(about in block.text for block in page.blocks if block.mood is BlockKind.HEADING):
            return visit, page
    raise AssertionError(about)


def test_sides_and_what_is_both_true_carry_marks() -> None:
    def mark_of(section: str, text: str, level: Level = Level.PLAIN) -> str:
        for visit in visits(level):
            if getattr(visit.location, "section", "") == section:
                for block in page_for(library(), visit).blocks:
                    if text in block.text:
                        return block.mark
        raise AssertionError(text)

    assert mark_of("exclusion-diets", "It names no dietitian") == "(No source given.)"
    told = mark_of("exclusion-diets", "With a dietitian.")
    assert "(Some of this: probably made for IBS" in told
    assert told.endswith("no source given. Ask if it fits.)")
    assert "(This was probably made for IBS" in mark_of(
        "disagreements", "speaks for diet, lifestyle"
    )
    # in easy words only doubts are marked
    assert mark_of("disagreements", "no treatment has been shown") == ""
    told = mark_of("disagreements", "no treatment is validated", Level.PROFESSIONAL)
    assert told == "(The source says a part of it.)"


def test_evidence_leads_to_a_disagreement_on_another_screen_of_the_same_section() -> None:
    for section in topic().sections:
        shown = screens(section, Level.PLAIN)
        with_sides = [n for n, screen in enumerate(shown) if screen.disagreements]
        if section.id == "disagreements":
            break
    assert len(with_sides) > 1
    visit, _ = at_disagreement(Level.PLAIN, section.disagreements[0].about.plain)
    over = replace(visit, open_panel=OpenPanel(ev.Panel.EVIDENCE))
    evidence = page_for(library(), over)
    here = f"against-{section.disagreements[0].id}"
    offered = [c for c in evidence.choices if c.id.startswith("against-")]
    assert offered
    assert here not in {choice.id for choice in offered}
    for choice in offered:
        there = page_for(library(), apply(library(), over, choice.event).visit)
        side = next(
            disagreement
            for section in topic().sections
            for disagreement in section.disagreements
            if f"against-{disagreement.id}" == choice.id
        )
        assert any(block.text == side.about.plain for block in there.blocks)


def test_the_evidence_of_a_claim_with_a_verdict_begins_with_it() -> None:
    seen = 0
    for level in Level:
        for visit in visits(level):
            page = page_for(library(), visit)
            over = replace(visit, open_panel=OpenPanel(ev.Panel.EVIDENCE))
            headings = [
                (block.label, block.text)
                for block in page_for(library(), over).blocks
                if block.mood is BlockKind.HEADING
            ]
            for block in page.blocks:
                if block.mood is BlockKind.VERDICT:
                    seen += 1
                    assert (block.label, block.text) in headings
    assert seen >= 6


def test_a_statement_names_both_its_strand_and_its_own_heading() -> None:
    text = ""
    for visit in visits(Level.EVERYDAY):
        over = replace(visit, open_panel=OpenPanel(ev.Panel.EVIDENCE))
        text += " ".join(page_for(library(), over).words())
    assert 'under "From the research" and there under "Dietary Interventions"' in text


def test_evidence_of_a_closed_section_tells_nothing() -> None:
    for product in topic().section("supplements").products:
        location = AtProduct("supplements", product.id)
        closed = replace(
            visits(Level.PLAIN)[0],
            location=location, open_panel=OpenPanel(ev.Panel.EVIDENCE), acknowledged=frozenset(),
        )  # fmt: skip
        words = " ".join(page_for(library(), closed).words()).casefold()
        assert product.name.plain.casefold() not in words
        assert "Source note" not in words


def test_a_side_stands_below_what_checking_found_and_what_is_both_true_with_its_reason() -> None:
    sides = reasons = 0
    for visit in visits(Level.PLAIN):
        shown = page_for(library(), visit).words()
        over = replace(visit, open_panel=OpenPanel(ev.Panel.EVIDENCE))
        words = page_for(library(), over).words()
        for section in topic().sections:
            for side in section.disagreements:
                if side.one_side.plain in shown and side.finding.plain in shown:
                    assert words.index(side.finding.plain) < words.index(side.one_side.plain)
                    sides += 1
            for both in section.both_true:
                if both.because.plain in shown:
                    assert both.because.plain in words
                    reasons += 1
    assert sides >= 5
    assert reasons >= 3
