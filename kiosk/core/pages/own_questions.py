"""Pages of the reader's own questions for the clinician: the list, one question, suggested
ones, and writing one.
"""

from __future__ import annotations

from kiosk.core.content import Topic
from kiosk.core.events import KeyboardOpened, Panel, PanelOpened, QuestionAsked
from kiosk.core.page import Block, BlockKind, Choice, Page, PageKind, TextEntry
from kiosk.core.pages.context import PageContext, paragraphs
from kiosk.core.pages.letters import keys
from kiosk.core.pages.panels import help_page
from kiosk.core.rules.own_questions import good_questions as good_ones
from kiosk.core.rules.own_questions import wording_of
from kiosk.core.take_home.events import (
    AskedAbout,
    AskedAboutCaution,
    ChoseOwnQuestion,
    OwnQuestionMoved,
    OwnQuestionRemoved,
    OwnQuestionReopened,
)
from kiosk.core.take_home.state import ListedItem
from kiosk.core.visit import Presentation


def _add(context: PageContext, ref: ListedItem) -> Choice:
    text = wording_of(context.library, context.visit, ref)
    event = AskedAboutCaution(caution=ref.item) if ref.caution else AskedAbout(item=ref.item)
    return Choice(f"add-{ref.item}", text, event)


def questions(context: PageContext) -> Page:
    """Return the page with the list of the reader's own questions, and choices to add one."""
    choices = [
        Choice(f"own-{number}", text, ChoseOwnQuestion(number=number))
        for number, ref in enumerate(context.visit.questions)
        if (text := wording_of(context.library, context.visit, ref))
    ]
    listed = context.visit.questions
    phrases = ["own.text"] if choices else []
    if len(choices) < len(listed):  # such as one about a product, once the words were changed
        phrases.append("own.closed")
    blocks = paragraphs("\n".join(context.say(key) for key in phrases or ["own.none"]))
    if context.topic and _good(context, context.topic):
        event = PanelOpened(panel=Panel.GOOD_QUESTIONS)
        choices.append(Choice("good-questions", context.say("own.good"), event))
    choices.append(Choice("write", context.say("own.write"), KeyboardOpened()))
    entry = None
    if context.visit.opening.presentation is Presentation.LINES:  # on a screen, keys choose here
        entry = TextEntry("", context.say("ask.entry"), asks=True)
    return context.page(
        PageKind.QUESTIONS, context.say("own.title"), blocks, tuple(choices), likely=choices[-1].id,
        entry=entry,
    )  # fmt: skip


def question(context: PageContext) -> Page:
    """Return the page of one own question, with choices to move, rewrite or remove it; the help
    page where the list has no such question.
    """
    over, listed = context.visit.open_panel, context.visit.questions
    if over is None or not 0 <= over.number < len(listed):
        return help_page(context)
    number = over.number
    choices = []
    if number:
        choices.append(Choice("earlier", context.say("own.earlier"), OwnQuestionMoved(by=-1)))
    if number + 1 < len(listed):
        choices.append(Choice("later", context.say("own.later"), OwnQuestionMoved(by=1)))
    if isinstance(listed[number], str):
        choices.append(Choice("anew", context.say("own.anew"), OwnQuestionReopened()))
    choices.append(Choice("remove", context.say("own.remove"), OwnQuestionRemoved()))
    text = wording_of(context.library, context.visit, listed[number])
    label = context.say("own.position", number=number + 1, count=len(listed))
    blocks = (Block(BlockKind.KEY, text), *paragraphs(label)) if text else ()
    return context.page(
        PageKind.QUESTION, context.say("own.one"), blocks, tuple(choices), likely="back"
    )


def _good(context: PageContext, topic: Topic) -> tuple[ListedItem, ...]:
    """The good questions that are not on the list yet."""
    return tuple(
        ref for ref in good_ones(topic, context.visit) if ref not in context.visit.questions
    )


def good_questions(context: PageContext) -> Page:
    """Return the page of suggested questions for the clinician that are not on the list yet; the
    help page where no topic is loaded.
    """
    topic = context.topic
    if topic is None:
        return help_page(context)
    choices = tuple(_add(context, ref) for ref in _good(context, topic))
    likely = choices[0].id if choices else "back"
    return context.page(
        PageKind.GOOD_QUESTIONS, context.say("own.good-title"), (), choices, likely=likely
    )


def write(context: PageContext) -> Page:
    """Return the page to write an own question, with its text so far and letters to choose."""
    written = context.visit.open_panel.typed if context.visit.open_panel else ""
    choices: list[Choice] = []
    if written.strip():
        event = QuestionAsked(text=written)
        choices.append(Choice("put-on-list", context.say("answer.put-on-list"), event))
    likely = choices[0].id if choices else ""
    entry = TextEntry(written, context.say("ask.entry"), asks=True)
    choices += keys(context, written)
    return context.page(
        PageKind.WRITE_OWN, context.say("own.write"), (), tuple(choices), likely=likely, entry=entry
    )
