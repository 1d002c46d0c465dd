"""Rules of the reader's own questions for the clinician: adding, ordering, taking off."""

from __future__ import annotations

from kiosk.core.content import Topic
from kiosk.core.events import (
    AnswerFound,
    KeyboardOpened,
    Panel,
    QuestionAsked,
    QuestionSaved,
    TextChanged,
    WentBack,
)
from kiosk.core.gate import is_open, topic_of
from kiosk.core.library import Library
from kiosk.core.question import LONGEST_QUESTION, AnswerKind
from kiosk.core.rules.navigation import lay
from kiosk.core.rules.questions import holder, printable, question_of, settled
from kiosk.core.take_home.events import (
    AskedAbout,
    AskedAboutCaution,
    ChoseOwnQuestion,
    OwnQuestionMoved,
    OwnQuestionRemoved,
    OwnQuestionReopened,
)
from kiosk.core.take_home.state import ItemRef, OwnQuestion
from kiosk.core.visit import Notice, OpenPanel, Visit
from kiosk.core.wording import Level
from kiosk.fast_dataclass import replace

MOST_LISTED = 10
"""Questions on a reader's list: more than an appointment has time for."""


def wording_of(library: Library, visit: Visit, question: OwnQuestion) -> str:
    """The text of an own question at the level in view; empty where it may not be shown now.

    A claim behind cautions that are open (again) is not told, not even as a question.
    """
    if isinstance(question, str):
        return question
    if not library.has_opened(question.topic, visit.language):
        return ""
    topic = library.topic(question.topic, visit.language)
    level = visit.level or Level.PLAIN
    words = library.words[visit.language]
    if question.caution:
        cautions = (caution for caution in topic.cautions if caution.id == question.item)
        title = next((caution.title.at(level) for caution in cautions), "")
        return words.say("own.caution", level, caution=title) if title else ""
    good = topic.take_home.good_question(question.item)
    if good is not None:
        return good.wording.at(level)
    section = holder(topic, question.item)
    if section is None or not is_open(topic, visit, section):
        return ""
    claim = next((claim for claim in section.every_claim if claim.id == question.item), None)
    if claim is None:
        return ""
    return words.say("own.about", level, text=first_sentence(claim.wording.at(level)))


def first_sentence(text: str) -> str:
    """The first sentence of a claim, enough to know it by."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    line = first.strip().removeprefix("- ")
    end = min((line.find(mark) for mark in (". ", "? ", "! ") if mark in line), default=-1)
    return line[: end + 1] if end >= 0 else line


def put(visit: Visit, panel: OpenPanel, question: OwnQuestion) -> Visit:
    """The visit with `question` at the end of the list, once; a full list stays as it is."""
    if question in visit.questions:
        return replace(lay(visit, panel), notice=Notice.ON_LIST)
    if len(visit.questions) >= MOST_LISTED:
        return replace(lay(visit, panel), notice=Notice.LIST_FULL)
    listed = (*visit.questions, question)
    return replace(lay(visit, panel), questions=listed, notice=Notice.ON_LIST)


def put_on_list(_: Library, visit: Visit, __: QuestionSaved) -> Visit | None:
    """Keep a question that the library was asked, until the visit ends."""
    over = visit.open_panel
    return put(visit, over, over.typed) if over and over.typed else None


def ask_about(library: Library, visit: Visit, event: AskedAbout) -> Visit | None:
    """Put a claim of the page in view, or a good question, on the list."""
    topic, over = topic_of(library, visit), visit.open_panel
    if topic is None or over is None:
        return None
    question = ItemRef(topic.id, event.item)
    if not wording_of(library, visit, question):
        return None
    return put(visit, over, question)


def ask_about_caution(library: Library, visit: Visit, event: AskedAboutCaution) -> Visit | None:
    """Put a caution on the list that the reader was not sure of."""
    topic, over = topic_of(library, visit), visit.open_panel
    if topic is None or over is None or (topic.id, event.caution) not in visit.doubted:
        return None
    return put(visit, over, ItemRef(topic.id, event.caution, caution=True))


def begin_writing(_: Library, visit: Visit, __: KeyboardOpened) -> Visit:
    """Open the page to write an own question, with letters on the screen."""
    return lay(visit, OpenPanel(Panel.WRITE_OWN, number=len(visit.questions)))


def write(_: Library, visit: Visit, event: TextChanged) -> Visit | None:
    """What stands in the entry now; what is too long is refused whole."""
    text, over = printable(event.text), visit.open_panel
    if over is None:
        return None
    if len(text) > LONGEST_QUESTION:
        return replace(visit, notice=Notice.TOO_LONG)
    return lay(visit, replace(over, typed=text))


def put_written(_: Library, visit: Visit, event: QuestionAsked) -> Visit | None:
    """Put what was written on the list: at its end, or in the place of what it was made from."""
    text, over = " ".join(printable(event.text).split()), visit.open_panel
    if over is None or not text:
        return None
    if len(text) > LONGEST_QUESTION:
        return replace(visit, notice=Notice.TOO_LONG)
    listed = OpenPanel(Panel.QUESTIONS, typed=text)
    if over.number < len(visit.questions):
        before, after = visit.questions[: over.number], visit.questions[over.number + 1 :]
        questions = tuple(dict.fromkeys((*before, text, *after)))
        return replace(lay(visit, listed), questions=questions, notice=Notice.ON_LIST)
    return put(visit, listed, text)


def put_typed(library: Library, visit: Visit, event: QuestionAsked) -> Visit | None:
    """Put a line that was typed on the list's own page at the end of the list."""
    return put_written(library, begin_writing(library, visit, KeyboardOpened()), event)


def heard(library: Library, visit: Visit, event: AnswerFound) -> Visit | None:
    """Say what to do now, if what was written for the clinician speaks of an alarm sign."""
    over = visit.open_panel
    if over is None or event.question != question_of(library, visit):
        return None
    if event.answer.behaviour is not AnswerKind.URGENT:
        return replace(visit, open_panel=replace(over, typed=""))
    urgent = replace(over, panel=Panel.ANSWER, answer=settled(library, visit, event.answer))
    return lay(visit, urgent)


def choose(_: Library, visit: Visit, event: ChoseOwnQuestion) -> Visit | None:
    """Show the page of one question of the list."""
    if not 0 <= event.number < len(visit.questions):
        return None
    return lay(visit, OpenPanel(Panel.QUESTION, number=event.number))


def _chosen(visit: Visit) -> int | None:
    over = visit.open_panel
    return over.number if over and 0 <= over.number < len(visit.questions) else None


def move(_: Library, visit: Visit, event: OwnQuestionMoved) -> Visit | None:
    """Move the question in view up or down the list."""
    number = _chosen(visit)
    if number is None or not 0 <= number + event.by < len(visit.questions):
        return None
    questions = list(visit.questions)
    questions.insert(number + event.by, questions.pop(number))
    moved = lay(visit, OpenPanel(Panel.QUESTION, number=number + event.by))
    return replace(moved, questions=tuple(questions))


def remove(_: Library, visit: Visit, __: OwnQuestionRemoved) -> Visit | None:
    """Take the question in view off the list."""
    number = _chosen(visit)
    if number is None:
        return None
    questions = (*visit.questions[:number], *visit.questions[number + 1 :])
    return replace(lay(visit, OpenPanel(Panel.QUESTIONS)), questions=questions)


def reopen(_: Library, visit: Visit, __: OwnQuestionReopened) -> Visit | None:
    """Open one of the reader's own questions to be written anew."""
    number = _chosen(visit)
    if number is None or not isinstance(visit.questions[number], str):
        return None
    typed = str(visit.questions[number])
    return lay(visit, OpenPanel(Panel.WRITE_OWN, typed=typed, number=number))


def back_to_list(_: Library, visit: Visit, __: WentBack) -> Visit:
    """Go back to the list of own questions."""
    return lay(visit, OpenPanel(Panel.QUESTIONS))


def good_questions(topic: Topic, visit: Visit) -> tuple[ItemRef, ...]:
    """Suggested questions: of cautions that the reader was not sure of, then those by authors."""
    doubted = [caution.id for caution in topic.cautions if (topic.id, caution.id) in visit.doubted]
    cautions = (ItemRef(topic.id, id_, caution=True) for id_ in doubted)
    return (*cautions, *(ItemRef(topic.id, question.id) for question in topic.take_home.good))
