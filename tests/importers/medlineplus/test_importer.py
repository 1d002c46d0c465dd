"""Imported topics are content that checks clean; everything that was left out is listed."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from kiosk.core.content import Topic
from kiosk.core.wording import ReadabilityScale
from kiosk.errors import SourceError
from kiosk.importers.medlineplus import importer
from kiosk.library.checks.rules import examine
from tests.support.importers.health_topics import (
    SPANISH,
    SUMMARY,
    topic,
    write_bilingual_library,
    xml,
)
from tests.support.importers.run_importer import imported

INNER = (
    "<also-called>Neck ache</also-called><see-reference>Stiff neck</see-reference>"
    '<group url="u" id="2">Bones</group><group id="3">Muscles</group>'
    '<mesh-heading><descriptor id="D019547">Neck Pain</descriptor></mesh-heading>'
    '<related-topic id="9" url="u">Back Pain</related-topic>'
    '<primary-institute url="u">An institute</primary-institute>'
    '<site title="A site" url="https://example.org/1"><information-category>Specifics'
    "</information-category><organization>NIH</organization></site>"
    '<other-language vernacular-name="français" url="u">French</other-language><odd>x</odd>'
)


def topics(tmp_path: Path, *given: str) -> dict[tuple[str, str], Topic]:
    """The topics imported, by id and language; the tree that they are in has no problem."""
    output, status = imported(tmp_path, xml(*given).encode())
    assert status == 0, output
    draft, problems = examine(tmp_path / "out")
    assert draft is not None
    assert [str(problem) for problem in problems] == []
    return {(english.topic.id, english.topic.language): english.topic for english in draft.topics}


def report(tmp_path: Path) -> list[str]:
    return (tmp_path / "out" / "import-report.txt").read_text("utf-8").splitlines()


def test_a_topic_with_everything(tmp_path: Path) -> None:
    imported_topics = topics(tmp_path, topic(inner=INNER))
    assert list(imported_topics) == [("sore-back", "en"), ("soreneck", "en")]
    english = imported_topics["soreneck", "en"]
    assert (english.one_level, english.scale, english.status.value) == (
        True,
        ReadabilityScale.GRADE,
        "submitted",
    )
    assert (english.question.plain, english.summary.professional) == (
        "Sore Neck",
        "A neck may be sore.",
    )
    assert (english.groups, english.other_names) == (
        ("Bones", "Muscles"),
        ("Neck ache", "Stiff neck"),
    )
    assert english.updated == "2024-08-10"
    assert english.steps == ("what-is-a-sore-neck", "what-helps", "about-this-text")
    assert [s.title.everyday for s in english.sections[:2]] == [
        "What is a sore neck?",
        "What helps?",
    ]
    assert english.sections[1].claims[0].wording.plain == "You may:\n- Walk\n- Rest"
    document = english.documents[0]
    assert (document.title, document.publisher) == (
        "MedlinePlus: Sore Neck",
        "National Library of Medicine",
    )
    assert (document.dated, document.about) == (
        "2015-12-22",
        "https://medlineplus.gov/soreneck.html",
    )
    assert all("MedlinePlus, National Library of Medicine" in s.source for s in english.statements)
    last = [claim.wording.plain for claim in english.sections[-1].claims]
    assert last[0] == "Courtesy of MedlinePlus from the National Library of Medicine."
    assert all(claim.ours for claim in english.sections[-1].claims)
    assert english.grade == 1, "our own last step is not measured"
    assert last[-1] == "MedlinePlus names below it: An institute"
    assert report(tmp_path) == [
        "soreneck (en): related topic: Back Pain",
        "soreneck (en): site: A site (https://example.org/1)",
        "soreneck (en): other language: français",
        "soreneck (en): unknown element: <odd>",
    ]


def test_two_languages_are_one_topic(tmp_path: Path) -> None:
    imported_topics = topics(tmp_path, SPANISH, topic())
    assert list(imported_topics) == [("sore-back", "en"), ("soreneck", "en"), ("soreneck", "es")]
    spanish = imported_topics["soreneck", "es"]
    assert spanish.scale is ReadabilityScale.EASE
    assert spanish.question.plain == "Dolor de cuello"
    assert spanish.steps == ("que-es", "otra-parte", "about-this-text")
    assert spanish.sections[-1].claims[0].wording.plain.startswith("Cortesía de MedlinePlus")
    assert (tmp_path / "out" / "soreneck" / "es" / "evidence.toml").is_file()


def test_a_spanish_page_without_an_english_one(tmp_path: Path) -> None:
    imported_topics = topics(tmp_path, SPANISH)
    assert list(imported_topics) == [("sore-back", "en"), ("soreneck", "es")]


def test_ids_are_never_shared(tmp_path: Path) -> None:
    imported_topics = topics(
        tmp_path,
        topic(),
        topic(id="77", url="https://medlineplus.gov/ency/soreneck.html"),
        topic(id="78", url="https://medlineplus.gov/sore-back.html"),
        topic(id="79", url="https://medlineplus.gov/es.html"),
    )
    assert [id_ for id_, _ in imported_topics] == [
        "sore-back", "soreneck", "soreneck-77", "sore-back-78", "es",
    ]  # fmt: skip


GATED = {
    "a term": ("<p>Take Zinc.</p>", 'section left out: "What more?": gated term "zinc"'),
    "a term in Spanish": ("<p>Un poco de cinc</p>", 'gated term "cinc"'),
    "an amount": ("<p>Take 40 mg.</p>", 'an amount, "40 mg"'),
    "a term in a point": ("<ul><li>iron</li><li>z-i-n-c</li></ul>", 'gated term "zinc"'),
    "a term in a table": ("<table><tr><td>zincs</td></tr></table>", 'gated term "zinc"'),
    "two alphabets": ("<p>a p\u0430ge</p>", "mixes Cyrillic and Latin letters"),
    "too long a sentence": (f"<p>{'so ' * 800}</p>", "characters long; at most 2,000"),
}


@pytest.mark.parametrize("name", GATED)
def test_a_section_that_may_not_be_told_is_left_out_and_named(name: str, tmp_path: Path) -> None:
    html, words = GATED[name]
    english = topics(tmp_path, topic(f"{SUMMARY}<h3>What more?</h3>{html}"))["soreneck", "en"]
    assert [section.id for section in english.sections][:2] == ["what-is-a-sore-neck", "what-helps"]
    assert len(english.sections) == 3
    assert any(words in line for line in report(tmp_path))
    assert (
        english.sections[-1].claims[-1].wording.plain.startswith("Not the whole page is told here.")
    )


def test_what_names_a_gated_thing_elsewhere_is_left_out_too(tmp_path: Path) -> None:
    inner = "<also-called>Zinc neck</also-called><group>Zinc</group>"
    summary = f'{SUMMARY}<p><a href="https://x/zinc.html">this</a></p>'
    english = topics(tmp_path, topic(summary, inner, meta_desc="Zinc helps."))["soreneck", "en"]
    assert "zinc" not in str(english).lower()
    kinds = [line.split(": ")[1] for line in report(tmp_path)]
    assert sorted(kinds) == ["group", "link", "other name", "summary"]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"title": "Zinc in Diet"}, 'gated term "zinc"'),
        ({"summary": "<h3>All</h3><p>Zinc.</p>"}, "nothing of its text is left"),
        ({"summary": " "}, "has no text"),
        ({"language": "French"}, 'language "French"'),
    ],
)
def test_a_topic_of_which_nothing_is_left(given: dict[str, str], why: str, tmp_path: Path) -> None:
    bad = topic(**{"id": "70", "url": "https://medlineplus.gov/bad.html", **given})
    assert [id_ for id_, _ in topics(tmp_path, topic(), bad)] == ["sore-back", "soreneck"]
    assert any(f"topic left out: {why}" in line for line in report(tmp_path))


def test_the_number_that_the_file_gives_is_compared(tmp_path: Path) -> None:
    text = xml(topic()).replace('total="1"', 'total="2"')
    assert imported(tmp_path, text.encode())[1] == 0
    assert "the file says that it has 2, and has 1" in report(tmp_path)[0]


def test_a_pack_that_cannot_be_built_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise SourceError("clinic.pack: no space left")

    monkeypatch.setattr(importer, "build_pack", fail)
    output, status = imported(tmp_path, xml(topic()).encode(), "clinic.pack")
    assert (status, "no space left" in output) == (1, True)
    assert list(tmp_path.glob("*clinic.pack*")) == []


def test_a_pack_and_its_report(tmp_path: Path) -> None:
    output, status = imported(tmp_path, xml(topic(), SPANISH).encode(), "clinic.pack")
    assert status == 0, output
    assert (tmp_path / "clinic.pack.import-report.txt").is_file()
    pack = sqlite3.connect(tmp_path / "clinic.pack")
    rows = pack.execute("SELECT id, language FROM topic ORDER BY 1, 2").fetchall()
    pack.close()
    assert rows == [("sore-back", "en"), ("soreneck", "en"), ("soreneck", "es")]


def test_the_base_keeps_what_it_has(tmp_path: Path) -> None:
    topics(tmp_path, topic())
    before = write_bilingual_library(tmp_path / "another").root
    names = {path.relative_to(before) for path in before.rglob("*.toml")}
    out = tmp_path / "out"
    for name in names - {Path("library.toml")}:
        assert (out / name).read_bytes() == (before / name).read_bytes()
    assert 'clinic.es = "La clínica"' in (out / "library.toml").read_text("utf-8")
