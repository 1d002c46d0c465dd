"""Report for authors on the reviews of a content directory, as this site counts them."""

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
    """Return the settings of this machine; the usual ones where there are none that can be read."""
    try:
        return settings_of(None)
    except StartupError:  # `kiosk doctor` says why
        return Settings()


def pack_findings(pack: Pack, settings: Settings) -> Iterator[tuple[bool, str]]:
    """Yield whether all is well, and a sentence, about this site's signers and a pack's reviews."""
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
    """Return which of a topic's reviews count now, as this site judges them."""
    text = ReviewedText(topic.topic.id, topic.topic.language, canonical_digest(topic.topic))
    verdicts = judge(topic.reviews, text, policy, now())
    return JudgedTopic(0, text, topic.topic.status, verdicts)


def stage(review: TopicReview) -> str:
    """Return how far a topic has come in review, in a few words."""
    return _NOTES.get(review.note) or _STAGES[review.status]


def review_warnings(topic: TopicDraft, policy: SignerPolicy) -> Iterator[Problem]:
    """Yield a warning for each review of a topic that does not count here, and for a late one."""
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
