"""Rules of the self-check: beginning it, judging an answer, going on. After each answer the matter
is explained in other words; a wrongly answered question is asked once more. No score is kept.
"""

from __future__ import annotations

from kiosk.core.content import Topic
from kiosk.core.events import Panel
from kiosk.core.gate import is_open, topic_of
from kiosk.core.library import Library
from kiosk.core.rules.navigation import lay
from kiosk.core.take_home.authored import CheckQuestion
from kiosk.core.take_home.events import CheckAnswered, CheckWentOn
from kiosk.core.take_home.state import SelfCheck
from kiosk.core.visit import OpenPanel, Visit
from kiosk.fast_dataclass import replace


def checks_of(topic: Topic, visit: Visit) -> tuple[CheckQuestion, ...]:
    """Return the topic's self-check questions that may be asked now, without those about a closed
    section.
    """
    return tuple(check for check in topic.take_home.checks if _may_ask(topic, visit, check))


def _may_ask(topic: Topic, visit: Visit, question: CheckQuestion) -> bool:
    if not question.section:
        return True
    return topic.has_section(question.section) and is_open(
        topic, visit, topic.section(question.section)
    )


def in_view(topic: Topic, visit: Visit) -> CheckQuestion | None:
    """Return the self-check question in view, the next whose section is open; None after the last,
    or outside of the self-check.
    """
    check = visit.open_panel.check if visit.open_panel else None
    if check is None:
        return None
    may = {check.id: check for check in checks_of(topic, visit)}
    return next((may[id_] for id_ in check.waiting if id_ in may), None)


def begin(topic: Topic, visit: Visit) -> Visit:
    """Return the visit with the self-check's panel open, at its first question."""
    waiting = tuple(check.id for check in checks_of(topic, visit))
    return lay(visit, OpenPanel(Panel.CHECK, check=SelfCheck(waiting)))


def answer(library: Library, visit: Visit, event: CheckAnswered) -> Visit | None:
    """Rule for a picked answer: judge it, and have a wrongly answered question asked once more.

    None where that question is not in view, is answered already, or has no such answer.
    """
    topic, over = topic_of(library, visit), visit.open_panel
    check = over.check if over else None
    question = in_view(topic, visit) if topic else None
    if over is None or check is None or question is None or check.answered:
        return None
    if question.id != event.question or not 0 <= event.number < len(question.answers):
        return None
    right = question.answers[event.number].right
    waiting = check.waiting[check.waiting.index(question.id) :]
    again = check.again
    if not right and question.id not in again:
        waiting, again = (*waiting, question.id), (*again, question.id)
    judged = SelfCheck(waiting, again, answered=True, right=right)
    return lay(visit, replace(over, check=judged))


def go_on(library: Library, visit: Visit, _: CheckWentOn) -> Visit | None:
    """Rule for going on: move to the next self-check question or to the closing page; None where
    the question in view is not answered yet.
    """
    topic, over = topic_of(library, visit), visit.open_panel
    check = over.check if over else None
    if topic is None or over is None or check is None or not check.answered:
        return None
    asked = SelfCheck(check.waiting[1:], check.again)
    return lay(visit, replace(over, check=asked))
