"""Tally of the events counted in one visit, kept by the process that watches the visit's worker,
and added to the figures of the day when the visit has ended.

The console supervisor imports this module, so it needs few others.
"""

from __future__ import annotations

from kiosk.usage import counts
from kiosk.usage.counts import Count

MOST_OF_ONE = 50
"""Questions of one visit that are counted, of each kind; a worker that was taken over says more."""
MOST_TOPICS = 20
"""Topics of one visit that are counted."""
_EACH = (
    counts.ASKED, counts.ANSWERED, counts.DECLINED, counts.ALARM, counts.LOCKED, counts.HELPFUL,
    counts.NOT_HELPFUL,
)  # fmt: skip
"""Kinds that may happen often in a visit."""
_LAST = (counts.LANGUAGE, counts.LEVEL)
"""Kinds of which the last counts."""


class VisitTally:
    """Tally of one visit: collects its worker's counts, and limits what a faulty worker can add."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[int, int], int] = {}
        """Counts by kind and topic; of a kind in `_LAST`, and of a step, the last detail."""

    def add(self, message: bytes) -> None:
        """Add the count in a worker's message to this tally; any other message is ignored."""
        count = counts.decode(message)
        if count is None:
            return
        kind, topic, detail = count
        key = (kind, topic)
        topics = {known for _, known in self._numbers}
        if topic not in topics and len(topics) >= MOST_TOPICS:
            return
        if kind in _LAST:
            self._numbers[key] = detail
        elif kind == counts.STEP:
            self._numbers[key] = max(detail, self._numbers.get(key, 0))
        elif kind in _EACH:
            self._numbers[key] = min(MOST_OF_ONE, self._numbers.get(key, 0) + 1)
        else:
            self._numbers[key] = 1

    def total(self) -> list[tuple[Count, int]]:
        """Return what this visit adds to the figures of its day: pairs of a count and how often.

        Empty where nobody began a visit. Where a topic was not finished, the step is counted at
        which the visitor left it.
        """
        numbers = self._numbers
        if not numbers.get((counts.VISIT, 0)):
            return []
        rows: list[tuple[Count, int]] = []
        for (kind, topic), number in numbers.items():
            if kind in _LAST:
                rows.append(((kind, 0, number), 1))
            elif kind == counts.STEP:
                if (counts.TOPIC_FINISHED, topic) not in numbers:
                    rows.append(((kind, topic, number), 1))
            elif kind == counts.SUPPLEMENTS_PASSED:
                if (counts.SUPPLEMENTS_OPENED, topic) not in numbers:
                    rows.append(((kind, topic, 0), 1))
            else:
                rows.append(((kind, topic, 0), number))
        return rows
