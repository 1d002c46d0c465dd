"""Fits the weights of `kiosk/answers/fulltext/confidence.json`, with the standard library alone.

    python -m tests.support.perf.fit_confidence PACK QUESTIONS.jsonl ...

Each line of QUESTIONS has question and answerable (true or false). The weights are printed.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from dataclasses import astuple, fields
from math import exp

from kiosk.answers.fulltext.confidence import PassageFeatures
from kiosk.answers.fulltext.index import FullTextIndex
from kiosk.answers.fulltext.rank import Retriever
from kiosk.answers.text.words import normalise

_RIDGE = 1e-3
_STEPS = 60


def fit(cases: list[tuple[PassageFeatures, bool]]) -> dict[str, float]:
    """Logistic regression by Newton's method, both classes weighing the same."""
    inputs = [[1.0, *map(float, astuple(evidence))] for evidence, _ in cases]
    answerable_cases = sum(answerable for _, answerable in cases)
    shares = [
        0.5 / (answerable_cases if yes else len(cases) - answerable_cases) for _, yes in cases
    ]
    weights = [0.0] * len(inputs[0])
    for _ in range(_STEPS):
        slope = [_RIDGE * w if i else 0.0 for i, w in enumerate(weights)]
        bend = [[_RIDGE * (i == j) for j in range(len(weights))] for i in range(len(weights))]
        for x, (_, yes), share in zip(inputs, cases, shares, strict=True):
            total = sum(w * value for w, value in zip(weights, x, strict=True))
            p = 1 / (1 + exp(-max(-30.0, min(30.0, total))))
            for i, value in enumerate(x):
                slope[i] += share * (p - yes) * value
                for j, other in enumerate(x):
                    bend[i][j] += share * p * (1 - p) * value * other
        step = _solve(bend, slope)
        weights = [w - change for w, change in zip(weights, step, strict=True)]
        if max(map(abs, step)) < 1e-6:
            break
    names = ("bias", *(field.name for field in fields(PassageFeatures)))
    return {name: round(weight, 3) for name, weight in zip(names, weights, strict=True)}


def _solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gauss and Jordan, with the largest pivot first."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for i in range(len(rows)):
        best = max(range(i, len(rows)), key=lambda at: abs(rows[at][i]))
        rows[i], rows[best] = rows[best], rows[i]
        for j, row in enumerate(rows):
            if j != i:
                factor = row[i] / rows[i][i]
                rows[j] = [a - factor * b for a, b in zip(row, rows[i], strict=True)]
    return [row[-1] / row[i] for i, row in enumerate(rows)]


def main(pack: str, *files: str) -> None:
    """Print the weights that tell the answerable questions of `files` from the others."""
    retrieval = Retriever(
        FullTextIndex(sqlite3.connect(f"file:{pack}?mode=ro&immutable=1", uri=True))
    )
    cases = []
    for name in files:
        with open(name, encoding="utf-8") as lines:
            for line in lines:
                read = json.loads(line)
                ranking = retrieval.ask(normalise(read["question"], 2_000))
                cases.append((ranking.evidence, bool(read["answerable"])))
    print(json.dumps(fit(cases), indent=2))


if __name__ == "__main__":
    main(*sys.argv[1:])
