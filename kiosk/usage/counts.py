"""The closed list of events that are counted, and how a worker sends a count to its parent: as
three small numbers, without a word of the visitor.

The console supervisor imports this module, so it needs few others.
"""

from __future__ import annotations

VISIT, LANGUAGE, LEVEL = 1, 2, 3
TOPIC_BEGUN, STEP, TOPIC_FINISHED = 4, 5, 6
ASKED, ANSWERED, DECLINED, ALARM, LOCKED = 7, 8, 9, 10, 11
SUPPLEMENTS_OPENED, SUPPLEMENTS_PASSED = 12, 13
HELPFUL, NOT_HELPFUL = 14, 15

NAMES = {
    VISIT: "visits",
    LANGUAGE: "language",
    LEVEL: "level",
    TOPIC_BEGUN: "topic begun",
    STEP: "stopped at step",
    TOPIC_FINISHED: "topic finished",
    ASKED: "questions asked",
    ANSWERED: "questions answered",
    DECLINED: "questions declined",
    ALARM: "alarms",
    LOCKED: "questions behind cautions",
    SUPPLEMENTS_OPENED: "supplements opened",
    SUPPLEMENTS_PASSED: "supplements passed by",
    HELPFUL: "helpful",
    NOT_HELPFUL: "not helpful",
}
"""The name of each number in a report."""
MAX_INDEX = 999
"""The highest number of a topic or a step; higher ones are refused. As a topic: any other."""
LEVELS = ("plain", "everyday", "professional")
OTHER = "other"

Count = tuple[int, int, int]
"""The kind, the number of the topic in the site's list from 1 (0 for none), a detail."""


def encode(count: Count) -> bytes:
    """Return a count (kind, topic, detail) as the bytes that a worker sends, such as `4,2,0`."""
    return b"%d,%d,%d" % count


def decode(message: bytes) -> Count | None:
    """Return the count in a worker's message; None for anything else or numbers out of range."""
    parts = message.split(b",")
    if len(message) > 16 or len(parts) != 3 or not all(part.isdigit() for part in parts):
        return None
    kind, topic, detail = (int(part) for part in parts)
    if kind not in NAMES or topic > MAX_INDEX or detail > MAX_INDEX:
        return None
    return (kind, topic, detail)


def named(count: Count, topics: list[str], languages: list[str]) -> tuple[str, str, str]:
    """Return a count in words: its kind, topic and detail; the last two empty where it has none.

    `topics` and `languages` are the site's ids, in the order that a count's numbers refer to; a
    number beyond the list becomes "other".
    """
    kind, topic, detail = count
    name = "" if not topic else _at(topics, topic - 1)
    if kind == LANGUAGE:
        return NAMES[kind], name, _at(languages, detail)
    if kind == LEVEL:
        return NAMES[kind], name, _at(LEVELS, detail)
    return NAMES[kind], name, str(detail) if kind == STEP else ""


def _at(names: list[str] | tuple[str, ...], number: int) -> str:
    return names[number] if number < len(names) else OTHER
