"""Gather what `kiosk check` reports besides problems, one topic at a time, so that a large library
need not be in memory as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kiosk.library.checks.completeness import exceptions, lacks
from kiosk.library.checks.report import report
from kiosk.library.checks.spelling import Speller, missing_dictionary
from kiosk.library.checks.style import topic_warnings
from kiosk.library.checks.translations import behind
from kiosk.library.problem import Problem
from kiosk.library.review.verdict import SignerPolicy
from kiosk.library.source.draft import TopicDraft
from kiosk.site.review_report import review_warnings


class TopicFindings:
    """Gathers what `kiosk check` says of topics besides problems: warnings, misspelt words,
    reports, and exceptions from its rules that authors have declared.

    Args:
        policy: which signers' reviews count at this site.
        keep: whether the topics themselves are kept, too, in `topics`.
    """

    def __init__(self, policy: SignerPolicy, *, keep: bool) -> None:
        self._policy, self._keep = policy, keep
        self._style: list[Problem] = []
        self._reviews: list[Problem] = []
        self._lacks: list[Problem] = []
        self._behind: list[Problem] = []
        self._speller = Speller()
        self._languages: dict[str, None] = {}
        self.topics: list[TopicDraft] = []
        self.reports: list[tuple[str, ...]] = []
        self.exceptions: list[str] = []

    def add(self, topic: TopicDraft, is_sound: bool) -> None:
        """Check a topic in one language for all but problems, and keep what was found.

        `is_sound` is True if neither this topic nor one before it has problems; only then it gets
        a report.
        """
        if not topic.topic.one_level:  # else it is somebody's text, imported as it is
            self._style += topic_warnings(topic)
            self._lacks += lacks(topic)
            self._speller.add(topic)
            self._languages[topic.topic.language] = None
            self.exceptions += exceptions(topic)
        self._reviews += review_warnings(topic, self._policy)
        self._behind += behind(topic)
        if is_sound:
            self.reports.append(tuple(report(topic)))
        if self._keep:
            self.topics.append(topic)

    def warnings(self, of_library: Iterable[Problem]) -> Iterator[Problem]:
        """Yield the warnings about all topics that were added, together with those given, which are
        about the library as a whole.
        """
        style = dict.fromkeys(self._style)
        yield from (*style, *of_library, *self._reviews, *self._lacks, *self._behind)

    def misspelt(self) -> Iterator[Problem]:
        """Yield a problem for each word of the topics added that no dictionary has."""
        return self._speller.misspelt()

    def notes(self) -> Iterator[str]:
        """Yield a sentence for each language whose words could not be spell-checked: its dictionary
        is missing.
        """
        yield from filter(None, map(missing_dictionary, self._languages))
