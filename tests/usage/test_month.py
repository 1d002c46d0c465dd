"""A month that never was: the report's numbers are those of its visits, and tell no small one."""

from __future__ import annotations

import csv
import io
import json
import random
from collections import Counter
from pathlib import Path

import pytest

from kiosk.cli.main import main
from kiosk.usage import counts, store
from kiosk.usage.counts import encode, named
from kiosk.usage.report import AT_LEAST, SMALL, UNDER, lines_of
from kiosk.usage.tally import VisitTally
from kiosk.usage.writer import Sums

VISITS = 10_000
SITES = ("Elm Street", "Oak Street", "Lake View")
TOPICS = ["leaky-gut", "rare-topic"]
LANGUAGES = ["en", "es", "pl"]
Key = tuple[str, str, str, str]


class Month:
    """Visits made up, kept as a machine keeps them; what each was is counted beside."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.expected: Counter[Key] = Counter()
        chance = random.Random(20)
        for day in range(1, 31):
            sums = Sums()
            for number in range(VISITS // 30 + (day <= VISITS % 30)):
                site = SITES[number % 3]
                tally = self._visit(site, chance)
                rows = [(*named(c, TOPICS, LANGUAGES), times) for c, times in tally.total()]
                sums.add(json.dumps({"site": site, "counts": rows}).encode(), f"2026-11-{day:02}")
            sums.write(file)

    def _visit(self, site: str, chance: random.Random) -> VisitTally:
        tally = VisitTally()
        language = chance.choices((0, 1, 2), (900, 100, 0.3))[0]
        level = chance.choices((0, 1, 2), (60, 35, 5))[0]
        topic = chance.choices((1, 2), (3000, 1))[0]
        steps, asked = chance.randint(1, 10), chance.choices((0, 1, 3), (80, 15, 5))[0]
        is_finished = steps == 10 and chance.random() < 0.9
        messages = [(counts.VISIT, 0, 0), (counts.LANGUAGE, 0, language)]
        messages += [(counts.LEVEL, 0, level), (counts.TOPIC_BEGUN, topic, 0)]
        messages += [(counts.STEP, topic, step) for step in range(1, steps + 1)]
        messages += [(counts.ASKED, 0, 0), (counts.ANSWERED, 0, 0)] * asked
        messages += [(counts.TOPIC_FINISHED, topic, 0)] * is_finished
        for message in messages:
            tally.add(encode(message))
        name = TOPICS[topic - 1]
        seen: list[tuple[str, str, str]] = [
            ("visits", "", ""), ("language", "", LANGUAGES[language]),
            ("level", "", counts.LEVELS[level]), ("topic begun", name, ""),
            ("topic finished", name, "") if is_finished else ("stopped at step", name, str(steps)),
        ]  # fmt: skip
        for kind, of, detail in seen:
            self.expected[site, kind, of, detail] += 1
        for kind in ("questions asked", "questions answered"):
            if asked:
                self.expected[site, kind, "", ""] += asked
        return tally


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Month:
    return Month(tmp_path_factory.mktemp("month") / store.FILE)


def test_the_report_tells_the_numbers_of_the_events(month: Month) -> None:
    lines = lines_of(store.read(month.file, "2026-11-01", "2026-11-30"))
    told = {(line.site, line.kind, line.topic, line.detail): line for line in lines}
    assert set(told) == set(month.expected)
    assert sum(month.expected[site, "visits", "", ""] for site in SITES) == VISITS
    for key, count in month.expected.items():
        assert told[key].count in (count, None)
        assert (told[key].text == UNDER) == (count < SMALL)
    blurred = [line for line in lines if line.text == AT_LEAST]
    assert blurred
    assert len(blurred) < len(lines) / 4


@pytest.mark.parametrize("form", ["table", "csv", "json", "prometheus"])
@pytest.mark.parametrize("by_day", [False, True])
def test_no_row_of_fewer_than_five_is_told(
    month: Month, form: str, by_day: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    days = ["--from", "2026-11-01", "--to", "2026-11-30"]
    options = [*days, "--format", form, *(["--by-day"] if by_day else [])]
    assert main(["report", "--file", str(month.file), *options]) == 0
    text = capsys.readouterr().out
    if form == "csv":
        numbers = [row["count"] for row in csv.DictReader(io.StringIO(text))]
    elif form == "json":
        numbers = [str(row["count"]) for row in json.loads(text)]
    else:
        numbers = [row.rpartition(" ")[2] for row in text.splitlines() if row[:1] != "#"]
        numbers = [text for text, row in zip(numbers, text.splitlines(), strict=False)
                   if UNDER not in row and AT_LEAST not in row]  # fmt: skip
    assert [number for number in numbers if number.isdecimal() and int(number) < SMALL] == []


def test_a_whole_does_not_tell_its_only_small_part() -> None:
    rows = [store.DailyCount("2026-11-01", "a", "visits", "", "", 100)]
    rows += [
        store.DailyCount("2026-11-01", "a", "language", "", code, count)
        for code, count in (("en", 90), ("es", 8), ("pl", 2))
    ]
    texts = {line.detail: line.text for line in lines_of(rows) if line.kind == "language"}
    assert texts == {"en": "90", "es": AT_LEAST, "pl": UNDER}


def test_only_the_days_that_were_asked_for_count(month: Month) -> None:
    one = lines_of(store.read(month.file, "2026-11-05", "2026-11-05"))
    assert sum(line.count or 0 for line in one if line.kind == "visits") == VISITS // 30 + 1


def test_the_file_has_sums_alone(month: Month) -> None:
    rows = list(store.read(month.file, "0", "9"))
    assert len(rows) < VISITS / 5
    assert {row.day[:8] for row in rows} == {"2026-11-"}
