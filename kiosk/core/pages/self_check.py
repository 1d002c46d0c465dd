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


def check(scene: PageContext) -> Page:
    """Return the self-check's page now: a question, the explanation after its answer, or the
    closing page; the help page where no topic is loaded or no self-check has begun.
    """
    over = scene.visit.open_panel
    topic, state = scene.topic, over.check if over else None
    if topic is None or state is None:
        return help_page(scene)
    question = in_view(topic, scene.visit)
    if question is None:
        return _end(scene)
    return _told(scene, state, question) if state.answered else _asked(scene, state, question)


def _asked(scene: PageContext, state: SelfCheck, question: CheckQuestion) -> Page:
    """The question and its answers. Nothing is preselected."""
    choices = tuple(
        Choice(
            f"answer-{number}",
            scene.at(answer.wording),
            CheckAnswered(question=question.id, number=number),
        )
        for number, answer in enumerate(question.answers)
    )
    is_back = question.id in state.again
    blocks = paragraphs(scene.say("check.again")) if is_back else ()
    return scene.page(
        PageKind.CHECK, scene.say("check.title"),
        (*blocks, *paragraphs(scene.at(question.wording), BlockKind.KEY)), choices,
    )  # fmt: skip


def _told(scene: PageContext, state: SelfCheck, question: CheckQuestion) -> Page:
    """The passage in other words; kinder where the answer was not it, and never a score."""
    right = next(answer for answer in question.answers if answer.right)
    if state.right:
        blocks = paragraphs(scene.say("check.right"), BlockKind.KEY)
    else:
        blocks = paragraphs(scene.say("check.wrong"), BlockKind.KEY)
        blocks += paragraphs(scene.say("check.friend", text=scene.at(right.wording)))
    blocks += paragraphs(scene.at(question.again))
    go_on = Choice("next", scene.say("choice.next"), CheckWentOn(), ChoiceRole.NEXT)
    return scene.page(PageKind.CHECK, scene.say("check.title"), blocks, (go_on,), likely="next")


def _end(scene: PageContext) -> Page:
    """That was all; thanks, and on to the list for what is still not clear."""
    own = PanelOpened(panel=Panel.QUESTIONS)
    choices = (
        Choice("check-done", scene.say("check.done"), WentBack()),
        Choice("check-questions", scene.say("take.questions"), own),
    )
    return scene.page(
        PageKind.CHECK, scene.say("check.end-title"), paragraphs(scene.say("check.end")),
        choices, likely="check-done",
    )  # fmt: skip
