"""A proof has every wording of a topic, what each rests on, and what reviewers said of it."""

from __future__ import annotations

import shutil
import subprocess
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kiosk.authoring.proof import parts_of, proof_as_html, proof_as_text
from kiosk.cli.main import main
from kiosk.library.checks.rules import examine
from kiosk.library.review.comments import Comment
from kiosk.library.source.draft import Draft, TopicDraft
from kiosk.library.source.texts import topic_pieces
from tests.support.library.small_tree import Tree
from tests.support.shipped import CONTENT, ROOT

EXAMPLE = ROOT / "docs" / "example-topic"


def example() -> tuple[Draft, TopicDraft]:
    draft, _ = examine(EXAMPLE.parent, EXAMPLE.name, CONTENT)
    assert draft is not None
    return draft, draft.topics[0]


class Balanced(HTMLParser):
    """Fails at an element that is closed and was not open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_both_forms_have_every_wording_and_every_statement_of_the_evidence() -> None:
    draft, topic = example()
    page, text = proof_as_html(draft, topic), " ".join(proof_as_text(draft, topic).split())
    for piece in topic_pieces(topic):
        for _, words in piece.levels():
            assert escape(words) in page.replace("<br>", "\n")
            assert " ".join(words.split()) in text
    for statement in topic.topic.statements:
        assert escape(statement.says) in page
        assert statement.says in text


def test_a_page_is_whole_html_and_needs_nothing_else() -> None:
    page = proof_as_html(*example())
    parser = Balanced()
    parser.feed(page)
    assert parser.open == []
    for outside in ("<script", "<link", "src=", "@import"):
        assert outside not in page


def test_closed_sections_say_which_cautions_stand_before_them() -> None:
    notes = {part.title: part.note for part in parts_of(*example())}
    assert notes["Products for this"] == "Closed. Cautions before it: find-out-first."
    assert notes["What is it?"] == "Step 1 of 6."


def test_marks_and_exceptions_stand_with_their_claim(tree: Tree) -> None:
    reason = 'food-amount = true\nfood-amount-because = "It is bread."\n'
    tree.change("sore-back/sections/10-start.toml", "key = true\n", f"key = true\n{reason}")
    draft = examine(tree.root)[0]
    assert draft is not None
    text = proof_as_text(draft, draft.topics[0])
    assert "Amounts of food, says its author: It is bread." in text
    assert "(The source says so.)" in proof_as_text(*example())


def test_open_comments_of_reviewers_stand_under_their_section() -> None:
    comments = [
        Comment("what-it-is", "Dr. Lee", "2026-11-26", "Soften <this>."),
        Comment("today", "Dr. Lee", "2026-11-26", "Dealt with.", done=True),
    ]
    page = proof_as_html(*example(), comments)
    assert "Dr. Lee, 2026-11-26: Soften &lt;this&gt;." in page
    assert "Dealt with." not in page


def test_the_command_writes_the_form_that_the_name_asks_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["proof", str(EXAMPLE), "-o", str(tmp_path / "p.html")]) == 0
    assert (tmp_path / "p.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert main(["proof", str(EXAMPLE), "-o", str(tmp_path / "p.doc")]) == 1
    assert "FILE.html, FILE.pdf or FILE.txt" in capsys.readouterr().err
    assert main(["proof", str(CONTENT), "-o", str(tmp_path / "p.txt")]) == 1
    assert "no folder of a topic" in capsys.readouterr().err


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="THIS MACHINE LACKS pdftotext")
def test_pdf_has_every_wording_side_by_side(tmp_path: Path) -> None:
    pytest.importorskip("fpdf", reason="THIS MACHINE LACKS fpdf2", exc_type=ImportError)
    assert main(["proof", str(EXAMPLE), "-o", str(tmp_path / "p.pdf")]) == 0
    read = ["pdftotext", "-raw", str(tmp_path / "p.pdf"), "-"]
    text = subprocess.run(read, capture_output=True, check=True, encoding="utf-8").stdout
    printed = "".join(text.split())
    _, topic = example()
    for piece in topic_pieces(topic):
        for wording in piece.texts():
            assert "".join(wording.split()) in printed, wording
    for statement in topic.topic.statements:
        assert "".join(statement.says.split()) in printed


def test_without_fpdf2_pdf_is_refused_with_what_to_install(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.cli.authors.proof.find_spec", lambda name: None)
    assert main(["proof", str(EXAMPLE), "-o", str(tmp_path / "p.pdf")]) == 1
    assert "pip install 'kiosk[print]'" in capsys.readouterr().err
    assert not (tmp_path / "p.pdf").exists()
