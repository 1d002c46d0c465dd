"""`kiosk ask --json`: a file of questions through the port, each in a visit of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.cli.authors.ask import Asker
from kiosk.cli.main import main
from kiosk.core.wording import Level
from kiosk.library.pack.reader import open_pack
from kiosk.site.store import PackStore
from tests.support.answers.asking import shipped_bytes
from tests.support.shipped import ROOT


@pytest.fixture(scope="module")
def asker() -> Asker:
    pack = open_pack(shipped_bytes())
    return Asker(pack.library(), PackStore(pack), Level.PLAIN, rules=pack.alarm_rules())


def test_what_is_closed_opens_only_in_the_visit_that_read_the_cautions(asker: Asker) -> None:
    closed = asker.ask("how much zinc should i take")
    assert (closed["behaviour"], closed["passages"]) == ("locked", [])
    opened = asker.ask("how much zinc should i take", acknowledged=True)
    assert opened["behaviour"] == "answer"
    assert "25-40 mg" in " ".join(passage["text"] for passage in opened["passages"])
    again = asker.ask("cuánto zinc tomo")
    assert (again["behaviour"], again["passages"]) == ("locked", [])


def test_a_passage_has_its_text_and_where_it_comes_from(asker: Asker) -> None:
    answers = asker.ask("is there a scan for this")
    first = answers["passages"][0]
    assert first["id"] == "leaky-gut/treatment/no-test-validated"
    assert first["text"].startswith("There is no proven test for it")
    assert "Lacy" in first["citation"]


def test_a_gap_is_named_and_an_alarm_says_what_to_do(asker: Asker) -> None:
    gap = asker.ask("which foods does the first page list")
    assert gap["behaviour"] == "abstain"
    assert [entry["id"] for entry in gap["passages"]] == [
        "leaky-gut/exclusion-diets/exclusion-lists-missing"
    ]
    urgent = asker.ask("my chest hurts bad")
    assert (urgent["behaviour"], urgent["passages"]) == ("urgent", [])
    assert "staff" in urgent["message"]


def test_an_alarm_says_which_net_rang_and_why(asker: Asker) -> None:
    ruled = asker.ask("i took 30 tylenol")["alarm"]
    assert (ruled["id"], ruled["net"]) == ("overdose", "rules")
    assert ruled["why"][0] == "overdose: took then many-number then pills, within 4 words"
    learned = asker.ask("my dad went grey and hes rubbing his arm and says its gas")["alarm"]
    assert (learned["id"], learned["net"]) == ("heart", "learned")
    assert "alarm" not in asker.ask("what is leaky gut")


def test_a_story_is_declined_as_too_long_unless_it_speaks_of_danger(asker: Asker) -> None:
    story = "I walked to the shop on Monday and bought bread, beans and a bag of rice. " * 12
    assert asker.ask(story)["behaviour"] == "abstain"
    answer = asker.ask(f"{story} Then I took 30 tylenol. {story}")
    assert answer["alarm"]["id"] == "overdose"
    assert "Too much medicine" in answer["message"]


def test_the_command_answers_a_file_one_object_a_line(tmp_path: Path) -> None:
    pack, questions = tmp_path / "a.pack", tmp_path / "q.jsonl"
    pack.write_bytes(shipped_bytes())
    asked = [
        {"id": "1", "question": "is there a test"},
        {"id": "2", "question": "zinc?"},
        {"id": "3", "question": "zinc?", "acknowledged": True},
        {"id": "4", "question": "   "},
        {"id": "5", "question": "\u202e'; DROP TABLE"},
    ]
    questions.write_text("\n".join(map(json.dumps, asked)) + "\n\n", "utf-8")
    command = [sys.executable, "-m", "kiosk", "ask", str(pack), str(questions), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [entry["id"] for entry in answers] == ["1", "2", "3", "4", "5"]
    behaviours = [entry["behaviour"] for entry in answers]
    assert behaviours == ["answer", "locked", "answer", "abstain", "abstain"]
    keys = {"id", "behaviour", "passages", "message", "latency_ms"}
    assert all(set(entry) == keys for entry in answers)


@pytest.mark.parametrize("line", ["[]", '{"id": 1}', "not json"])
def test_a_line_that_is_no_question_is_named(tmp_path: Path, line: str) -> None:
    pack, questions = tmp_path / "a.pack", tmp_path / "q.jsonl"
    pack.write_bytes(shipped_bytes())
    questions.write_text(line, "utf-8")
    command = [sys.executable, "-m", "kiosk", "ask", str(pack), str(questions), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"{questions}: line 1: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("named", [False, True])
def test_a_content_directory_is_ranked_without_a_cache(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    named: bool,
) -> None:
    questions = tmp_path / "q.jsonl"
    questions.write_text('{"id": "1", "question": "is there a test"}\n', "utf-8")
    directory, compiled = tmp_path / "content", shipped_bytes()
    directory.mkdir()
    monkeypatch.setattr("kiosk.site.content.pack_for", lambda *_: compiled)
    monkeypatch.setattr("kiosk.site.content.installed_pack", lambda: None)
    monkeypatch.setattr("kiosk.site.content.shipped_pack", lambda: None)
    monkeypatch.setattr("kiosk.site.content.content_directory", lambda: directory)
    arguments = [str(questions), *([str(directory)] if named else [])]
    assert main(["ask", "--rank", *arguments]) == 0
    (answer,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert "leaky-gut/treatment/no-test-validated" in answer["ranked"]
