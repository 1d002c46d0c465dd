"""Rules: texts that they allow, and problems that need several changes to a tree."""

from __future__ import annotations

import shutil

import pytest

from kiosk.library.pack.build import pack_bytes
from kiosk.library.pack.reader import open_pack
from tests.support.library.small_tree import Tree

EVIDENCE = "sore-back/evidence.toml"
START = "sore-back/sections/10-start.toml"
MORE = "sore-back/sections/20-more.toml"
PILLS = "sore-back/sections/80-pills.toml"


def test_ids_of_different_kinds_may_be_the_same(tree: Tree) -> None:
    tree.change(START, 'id = "bed"', 'id = "start"')
    tree.change(EVIDENCE, 'id = "pace"', 'id = "more"')
    tree.change(MORE, 'id = "pace"', 'id = "more"')
    assert tree.problems() == []


def test_two_topics_share_nothing(tree: Tree) -> None:
    tree.change("library.toml", '["sore-back"]', '["sore-back", "sore-knee"]')
    shutil.copytree(tree.root / "sore-back", tree.root / "sore-knee")
    tree.change("sore-knee/topic.toml", '"sore-back"', '"sore-knee"')
    assert tree.problems() == []
    (tree.root / "sore-knee/evidence.toml").write_text("[[statement]]\nA99 = \n")
    tree.change(START, '["A02"]', '["A02", "A99"]')
    problems = "\n".join(str(problem) for problem in tree.problems())
    assert 'rests-on "A99": no such statement' in problems


def test_a_gated_disagreement_in_its_place(tree: Tree) -> None:
    tree.change(EVIDENCE, 'finding = "Walking', 'supplement = true\nfinding = "Walking')
    more = (tree.root / MORE).read_text()
    start = more.index("[[disagreement]]")
    end = more.index("[[both-true]]")
    tree.write(MORE, more[:start] + more[end:])
    tree.add(PILLS, more[start:end].replace("Do both.", "Zinc.").replace("Both hold.", "Zinc."))
    assert tree.problems() == []


def test_a_disagreement_about_supplements_is_one_problem(tree: Tree) -> None:
    tree.change(EVIDENCE, 'finding = "Walking', 'supplement = true\nfinding = "Walking')
    tree.change(EVIDENCE, 'other = ["A06"]', 'other = ["A06", "A05"]')
    assert "rests on supplement statement A05" in tree.only_problem()


def test_both_true_is_no_telling(tree: Tree) -> None:
    tree.change(EVIDENCE, '["A01", "A06"]', '["A01", "A06", "A07"]')
    tree.add(EVIDENCE, '\n[[statement]]\nid = "A07"\nsays = "Sit."\nstrand = "document"\n')
    assert 'statement "A07": no claim' in tree.only_problem()


def test_figures_of_a_dangling_statement_are_not_missed(tree: Tree) -> None:
    tree.change(START, '["A01"]', '["A01", "A99"]')
    for old in ("in 2 weeks", "within 2 weeks.", 'within 2 weeks."\n\n'):
        tree.change(START, old, old.replace("2 weeks", "2 weeks and 77 days"))
    assert 'rests-on "A99": no such statement' in tree.only_problem()


def test_under_review(tree: Tree) -> None:
    tree.write("sore-back/review.toml", 'status = "under-review"\nwho = "Dr. Lee"\n')
    assert tree.problems() == []


def test_grades_wait_for_the_names(tree: Tree) -> None:
    tree.change(MORE, '"Do both."', f'"{"Curcuma longa " * 6}."')
    assert tree.problems() == []
    tree.change("sore-back/topic.toml", "steps =", "steps")
    assert "topic.toml: line" in tree.only_problem()


def test_a_gated_section_needs_every_caveat(tree: Tree) -> None:
    text = (tree.root / "sore-back/cautions.toml").read_text()
    tree.add("sore-back/cautions.toml", text.replace("ask-first", "second").replace("A04", "C02"))
    tree.add(
        EVIDENCE,
        '\n[[statement]]\nid = "C02"\nsays = "Ask."\nstrand = "editorial"\n'
        'source = "Us"\ncaveat = true\n',
    )
    problems = tree.only_problem()
    assert "80-pills.toml: requires: the caveats C02 do not stand before it" in problems
    assert "Require second, too." in problems


def test_product_in_an_open_section(tree: Tree) -> None:
    text = (tree.root / PILLS).read_text()
    product = text[text.index("[[product]]") :]
    for word in ("Zinc", "zinc", " C01", "A05", "C01", "25 to 40 mg", "25-40 mg"):
        product = product.replace(word, {"A05": "A06", "C01": "A06"}.get(word, "it"))
    product = product.replace('"it-limit"', '"one"').replace('"it-amount"', '"two"')
    tree.add(MORE, product.replace('id = "it"', 'id = "thing"'))
    assert (
        'product "thing": a product in a section that requires no cautions' in tree.only_problem()
    )


def test_figure_that_no_statement_has(tree: Tree) -> None:
    for old in ("how.", "which ones.", "not listed."):
        tree.change(MORE, old, f"{old} See page 9.")
    assert 'gap "which": 9: no such figure in A03' in tree.only_problem()


def test_figure_of_a_check_note_may_be_told(tree: Tree) -> None:
    for old in ('plain = "It does not."', 'everyday = "It does not."', 'professional = "Not so."'):
        tree.change(START, old, old.replace('."', ', in 43 people."'))
    assert tree.problems() == []


def test_figure_of_a_finding_may_be_told(tree: Tree) -> None:
    for old in ("Do both.", "Do both.", "Both hold."):
        tree.change(MORE, f'"{old}"', '"It was seen in 12 towns."')
    assert tree.problems() == []


def test_hard_topic(tree: Tree) -> None:
    for number in range(8):
        words = "Characteristically multifactorial considerations."
        text = f'plain = "Go."\neveryday = "{words}"\nprofessional = "Go."\n'
        tree.add(START, f'\n[[claim]]\nid = "x{number}"\nrests-on = ["A06"]\n{text}')
    problems = tree.only_problem()
    assert "topic.toml" in problems
    assert 'level "everyday": the whole topic reads at grade' in problems


def test_a_name_is_left_out_of_the_grade(tree: Tree) -> None:
    for file in (MORE,):
        tree.change(file, '"Do both."', '"Curcuma longa, curcuma longa, Curcuma longa, or both."')
    assert tree.problems() == []


def test_the_largest_drawing(tree: Tree) -> None:
    tree.change(MORE, " ███\n  │\n", "-" * 36 + "\n" + "|\n" * 10)
    assert tree.problems() == []


def test_two_sections_of_one_id(tree: Tree) -> None:
    tree.write(
        "sore-back/sections/90-more.toml",
        'id = "more"\ntitle.plain = "More"\n'
        'title.same-as = { everyday = "plain", professional = "plain" }\n',
    )
    assert 'the id "more" is taken: content/sore-back/sections/20-more.toml' in tree.only_problem()


def test_two_languages(tree: Tree) -> None:
    tree.change("library.toml", '["en"]', '["en", "es"]')
    problems = "\n".join(str(problem) for problem in tree.problems())
    assert "content/interface/es.toml: this file is missing" in problems
    assert 'content/library.toml: no "clinic.es"' in problems
    assert 'reader "easy": no "label.es"' in problems


@pytest.mark.parametrize("file", ["readers.toml", "policy/en.toml"])
def test_nobody_and_nothing(tree: Tree, file: str) -> None:
    key = "reader" if file == "readers.toml" else "part"
    tree.write(file, f"{key} = []\n" + ('title = "x"\n' if key == "part" else ""))
    assert f"{file}: no {key}" in tree.only_problem()


def test_same_as(tree: Tree) -> None:
    old = 'everyday = "A page says that rest heals backs."'
    tree.change(START, old, 'same-as.everyday = "plain"')
    assert tree.problems() == []


def test_guard_is_not_guar(tree: Tree) -> None:
    tree.change(START, "Go for", "Be on guard. Go for")
    assert tree.problems() == []


def test_closed_evidence_may_name_products(tree: Tree) -> None:
    tree.change("sore-back/evidence.toml", "Metal B. Zinc", "Metal B. Zinc, aloe vera")
    assert tree.problems() == []


FOUND_BY = 'other-names = ["Lumbago"]\ngroups = ["Bones and joints"]\n'


def test_a_topic_is_found_by_other_names_and_headings(tree: Tree) -> None:
    topic = (tree.root / "sore-back/topic.toml").read_text()
    tree.write("sore-back/topic.toml", FOUND_BY + topic)
    assert tree.problems() == []
    with open_pack(pack_bytes(tree.root, None)) as pack:
        assert [card.id for card in pack.find_topics("lumb", "en")] == ["sore-back"]
        assert [group.name for group in pack.library().catalogues["en"].groups] == [
            "Bones and joints"
        ]
        assert len(pack.find_topics("", "en", "Bones and joints")) == 1
    for old, key in (("Lumbago", "other-names"), ("Bones and joints", "groups")):
        tree.write("sore-back/topic.toml", FOUND_BY.replace(old, "Zinc for backs") + topic)
        problems = tree.only_problem()
        assert key in problems
        assert "can be read before the cautions" in problems
