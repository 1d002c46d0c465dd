"""The claims for follow-up questions to a large library, compared with plain FTS5 in the same run.

Plain: one FTS5 table with the porter tokenizer, all words of the question ORed, ranked by BM25.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pytest

from kiosk.answers import schema
from kiosk.answers.fulltext.index import FullTextIndex
from kiosk.answers.fulltext.rank import Retriever
from kiosk.answers.fulltext.writer import write_index
from kiosk.answers.text.word_lists import shipped_groups
from kiosk.answers.text.words import normalise, words
from tests.support.perf.corpus import REAL, Asked, questions, rows, topics
from tests.support.shipped import ROOT

pytestmark = pytest.mark.second_tier
_ASKED = 300
Ask = Callable[[str], tuple[list[str], float]]
"""Returns passage ids, best first, and a confidence."""


@dataclass
class Results:
    """The results of putting every question to one system."""

    took: list[float] = field(default_factory=list)
    hits: dict[str, list[bool]] = field(default_factory=dict)
    answerable: list[float] = field(default_factory=list)
    others: list[float] = field(default_factory=list)

    def share(self, *slices: str) -> float:
        """Return the share of questions of these kinds whose passage is among the first five."""
        hits = [hit for name in slices for hit in self.hits[name]]
        return sum(hits) / len(hits)

    def auroc(self) -> float:
        """Return the probability that an answerable question has the higher confidence (AUROC)."""
        pairs = ((a > b) + (a == b) / 2 for a in self.answerable for b in self.others)
        return sum(pairs) / (len(self.answerable) * len(self.others))

    def p95(self) -> float:
        """Return the 95th percentile of the time for a question, in milliseconds."""
        return sorted(self.took)[int(len(self.took) * 0.95)] * 1000


def run(ask: Ask, asked: list[Asked]) -> Results:
    """Put every question to `ask`; measure processor time, which other processes do not change."""
    results = Results()
    for question in asked:
        began = time.process_time()
        ids, score = ask(question.question)
        results.took.append(time.process_time() - began)
        (results.answerable if question.answer else results.others).append(score)
        if question.answer:
            results.hits.setdefault(question.slice, []).append("/".join(question.answer) in ids[:5])
    return results


def ours(file: Path) -> Ask:
    retrieval = Retriever(
        FullTextIndex(sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True))
    )

    def ask(question: str) -> tuple[list[str], float]:
        ranking = retrieval.ask(normalise(question, 2_000))
        return [hit.passage.id for hit in ranking.hits], ranking.confidence

    return ask


def plain(file: Path) -> Ask:
    connection = sqlite3.connect(file)

    def ask(question: str) -> tuple[list[str], float]:
        query = " OR ".join(f'"{word}"' for word in words(question))
        rows = connection.execute(
            "SELECT id, -rank FROM plain WHERE plain MATCH ? ORDER BY rank LIMIT 20", (query,)
        ).fetchall()
        return [id_ for id_, _ in rows], rows[0][1] if rows else 0.0

    return ask


@pytest.mark.parametrize(("passages", "most"), [(1_000, 15.0), (34_000, 40.0)])
def test_search_beats_plain_fts5_and_is_fast(passages: int, most: float, tmp_path: Path) -> None:
    every = topics(int(passages / 0.85))
    left_out = [topic for i, topic in enumerate(every) if i % 7 == 0]
    kept = [topic for i, topic in enumerate(every) if i % 7]
    ours_file, plain_file = tmp_path / "ours.db", tmp_path / "plain.db"
    connection = sqlite3.connect(ours_file)
    began = time.process_time()
    schema.create(connection)
    write_index(connection, rows(kept), shipped_groups())
    connection.commit()
    built = time.process_time() - began
    connection = sqlite3.connect(plain_file)
    connection.execute(
        "CREATE VIRTUAL TABLE plain USING fts5 "
        "(id UNINDEXED, title, section, alias, text, tokenize = 'porter unicode61')"
    )
    values = ((row.id, row.title, row.section, " ".join(row.alias), row.text) for row in rows(kept))
    connection.executemany("INSERT INTO plain VALUES (?, ?, ?, ?, ?)", values)
    connection.commit()
    asked = questions(kept, left_out, _ASKED)
    mine, other = run(ours(ours_file), asked), run(plain(plain_file), asked)
    print(
        f"\n{passages} passages ({'with' if REAL.exists() else 'without'} real topics), "
        f"index in {built:.1f} s of the processor"
        f"\nkiosk: hit@5 {mine.share('plain', 'long', 'alias'):.3f}, "
        f"misspelt {mine.share('misspelt'):.3f}, AUROC {mine.auroc():.3f}, p95 {mine.p95():.1f} ms"
        f"\nplain: hit@5 {other.share('plain', 'long', 'alias'):.3f}, "
        f"misspelt {other.share('misspelt'):.3f}, AUROC {other.auroc():.3f}, "
        f"p95 {other.p95():.1f} ms"
    )
    share, corrected = mine.share("plain", "long", "alias"), mine.share("misspelt")
    assert share >= max(0.96, 1.15 * other.share("plain", "long", "alias"))
    assert corrected >= max(0.94, 1.5 * other.share("misspelt"))
    assert mine.auroc() >= max(0.93, 1.2 * other.auroc())
    assert mine.p95() <= most
    assert built <= 5.0


_PEAK = """
import re, sys
from pathlib import Path
from kiosk.cli.authors.ask_index import ask_passages, ranked
from kiosk.library.pack.passages_only import build_passages
peak = lambda: int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024
before, (pack, passages, questions) = peak(), map(Path, sys.argv[1:])
if pack.exists():
    ask_passages(questions, pack, ranked, open("/dev/null", "w"))
else:
    build_passages(passages, None, pack)
print(peak() - before)
"""


def test_building_and_asking_take_at_most_sixty_megabytes_more(tmp_path: Path) -> None:
    kept = topics(34_000)
    pack, passages, asked = (tmp_path / name for name in ("a.pack", "p.jsonl", "q.jsonl"))
    with passages.open("w") as file:
        for row in rows(kept):
            file.write(json.dumps({**asdict(row), "topic_id": row.topic, "aliases": row.alias}))
            file.write("\n")
    with asked.open("w") as file:
        for i, question in enumerate(questions(kept, kept, 60)):
            file.write(json.dumps({"id": str(i), "question": question.question}) + "\n")
    for doing in ("building", "asking"):
        command = [sys.executable, "-c", _PEAK, *map(str, (pack, passages, asked))]
        done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
        added = float(done.stdout)
        print(f"\n{doing}, 34,000 passages: {added:.0f} MiB added")
        assert 0 < added <= 60
