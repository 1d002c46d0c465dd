"""Whatever is typed: no error, no passage of a closed section, and an answer within its time."""

from __future__ import annotations

import random
import time

import pytest

from kiosk.core.question import LONGEST_QUESTION, AnswerKind, Question
from kiosk.core.wording import Level
from kiosk.library.pack.reader import open_pack
from tests.support.answers.asking import LEAKY, SUPPLEMENTS, shipped, shipped_bytes

MOST_SECONDS = 1.0
"""Of processor time for one question."""

FIXED = [
    "", " ", "\x00", "\x1b[2J\x1b]52;c;AAAA\x07", "\u202ezinc\u202c", "\ufeff", "\ud800zinc",
    "' OR 1=1 --", '"; DROP TABLE asked_item; --', "zinc* NEAR(zinc, 2)", 'title:"zinc" AND NOT x',
    "SELECT * FROM locked_asked_item", "^zinc", "{zinc}", "(((((", '"""', "%s %d {0} {x!r} {{",
    "zinc" * 30_000, "z" * 1_000_000, "é" * 1_000_000, "ﷺ" * 300_000, "a\u0301" * 500_000,
    "a " * 500_000, "gut " * 250_000, "😀" * 250_000, "\n" * 1_000_000, "zin\u200bc",
    "\u0fda" * 1000, "İ" * 1000, "ß" * 1000, "\U0001f9ff\u200d" * 400, "1e999999", "-" * 400,
    "../../etc/passwd", "<script>alert(1)</script>", "[bold]zinc[/bold]", "\\" * 400, "?" * 400,
    "zin c", "z.i.n.c", "pro\u00adbiotic", "PROBIÓTICO", "ⓩⓘⓝⓒ", "\U0001d4cf\U0001d4f2\U0001d4f7c",
    "❶", "I have chest pain ➅", "\U00010a40 ⓿ ፩ ᧚", "zinc ❷", "no " * 60, "it is " * 60 + "5!",
    "a" * (LONGEST_QUESTION - 5) + " zinc", "a" * LONGEST_QUESTION + " zinc",
]  # fmt: skip
PIECES = [
    *"abcdefghijklmnopqrstuvwxyz", "zinc", "glutamine", "probiotic", "suplementos", "gut", "leaky",
    "test", "milk", "gluten", "intestino", "me duele", "what", "how much", "qué", "'", '"', "*",
    "AND", "OR", "NOT", "NEAR", "(", ")", ":", "^", ";", "--", "/*", "*/", "\x00", "\x1b[31m",
    "\u202e", "\u200b", "😀", "é", "ñ", "¿", "\n", "\t", "%", "\\", "{", "}", "[", "]", "1", "-",
    "UNION SELECT", "DROP TABLE", "locked_", "\ud83d", "\uffff", "\U0010ffff", "中文", "العربية",
]  # fmt: skip


def _made(random_: random.Random) -> str:
    kind = random_.random()
    if kind < 0.6:
        glue = random_.choice(["", " ", " ", "\n", "\u200b"])
        return glue.join(random_.choices(PIECES, k=random_.randrange(1, 30)))
    if kind < 0.9:
        return "".join(chr(random_.randrange(0x110000)) for _ in range(random_.randrange(80)))
    return "".join(random_.choices(PIECES, k=3)) * random_.randrange(1, 400)


def _assert_safe(texts: list[str], seed: int) -> set[AnswerKind]:
    random_, seen = random.Random(seed), set()
    gated = {SUPPLEMENTS[1]}
    for text in texts:
        opened = frozenset(random_.choice([[], [], [SUPPLEMENTS], [("other", "supplements")]]))
        question = Question(
            text, random_.choice(["en", "es", "", "fr"]), Level.PLAIN,
            random_.choice([LEAKY, None, "none", "'"]), opened,
        )  # fmt: skip
        engine = shipped()
        start = time.process_time()
        answer = engine.answer(question)
        assert time.process_time() - start < MOST_SECONDS, text[:200]
        for passage in answer.passages:
            assert (passage.topic, passage.section) in opened or passage.section not in gated
        assert len(answer.passages) <= 3
        assert answer.behaviour is not AnswerKind.LOCKED or not answer.passages
        assert (answer.locked is not None) == (answer.behaviour is AnswerKind.LOCKED)
        seen.add(answer.behaviour)
    return seen


def test_the_gated_sections_are_those_that_this_test_looks_for() -> None:
    with open_pack(shipped_bytes()) as pack:
        topic = pack.open_topic(LEAKY, "en")
    assert [(LEAKY, section.id) for section in topic.gated_sections()] == [SUPPLEMENTS]


def test_what_was_thought_of() -> None:
    for seed in range(3):
        _assert_safe(FIXED, seed)


@pytest.mark.slow
def test_some_hundreds_at_random() -> None:
    random_ = random.Random(6)
    seen = _assert_safe([_made(random_) for _ in range(400)], 6)
    assert {AnswerKind.ABSTAIN, AnswerKind.LOCKED} <= seen


@pytest.mark.second_tier
def test_a_hundred_thousand_at_random() -> None:
    random_ = random.Random(time.time_ns())
    seed = random_.randrange(1 << 30)
    print(f"seed {seed}")
    random_ = random.Random(seed)
    for _ in range(100):
        _assert_safe([_made(random_) for _ in range(1_000)], seed)
