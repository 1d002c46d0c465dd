"""`kiosk ask`: a file of questions put to a pack, for whoever holds it; never inside a visit."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import quote

from kiosk.answers.abstain import THRESHOLD
from kiosk.answers.index import Index, open_side
from kiosk.answers.rank import Retrieval
from kiosk.answers.text import LANGUAGES, normalise
from kiosk.authoring.passages import Malformed, read_lines

_LONGEST = 2_000
"""Characters of a question of a public set that are read: they are longer than what a visitor can
type."""


def ask_at_scale(questions: Path, pack: Path, out: TextIO, errors: TextIO) -> int:
    """One line a question: the passages' ids, best first, and whether it would be answered."""
    try:
        for answer in _answers(questions, pack):
            print(json.dumps(answer, ensure_ascii=False), file=out)
    except Malformed as error:
        print(error, file=errors)
        return 1
    except (OSError, sqlite3.Error) as error:
        print(f"{pack}: cannot be searched: {error}", file=errors)
        return 1
    return 0


def _answers(questions: Path, pack: Path) -> Iterator[dict[str, Any]]:
    address = f"file:{quote(str(pack.resolve()))}?mode=ro&immutable=1"
    connection = sqlite3.connect(address, uri=True)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        open_side(connection)
        retrieval = Retrieval(Index(connection))
        for _, read in read_lines(questions, ("id", "question")):
            language = str(read.get("lang") or read.get("language") or "en")[:2]
            began = time.perf_counter()
            text = normalise(read["question"], _LONGEST)
            ranking = retrieval.ask(text, language if language in LANGUAGES else "en")
            took = time.perf_counter() - began
            yield {
                "id": read["id"],
                "ranked": [hit.passage.id for hit in ranking.hits],
                "score": round(ranking.confidence, 6),
                "abstained": ranking.confidence < THRESHOLD,
                "latency_ms": round(took * 1000, 3),
            }
    finally:
        connection.close()
