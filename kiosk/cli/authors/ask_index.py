"""Full-text search for `kiosk ask --rank`, and for `kiosk ask` of a pack that has passages alone.

Each question of a file is searched for in the pack's index, and the passages are printed as ids or
word for word. Alarms, cautions and the questions that authors wrote play no part.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import quote

from kiosk.answers.curated.reader import shut
from kiosk.answers.fulltext.confidence import THRESHOLD
from kiosk.answers.fulltext.index import FullTextIndex
from kiosk.answers.fulltext.rank import Ranking, Retriever
from kiosk.answers.text.words import LANGUAGES, normalise
from kiosk.core.question import MOST_PASSAGES, AnswerKind
from kiosk.errors import PackError
from kiosk.library.pack.passages_only import read_lines

_LONGEST = 2_000
"""Characters of a question of a public set that are read: they are longer than what a visitor can
type."""


Form = Callable[[sqlite3.Connection, Ranking], dict[str, Any]]
"""Function that makes the answer to a question, without its id and time."""


def ask_passages(questions: Path, pack: Path | bytes, form: Form, out: TextIO) -> None:
    """Search a pack's full text for each question of a file; write one JSON object a line to `out`.

    `form` turns a ranking into what is printed of it: `ranked` or `quoted`. No alarm, gate or
    question written by an author is considered. `pack` is its path, or the pack itself as bytes.
    Raises PackError where it cannot be searched.
    """
    try:
        for answer in _answers(questions, pack, form):
            print(json.dumps(answer, ensure_ascii=False), file=out)
    except sqlite3.Error as error:
        path = pack if isinstance(pack, Path) else None
        raise PackError(path, f"it cannot be searched: {error}.") from None


def holds_passages(pack: Path) -> bool:
    """Return whether a file is a pack with nothing but passages to search, as `kiosk build
    --passages` makes it; False for a directory and for a file that is no pack.
    """
    if not pack.is_file():
        return False
    try:
        with closing(_opened(pack)) as connection:
            return bool(connection.execute("SELECT 1 FROM meta WHERE key = 'holds'").fetchall())
    except sqlite3.Error:
        return False


def ranked(_: sqlite3.Connection, ranking: Ranking) -> dict[str, Any]:
    """Return a ranking as a dictionary: the ids of the passages, best first (`ranked`), the score,
    and whether it is too low for an answer (`abstained`).
    """
    return {
        "ranked": [hit.passage.id for hit in ranking.hits],
        "score": round(ranking.confidence, 6),
        "abstained": ranking.confidence < THRESHOLD,
    }


def quoted(connection: sqlite3.Connection, ranking: Ranking) -> dict[str, Any]:
    """Return the best passages of a ranking as a dictionary, each with id, text and citation;
    without passages where the score is too low for an answer.
    """
    if ranking.confidence < THRESHOLD:
        return {"behaviour": AnswerKind.ABSTAIN.value, "passages": [], "message": ""}
    passages = []
    for hit in ranking.hits[:MOST_PASSAGES]:
        query = "SELECT text, url FROM passage_text WHERE id = ?"
        for text, url in connection.execute(query, (hit.passage.id,)):
            passages.append({"id": hit.passage.id, "text": text, "citation": url})
    return {"behaviour": AnswerKind.ANSWER.value, "passages": passages, "message": ""}


def _answers(questions: Path, pack: Path | bytes, form: Form) -> Iterator[dict[str, Any]]:
    with closing(_opened(pack)) as connection:
        shut(connection)
        retrieval = Retriever(FullTextIndex(connection))
        for _, read in read_lines(questions, ("id", "question")):
            language = str(read.get("lang") or read.get("language") or "en")[:2]
            began = time.perf_counter()
            text = normalise(read["question"], _LONGEST)
            ranking = retrieval.ask(text, language if language in LANGUAGES else "en")
            answer = form(connection, ranking)
            took = time.perf_counter() - began
            yield {"id": read["id"], **answer, "latency_ms": round(took * 1000, 3)}


def _opened(pack: Path | bytes) -> sqlite3.Connection:
    if isinstance(pack, bytes):  # made by us just now, where no cache can be written
        connection = sqlite3.connect(":memory:")
        connection.deserialize(pack)
        return connection
    connection = sqlite3.connect(f"file:{quote(str(pack.resolve()))}?mode=ro&immutable=1", uri=True)
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection
