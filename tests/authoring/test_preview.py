"""A preview shows each save in the same place, and fifty saves with mistakes never end it."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from kiosk.authoring.preview.port import PreviewPort
from kiosk.authoring.preview.texts import PreviewTexts
from kiosk.cli.authors.preview_app import INTERVAL, check_command
from kiosk.core.events import Advanced
from kiosk.core.page import PageKind
from kiosk.core.question import Question
from kiosk.core.wording import Level
from kiosk.library.pack.build import pack_bytes
from kiosk.library.problem import Problem
from kiosk.library.review.comments import Comment, add_comment, resolve_comment
from tests.support.shipped import CONTENT, ROOT
from tests.support.timing import check_time

TOPIC = "example-topic"
MISTAKES = (
    lambda text: text.replace('"', "", 1),
    lambda text: text.replace("plain =", "plian =", 1),
    lambda text: text.replace("[[claim]]", "[claim]"),
    lambda text: text[: len(text) // 2],
    lambda text: "",
    lambda text: text.replace("S0", "S9"),
    lambda text: text.replace("id =", "# id =", 1),
    lambda text: text.replace("products", "product-s"),
    lambda text: text.replace("\n", "\r\n") + "\x00",
    lambda text: text.replace("find-out-first", "nobody"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "docs" / TOPIC, tmp_path / "drafts" / TOPIC)
    return tmp_path / "drafts" / TOPIC


def opened(folder: Path) -> tuple[PreviewTexts, PreviewPort]:
    texts = PreviewTexts(folder.parent, folder.name, CONTENT)
    assert texts.load()
    return texts, PreviewPort(texts, time.monotonic)


def words(port: PreviewPort) -> str:
    return "\n".join(port.page.words())


def save(folder: Path, texts: PreviewTexts, port: PreviewPort, old: str, new: str) -> None:
    """Change the first file that has `old`, and let the preview look."""
    file = next(f for f in sorted(folder.rglob("*.toml")) if old in f.read_text("utf-8"))
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    texts.load()
    port.refresh()


def test_it_begins_at_the_first_step_under_a_banner(folder: Path) -> None:
    _, port = opened(folder)
    assert "PREVIEW: example-topic, plain, en." in words(port)
    assert "Lactose is the sugar in milk." in words(port)


def test_a_save_is_shown_in_the_same_place(folder: Path) -> None:
    texts, port = opened(folder)
    port.jump(2)
    before = port.page.title
    save(folder, texts, port, "or your stool.", "or your stool soon.")
    assert port.page.title == before
    assert "or your stool soon." in words(port)


def test_texts_of_which_no_pack_can_be_made_are_logged_once_for_each_save(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(_: object) -> None:
        raise ValueError("words")

    monkeypatch.setattr("kiosk.authoring.preview.texts.pack_of_draft", fails)
    texts, port = opened(folder)
    question = Question("What is lactose?", "en", Level.PLAIN)
    assert [texts.alarm(question), texts.alarm(question)] == [None, None]
    (line,) = caplog.messages
    assert line.startswith("no question is answered until a file changes: ValueError test_preview")
    save(folder, texts, port, "or your stool.", "or your stool soon.")
    texts.answer(question)
    assert len(caplog.messages) == 2


def test_a_file_that_cannot_be_read_leaves_the_text_before_it_and_is_named(folder: Path) -> None:
    texts, port = opened(folder)
    save(folder, texts, port, 'plain = "Lactose is the sugar', "plain = Lactose is the honey")
    assert "Lactose is the sugar in milk." in words(port)
    assert "1 problem, ! for all of them." in words(port)
    assert "a text without quotation marks" in words(port)
    save(folder, texts, port, "plain = Lactose is the honey", 'plain = "Lactose is the honey')
    assert "Lactose is the honey in milk." in words(port)
    assert "problem" not in words(port)


def test_what_checking_found_is_listed_on_a_page(folder: Path) -> None:
    _, port = opened(folder)
    port.report([Problem("x.toml", 'claim "y"', "is wrong"), Problem("z.toml", "", "too")])
    assert "2 problems, ! for all of them." in words(port)
    port.toggle_problems()
    assert port.page.title == "Problems"
    assert 'x.toml: claim "y": is wrong' in words(port)
    port.toggle_problems()
    assert port.page.title != "Problems"


def test_keys_go_to_any_section_and_level_and_show_ids(folder: Path) -> None:
    _, port = opened(folder)
    seen = []
    for _ in range(7):
        seen.append(port.page.title)
        port.jump(1)
    assert len(set(seen)) == 7
    assert port.page.title == seen[0]
    port.toggle_ids()
    assert "what-it-is-first (S01)" in words(port)
    port.next_level()
    assert "Lactose intolerance means that you cannot digest lactose" in words(port)


def test_gates_are_closed_until_they_are_opened_under_a_banner_that_says_so(folder: Path) -> None:
    texts, port = opened(folder)
    port.jump(-1)
    assert "Lactase pills" not in words(port)
    port.toggle_gates()
    assert "ALL GATES ARE OPEN" in words(port)
    assert "Lactase pills or drops" in words(port)
    port.next_level()
    assert "Lactase pills or drops" in words(port)
    port.toggle_gates()
    assert "Lactase pills" not in words(port)
    save(folder, texts, port, "find-out-first", "nobody-knows")
    for _ in range(9):
        port.jump(1)
        assert "Lactase pills" not in words(port)


def test_a_section_that_was_deleted_leads_to_the_first_step(folder: Path) -> None:
    texts, port = opened(folder)
    port.jump(2)
    (folder / "sections/30-finding-out.toml").unlink()
    texts.load()
    port.refresh()
    assert port.page.kind is PageKind.STEP


@pytest.mark.slow
def test_the_kiosk_that_shows_is_the_one_that_checks_also_where_python_finds_none(
    folder: Path,
) -> None:
    checked = subprocess.run(
        [*check_command(folder)[:1], "-I", *check_command(folder)[1:]], cwd=folder,
        capture_output=True, check=False,
    )  # fmt: skip
    assert json.loads(checked.stdout)["problems"] == []


@pytest.mark.slow
def test_fifty_saves_with_mistakes_in_between_never_end_it(folder: Path) -> None:
    texts, port = opened(folder)
    chosen = random.Random(18)
    files = sorted(folder.rglob("*.toml"))
    for number in range(50):
        file = chosen.choice(files)
        good = file.read_text("utf-8")
        file.write_text(chosen.choice(MISTAKES)(good), "utf-8")
        texts.load()
        port.refresh()
        for act in (port.next_level, port.toggle_ids, port.toggle_gates, port.next_language):
            act()
            assert words(port)
        port.jump(chosen.choice((-1, 1)))
        port.deliver(Advanced())
        assert "PREVIEW" in words(port), number
        file.write_text(good, "utf-8")
        texts.load()
        port.refresh()
    port.report(())
    save(folder, texts, port, "Lactose is the sugar", "Lactose is one sugar")
    port.jump(0)
    assert texts.problems == ()


@pytest.mark.timed
def test_a_save_of_the_shipped_topic_is_shown_within_300_ms(tmp_path: Path) -> None:
    shutil.copytree(CONTENT, tmp_path / "content")
    file = tmp_path / "content/leaky-gut/evidence.toml"
    texts = PreviewTexts(tmp_path / "content", "leaky-gut", None)
    texts.load()
    port = PreviewPort(texts, time.monotonic)
    file.write_text(file.read_text("utf-8") + "\n", "utf-8")
    start = time.perf_counter()
    texts.stamps()
    texts.load()
    port.refresh()
    took = time.perf_counter() - start + INTERVAL
    check_time(took, 0.3, "a save of the largest file, at worst just after a look,")


def test_open_comments_of_reviewers_stand_under_their_section(folder: Path) -> None:
    for section, text in (("finding-out", "Too short."), ("", "Nice."), ("finding-out", "Old.")):
        add_comment(folder, "en", Comment(section, "Ana", "2026-11-27", text))
    resolve_comment(folder, "en", 3)
    texts, port = opened(folder)
    assert "Comment of Ana, 2026-11-27: Nice." in words(port)
    assert "Too short." not in words(port)
    port.jump(2)
    assert "Comment of Ana, 2026-11-27: Too short." in words(port)
    assert "Nice." not in words(port)
    assert "Old." not in words(port)
    resolve_comment(folder, "en", 1)
    texts.load()
    port.refresh()
    assert "Too short." not in words(port)


def test_a_comment_appears_though_the_text_has_a_mistake(folder: Path) -> None:
    texts, port = opened(folder)
    save(folder, texts, port, 'plain = "Lactose is the sugar', "plain = Lactose is the honey")
    add_comment(folder, "en", Comment("what-it-is", "Ana", "2026-11-27", "Honey?"))
    texts.load()
    port.refresh()
    assert "Honey?" in words(port)


def test_comments_that_cannot_be_read_are_said_and_end_nothing(folder: Path) -> None:
    add_comment(folder, "en", Comment("", "Ana", "2026-11-27", "Nice."))
    (folder / "review/en/comments.toml").write_text("[[", "utf-8")
    _, port = opened(folder)
    assert "comments.toml cannot be read" in words(port)


def test_a_comment_changes_no_byte_of_a_pack(folder: Path) -> None:
    content = folder.parent / "content"
    shutil.copytree(CONTENT, content)
    shutil.copytree(folder, content / TOPIC)
    listed = (content / "library.toml").read_text("utf-8").replace('["leaky-gut"', f'["{TOPIC}"')
    (content / "library.toml").write_text(listed, "utf-8")
    before = pack_bytes(content, None)
    add_comment(content / TOPIC, "en", Comment("what-it-is", "Ana", "2026-11-27", "Nice."))
    assert pack_bytes(content, None) == before
