"""A library of ten thousand made-up topics, reproducible by seed, written without TOML files."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kiosk.core.content import Claim, Section, Topic
from kiosk.core.evidence import SourcePart, Statement
from kiosk.core.wording import ReviewStatus, Wording
from kiosk.library.pack.writer import PackWriter, write_pack
from tests.support.shipped import THEMES, library
from tests.support.shipped import pack as shipped_pack

TOPICS = 10_000
SYLLABLES = [
    "ar",
    "an",
    "be",
    "cor",
    "da",
    "der",
    "el",
    "en",
    "fa",
    "gas",
    "gli",
    "he",
    "hy",
    "in",
    "ka",
    "la",
    "lo",
    "ma",
    "mi",
    "my",
    "ne",
    "ni",
    "o",
    "pa",
    "pe",
    "ra",
    "re",
    "sa",
    "se",
    "si",
    "ta",
    "te",
    "ti",
    "to",
    "tra",
    "u",
    "va",
    "ve",
    "xi",
    "zo",
]
ENDS = [
    "itis",
    "osis",
    "emia",
    "algia",
    "oma",
    "pathy",
    "plasia",
    "penia",
    "rrhea",
    "tension",
    "uria",
    "edema",
]
GROUPS = [
    f"{name} conditions"
    for name in ["Skin", "Heart", "Lung", "Bone", "Brain", "Blood", "Eye", "Ear", "Gut"]
]
COMMON = [
    "people",
    "may",
    "have",
    "this",
    "for",
    "a",
    "long",
    "time",
    "and",
    "not",
    "know",
    "it",
    "your",
    "doctor",
    "can",
    "tell",
    "you",
    "more",
    "about",
    "what",
    "is",
    "known",
    "most",
    "of",
    "it",
    "gets",
    "better",
    "with",
    "rest",
    "and",
    "time",
    "ask",
    "before",
    "you",
    "change",
    "what",
    "you",
    "take",
]


def topics(count: int = TOPICS, seed: int = 6) -> Iterator[Topic]:
    """Generate topics, each with its other names and its groups."""
    rng = random.Random(seed)
    terms = [_term(rng) for _ in range(3000)]
    for number in range(count):
        head, other = rng.choice(terms), rng.choice(terms)
        title = rng.choice(
            (f"{head}", f"{head} and {other}", f"Acute {head}", f"{head} in children")
        )
        title = title[0].upper() + title[1:]
        names = [f"{rng.choice(terms)} {rng.choice(('disease', 'syndrome'))}" for _ in range(2)]
        made = _topic(rng, number, title, terms)
        groups = rng.sample(GROUPS, rng.randint(1, 2))
        yield replace(made, other_names=tuple(names), groups=tuple(groups))


def write_generated(file: Path, count: int = TOPICS, seed: int = 6) -> None:
    """Write a pack of made-up topics with the shipped interface text."""

    def fill(pack: PackWriter) -> None:
        for topic in topics(count, seed):
            pack.add(topic)
        pack.finish(replace(library(), opened=()), shipped_pack().alarm_rules(), THEMES)

    write_pack(file, fill)


def _term(rng: random.Random) -> str:
    return "".join(rng.choices(SYLLABLES, k=rng.randint(1, 3))) + rng.choice(ENDS)


def _topic(rng: random.Random, number: int, title: str, terms: list[str]) -> Topic:
    sections = tuple(_section(rng, f"s{step}", terms) for step in range(5))
    return Topic(
        id=f"made-{number}",
        language="en",
        question=_same(title),
        summary=_same(_sentence(rng, terms)),
        updated="2026-11-21",
        status=ReviewStatus.SUBMITTED,
        preview=f"{sections[0].id}-0",
        steps=tuple(section.id for section in sections),
        sections=sections,
        cautions=(),
        statements=(Statement("A01", "It is so.", SourcePart.DOCUMENT),),
        references=(),
        documents=(),
    )


def _section(rng: random.Random, id_: str, terms: list[str]) -> Section:
    claims = (Claim(f"{id_}-{n}", ("A01",), _same(_sentence(rng, terms))) for n in range(4))
    return Section(id_, _same(_sentence(rng, terms)[:30]), claims=tuple(claims))


def _sentence(rng: random.Random, terms: list[str]) -> str:
    words = [*rng.choices(COMMON, k=14), rng.choice(terms)]
    rng.shuffle(words)
    return " ".join(words).capitalize() + "."


def _same(text: str) -> Wording:
    return Wording(text, text, text)
