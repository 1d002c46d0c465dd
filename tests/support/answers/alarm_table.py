"""Prints what the two nets reach on sentences: recall by category, false alarms by kind, misses.

    python -m tests.support.answers.alarm_table FILE...

Each FILE is JSONL with `text`, `urgent`, `category` and `lang` to a line, of one writer.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from kiosk.answers.alarms.detector import UNNAMED, AlarmDetector
from kiosk.answers.alarms.frames import NOT_NOW, frames_of
from kiosk.answers.alarms.learned import LearnedModel, learned_model
from kiosk.answers.alarms.matcher import AlarmMatcher
from kiosk.answers.alarms.typed import tokens
from kiosk.core.alarms import AlarmRules
from tests.support.answers.spoken import Spoken, read_spoken
from tests.support.shipped import pack

Rings = Callable[[str], str]


def nets(rules: AlarmRules, model: LearnedModel) -> dict[str, Rings]:
    """The rules alone, the model alone, and both as they are used."""
    matcher, both = AlarmMatcher(rules), AlarmDetector(rules, model)

    def by_rules(text: str) -> str:
        framed = any(name in frames_of(" ".join(tokens(text))) for name in NOT_NOW)
        return "" if framed else matcher.find(text)

    def by_model(text: str) -> str:
        words = tokens(text)
        judged = model.judge(words, matcher.detect(words)[0])
        likely = max(judged.shares, key=lambda id_: judged.shares[id_])
        return likely if judged.score >= model.threshold else ""

    return {"rules": by_rules, "model": by_model, "both": both.find}


def print_table(sentences: Sequence[Spoken], model: LearnedModel, misses: bool = True) -> None:
    """Recall and false alarms of each net, by language, then by category; the misses of both."""
    detectors = nets(pack().alarm_rules(), model)
    results = {name: [ring(case.text) for case in sentences] for name, ring in detectors.items()}
    for language in sorted({case.language for case in sentences}):
        numbers = [number for number, case in enumerate(sentences) if case.language == language]
        print(f"\n{language}: {len(numbers)} sentences")
        _print_rows(sentences, numbers, results)
    for number, case in enumerate(sentences):
        if misses and case.urgent != bool(results["both"][number]):
            kind = "missed" if case.urgent else f"false alarm ({results['both'][number]})"
            print(f"{kind}: {case.category}: {case.text}")
    _print_names(sentences, results["both"])


def _print_names(sentences: Sequence[Spoken], alarms: Sequence[str]) -> None:
    """Whether what is said is right, of the alarms that rang rightly."""
    fits = {alarm.id: alarm.fits for alarm in pack().alarm_rules().alarms}
    pairs = [(case.category, alarm) for case, alarm in zip(sentences, alarms, strict=True)
             if case.urgent and alarm]  # fmt: skip
    print(f"names its own category: {_share(real == said for real, said in pairs)}")
    print(f"another that is as right: {_share(real in fits[said] for real, said in pairs)}")
    print(f"names none: {_share(UNNAMED == said != real for real, said in pairs)}")
    wrong = [(real, said) for real, said in pairs
             if said not in (real, UNNAMED) and real not in fits[said]]  # fmt: skip
    print(f"names another danger: {len(wrong) / max(1, len(pairs)):.3f}")
    for (real, said), times in Counter(wrong).most_common(12):
        print(f"  {real} said as {said}: {times}")


def _print_rows(
    sentences: Sequence[Spoken], numbers: list[int], results: dict[str, list[str]]
) -> None:
    rows: dict[str, list[int]] = defaultdict(list)
    for number in numbers:
        case = sentences[number]
        rows["ALL urgent" if case.urgent else "ALL others"].append(number)
        rows[f"{'urgent' if case.urgent else 'others'} {case.category}"].append(number)
    print(f"{'':28}{'n':>5}" + "".join(f"{name:>9}" for name in results))
    for row in sorted(rows):
        shares = (_share(bool(result[n]) for n in rows[row]) for result in results.values())
        print(f"{row:28}{len(rows[row]):5}" + "".join(f"{share:>9}" for share in shares))


def _share(of: Iterable[bool]) -> str:
    flags = list(of)
    return f"{sum(flags) / max(1, len(flags)):.3f}"


def print_left_out(writer: str, model: LearnedModel, sentences: Sequence[Spoken]) -> None:
    """The table of a writer whose sentences the model has not seen."""
    print(f"\n== writer {writer} left out")
    print_table(sentences, model, misses="--misses" in sys.argv)


def main() -> None:
    """The table of the files named."""
    for name in sys.argv[1:]:
        path = Path(name)
        print(f"\n== {path.stem}")
        print_table(list(read_spoken(path, path.stem)), learned_model())


if __name__ == "__main__":
    main()
