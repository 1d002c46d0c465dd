"""A translation cannot go stale unseen: it is marked, named, and never hides a caution."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.core.events import (
    BeganCautions,
    CautionAcknowledged,
    OpenedProduct,
    OpenedSection,
    ShownWhole,
)
from kiosk.core.page import PageKind
from kiosk.core.pages.build import page_for
from kiosk.core.wording import Level
from kiosk.library.checks.rules import examine
from kiosk.library.checks.translations import behind
from kiosk.library.review.canonical import canonical_digest
from kiosk.library.translation.state import ItemState
from tests.support.library.spanish_example import (
    SPANISH,
    TOPIC,
    as_table,
    edit,
    exported,
    import_table,
)
from tests.support.library.translated import after, begun, library_of, page_words, spanish_topic

STALE = "(English: cambió, y falta traducirlo.)"
MISSING = "(English: sin traducir todavía.)"
FIRST = f"{TOPIC}/sections/10-what-it-is.toml"
ENGLISH, CHANGED = "Lactose is the sugar in milk. Some", "Lactose is a sugar in milk. Some"


def warned(root: Path) -> str:
    draft, problems = examine(root)
    assert draft is not None
    assert problems == []
    return "\n".join(str(problem) for topic in draft.topics for problem in behind(topic))


def state_of(root: Path, item: str) -> ItemState:
    draft, _ = examine(root)
    assert draft is not None
    translation = draft.topics[1].translation
    assert translation is not None
    return translation.states[item]


def test_a_whole_translation_has_no_problem_no_warning_and_no_english(tree: Path) -> None:
    assert warned(tree) == ""
    library = library_of(tree)
    shown = page_words(library, begun(library))
    assert SPANISH["claim what-it-is-first"]["plain"] in shown
    assert "English:" not in shown


def test_english_that_changes_is_marked_named_and_brought_back(tree: Path) -> None:
    """Must show 5 of the issue, from the change to the end."""
    edit(tree / FIRST, ENGLISH, CHANGED)
    library = library_of(tree)  # the visit after
    shown = page_words(library, begun(library))
    assert f"{STALE} Lactose is a sugar in milk." in shown
    assert SPANISH["claim what-it-is-first"]["plain"] not in shown
    assert SPANISH["claim what-it-is-signs"]["plain"] in shown
    named = warned(tree)
    assert named.count("\n") == 0
    assert 'translations/es/sections/10-what-it-is.toml: item "claim what-it-is-first"' in named

    rows = exported(tree, to_do=True)
    assert {row["state"] for row in rows} == {"stale"}
    assert {row["translation"] for row in rows} == {*SPANISH["claim what-it-is-first"].values()}
    rows[0]["translation"] = rows[0]["translation"].replace("el azúcar", "un azúcar")
    came = import_table(tree, as_table(rows))
    assert came.written == ("claim what-it-is-first",)
    assert warned(tree) == ""
    library = library_of(tree)
    assert "La lactosa es un azúcar de la leche." in page_words(library, begun(library))


def test_a_statement_that_changes_makes_what_rests_on_it_stale(tree: Path) -> None:
    edit(tree / TOPIC / "evidence.toml", "one cannot digest foods", "one cannot well digest foods")
    assert state_of(tree, "claim what-it-is-first") is ItemState.STALE
    assert state_of(tree, "claim what-it-is-signs") is ItemState.DONE


def test_what_was_never_translated_is_marked_as_that(untranslated: Path) -> None:
    rows = [row for row in exported(untranslated) if "/topic/" in row["id"]]
    said = {f"{TOPIC}/es/topic/{key}": text for key, text in SPANISH["topic"].items()}
    import_table(untranslated, as_table([row | {"translation": said[row["id"]]} for row in rows]))
    topic = spanish_topic(untranslated)
    first = topic.section("what-it-is")
    assert first.title.plain == "What is it? (English)"
    assert first.claims[0].wording.plain.startswith(f"{MISSING} Lactose is")
    assert topic.question.plain == "¿Me hace daño la leche?"
    assert "not translated: section what-it-is, claim what-it-is-first" in warned(untranslated)


def test_every_text_that_is_not_translated_bears_a_mark(untranslated: Path) -> None:
    (untranslated / TOPIC / "translations" / "es").mkdir(parents=True)
    topic = spanish_topic(untranslated)
    for section in topic.sections:
        assert section.title.plain.endswith("(English)")
        for claim in section.every_claim:
            assert all(claim.wording.at(level).startswith(MISSING) for level in Level)
    caution = topic.cautions[0]
    assert caution.title.plain.endswith("(English)")
    assert caution.wording.plain.startswith(MISSING)
    assert caution.again.plain.startswith(MISSING)


def test_a_stale_caution_is_shown_marked_and_must_still_be_answered(tree: Path) -> None:
    edit(tree / TOPIC / "cautions.toml", "A doctor can test for them. And", "Tests exist. And")
    library = library_of(tree)
    door = after(library, begun(library), OpenedSection(section="products"))
    assert page_for(library, door).kind is PageKind.DOOR
    asked = after(library, door, BeganCautions(), ShownWhole(at=1.0))
    shown = page_for(library, asked)
    assert shown.kind is PageKind.CAUTION
    assert f"{STALE} Other illnesses can feel the same. Tests exist." in page_words(library, asked)
    closed = after(library, door, OpenedProduct(product="lactase-products"))
    assert "lactas" not in page_words(library, closed).lower()
    answer = CautionAcknowledged(
        caution="find-out-first", language="es", level=Level.PLAIN, at=60.0
    )
    opened = after(library, asked, answer)
    assert page_for(library, opened).kind is PageKind.PRODUCTS


def test_a_product_is_not_told_in_words_whose_caution_the_reader_cannot_read(tree: Path) -> None:
    edit(tree / TOPIC / "cautions.toml", "A doctor can test for them. And", "Tests exist. And")
    section = spanish_topic(tree).section("products")
    assert section.title.plain == "Productos para esto"
    product = section.products[0]
    assert product.name.plain == "Lactase pills or drops (English)"
    assert all(claim.wording.plain.startswith(MISSING) for claim in product.all_claims)
    assert "a caution or safety note that belongs to it is not" in warned(tree)


def test_a_note_on_a_product_waits_for_the_cautions(tree: Path) -> None:
    evidence = tree / TOPIC / "evidence.toml"
    edit(evidence, "supplement = true", 'supplement = true\ncheck-note = "A poor study."')
    rows = [row for row in exported(tree) if "/statement S10/" in row["id"]]
    import_table(tree, as_table([row | {"translation": "Un estudio malo."} for row in rows]))
    assert state_of(tree, "statement S10") is ItemState.DONE
    edit(tree / TOPIC / "cautions.toml", "A doctor can test for them. And", "Tests exist. And")
    assert state_of(tree, "statement S10") is ItemState.WAITING


def test_a_product_waits_for_its_safety_note(tree: Path) -> None:
    edit(tree / TOPIC / "sections" / "80-products.toml", "Then ask first. An", "Ask first. An")
    product = spanish_topic(tree).section("products").products[0]
    assert product.notes[0].wording.plain.startswith(STALE)
    assert product.bottom_line is not None
    assert product.bottom_line.wording.plain.startswith(MISSING)


def test_what_waits_is_checked_all_the_same(tree: Path) -> None:
    edit(tree / TOPIC / "cautions.toml", "A doctor can test for them. And", "Tests exist. And")
    spanish = tree / TOPIC / "translations" / "es" / "sections" / "80-products.toml"
    edit(spanish, "Suelen ayudar: digieren", "Suelen ayudar en 5 horas: digieren")
    lines = [str(problem) for problem in examine(tree)[1]]
    assert len(lines) == 1
    assert 'item "bottom-line lactase-helps": plain: the figures differ' in lines[0]


def test_a_translation_of_what_is_gone_is_named_and_shown_nowhere(tree: Path) -> None:
    edit(tree / FIRST, 'id = "what-it-is-signs"', 'id = "the-signs"')
    edit(tree / TOPIC / "questions.toml", ', "what-it-is-signs"]', "]")
    edit(tree / TOPIC / "questions.toml", 'of = "what-it-is-signs"', 'of = "the-signs"')
    assert 'item "claim what-it-is-signs": translates nothing' in warned(tree)
    assert spanish_topic(tree).section("what-it-is").claims[1].wording.plain.startswith(MISSING)


@pytest.mark.slow
def test_a_stale_translation_is_another_text_to_sign(tree: Path) -> None:
    before = spanish_topic(tree)
    edit(tree / FIRST, ENGLISH, CHANGED)
    assert canonical_digest(spanish_topic(tree)) != canonical_digest(before)


def test_a_translation_changes_no_step_no_gate_and_no_evidence(tree: Path) -> None:
    library = library_of(tree)
    english, spanish = library.topic(TOPIC, "en"), library.topic(TOPIC, "es")
    assert spanish.steps == english.steps
    assert spanish.statements == english.statements
    assert [s.requires for s in spanish.sections] == [s.requires for s in english.sections]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("sections/10-what-it-is.toml", "a 2 horas", "a 3 horas",
         "the figures differ: the source has 2 hours; the translation 3 hours"),
        ("sections/10-what-it-is.toml", "la leche. Hay", "la leche. Tome dos pastillas. Hay",
         "can be read before the cautions"),
        ("sections/20-get-help.toml", "Otros males se", "Con pastillas o gotas de lactasa se",
         'gated term "Pastillas o gotas de lactasa" can be read before the cautions'),
        ("sections/30-finding-out.toml", "Así lo sabe.", "**Así** lo sabe.", "stars"),
        ("cautions.toml", "again.plain = ", "agian.plain = ", 'Did you mean "again.plain"?'),
        ("cautions.toml", 'of = "', 'of = "x', "of"),
        ("sections/10-what-it-is.toml", "everyday = ", "evryday = ", "evryday"),
    ],
)  # fmt: skip
def test_a_bad_translation_is_a_problem(
    tree: Path, file: str, old: str, new: str, says: str
) -> None:
    edit(tree / TOPIC / "translations" / "es" / file, old, new)
    lines = [str(problem) for problem in examine(tree)[1]]
    assert lines
    assert all(f"{TOPIC}/translations/es/{file}" in line for line in lines), lines
    assert says in "\n".join(lines)


def test_a_text_of_its_own_and_a_translation_are_one_too_many(tree: Path) -> None:
    (tree / TOPIC / "es").mkdir()
    lines = "\n".join(str(problem) for problem in examine(tree)[1])
    assert 'the topic is written in "es" in content/example-topic/es, too' in lines
