"""A small content tree without a mistake, for tests that make one."""

from __future__ import annotations

from pathlib import Path

from kiosk.core.phrases import COMMANDS, PHRASES
from kiosk.library.checks.rules import examine
from kiosk.library.problem import Problem

_PART = """
[[part]]
title = "Who writes"
plain = "We write."
everyday = "We write this."
professional = "The authors write this."
"""
FILES = {
    "library.toml": """
format = 1
languages = ["en"]
topics = ["sore-back"]
clinic.en = "The clinic"
""",
    "readers.toml": """
[[reader]]
id = "easy"
level = "plain"
label.en = "I like easy words."
note.en = "easy words"

[[reader]]
id = "carer"
level = "everyday"
label.en = "I care for someone."
""",
    "policy/en.toml": f'title = "Policy"\n{_PART}',
    "urgent.toml": """
languages = ["en"]
call.en = { plain = "Call {number}.", everyday = "Call {number}.", professional = "{number}." }
call-unnumbered.en = { plain = "Get help.", everyday = "Get help.", professional = "Get help." }

[[alarm]]
id = "numb-legs"
source = "not yet verified"
sign = [{ all = ["legs", "numb"], within = 5 }]
phrases.en = ["cannot|cant feel my legs"]
[alarm.say.en]
plain = "Tell us now. {call}"
everyday = "Tell our staff now. {call}"
professional = "Tell the staff now. {call}"

[words.legs]
en = ["leg", "legs", "both feet"]
[words.numb]
en = ["numb", "tingl*"]

[quiet]
en = ["leg day"]
[ordinary]
en = ["number"]
[joined]
en = ["my"]
""",
    "sore-back/topic.toml": """
id = "sore-back"
updated = 2026-11-21
question = { plain = "Why is it sore?", everyday = "Why is it sore?", professional = "Why?" }
summary = { plain = "It will pass.", everyday = "It will pass.", professional = "Transient." }
steps = ["start"]
preview = "walk"
names = ["Curcuma longa"]
gated-terms = ["zinc", "aloe vera", "guar", "L-glutamine"]
""",
    "sore-back/policy.toml": _PART,
    "sore-back/questions.toml": '[[asked]]\nof = "walk"\nen = ["should i walk"]\n',
    "sore-back/review.toml": 'status = "submitted"\n',
    "sore-back/evidence.toml": """
[[document]]
id = "A"
title = "A page on backs"
publisher = "A service"
about = "The first page."

[[statement]]
id = "A01"
says = "Walking helped about 50% of people within 2 weeks."
reference = 1
strand = "research"

[[statement]]
id = "A02"
says = "Bed rest heals backs."
reference = 2
strand = "research"
checked = "reversed"
check-note = "The paper says that rest slowed healing in 43 people."

[[statement]]
id = "A03"
says = "Do the exercises."
strand = "document"
missing = "the exercises"

[[statement]]
id = "A04"
says = "Nothing is proven to work."
strand = "document"
caveat = true

[[statement]]
id = "A05"
says = "Zinc, 25-40 mg daily, may be considered."
reference = 3
strand = "guideline"
supplement = true

[[statement]]
id = "A06"
says = "Rest a little."
strand = "document"

[[statement]]
id = "C01"
says = "Too much zinc upsets the stomach."
strand = "editorial"
source = "A public page"
supplement = true

[[reference]]
cited-as = ["A-1", "A-2"]
certainty = "identified"
is = "Walker A. Walking. Backs. 2020."
kind = "study"
written-for = ""

[[reference]]
cited-as = ["A-3"]
certainty = "probable"
is = "Metal B. Zinc for backs. 2021."

[[disagreement]]
id = "rest"
about = "Rest or not"
one = ["A01"]
other = ["A06"]
finding = "Walking was studied in 12 towns."

[[both-true]]
id = "pace"
about = "Pace"
statements = ["A01", "A06"]
because = "One speaks of days, one of hours."
""",
    "sore-back/cautions.toml": """
[[caution]]
id = "ask-first"
title = { plain = "Ask first", everyday = "Ask first", professional = "Ask first" }
rests-on = ["A04"]
plain = "Ask us first. Nothing is sure to work."
everyday = "Ask us first. Nothing is proven to work."
professional = "Consult first. No treatment is proven."
plain-again = "Talk to us first. We know of no sure help."
everyday-again = "Talk to us first. No help is proven."
professional-again = "Discuss first. Nothing is validated."
""",
    "sore-back/sections/10-start.toml": """
id = "start"
title = { plain = "Start here", everyday = "Start here", professional = "Introduction" }
offers = ["more"]

[[claim]]
id = "walk"
rests-on = ["A01"]
key = true
plain = "Go for a walk. It helped about 50% of people in 2 weeks."
everyday = "Walking helped about 50% of people within 2 weeks."
professional = "Ambulation helped about 50% within 2 weeks."

[[claim]]
id = "bed"
rests-on = ["A02"]
verdict = { plain = "It does not.", everyday = "It does not.", professional = "Not so." }
plain = "A page says rest heals."
everyday = "A page says that rest heals backs."
professional = "Rest is said to heal."
""",
    "sore-back/sections/20-more.toml": """
id = "more"
title = { plain = "More", everyday = "More", professional = "Further details" }

[[picture]]
id = "spine"
art = '''
 ███
  │
 ███'''
words = { plain = "Two blocks.", everyday = "Two blocks.", professional = "Two vertebrae." }

[[disagreement]]
id = "rest"
about = { plain = "Rest?", everyday = "Rest?", professional = "Rest?" }
one = { plain = "Walk.", everyday = "Walk.", professional = "Walk." }
other = { plain = "Rest a bit.", everyday = "Rest a little.", professional = "Rest." }
finding = { plain = "Do both.", everyday = "Do both.", professional = "Both hold." }

[[both-true]]
id = "pace"
about = { plain = "Pace", everyday = "Pace", professional = "Pace" }
because = { plain = "Go slow.", everyday = "Go slow.", professional = "Go slow." }

[[gap]]
id = "which"
rests-on = ["A03"]
plain = "It does not say how."
everyday = "It does not say which ones."
professional = "The exercises are not listed."
""",
    "sore-back/sections/80-pills.toml": """
id = "pills"
title = { plain = "Pills", everyday = "Pills", professional = "Supplements" }
requires = ["ask-first"]

[[product]]
id = "zinc"
name = { plain = "Zinc", everyday = "Zinc", professional = "Zinc" }

[[product.note]]
id = "zinc-limit"
rests-on = ["C01"]
plain = "Too much is bad for you."
everyday = "Too much zinc upsets the stomach."
professional = "Excess zinc causes dyspepsia."

[[product.claim]]
id = "zinc-amount"
rests-on = ["A05"]
plain = "A page names 25 to 40 mg a day."
everyday = "One page suggests 25-40 mg a day."
professional = "25-40 mg daily is suggested."
""",
}


def interface_toml() -> str:
    """Words for every phrase that the program says; each command to type has words of its own."""
    lines = []
    commands = {f"command.{name}": f"Word {name}" for name in COMMANDS}
    for key, names in PHRASES.items():
        filled = "".join(f" {{{name}}}" for name in sorted(names))
        lines.append(f'{key} = "{commands.get(key, "Words")}{filled}"')
    return "\n".join(lines) + "\n"


Change = tuple[str, str, str]
"""A file of the tree, a text in it, and what stands there instead."""
Mistake = tuple[str, str, str, tuple[str, ...]]


class Tree:
    """The tree on disk, and the mistakes that a test makes in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name, text in FILES.items():
            self.write(name, text)
        self.write("interface/en.toml", interface_toml())

    def write(self, name: str, text: str | bytes) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)

    def change(self, name: str, old: str, new: str) -> None:
        """Replace the first `old`, which must be there."""
        text = (self.root / name).read_text("utf-8")
        assert old in text, f"{old!r} is not in {name}"
        self.write(name, text.replace(old, new, 1))

    def add(self, name: str, text: str) -> None:
        self.write(name, (self.root / name).read_text("utf-8") + text)

    def problems(self) -> list[Problem]:
        return examine(self.root)[1]

    def assert_one_problem(self, mistake: Mistake) -> None:
        file, old, new, words = mistake
        self.change(file, old, new) if old else self.add(file, new)
        line = self.only_problem()
        assert line.startswith("content/")
        assert line.isprintable()
        for word in words:
            assert word in line, line

    def only_problem(self) -> str:
        """The one problem that there is, as an author reads it."""
        lines = [str(problem) for problem in self.problems()]
        assert len(lines) == 1, "\n".join(lines) or "no problem was found"
        return lines[0]
