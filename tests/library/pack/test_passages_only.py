from __future__ import annotations

import io
import json
import sqlite3
from pathlib import Path

import pytest

from kiosk.cli.authors.ask_index import Form, ask_passages, holds_passages, quoted, ranked
from kiosk.cli.main import parse
from kiosk.errors import JsonlError, PackError
from kiosk.library.pack.passages_only import build_passages

_GOUT = {
    "id": "g1", "doc_id": "d1", "topic_id": "T1", "title": "Gout", "section": "causes",
    "text": "Gout comes of crystals.", "url": "https://example.org/gout",
}  # fmt: skip
_ASTHMA = {**_GOUT, "id": "a1", "topic_id": "T2", "title": "Asthma", "text": "Airways swell."}


def _lines(file: Path, *objects: object) -> Path:
    file.write_text("".join(json.dumps(object) + "\n" for object in objects))
    return file


def _asked(
    folder: Path, pack: Path, *questions: str, form: Form = ranked
) -> list[dict[str, object]]:
    asked = [{"id": str(i), "question": question} for i, question in enumerate(questions)]
    out = io.StringIO()
    ask_passages(_lines(folder / "q.jsonl", *asked), pack, form, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.mark.parametrize(
    "aliases",
    [{"Gout": ["podagra"]}, {"T1": "podagra"}, {"g1": ["podagra"]}, {"d1": ["podagra", "x"]}],
)
def test_a_file_of_passages_becomes_a_pack_that_answers(
    tmp_path: Path, aliases: dict[str, object]
) -> None:
    pack, names = tmp_path / "a.pack", tmp_path / "aliases.json"
    names.write_text(json.dumps(aliases))
    passages = _lines(tmp_path / "p.jsonl", _GOUT, {**_ASTHMA, "doc_id": "d2"})
    build_passages(passages, names, pack)
    podagra, passport = _asked(tmp_path, pack, "what causes podagra", "how to renew a passport")
    assert podagra["ranked"][:1] == ["g1"]  # type: ignore[index]
    assert podagra["abstained"] is False
    assert passport["abstained"] is True
    assert set(podagra) == {"id", "ranked", "score", "abstained", "latency_ms"}
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_passages_are_quoted_as_they_stand_or_not_at_all(tmp_path: Path) -> None:
    pack = tmp_path / "a.pack"
    build_passages(_lines(tmp_path / "p.jsonl", _GOUT, _ASTHMA), None, pack)
    assert holds_passages(pack)
    gout, passport = _asked(tmp_path, pack, "what causes gout", "renew a passport", form=quoted)
    passages = gout["passages"]
    assert isinstance(passages, list)
    first = passages[0]
    assert first == {"id": "g1", "text": _GOUT["text"], "citation": _GOUT["url"]}
    assert gout["behaviour"] == "answer"
    assert (passport["behaviour"], passport["passages"]) == ("abstain", [])


def test_a_passage_may_bring_its_other_names(tmp_path: Path) -> None:
    pack = tmp_path / "a.pack"
    passages = _lines(tmp_path / "p.jsonl", {**_GOUT, "aliases": ["podagra"]}, _ASTHMA)
    build_passages(passages, None, pack)
    assert _asked(tmp_path, pack, "podagra")[0]["ranked"] == ["g1"]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("{", ("line 1", "no JSON")),
        ("[]", ("line 1", "no object")),
        (json.dumps(_GOUT) + '\n{"id": "x"}', ("line 2", "'title'")),
        (json.dumps(_GOUT) + "\n" + json.dumps(_GOUT), ("line 2", "second", "'g1'")),
        (json.dumps({**_GOUT, "aliases": [1]}), ("line 1", "other names")),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_nothing_is_written(
    tmp_path: Path, lines: str, words: tuple[str, ...]
) -> None:
    passages, pack = tmp_path / "p.jsonl", tmp_path / "a.pack"
    passages.write_text(lines)
    with pytest.raises(JsonlError) as raised:
        build_passages(passages, None, pack)
    assert all(word in str(raised.value) for word in words)
    assert [path.name for path in tmp_path.iterdir()] == ["p.jsonl"]


def test_a_file_that_is_no_pack_is_one_sentence(tmp_path: Path) -> None:
    other = tmp_path / "b.pack"
    sqlite3.connect(other).execute("CREATE TABLE t (x)")
    questions = _lines(tmp_path / "q.jsonl", {"id": "1", "question": "what is gout"})
    for pack in (other, tmp_path / "none.pack"):
        assert not holds_passages(pack)
        with pytest.raises(PackError, match="cannot be searched"):
            ask_passages(questions, pack, ranked, io.StringIO())


def test_the_command_line() -> None:
    options = parse("build", ["--passages", "p", "--aliases", "a", "-o", "o"])
    assert (options.passages, options.aliases, options.output) == (Path("p"), Path("a"), Path("o"))
    options = parse("ask", ["--rank", "q", "p"])
    assert options.questions == [Path("q"), Path("p")]
    assert options.rank
    assert not parse("ask", ["q", "--json"]).rank
    for name, *wrong in (
        ["ask", "q", "p"],
        ["build", "-o", "o"],
        ["build", "d", "--passages", "p"],
    ):
        with pytest.raises(SystemExit):
            parse(name, wrong)
