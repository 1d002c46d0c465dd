"""One mistake in what a reader would see, one problem."""

from __future__ import annotations

import pytest

from tests.support.library.small_tree import Mistake, Tree

START = "sore-back/sections/10-start.toml"
MORE = "sore-back/sections/20-more.toml"
PILLS = "sore-back/sections/80-pills.toml"
TOPIC = "sore-back/topic.toml"
EVIDENCE = "sore-back/evidence.toml"
CAUTIONS = "sore-back/cautions.toml"

LONG = " ".join(["so"] * 24)
HARD = "Osteoarthropathy necessitates multidisciplinary rehabilitation possibilities."

# file, what is there, what the author writes instead, words that the one problem must contain
MISTAKES: dict[str, Mistake] = {
    # --- the gate
    "gated term in a title": (
        PILLS, 'plain = "Pills", ', 'plain = "Zinc pills", ',
        ('title: level "plain": gated term "zinc"',),
    ),
    "gated term in the question": (
        TOPIC, '"Why?"', '"Why zinc?"', ('question: level "professional": gated term "zinc"',),
    ),
    "gated term in the summary": (TOPIC, '"Transient."', '"Zinc."', ("summary", '"zinc"')),
    "gated term in a claim": (START, "Go for", "Zincs for", ('claim "walk"', '"zinc"')),
    "gated term in a verdict": (
        START, '"Not so."', '"ZÍNC."', ('claim "bed": verdict', '"zinc"'),
    ),
    "gated term across a hyphen": (
        START, "Go for", "L glutamine for", ('gated term "L-glutamine"',),
    ),
    "gated term without its space": (START, "Go for", "Aloevera for", ('"aloe vera"',)),
    "gated term over two lines": (
        MORE, '"Go slow."', '"Aloe\\nvera"', ('both-true "pace": because', '"aloe vera"'),
    ),
    "gated term with spaces between": (START, "Go for", "Z i n c for", ('"zinc"',)),
    "gated term in full-width letters": (START, "Go for", "ｚｉｎｃ for", ('"zinc"',)),
    "gated term in a drawing": (MORE, "  │\n", "zinc\n", ('picture "spine": art', '"zinc"')),
    "gated term under a picture": (
        MORE, '"Two vertebrae."', '"Two vertebrae, zinc."', ('picture "spine": words', '"zinc"'),
    ),
    "gated term in a disagreement": (
        MORE, '"Both hold."', '"Zinc."', ('disagreement "rest": finding', '"zinc"'),
    ),
    "gated term in a gap": (MORE, "how.", "zinc.", ('gap "which"', '"zinc"')),
    "gated term in a caution": (CAUTIONS, "Discuss first", "Zinc", ("again", '"zinc"')),
    "gated term in the evidence": (
        EVIDENCE, "Rest a little.", "Rest a little, with zinc.", ('statement "A06": says',),
    ),
    "gated term in a check-note": (
        EVIDENCE, "rest slowed", "zinc slowed", ('statement "A02": check-note',),
    ),
    "gated term in what is missing": (
        EVIDENCE, '"the exercises"', '"the zinc"', ('statement "A03": missing',),
    ),
    "gated term in an open paper": (
        EVIDENCE, "Walker A. Walking", "Walker A. Zinc", ('reference "A-1": is',),
    ),
    "gated term in a document": (
        EVIDENCE, '"The first page."', '"On zinc."', ('document "A": about',),
    ),
    "gated term in a reader": (
        "readers.toml", '"easy words"', '"zinc words"', ('reader "easy": note.en', '"zinc"'),
    ),
    "gated term in the policy": ("policy/en.toml", '"We write."', '"Zinc."', ('"Who writes"',)),
    "gated term in the clinic's name": (
        "library.toml", '"The clinic"', '"Zinc clinic"', ("clinic.en", '"zinc"'),
    ),
    "gated term in the words of the program": (
        "interface/en.toml", 'choice.next = "Words"', 'choice.next = "Zinc"', ("choice.next",),
    ),
    "amount in an open text": (
        "readers.toml", '"easy words"', '"easy words, 5 mg"',
        ('reader "easy"', 'an amount, "5 mg"'),
    ),
    "supplement claim in an open section": (
        START, '["A02"]', '["A02", "A05"]',
        ('claim "bed": rests on supplement statement A05',),
    ),
    "disagreement of the evidence about supplements": (
        EVIDENCE, 'finding = "Walking', 'supplement = true\nfinding = "Walking',
        ('20-more.toml: disagreement "rest"', "about supplements"),
    ),
    "open disagreement names a supplement statement": (
        EVIDENCE, 'other = ["A06"]', 'other = ["A06", "A05"]',
        ('disagreement "rest": rests on supplement statement A05',),
    ),
    "caution on a supplement statement": (
        CAUTIONS, '["A04"]', '["A04", "C01"]', ('caution "ask-first": rests on supplement',),
    ),
    "caveat under no caution": (
        CAUTIONS, '["A04"]', '["A06"]', ('statement "A04"', "no caution rests on it"),
    ),
    # --- figures
    "figure differs": (
        START, "50% of people in", "60% of people in",
        ('claim "walk": the figures differ between levels: plain has 60 %',),
    ),
    "unit differs": (PILLS, "25 to 40 mg", "25 to 40 mcg", ("25 mcg, 40 mcg",)),
    "number word differs": (
        MORE, '"Two vertebrae."', '"Three vertebrae."', ('picture "spine": words: the figures',),
    ),
    "figure from nowhere": (
        MORE, "how.", "how. See page 9.", ("the figures differ",),
    ),
    "figure lost": (
        EVIDENCE, "Rest a little.", "Rest a little, 10 minutes.",
        ('statement "A06": 10 minutes: told by no text',),
    ),
    # --- characters
    "control character": (
        START, "Go for", "\\u001b[31mGo for", ('claim "walk": plain: a control character, U+001B',),
    ),
    "NUL": (START, "Go for", "\\u0000Go for", ("U+0000",)),
    "C1 control": (START, "Go for", "\\u009bGo for", ("U+009B",)),
    "soft hyphen": (START, "Go for", "Zi\\u00adnc for", ("invisible", "U+00AD")),
    "bidi override": (START, "Go for", "\\u202eGo for", ("U+202E",)),
    "zero width": (START, "Go for", "G\\u200bo for", ("U+200B",)),
    "line separator": (START, "Go for", "Go\\u2028for", ("U+2028",)),
    "no-break space": (START, "Go for", "Go\u00a0for", ("U+00A0",)),
    "private use": (START, "Go for", "\\ue000 Go for", ("U+E000",)),
    "unassigned": (START, "Go for", "\\u0378 Go for", ("U+0378",)),
    "filler that draws nothing": (START, "Go for", "\\u3164Go for", ("U+3164",)),
    "tab": (START, "Go for", "Go\\tfor", ("U+0009",)),
    "not NFC": (START, "Go for", "Cafe\\u0301 for", ("NFC",)),
    "three marks": (START, "Go for", "q\\u0301\\u0301\\u0301 for", ("more than 2 marks",)),
    "two alphabets": (START, "Go for", "z\\u0456nc for", ("Cyrillic and Latin",)),
    "too long": (
        START, '"Rest is said to heal."', '"' + "Rest. " * 400 + '"', ("at most 2,000",),
    ),
    "control character in the evidence": (
        EVIDENCE, "Rest a little.", "Rest\\u0007 a little.", ('statement "A06": says', "U+0007"),
    ),
    "control character in the words of the program": (
        "interface/en.toml", 'choice.next = "Words"', 'choice.next = "\\u0007"',
        ("choice.next", "U+0007"),
    ),
    "a label too long for its button": (
        "interface/en.toml", 'choice.next = "Words"', 'choice.next = "Go on reading"',
        ("choice.next", "does not fit on a narrow button", "At most 9 letters."),
    ),
    "a command that is a number": (
        "interface/en.toml", 'command.next = "Word next"', 'command.next = "7"',
        ("command.next", "it can be no command"),
    ),
    "two commands with one word": (
        "interface/en.toml", 'command.next = "Word next"', 'command.next = "Word back"',
        ("command.back", 'the same as "command.next"'),
    ),
    "wide drawing": (MORE, "  │\n", "-" * 37 + "\n", ("37 columns", "at most 36")),
    "tall drawing": (MORE, "  │\n", "  │\n" * 12, ("14 rows",)),
    "control character in a drawing": (
        MORE, "art = '''\n ███\n  │\n ███'''", 'art = "x\\u0007"', ("art: a control",),
    ),
    "glyph": (MORE, "  │\n", "  ╱\n", ("is not drawn by every terminal",)),
    # --- plain words
    "long sentence": (
        START, '"A page says rest heals."', f'"{LONG}."',
        ('claim "bed": level "plain": a sentence of 24 words, at most 20',),
    ),
    "long everyday sentence": (
        START, '"A page says that rest heals backs."', f'"{LONG} {LONG}."',
        ('a sentence of 48 words, at most 25: "so so', 'so..."'),
    ),
    "long sentence of the policy": (
        "policy/en.toml", '"We write."', f'"{LONG}."', ('part "Who writes"', "24 words"),
    ),
    "figure of the policy": (
        "policy/en.toml", '"We write."', '"We 2 write."', ('part "Who writes"', "figures differ"),
    ),
    "long title": (MORE, 'plain = "More", ', f'plain = "{LONG}", ', ("title", "24 words")),
    "long caution": (
        CAUTIONS, "Ask us first. Nothing is sure to work.", "Ask us now. " * 16,
        ('caution "ask-first": level "plain": 48 words, at most 45',),
    ),
    "long second wording": (
        CAUTIONS, "Talk to us first. We know of no sure help.", "Ask us now. " * 16,
        ("again", "48 words"),
    ),
    "hard section": (
        MORE, '"Do both."', f'"{HARD}"',
        ("20-more.toml", "the section reads at grade"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_one_mistake_is_one_problem(tree: Tree, name: str) -> None:
    tree.assert_one_problem(MISTAKES[name])
