"""Topics are checked one after the other, and none is kept: a tree may have a thousand."""

from __future__ import annotations

import json
import shutil
import weakref

import pytest

from kiosk.library.checks import spelling
from kiosk.library.checks.rules import examine
from kiosk.library.source.draft import TopicDraft
from tests.support.library.small_tree import Tree

NAMES = ["copy-1", "sore-back", "copy-2", "copy-3"]


@pytest.fixture
def several(tree: Tree) -> Tree:
    """Return a tree of four topics; three of them are copies of the other."""
    for name in NAMES:
        if name != "sore-back":
            shutil.copytree(tree.root / "sore-back", tree.root / name)
            tree.change(f"{name}/topic.toml", 'id = "sore-back"', f'id = "{name}"')
    tree.change("library.toml", '["sore-back"]', json.dumps(NAMES))
    return tree


def test_no_topic_outlives_the_check_of_the_next(several: Tree) -> None:
    alive: list[int] = []
    seen: list[weakref.ref[TopicDraft]] = []

    def use(topic: TopicDraft, is_sound: bool) -> None:
        assert is_sound
        seen.append(weakref.ref(topic))
        alive.append(sum(ref() is not None for ref in seen))

    draft, problems = examine(several.root, use=use)
    assert not problems
    assert alive == [1, 1, 1, 1]
    assert draft
    assert not draft.topics
    assert not any("sore-back" in file for file in draft.files)


def test_problems_are_the_same_whether_topics_are_kept_or_not(several: Tree) -> None:
    several.change("copy-1/topic.toml", "gated-terms", 'gated-everywhere = ["bed"]\ngated-terms')
    several.change("copy-2/sections/10-start.toml", "Go for a walk.", "TODO: write **this**")
    several.add("copy-3/topic.toml", '[[allowed]]\nterm = "bed"\nbecause = "It must."\n')
    several.add("copy-3/evidence.toml", "x = \n")
    sound: list[bool] = []
    kept, problems = examine(several.root)
    _, others = examine(several.root, use=lambda _, is_sound: sound.append(is_sound))
    assert problems == others
    assert len(problems) == 6
    assert sound == [False] * 4
    assert kept
    assert [topic.topic.id for topic in kept.topics] == NAMES


@pytest.mark.parametrize("key", ["gated-everywhere", "gated-everywere", '"gated-everywhere"'])
@pytest.mark.parametrize("name", NAMES)
def test_what_a_topic_gates_everywhere_is_looked_for_in_all_others(
    several: Tree, name: str, key: str
) -> None:
    text = (several.root / name / "topic.toml").read_text("utf-8")
    several.write(f"{name}/topic.toml", f'{key} = ["bed"]\n{text}')
    wrong = {p.file for p in examine(several.root)[1] if f'of topic "{name}"' in p.message}
    for other in NAMES:
        assert (f"content/{other}/evidence.toml" in wrong) == (other != name)


def test_a_tree_says_how_far_it_is_after_each_topic(several: Tree) -> None:
    said: list[tuple[int, int]] = []
    examine(several.root, on_topic=lambda *numbers: said.append(numbers))
    assert said == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_words_are_looked_up_many_at_a_time_and_the_right_ones_forgotten(
    several: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[set[str]] = []

    def unknown(_: str, words: set[str]) -> list[tuple[str, list[str]]]:
        asked.append(set(words))
        return [(word, ["bed"]) for word in sorted(words) if word == "bde"]

    monkeypatch.setattr(spelling, "_unknown", unknown)
    monkeypatch.setattr(spelling, "_AT_ONCE", 5)
    several.change("sore-back/sections/10-start.toml", "Go for a walk.", "Go for a bde.")
    several.change("copy-3/sections/10-start.toml", "Go for a walk.", "Go for a bde.")
    speller = spelling.Speller()
    examine(several.root, use=lambda topic, _: speller.add(topic))
    wrong = list(speller.misspelt())
    assert [problem.file for problem in wrong] == [
        "content/sore-back/sections/10-start.toml", "content/copy-3/sections/10-start.toml"
    ]  # fmt: skip
    assert 'Did you mean bed? If it is right, list it in topic.toml: spelled = ["bde"].' in str(
        wrong[0]
    )
    assert sum("bde" in words for words in asked) == 1
    assert len(asked[0]) > 20
    assert all(len(words) < 5 for words in asked[1:])
