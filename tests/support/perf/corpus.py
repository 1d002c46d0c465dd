"""A medical library of any size and questions to it, reproducible by seed.

Titles are made up, or real where the shared data is there; the text is filler. The questions are
phrased as patients ask; they were written before the patterns that recognise them.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from kiosk.answers.fulltext.writer import PassageRow
from kiosk.answers.text.word_lists import shipped
from tests.support.shipped import ROOT

REAL = ROOT.parent / "shared" / "data" / "medlineplus-topics.json.gz"
SECTIONS = {
    "information": ("what is {}", "whats {}?", "please define {}", "{} explained simply"),
    "symptoms": ("what are the symptoms of {}", "how do i know if i have {}", "early signs of {}"),
    "causes": ("what causes {}", "why do people get {}", "what triggers {}", "how did i get {}"),
    "treatment": ("how is {} treated", "is there a cure for {}", "what can i take for {}"),
    "exams and tests": ("how is {} diagnosed", "which tests show {}", "is there a test for {}"),
    "outlook": ("can you die from {}", "how serious is {}", "do people recover from {}"),
    "prevention": ("how can i prevent {}", "is {} preventable", "how do i keep from getting {}"),
    "inheritance": ("is {} inherited", "does {} run in families", "is {} passed down"),
    "frequency": ("how common is {}", "how many people have {}", "how widespread is {}"),
    "complications": ("what are the complications of {}", "what happens if {} is not treated"),
}
_STORY = (
    "My mother is 67 and has not been well for some weeks, and at the clinic they spoke of {1}. "
    "We could not ask anything. {0}? Thank you for any answer."
)
_FIRST = """
acro adeno angio arthro broncho cardio chondro cysto derma entero fibro gastro hemo hepato hyper
hypo kerato leuko lipo lympho myelo myo nephro neuro osteo pan para peri pneumo poly pyo rhino
sclero spondylo thrombo vaso
"""
_SECOND = """
blasto ceru cillo dacto glosso lamio mero nodo pathio pleuro rhabdo steno tropho varo
"""
_THIRD = """
algia ectasia emia itis lysis malacia megaly oma opathy osis penia plasia rrhea trophy
"""
_LAST = ("disease", "disorder", "syndrome", "deficiency", "type 2", "of the hand", "in children")


@dataclass(frozen=True)
class Topic:
    """A topic, and the sections that the library has of it."""

    id: str
    title: str
    alias: tuple[str, ...]
    text: str
    sections: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """A question, and the topic and section that answer it, if any."""

    slice: str
    question: str
    answer: tuple[str, str] | None


def topics(passages: int, seed: int = 6) -> list[Topic]:
    """Return topics with about `passages` sections in all; the real topics first, if present."""
    chance, topics, titles, count = Random(seed), list[Topic](), set[str](), 0
    real = json.loads(gzip.decompress(REAL.read_bytes())) if REAL.exists() else []
    while count < passages:
        if real:
            word = real.pop()
            title, alias, text = word["title"], tuple(word["synonyms"]), word["content"]
        else:
            title, alias, text = _made_up(chance), (), ""
            if chance.random() < 0.5:
                alias = (_made_up(chance),)
        if title.casefold() not in titles:
            titles.add(title.casefold())
            sections = tuple(name for name in SECTIONS if chance.random() < 0.6) or ("information",)
            topics.append(Topic(f"t{len(topics)}", title, alias, text, sections))
            count += len(sections)
    return topics


def rows(of: list[Topic], seed: int = 6) -> Iterator[PassageRow]:
    """Yield a passage for each section: the name of its topic among a hundred words of filler."""
    chance = Random(seed)
    common = [
        head + tail
        for language, head, rest in shipped() if language == "en"
        for group in rest.split("\t") if group[0] in "456"
        for tail in group[1:].split(" ")
    ]  # fmt: skip
    for topic in of:
        for section in topic.sections:
            filler = topic.text[:800] or " ".join(chance.choices(common, k=chance.randint(60, 160)))
            other = chance.choice(of).title
            text = f"{topic.title} and its {section}. {filler} Not the same as {other}."
            yield PassageRow(
                f"{topic.id}/{section}", topic.id, topic.title, section, text, topic.alias
            )


def questions(
    indexed: list[Topic], left_out: list[Topic], count: int, seed: int = 7
) -> list[Asked]:
    """Return `count` questions of each kind: four kinds with an answer, two without."""
    chance, asked = Random(seed), list[Asked]()
    for _ in range(count):
        for name in ("plain", "misspelt", "long", "alias"):
            topic = chance.choice([topic for topic in indexed if topic.alias or name != "alias"])
            section = chance.choice(topic.sections)
            called = topic.alias[0] if name == "alias" else topic.title
            question = chance.choice(SECTIONS[section]).format(called)
            if name == "misspelt":
                question = _misspelt(question, chance)
            if name == "long":
                question = _STORY.format(question, called)
            asked.append(Asked(name, question, (topic.id, section)))
        topic = chance.choice(left_out)
        of = chance.choice(SECTIONS[chance.choice(topic.sections)])
        asked.append(Asked("no topic", of.format(topic.title), None))
        topic = chance.choice([topic for topic in indexed if len(topic.sections) < len(SECTIONS)])
        section = chance.choice([name for name in SECTIONS if name not in topic.sections])
        of = chance.choice(SECTIONS[section])
        asked.append(Asked("no section", of.format(topic.title), None))
    return asked


def _made_up(chance: Random) -> str:
    first, second, third = (chance.choice(of.split()) for of in (_FIRST, _SECOND, _THIRD))
    name = first + (second if chance.random() < 0.6 else "") + third
    return f"{name} {chance.choice(_LAST)}" if chance.random() < 0.5 else name


def _misspelt(question: str, chance: Random) -> str:
    """Return the question with two typing errors, in two words of five letters or more."""
    typed = question.split(" ")
    long = [i for i, word in enumerate(typed) if len(word) >= 5 and word.isalpha()]
    for i in chance.sample(long, min(2, len(long))):
        word, at = typed[i], chance.randrange(1, len(typed[i]) - 1)
        slips = (
            word[:at] + word[at + 1 :],
            word[:at] + chance.choice("aeinrst") + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
        typed[i] = chance.choice(slips)
    return " ".join(typed)
