"""Pages of the self-check: a question with its answers, an explanation after one was picked, and
the closing page. No score is kept.
"""

from __future__ import annotations

from kiosk.core.events import Panel, PanelOpened, WentBack
from kiosk.core.page import BlockKind, Choice, ChoiceRole, Page, PageKind
from kiosk.core.pages.context import PageContext, paragraphs
from kiosk.core.pages.panels import help_page
from kiosk.core.rules.self_check import in_view
from kiosk.core.take_home.authored import CheckQuestion
from kiosk.core.take_home.events import CheckAnswered, CheckWentOn
from kiosk.core.take_home.state import SelfCheck


def check(context: PageContext) -> Page:
    """Return the self-check's page now: a question, the explanation after its answer, or the
    closing page; the help page where no topic is loaded or no self-check has begun.
    """
    over = context.visit.open_panel
    topic, state = context.topic, over.check if over else None
    if topic is None or state is None:
        return help_page(context)
    question = in_view(topic, context.visit)
    if question is None:
        return _end(context)
    return _told(context, state, question) if state.answered else _asked(context, state, question)


def _asked(context: PageContext, state: SelfCheck, question: CheckQuestion) -> Page:
    """The question and its answers. Nothing is preselected."""
    choices = tuple(
        Choice(
            f"answer-{number}",
            context.at(answer.wording),
            CheckAnswered(question=question.id, number=number),
        )
        for number, answer in enumerate(question.answers)
    )
    is_back = question.id in state.again
    blocks = paragraphs(context.say("check.again")) if is_back else ()
    return context.page(
        PageKind.CHECK, context.say("check.title"),
        (*blocks, *paragraphs(context.at(question.wording), BlockKind.KEY)), choices,
    )  # fmt: skip


def _told(context: PageContext, state: SelfCheck, question: CheckQuestion) -> Page:
    """The passage in other words; kinder where the answer was not it, and never a score."""
    right = next(answer for answer in question.answers if answer.right)
    if state.right:
        blocks = paragraphs(context.say("check.right"), BlockKind.KEY)
    else:
        blocks = paragraphs(context.say("check.wrong"), BlockKind.KEY)
        blocks += paragraphs(context.say("check.friend", text=context.at(right.wording)))
    blocks += paragraphs(context.at(question.again))
    go_on = Choice("next", context.say("choice.next"), CheckWentOn(), ChoiceRole.NEXT)
    return context.page(PageKind.CHECK, context.say("check.title"), blocks, (go_on,), likely="next")


def _end(context: PageContext) -> Page:
    """That was all; thanks, and on to the list for what is still not clear."""
    own = PanelOpened(panel=Panel.QUESTIONS)
    choices = (
        Choice("check-done", context.say("check.done"), WentBack()),
        Choice("check-questions", context.say("take.questions"), own),
    )
    return context.page(
        PageKind.CHECK, context.say("check.end-title"), paragraphs(context.say("check.end")),
        choices, likely="check-done",
    )  # fmt: skip
