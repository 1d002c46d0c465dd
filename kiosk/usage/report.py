"""Reports of figures of use, as a table, CSV, JSON or for Prometheus: sums by site and kind, with
small numbers blurred so that they tell nothing of one person.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.usage import counts
from kiosk.usage.store import DailyCount

SMALL = 5
"""Fewer than this are not told: a number of one or two people may be about somebody known."""
UNDER = f"under {SMALL}"
AT_LEAST = f"{SMALL} or more"
_WHOLES = {counts.NAMES[kind] for kind in (counts.LANGUAGE, counts.LEVEL, counts.STEP)}
"""Kinds whose details add up to a number that is told elsewhere."""
_ORDER = {name: number for number, name in enumerate(counts.NAMES.values())}
COLUMNS = ("day", "site", "kind", "topic", "detail", "count")


@dataclass(frozen=True)
class Line:
    """Line of a report: one sum, with its day, site, kind, topic and detail; or its substitute.

    Where a sum is too small to be told, the substitute is "under 5" or "5 or more".
    """

    day: str
    """Empty in a sum of all days."""
    site: str
    kind: str
    topic: str
    detail: str
    count: int | None
    """None where it is not told."""
    text: str
    """The number, or what is told in its place."""


def lines_of(rows: Iterable[DailyCount], *, by_day: bool = False) -> list[Line]:
    """Return the lines of a report: the sums of rows over all days, or with `by_day` of each day.

    A sum under 5 is blurred: its line has `count` None and the text "under 5". Where it is the
    only small part of a whole, the next smaller part is blurred, too, since the whole would tell
    it.
    """
    sums: Counter[tuple[str, ...]] = Counter()
    for row in rows:
        sums[(row.day if by_day else "", row.site, row.kind, row.topic, row.detail)] += row.count
    hidden = {key: UNDER for key, count in sums.items() if count < SMALL}
    wholes: defaultdict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for key in sums:
        if key[2] in _WHOLES:
            wholes[key[:4]].append(key)
    for keys in wholes.values():
        shown = sorted((key for key in keys if key not in hidden), key=lambda key: (sums[key], key))
        if len(keys) - len(shown) == 1 and shown:
            hidden[shown[0]] = AT_LEAST
    return [
        Line(
            key[0], key[1], key[2], key[3], key[4],
            None if key in hidden else sums[key],
            hidden.get(key) or str(sums[key]),
        )
        for key in sorted(sums, key=_rank)
    ]  # fmt: skip


def _rank(key: tuple[str, ...]) -> tuple[object, ...]:
    day, site, kind, topic, detail = key
    number = int(detail) if detail.isdecimal() else 0
    return (site, day, _ORDER.get(kind, len(_ORDER)), topic, number, detail)


def as_table(lines: Iterable[Line]) -> str:
    """Return the lines of a report as text for people, or a sentence where there are none."""
    rows = [(line.day, line.site, _title(line), line.text) for line in lines]
    if not rows:
        return "Nothing was counted on these days."
    widths = [max(len(row[at]) for row in rows) for at in range(3)]
    parts, before = [], ("", "")
    for day, site, title, text in rows:
        if (day, site) != before:
            parts.append(f"\n{site}" + (f", {day}" if day else ""))
            before = (day, site)
        parts.append(f"  {title.ljust(widths[2])}  {text.rjust(len(AT_LEAST))}")
    return "\n".join(parts).strip("\n")


def _title(line: Line) -> str:
    detail = f"{line.kind}: {line.detail}" if line.detail else line.kind
    if line.kind == counts.NAMES[counts.STEP]:
        detail = f"{line.kind} {line.detail}"
    return f"{line.topic}: {detail}" if line.topic else detail


def as_csv(lines: Iterable[Line]) -> str:
    """Return the lines of a report as comma-separated values, after a row of columns' names."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(
        (line.day, _safe(line.site), line.kind, line.topic, line.detail, line.text)
        for line in lines
    )
    return out.getvalue().rstrip("\n")


def _safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text


def as_json(lines: Iterable[Line]) -> str:
    """Return a report as JSON: a list with an object for each line; a blurred `count` is null."""
    rows = [
        {
            "day": line.day, "site": line.site, "kind": line.kind, "topic": line.topic,
            "detail": line.detail, "count": line.count, "text": line.text,
        }
        for line in lines
    ]  # fmt: skip
    return json.dumps(rows, indent=2)


def as_prometheus(lines: Iterable[Line]) -> str:
    """Return a report as text for Prometheus' textfile collector; blurred lines are left out."""
    rows = ["# HELP kiosk_usage Counted in the days of the report.", "# TYPE kiosk_usage gauge"]
    for line in lines:
        if line.count is not None:
            labels = ",".join(
                f'{name}="{_escaped(value)}"'
                for name, value in (
                    ("site", line.site), ("kind", line.kind), ("topic", line.topic),
                    ("detail", line.detail),
                )
            )  # fmt: skip
            rows.append(f"kiosk_usage{{{labels}}} {line.count}")
    return "\n".join(rows)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


FORMATS = {"table": as_table, "csv": as_csv, "json": as_json, "prometheus": as_prometheus}
