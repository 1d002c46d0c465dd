"""Sentences on reviews for authors and staff: which signatures under topics count at this site,
which do not and why, and how far each topic has come.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.core.review import ReviewNote, TopicReview
from kiosk.core.wording import ReviewStatus
from kiosk.errors import StartupError
from kiosk.library.pack.reader import Pack
from kiosk.library.problem import Problem
from kiosk.library.review.canonical import canonical_digest
from kiosk.library.review.pack_reviews import JudgedTopic, judged_topics
from kiosk.library.review.verdict import ReviewedText, SignerPolicy, judge
from kiosk.library.source.draft import TopicDraft
from kiosk.settings.model import Settings
from kiosk.site.content import settings_of
from kiosk.site.signers import now, policy_of

_STAGES = {
    ReviewStatus.SUBMITTED: "Submitted",
    ReviewStatus.UNDER_REVIEW: "Under review",
    ReviewStatus.APPROVED: "Approved",
}
_NOTES = {
    ReviewNote.CHANGED: "Changed since review",
    ReviewNote.OVERDUE: "Approved, and the next review is late",
    ReviewNote.PARTLY: "Under review: fewer have signed than this site asks for",
}
CLAIMED = (
    'status "approved" is only earned by a signature, so it is shown as submitted',
    "`kiosk review approve` signs.",
)


def settings_or_usual() -> Settings:
    """Return this machine's settings, or the defaults where it has none that can be read."""
    try:
        return settings_of(None)
    except StartupError:  # `kiosk doctor` says why
        return Settings()


def pack_findings(pack: Pack, settings: Settings) -> Iterator[tuple[bool, str]]:
    """Yield findings of `kiosk doctor` on the accepted signers and on each review in a pack: True
    where all is well or False, and a sentence.

    Yields nothing where the site accepts no signer and the pack has no reviews.
    """
    review = settings.review
    has_reviews = pack.has_reviews()
    if not review.allowed_signers:
        if has_reviews:
            yield False, "Topics are signed, but review.allowed-signers names nobody: none counts."
        return
    policy = policy_of(review)
    if policy.problem is not None:
        yield False, f"No signature counts: {policy.problem[1]}."
    yield True, f"Keys that may sign: {len(policy.signers)}, from {review.allowed_signers}."
    yield from ((False, f"{review.allowed_signers}: {why}.") for why in policy.unread)
    if policy.needed > 1:
        yield True, f"A topic is approved once {policy.needed} people have signed it."
    for topic in judged_topics(pack, policy, now()) if has_reviews else ():
        name = f"Review of {topic.text.topic} ({topic.text.language})"
        for verdict in topic.verdicts:
            yield verdict.fault is None, f"{name}: {verdict.sentence}"
        result = topic.review(policy.needed, now())
        is_good = result.status is ReviewStatus.APPROVED and not result.note
        due = f", since {result.due}" if result.note is ReviewNote.OVERDUE else ""
        yield is_good, f"{name}, in all: {stage(result)}{due}."


def judge_draft(topic: TopicDraft, policy: SignerPolicy) -> JudgedTopic:
    """Return a topic (from authors' files) with a verdict on each of its reviews, as of now.

    A verdict says whether `policy` counts the review, and if not, why.
    """
    text = ReviewedText(topic.topic.id, topic.topic.language, canonical_digest(topic.topic))
    verdicts = judge(topic.reviews, text, policy, now())
    return JudgedTopic(0, text, topic.topic.status, verdicts)


def stage(review: TopicReview) -> str:
    """Return the review stage of a topic in words, such as "Under review"."""
    return _NOTES.get(review.note) or _STAGES[review.status]


def review_warnings(topic: TopicDraft, policy: SignerPolicy) -> Iterator[Problem]:
    """Yield warnings about the reviews of a topic in authors' files, as problems.

    There is one for each review that `policy` does not count, for an approval that no signature
    earns, for too few signers, and for a next review that is late.
    """
    if topic.is_claimed:
        yield Problem(f"{topic.folder}/review.toml", "", *CLAIMED)
    if not topic.reviews:
        return
    judged = judge_draft(topic, policy)
    for verdict in judged.verdicts:
        if verdict.fault is not None:
            yield Problem(topic.folder, "review", verdict.sentence.rstrip("."))
    review = judged.review(policy.needed, now())
    if review.note in (ReviewNote.OVERDUE, ReviewNote.PARTLY):
        due = f", since {review.due}" if review.due else ""
        yield Problem(topic.folder, "review", f"{stage(review)}{due}")
