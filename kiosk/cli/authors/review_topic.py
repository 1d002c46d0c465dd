"""Find the topics that `kiosk review` works on, each with its files, reviews and problems."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from kiosk.core.review import TopicReview
from kiosk.errors import KioskError
from kiosk.fast_dataclass import dataclass
from kiosk.library.checks.rules import examine
from kiosk.library.problem import Problem
from kiosk.library.review.canonical import canonical_text
from kiosk.library.review.pack_reviews import JudgedTopic
from kiosk.library.review.verdict import SignerPolicy, Verdict
from kiosk.library.source.draft import TopicDraft
from kiosk.site.content import settings_of
from kiosk.site.paths import content_directory
from kiosk.site.review_report import judge_draft
from kiosk.site.signers import now, policy_of


@dataclass(frozen=True)
class ReviewedTopic:
    """A topic in one language for the tasks of `kiosk review`: its draft, its folders, and its
    reviews with the verdict whether each counts. Made by `find_topics`.
    """

    draft: TopicDraft
    folder: Path
    """The folder of the topic, the same for every language."""
    own_folder: Path
    """The folder of the topic's files in this language."""
    policy: SignerPolicy
    judged: JudgedTopic
    problems: tuple[Problem, ...]
    """The problems of the whole content directory: with any, none of its topics is shown."""
    file: dict[str, Any]
    """The topic's review.toml, parsed; empty without one."""

    @property
    def id(self) -> str:
        """The id of the topic, the same in every language."""
        return self.draft.topic.id

    @property
    def language(self) -> str:
        """The code of the language in which the topic's text is, such as `en`."""
        return self.draft.topic.language

    @property
    def title(self) -> str:
        """The id of the topic with its language, for messages: `zinc (en)`."""
        return f"{self.id} ({self.language})"

    @property
    def text(self) -> str:
        """The canonical text of the topic: what reviewers sign."""
        return canonical_text(self.draft.topic)

    @property
    def review(self) -> TopicReview:
        """The topic's stage of review, by the signatures that count at this site now."""
        return self.judged.review(self.policy.needed, now())

    def known(self, key: str) -> str:
        """Return the text under a key of the topic's review.toml, such as `who`; empty where there
        is none.
        """
        value = self.file.get(key, "")
        return value if isinstance(value, str) else ""

    def verdict_of(self, signer: str | None) -> Verdict:
        """Return the verdict on the newest review that was signed: of any signer, or of the one
        named.

        Raises KioskError where there is no such review.
        """
        signed = [
            (verdict.record.date, number, verdict)
            for number, verdict in enumerate(self.judged.verdicts)
            if verdict.record is not None and signer in (None, verdict.record.signer)
        ]
        if not signed:
            raise KioskError(f"{self.title}: there is no record of a review{_by(signer)}.")
        return max(signed)[2]


def _by(signer: str | None) -> str:
    return f" by {signer}" if signer else ""


def find_topics(options: argparse.Namespace) -> list[ReviewedTopic]:
    """Return the topics of a content directory that the options of `kiosk review` ask for, one for
    each topic and language: all, or those of `options.topic` and `options.language`.

    Raises KioskError where there is none, or no content directory.
    """
    root = options.content or content_directory()
    if root is None or not root.is_dir():
        raise KioskError(f"There is no content directory {root}. Name one with --content DIR.")
    policy = policy_of(settings_of(options.config).review)
    draft, problems = examine(root)
    topics = []
    for draft_topic in draft.topics if draft else ():
        topic = draft_topic.topic
        if topic.id != (options.topic or topic.id):
            continue
        if topic.language != (options.language or topic.language):
            continue
        own = root.resolve().parent / draft_topic.folder
        folder = root / topic.id
        parsed = dict(draft.files.get(f"{draft_topic.folder}/review.toml", {})) if draft else {}
        judged = judge_draft(draft_topic, policy)
        topics.append(
            ReviewedTopic(draft_topic, folder, own, policy, judged, tuple(problems), parsed)
        )
    if not topics:
        language = f" in the language {options.language}" if options.language else ""
        raise KioskError(f"{root} has no topic {options.topic or ''}{language}.")
    return topics
