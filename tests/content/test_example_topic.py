"""The example of docs/authoring.md is a whole topic without a problem or a warning."""

from __future__ import annotations

import io
import json
from pathlib import Path

from kiosk.cli.authors.ask import Asker
from kiosk.cli.authors.check import check
from kiosk.core.wording import Level
from kiosk.library.checks.rules import examine
from kiosk.library.pack.build import pack_of_draft
from kiosk.library.pack.reader import open_pack
from kiosk.site.store import PackStore
from tests.support.shipped import CONTENT, ROOT

EXAMPLE = ROOT / "docs" / "example-topic"


def ask(question: str, acknowledged: bool = False) -> dict[str, object]:
    """Ask in a visit of the example, alone in the shipped library."""
    draft, problems = examine(EXAMPLE.parent, EXAMPLE.name, CONTENT)
    assert draft is not None
    assert problems == []
    with open_pack(pack_of_draft(draft)) as pack:
        asker = Asker(pack.library(), PackStore(pack), Level.EVERYDAY, EXAMPLE.name)
        return asker.ask(question, acknowledged)


def first_passage(answer: dict[str, object]) -> str:
    passages = answer["passages"]
    assert isinstance(passages, list)
    return str(passages[0]["id"]) if passages else ""


def test_it_has_no_problem_and_no_warning() -> None:
    out = io.StringIO()
    assert check(EXAMPLE, None, out, "json") == 0
    report = json.loads(out.getvalue())
    assert report["problems"] == []
    spelling = [warning for warning in report["warnings"] if "dictionary" in warning["message"]]
    assert [warning for warning in report["warnings"] if warning not in spelling] == []


def test_it_says_milk_in_grams_in_the_open_and_its_product_behind_the_caution() -> None:
    milk = ask("how much milk can i have")
    assert first_passage(milk) == "example-topic/what-to-eat/a-cup-of-milk"
    assert "15 g of lactose" in json.dumps(milk)
    assert ask("do lactase pills help")["behaviour"] == "locked"
    opened = ask("do lactase pills help", acknowledged=True)
    assert "example-topic/products/lactase-helps" in json.dumps(opened)


def test_it_says_nothing_untrue_of_its_own_sources() -> None:
    shown = json.dumps(ask("what does lactose intolerance mean"))
    assert "Its source: MedlinePlus" in shown
    for words in ("from elsewhere", "the page lists no papers", "No source given"):
        assert words not in shown


def test_every_fact_names_its_source() -> None:
    draft, _ = examine(EXAMPLE.parent, EXAMPLE.name, CONTENT)
    assert draft is not None
    assert all(statement.source for statement in draft.topics[0].topic.statements)


def test_the_lesson_shows_the_example(tmp_path: Path) -> None:
    lesson = (ROOT / "docs" / "authoring.md").read_text("utf-8")
    for file in sorted(EXAMPLE.rglob("*.toml")):
        name = file.relative_to(EXAMPLE).as_posix()
        assert name.rpartition("/")[2] in lesson, f"the lesson does not name {name}"
