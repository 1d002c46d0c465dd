"""`kiosk review`: print how far topics have come in review and what has changed since, comment on a
topic, start, sign and withdraw a review.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from kiosk.cli.authors.review_approve import approve
from kiosk.cli.authors.review_topic import ReviewedTopic, find_topics
from kiosk.cli.options import add_config
from kiosk.core.review import ReviewNote
from kiosk.errors import KioskError
from kiosk.library.problem import visible
from kiosk.library.review.actions import start, withdraw
from kiosk.library.review.comments import Comment, add_comment, read_comments, resolve_comment
from kiosk.library.review.diff import Change, changes
from kiosk.library.review.files import signed_text
from kiosk.site.review_report import CLAIMED, stage

MOST_CONTEXT = 100
"""Characters of unchanged text that are printed on each side of a change."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the tasks of `kiosk review` (such as status and approve) and their options on its
    parser, and set `review` as the function to run.
    """
    tasks = parser.add_subparsers(dest="task", metavar="TASK", required=True)
    status = tasks.add_parser("status", help="say of each review whether it counts, and why not")
    diff = tasks.add_parser("diff", help="show each word that has changed since a review")
    start_ = tasks.add_parser("start", help="say that a topic is under review, and by whom")
    approve_ = tasks.add_parser("approve", help="sign the text of a topic as it is now")
    withdraw_ = tasks.add_parser("withdraw", help="take a review back")
    comment = tasks.add_parser("comment", help="list comments on a topic, or add one")
    status.add_argument("topic", nargs="?", metavar="TOPIC", help="its id; else every topic")
    for task in (diff, start_, approve_, withdraw_, comment):
        task.add_argument("topic", metavar="TOPIC", help="the id of the topic")
    for task in (start_, approve_):
        task.add_argument("--name", help="the reviewer's name, as readers shall see it")
        task.add_argument("--credentials", help="such as MD, or RN")
    for task in (diff, approve_, withdraw_):
        task.add_argument("--signer", help="the reviewer's name in the file of allowed signers")
    approve_.add_argument("--key", type=Path, metavar="FILE", help="else ~/.ssh/id_ed25519")
    approve_.add_argument(
        "--due", type=_day, metavar="DATE", help="when to review it again; else in a year"
    )
    approve_.add_argument("--yes", action="store_true", help="do not ask")
    comment.add_argument("section", nargs="?", help="the id of the section; - for all of them")
    comment.add_argument("text", nargs="?", help="what to tell the author")
    comment.add_argument("--by", metavar="NAME", help="who says so")
    comment.add_argument("--done", type=int, metavar="N", help="mark comment N as dealt with")
    for task in (status, diff, start_, approve_, withdraw_, comment):
        task.add_argument("--content", type=Path, metavar="DIR", help="else the shipped content")
        task.add_argument("--language", metavar="CODE", help="else the first that the topic has")
        add_config(task)
    parser.set_defaults(run=review)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day, such as 2027-11-26") from None


def review(options: argparse.Namespace) -> int:
    """Run the task of `kiosk review` that was asked for, such as status or approve, and print its
    lines; return 0. Raises KioskError where it cannot be done.
    """
    tasks: dict[str, Callable[[ReviewedTopic, argparse.Namespace], Iterator[str]]] = {
        "status": _status,
        "diff": _diff,
        "start": _start,
        "approve": approve,
        "withdraw": _withdraw,
        "comment": _comment,
    }
    topics = find_topics(options)
    for topic in topics if options.task == "status" else topics[:1]:
        for line in tasks[options.task](topic, options):
            print("\n".join(map(visible, line.split("\n"))), flush=True)
    return 0


def _status(topic: ReviewedTopic, _: argparse.Namespace) -> Iterator[str]:
    review = topic.review
    yield f"{topic.title}: {stage(review)}."
    yield f"  Its text now: sha256:{topic.judged.text.digest}"
    if topic.draft.is_claimed:
        yield f"  review.toml: {CLAIMED[0]}. {CLAIMED[1]}"
    if not topic.draft.reviews:
        yield "  Nobody has signed it."
    yield from (f"  {verdict.sentence}" for verdict in topic.judged.verdicts)
    if review.note is ReviewNote.OVERDUE:
        yield f"  The next review was due by {review.due}."
    if topic.policy.needed > 1:
        yield f"  This site asks for {topic.policy.needed} reviewers."
    yield from (f"  In the file of signers, {why}." for why in topic.policy.unread)
    open_ones = [
        comment for comment in read_comments(topic.folder, topic.language) if not comment.done
    ]
    if open_ones:
        yield f"  Open comments: {len(open_ones)}. `kiosk review comment {topic.id}` lists them."


def _diff(topic: ReviewedTopic, options: argparse.Namespace) -> Iterator[str]:
    verdict = topic.verdict_of(options.signer)
    assert verdict.record is not None
    old = signed_text(topic.folder, topic.language, verdict.record.text)
    if old is None:
        raise KioskError(f"The text that {verdict.who} signed is not beside the record any more.")
    signed = f"{verdict.who} signed on {verdict.record.date}"
    differences = changes(old, topic.text)
    if not differences:
        yield f"{topic.title}: no word has changed since {signed}."
        return
    yield f"{topic.title}: changes since {signed}: {len(differences)}."
    yield "[-what stood there-]  {+what stands there now+}"
    section = ""
    for change in differences:
        if change.section != section:
            section = change.section
            yield f"\n{section}"
        yield _shown(change)


def _shown(change: Change) -> str:
    """Return a change as lines: the item and level, and its words below."""
    parts = (change.item.removesuffix("wording").removesuffix(" / "), change.level)
    text = ""
    for number, piece in enumerate(change.pieces):
        if piece.change:
            text += f"[-{piece.text}-]" if piece.change == "-" else f"{{+{piece.text}+}}"
            continue
        is_last = number == len(change.pieces) - 1
        text += _context(piece.text, is_first=number == 0, is_last=is_last)
    label = ", ".join(part for part in parts if part)
    return f"  {label}:\n    {text}".replace("\n", "\n    ").replace("\n        ", "\n    ")


def _context(text: str, *, is_first: bool, is_last: bool) -> str:
    before = "" if is_first else text[:MOST_CONTEXT]
    after = "" if is_last else text[-MOST_CONTEXT:]
    return text if len(text) <= len(before) + len(after) + 3 else f"{before}...{after}"


def _start(topic: ReviewedTopic, options: argparse.Namespace) -> Iterator[str]:
    name = options.name or topic.known("who")
    if not name:
        raise KioskError("Say who reviews it: --name, and --credentials.")
    credentials = options.credentials or topic.known("credentials")
    start(topic.own_folder, name, credentials, date.today())
    yield f"{topic.title} is under review by {', '.join(filter(None, (name, credentials)))}."


def _withdraw(topic: ReviewedTopic, options: argparse.Namespace) -> Iterator[str]:
    gone = withdraw(topic.folder, topic.language, options.signer or "")
    if not gone:
        raise KioskError(f"{topic.title} has no such review.")
    yield from (f"Withdrawn: {file}." for file in gone)
    yield "Packs that were built before still have it. To take the text back there, recall it:"
    yield f"kiosk pack recall {topic.id}"


def _comment(topic: ReviewedTopic, options: argparse.Namespace) -> Iterator[str]:
    if options.done is not None:
        resolve_comment(topic.folder, topic.language, options.done)
    elif options.text:
        sections = [section.id for section in topic.draft.topic.sections]
        section = "" if options.section == "-" else options.section
        if section and section not in sections:
            raise KioskError(f"There is no section {section}. There is: {', '.join(sections)}.")
        by = options.by or topic.known("who")
        if not by:
            raise KioskError("Say who comments: --by NAME.")
        comment = Comment(section, by, date.today().isoformat(), options.text)
        add_comment(topic.folder, topic.language, comment)
    elif options.section:
        raise KioskError("Write the comment after the section, in quote marks.")
    comments = read_comments(topic.folder, topic.language)
    if not comments:
        yield f"{topic.title} has no comments."
    for number, comment in enumerate(comments, 1):
        state = " (done)" if comment.done else ""
        where = comment.section or "all of it"
        yield f"{number}. {where}: {comment.text}{state}\n   {comment.by}, {comment.date}"
