"""Small made-up topics, with a canary in every text of a gated section."""

from __future__ import annotations

from functools import cache

from kiosk.core.content import Caution, Claim, Product, Section, Topic
from kiosk.core.evidence import SourcePart, Statement
from kiosk.core.library import Catalogue, Library, Policy, Reader, TopicCard
from kiosk.core.wording import Level, ReviewStatus, Wording
from tests.support.shipped import library as shipped

CANARY = "canary"
LANGUAGES = ("en", "es")


def said(text: str) -> Wording:
    return Wording(f"{text} plain", f"{text} everyday", f"{text} professional")


def claim(id_: str, text: str) -> Claim:
    return Claim(id_, ("A01",), said(text))


def gated(number: int, requires: tuple[str, ...]) -> Section:
    name = f"{CANARY}-{number}"
    product = Product(
        f"p{number}",
        said(f"{name} name"),
        (claim(f"n{number}", name),),
        (claim(f"d{number}", name),),
    )
    return Section(
        f"g{number}",
        said(f"closed {number}"),
        claims=(claim(f"c{number}", name),),
        products=(product,),
        requires=requires,
    )


def topic(id_: str, language: str, cautions: int, gates: tuple[tuple[str, ...], ...]) -> Topic:
    return Topic(
        id=id_,
        language=language,
        question=said("question"),
        summary=said("summary"),
        updated="2026-11-21",
        status=ReviewStatus.SUBMITTED,
        preview="w1",
        steps=("s1", "s2"),
        sections=(
            Section("s1", said("one"), claims=(claim("w1", "first"),), offers=("aside",)),
            Section("s2", said("two"), claims=(claim("w2", "second"),)),
            Section("aside", said("aside"), claims=(claim("w3", "third"),)),
            *(gated(number, requires) for number, requires in enumerate(gates)),
        ),
        cautions=tuple(
            Caution(f"k{n}", said(f"caution {n}"), ("A01",), said(f"text {n}"), said(f"again {n}"))
            for n in range(cautions)
        ),
        statements=(Statement("A01", "It is so.", SourcePart.DOCUMENT),),
        references=(),
        documents=(),
    )


@cache
def words() -> Library:
    return shipped()


def library(*topics: Topic) -> Library:
    en = words().words["en"]
    return Library(
        clinic=dict.fromkeys(LANGUAGES, "Clinic"),
        languages=LANGUAGES,
        readers=tuple(
            Reader(level.value, level, dict.fromkeys(LANGUAGES, level.value), {}) for level in Level
        ),
        words=dict.fromkeys(LANGUAGES, en),
        policies=dict.fromkeys(LANGUAGES, Policy("Policy", ())),
        catalogues={
            code: Catalogue(sum(t.language == code for t in topics), ReviewStatus.SUBMITTED)
            for code in LANGUAGES
        },
        cards=tuple(
            TopicCard(
                t.id,
                t.language,
                t.question,
                said("first"),
                1,
                t.status,
                tuple(topic.language for topic in topics if topic.id == t.id),
            )
            for t in topics
        ),
        opened=topics,
    )
