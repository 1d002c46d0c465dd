"""Topics are found by the beginnings of words; what begins with them comes first."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.core.alarms import AlarmRules
from kiosk.core.content import Topic
from kiosk.core.library import TopicGroup
from kiosk.core.review import TopicReview
from kiosk.core.wording import ReviewStatus, Wording
from kiosk.library.pack.reader import Pack, open_pack
from kiosk.library.pack.topic_finder import TopicFilter
from kiosk.library.pack.writer import PackWriter, write_pack
from kiosk.library.review.standing import PackReviews
from kiosk.site.store import PackStore
from tests.support.core.topic_builder import library, topic

TOPICS = (
    # id, language, title, other names, summary, groups, status
    ("heart-attack", "en", "Heart attack", "Myocardial infarction", "Call at once.", "Heart", 2),
    ("failure", "en", "Congestive heart failure", "", "A weak pump.", "Heart", 0),
    ("burn", "en", "Heartburn", "Acid reflux; pyrosis", "Not of the heart.", "Gut", 0),
    ("pots", "en", "Fast pulse", "Racing heart", "It beats fast.", "Heart;Blood", 1),
    ("walking", "en", "Walking", "", "Good for your heart.", "", 0),
    ("meniere", "en", "Ménière's disease", "", "Of the ear: dizziness.", "Ear", 0),
    ("burn", "es", "Acidez estomacal", "Pirosis; ácido", "No es del corazón.", "Intestino", 0),
    ("nino", "es", "Fiebre en niños", "", "Qué hacer.", "", 0),
)


def made(*row: object) -> Topic:
    id_, language, title, names, summary, groups, status = row
    words = (Wording(str(text), str(text), str(text)) for text in (title, summary))
    question, short = words
    known = topic(str(id_), str(language), 0, ())
    return replace(
        known,
        question=question,
        summary=short,
        status=tuple(ReviewStatus)[int(str(status))],
        other_names=tuple(name for name in str(names).split(";") if name),
        groups=tuple(group for group in str(groups).split(";") if group),
    )


NO_ALARMS = AlarmRules({}, ())


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    def fill(writing: PackWriter) -> None:
        for row in TOPICS:
            writing.add(made(*row))
        writing.finish(library(), NO_ALARMS, None)

    file = tmp_path_factory.mktemp("found") / "made.pack"
    write_pack(file, fill)
    return open_pack(file)


FOUND = {
    ("heart", "en"): "heart-attack burn failure pots walking",
    ("Heart a", "en"): "heart-attack burn failure",
    ("h", "en"): "heart-attack burn failure pots walking",
    ("heart f", "en"): "failure pots walking",
    ("attack heart", "en"): "heart-attack",
    ("RACING", "en"): "pots",
    ("infarct", "en"): "heart-attack",
    ("meniere", "en"): "meniere",
    ("ménière", "en"): "meniere",
    ("Meniere's", "en"): "meniere",
    ("dizz", "en"): "meniere",
    ("dizzy", "en"): "",
    ("acid", "es"): "burn",
    ("acido", "es"): "burn",
    ("ninos", "es"): "nino",
    ("NIÑOS", "es"): "nino",
    ("heart", "es"): "",
    ("heart", "fr"): "",
    ('"', "en"): "",
    ('heart" OR "x', "en"): "",
    ("title:heart NOT attack", "en"): "",
    ("heart*", "en"): "heart-attack burn failure pots walking",
    ("NEAR(heart)", "en"): "",
    ("\x00\x1b[2J heart", "en"): "",
    ("日本" * 300, "en"): "",
    ("heart " * 300, "en"): "heart-attack failure burn pots walking",
}


@pytest.mark.parametrize(("asked", "ids"), FOUND.items())
def test_what_is_found(pack: Pack, asked: tuple[str, str], ids: str) -> None:
    cards = pack.find_topics(*asked)
    assert [card.id for card in cards] == ids.split()
    assert {card.language for card in cards} <= {asked[1]}


def test_page_by_page(pack: Pack) -> None:
    whole = [card.id for card in pack.find_topics("heart", "en")]
    pages = [pack.find_topics("heart", "en", limit=2, start=start) for start in (0, 2, 4, 6)]
    assert [card.id for page in pages for card in page] == whole
    assert [len(page) for page in pages] == [2, 2, 1, 0]


def test_under_a_heading_and_without_words(pack: Pack) -> None:
    results = {
        ("", ""): "heart-attack failure burn pots walking meniere",
        ("", "Heart"): "heart-attack failure pots",
        ("heart", "Gut"): "burn",
        ("heart", "Blood"): "pots",
        ("heart", "None"): "",
        (" ", "Ear"): "meniere",
    }
    for (text, group), ids in results.items():
        assert [card.id for card in pack.find_topics(text, "en", group)] == ids.split()


def test_what_a_place_offers(pack: Pack) -> None:
    approved = {("heart-attack", "en"): TopicReview(ReviewStatus.APPROVED)}
    pack.judge(PackReviews(approved, (0,)))
    scopes = {
        TopicFilter(topics=("burn", "walking")): "burn walking",
        TopicFilter(approved=(0,)): "heart-attack",
        TopicFilter(without=("heart-attack", "pots")): "burn failure walking",
        TopicFilter(topics=("burn",), approved=(0,)): "",
    }
    for scope, ids in scopes.items():
        results = pack.find_topics("heart", "en", scope=scope)
        assert [card.id for card in results] == ids.split()
        offered = pack.library(scope)
        assert offered.count("en") == len(pack.find_topics("", "en", scope=scope))
        shelf = PackStore(pack, scope)
        for id_ in ("heart-attack", "burn", "walking"):
            if id_ in [card.id for card in pack.find_topics("", "en", scope=scope)]:
                assert shelf.card(id_, "en").id == id_
            elif id_ not in scope.without:
                with pytest.raises(KeyError):
                    shelf.card(id_, "en")
        assert {card.id for card in offered.cards_in("en")} >= set(ids.split())


def test_the_catalogues(pack: Pack) -> None:
    english, spanish = (pack.library().catalogues[code] for code in ("en", "es"))
    assert (english.count, spanish.count) == (6, 2)
    assert english.least is ReviewStatus.SUBMITTED
    named = (
        TopicGroup("Blood", 1),
        TopicGroup("Ear", 1),
        TopicGroup("Gut", 1),
        TopicGroup("Heart", 3),
    )
    assert english.groups == named
    assert pack.library(TopicFilter(topics=("pots",))).catalogues["en"].groups == (
        TopicGroup("Blood", 1),
        TopicGroup("Heart", 1),
    )
    assert pack.card("burn", "es").languages == ("en", "es")
    assert pack.card("pots", "en").languages == ("en",)


def test_few_cards_are_held(tmp_path: Path) -> None:
    def fill(writing: PackWriter) -> None:
        for number in range(40):
            writing.add(made(f"t{number}", "en", f"Title {number}", "", "-", "", 0))
        writing.finish(library(), NO_ALARMS, None)

    write_pack(tmp_path / "made.pack", fill)
    with open_pack(tmp_path / "made.pack") as opened:
        assert opened.library().count("en") == 40
        assert [card.id for card in opened.library().cards] == [f"t{n}" for n in range(12)]
