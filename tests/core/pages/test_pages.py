"""What the pages of the shipped topic say of their sources."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.core import events as ev
from kiosk.core.content import Level
from kiosk.core.page import BlockKind, Page
from kiosk.core.pages.build import page_for
from kiosk.core.screens import screens
from kiosk.core.transitions import apply
from kiosk.core.visit import (
    AtCaution,
    AtProduct,
    AtSection,
    OpenPanel,
    Visit,
    VisitDefaults,
    new_visit,
)
from tests.support.core.visits import all_acknowledged
from tests.support.shipped import library, topic

READERS = {Level.PLAIN: "easy", Level.EVERYDAY: "everyday", Level.PROFESSIONAL: "health-care"}


def visits(level: Level) -> list[Visit]:
    """A visit at every screen and product of the topic, all cautions acknowledged."""
    visit = replace(all_acknowledged(READERS[level]), notice=None)
    places: list[AtSection | AtProduct] = []
    for section in topic().sections:
        places += [AtSection(section.id, n) for n in range(len(screens(section, level)))]
        places += [AtProduct(section.id, one.id) for one in section.products]
    return [replace(visit, location=place) for place in places]


@pytest.mark.parametrize("level", Level)
def test_no_page_says_when_somebody_last_stirred(level: Level) -> None:
    for visit in visits(level):
        later = replace(visit, last_activity_at=visit.last_activity_at + 1000.0)
        assert page_for(library(), later) == page_for(library(), visit)


def pages(level: Level) -> list[Page]:
    return [page_for(library(), visit) for visit in visits(level)]


def test_a_misquoting_claim_is_never_without_its_correction_just_above() -> None:
    misquoted = {one.id for one in topic().statements if one.misquotes}
    for level in Level:
        claims = [
            claim
            for section in topic().sections
            for claim in (*section.claims, *(c for p in section.products for c in p.claims))
            if misquoted & set(claim.rests_on)
        ]
        assert len(claims) >= 6
        for claim in claims:
            first_line = claim.wording.at(level).split("\n")[0].removeprefix("- ")
            for page in pages(level):
                texts = [block.text for block in page.blocks]
                if first_line in texts:
                    above = page.blocks[texts.index(first_line) - 1]
                    assert above.mood is BlockKind.CORRECTION, (page.title, claim.id)


def test_a_product_says_what_to_be_careful_of_before_its_amount() -> None:
    for level in Level:
        for visit, page in zip(visits(level), pages(level), strict=True):
            if isinstance(visit.location, AtProduct):
                texts = [block.text for block in page.blocks]
                notes = texts.index("Be safe first")
                assert notes < texts.index("What the pages say")


def test_zinc_shows_its_limit_above_its_amount_and_that_no_source_is_given() -> None:
    visit = next(v for v in visits(Level.PLAIN) if v.location == AtProduct("supplements", "zinc"))
    told = " ".join(page_for(library(), visit).words())
    assert told.index("40 mg") < told.index("25-40 mg") < told.index("No source given.")


def test_marks_say_what_was_written_for_ibs_and_what_cites_nothing() -> None:
    for level in Level:
        marks = {b.mark for page in pages(level) for b in page.blocks}
        assert any("Written for IBS" in mark for mark in marks)
        assert any("No source given." in mark for mark in marks)


def test_every_claim_carries_its_own_marks() -> None:
    def has(level: Level, text: str, mark: str) -> bool:
        told = [b for page in pages(level) for b in page.blocks if text in b.text]
        assert told, text
        return all(mark in block.mark for block in told) and not (not mark and told[0].mark)

    plain = Level.PLAIN
    assert has(plain, "Tiny bits of germs", "")
    assert has(plain, "idea of a leakier", "No source")
    assert has(plain, "coeliac (celiac) test comes before", "")
    assert has(plain, "balanced diet with enough fibre", "for IBS, irritable bowel syndrome.")
    assert has(plain, "Try what applies: less", "(Written for IBS.)")


def test_every_page_of_the_topic_shows_its_review_status() -> None:
    for level in Level:
        assert all(page.status.startswith("Submitted.") for page in pages(level))


def test_the_strands_stay_visible() -> None:
    told = {word for page in pages(Level.EVERYDAY) for word in page.words()}
    for strand in ("From the guidelines", "From the FDA drug label", "From the research"):
        assert strand in told
    assert any(word.startswith("Important caveats") for word in told)


def test_evidence_names_document_reference_kind_and_finding() -> None:
    told = ""
    for visit in visits(Level.PLAIN):
        over = replace(visit, open_panel=OpenPanel(ev.Panel.EVIDENCE))
        told += " ".join(page_for(library(), over).words())
    for words in (
        "Management of Leaky Gut Syndrome", "What is the treatment for leaky gut syndrome?",
        "That is a guideline for IBS, irritable bowel syndrome.",
        "No source given.", "We checked: the paper says so.",
        "the paper says the opposite", "we could not find out which paper",
        "under \"From the FDA drug label\"", "rifaximin",
    ):  # fmt: skip
        assert words in told, words


def test_every_statement_is_under_the_evidence_of_some_page() -> None:
    told = ""
    for visit in visits(Level.PLAIN):
        told += repr(page_for(library(), replace(visit, open_panel=OpenPanel(ev.Panel.EVIDENCE))))
    for one in topic().cautions:
        place = AtCaution("supplements", one.id)
        at_caution = replace(
            visits(Level.PLAIN)[0], location=place, open_panel=OpenPanel(ev.Panel.EVIDENCE)
        )
        told += repr(page_for(library(), at_caution))
    missing = [one.id for one in topic().statements if f"Source note {one.id}" not in told]
    assert not missing


def at_disagreement(level: Level, about: str) -> tuple[Visit, Page]:
    for visit in visits(level):
        page = page_for(library(), visit)
        if any(about in block.text for block in page.blocks if block.mood is BlockKind.HEADING):
            return visit, page
    raise AssertionError(about)


def test_sides_and_what_is_both_true_carry_marks() -> None:
    def mark_of(section: str, text: str) -> str:
        for visit in visits(Level.PLAIN):
            if getattr(visit.location, "section", "") == section:
                for block in page_for(library(), visit).blocks:
                    if text in block.text:
                        return block.mark
        raise AssertionError(text)

    assert mark_of("exclusion-diets", "it names no dietitian") == "(No source given.)"
    assert "(In part written for IBS" in mark_of("exclusion-diets", "A dietitian should guide it")
    assert "(Written for IBS" in mark_of("disagreements", "aim at diet and way of life")
    assert mark_of("disagreements", "science has proven no treatment") == ""
    assert mark_of("stress-care", "endurance sport, long and hard") == (
        "(No source given for part of this.)"
    )


def test_evidence_leads_to_a_disagreement_on_another_screen_of_the_same_section() -> None:
    for section in topic().sections:
        shown = screens(section, Level.PLAIN)
        with_sides = [n for n, one in enumerate(shown) if one.disagreements]
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
            one
            for section in topic().sections
            for one in section.disagreements
            if f"against-{one.id}" == choice.id
        )
        assert any(block.text == side.about.plain for block in there.blocks)


def test_the_evidence_of_a_misquoting_claim_begins_with_its_correction() -> None:
    seen = 0
    for level in Level:
        for visit in visits(level):
            page = page_for(library(), visit)
            evidence = page_for(library(), replace(visit, open_panel=OpenPanel(ev.Panel.EVIDENCE)))
            corrections = [
                b.words for b in page.blocks if b.mood is BlockKind.CORRECTION and b.label
            ]
            told = [b.words for b in evidence.blocks]
            has_sides = any(b.mood is BlockKind.SIDE for b in page.blocks)
            if corrections and not has_sides:
                seen += 1
                assert corrections[0] in told
                after = told[told.index(corrections[0]) + 1 :]
                assert any(one.startswith("The page says:") for one in after)
    assert seen >= 6


def test_a_statement_names_both_its_strand_and_its_own_heading() -> None:
    told = ""
    for visit in visits(Level.EVERYDAY):
        over = replace(visit, open_panel=OpenPanel(ev.Panel.EVIDENCE))
        told += " ".join(page_for(library(), over).words())
    assert 'under "From the research" and there under "Dietary Interventions"' in told


def test_evidence_of_a_closed_section_tells_nothing() -> None:
    for product in topic().section("supplements").products:
        place = AtProduct("supplements", product.id)
        closed = replace(
            visits(Level.PLAIN)[0],
            location=place, open_panel=OpenPanel(ev.Panel.EVIDENCE), acknowledged=frozenset(),
        )  # fmt: skip
        words = " ".join(page_for(library(), closed).words()).casefold()
        assert product.name.plain.casefold() not in words
        assert "Source note" not in words


def test_the_status_stands_on_the_pages_before_the_topic_too() -> None:
    first = new_visit(VisitDefaults("en"))
    asked = apply(library(), first, ev.Started()).visit
    for visit in (first, asked):
        assert page_for(library(), visit).status.startswith("Submitted.")
