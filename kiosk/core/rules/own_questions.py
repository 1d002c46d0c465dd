"""Rules of the reader's own questions for the clinician: adding (typed, or about a page or
a caution), ordering, rewriting, removing; and the wording of each.
"""

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
from kiosk.core.rules.questions import printable, question_of, without_closed
from kiosk.core.take_home.events import (
    AskedAbout,
    AskedAboutCaution,
    AskedAboutSection,
    ChoseOwnQuestion,
    OwnQuestionMoved,
    OwnQuestionRemoved,
    OwnQuestionReopened,
)
from kiosk.core.take_home.state import ListedItem, OwnQuestion, SectionRef
from kiosk.core.visit import AtProduct, AtSection, Notice, OpenPanel, Visit
from kiosk.core.wording import Level
from kiosk.fast_dataclass import replace

MOST_LISTED = 10
"""Questions on a reader's list: more than an appointment has time for."""


def wording_of(library: Library, visit: Visit, question: OwnQuestion) -> str:
    """Return the text of an own question at the visit's level; empty where it may not be shown now,
    as for a page behind unanswered cautions, or where its text no longer exists.

    A page is named by its title: a claim of it, quoted in part, could leave out its warnings.
    """
    if isinstance(question, str):
        return question
    if not library.has_opened(question.topic, visit.language):
        return ""
    topic = library.topic(question.topic, visit.language)
    level = visit.level or Level.PLAIN
    words = library.words[visit.language]
    if isinstance(question, SectionRef):
        title = _title_of(topic, visit, question, level)
        return words.say("own.about", level, text=title) if title else ""
    if question.caution:
        cautions = (caution for caution in topic.cautions if caution.id == question.item)
        title = next((caution.title.at(level) for caution in cautions), "")
        return words.say("own.caution", level, caution=title) if title else ""
    good = topic.take_home.good_question(question.item)
    return good.wording.at(level) if good else ""


def _title_of(topic: Topic, visit: Visit, ref: SectionRef, level: Level) -> str:
    """The title of a section, or the name of its product; "" where that is closed or not there."""
    for section in topic.sections:
        if section.id == ref.section and is_open(topic, visit, section):
            names = {product.id: product.name for product in section.products}
            title = names.get(ref.product) if ref.product else section.title
            return title.at(level) if title else ""
    return ""


def put(visit: Visit, panel: OpenPanel, question: OwnQuestion) -> Visit:
    """Return the visit with `question` added at the end of the reader's list and `panel` open, with
    a notice that it is on the list.

    A question already listed is not added again; a full list (10) stays as it is, with another
    notice.
    """
    if question in visit.questions:
        return replace(lay(visit, panel), notice=Notice.ON_LIST)
    if len(visit.questions) >= MOST_LISTED:
        return replace(lay(visit, panel), notice=Notice.LIST_FULL)
    listed = (*visit.questions, question)
    return replace(lay(visit, panel), questions=listed, notice=Notice.ON_LIST)


def put_on_list(_: Library, visit: Visit, __: QuestionSaved) -> Visit | None:
    """Rule for keeping the question typed for the library: add it to the list for the clinician as
    well; None where no panel with a typed question is open.
    """
    over = visit.open_panel
    return put(visit, over, over.typed) if over and over.typed else None


def ask_about(library: Library, visit: Visit, event: AskedAbout) -> Visit | None:
    """Rule for choosing a suggested question: add it to the list for the clinician. None where it
    does not exist, or no topic or panel is open.
    """
    topic, over = topic_of(library, visit), visit.open_panel
    if topic is None or over is None:
        return None
    question = ListedItem(topic.id, event.item)
    if not wording_of(library, visit, question):
        return None
    return put(visit, over, question)


def ask_about_section(library: Library, visit: Visit, _: AskedAboutSection) -> Visit | None:
    """Rule for asking about the page in view: add it to the list for the clinician. None where no
    section or product is in view, or it is closed, or no panel is open.
    """
    ref, over = section_ref_in_view(visit), visit.open_panel
    if ref is None or over is None or not wording_of(library, visit, ref):
        return None
    return put(visit, over, ref)


def section_ref_in_view(visit: Visit) -> SectionRef | None:
    """Return a reference to the section or product in view; None anywhere else, and at a
    caution.
    """
    location = visit.location
    if visit.topic is None:
        return None
    if isinstance(location, AtProduct):
        return SectionRef(visit.topic, location.section, location.product)
    return SectionRef(visit.topic, location.section) if isinstance(location, AtSection) else None


def ask_about_caution(library: Library, visit: Visit, event: AskedAboutCaution) -> Visit | None:
    """Rule for choosing a caution that the reader was unsure of: add it to the list for the
    clinician.

    None where they were not unsure of it, or no topic or panel is open.
    """
    topic, over = topic_of(library, visit), visit.open_panel
    if topic is None or over is None or (topic.id, event.caution) not in visit.doubted:
        return None
    return put(visit, over, ListedItem(topic.id, event.caution, caution=True))


def begin_writing(_: Library, visit: Visit, __: KeyboardOpened) -> Visit:
    """Rule for writing a new question for the clinician: open its
    page, with letters on the screen.
    """
    return lay(visit, OpenPanel(Panel.WRITE_OWN, number=len(visit.questions)))


def write(_: Library, visit: Visit, event: TextChanged) -> Visit | None:
    """Rule for changed text while writing an own question: keep the whole text as the draft.

    A text that is too long leaves the draft as it was, with a notice. None where no panel is open.
    """
    text, over = printable(event.text), visit.open_panel
    if over is None:
        return None
    if len(text) > LONGEST_QUESTION:
        return replace(visit, notice=Notice.TOO_LONG)
    return lay(visit, replace(over, typed=text))


def put_written(_: Library, visit: Visit, event: QuestionAsked) -> Visit | None:
    """Rule for a finished own question: add it to the list, or put it in place of the question that
    was being rewritten; too long a text gives a notice alone. None where the text is empty or no
    panel is open.
    """
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
    """Rule for a line typed on the page of the list: add it at the end as an own question. A line
    that is too long gives a notice alone; None where it is empty.
    """
    return put_written(library, begin_writing(library, visit, KeyboardOpened()), event)


def checked_for_alarm(library: Library, visit: Visit, event: AnswerFound) -> Visit | None:
    """Rule for the library's check of a newly written own question: show what to do now if it
    speaks of an alarm, else stop waiting; None where another question, or none, waits for its
    check.
    """
    over = visit.open_panel
    if over is None or event.question != question_of(library, visit):
        return None
    if event.answer.behaviour is not AnswerKind.URGENT:
        return replace(visit, open_panel=replace(over, typed=""))
    urgent = replace(over, panel=Panel.ANSWER, answer=without_closed(library, visit, event.answer))
    return lay(visit, urgent)


def choose(_: Library, visit: Visit, event: ChoseOwnQuestion) -> Visit | None:
    """Rule for a question chosen on the list: open its page; None where the list has no such
    number.
    """
    if not 0 <= event.number < len(visit.questions):
        return None
    return lay(visit, OpenPanel(Panel.QUESTION, number=event.number))


def _chosen(visit: Visit) -> int | None:
    over = visit.open_panel
    return over.number if over and 0 <= over.number < len(visit.questions) else None


def move(_: Library, visit: Visit, event: OwnQuestionMoved) -> Visit | None:
    """Rule for moving the question in view by the event's number of places down its list (negative:
    up); None where that would leave the list, or no question is in view.
    """
    number = _chosen(visit)
    if number is None or not 0 <= number + event.by < len(visit.questions):
        return None
    questions = list(visit.questions)
    questions.insert(number + event.by, questions.pop(number))
    moved = lay(visit, OpenPanel(Panel.QUESTION, number=number + event.by))
    return replace(moved, questions=tuple(questions))


def remove(_: Library, visit: Visit, __: OwnQuestionRemoved) -> Visit | None:
    """Rule for removing the question in view from the list; None where no question is in view."""
    number = _chosen(visit)
    if number is None:
        return None
    questions = (*visit.questions[:number], *visit.questions[number + 1 :])
    return replace(lay(visit, OpenPanel(Panel.QUESTIONS)), questions=questions)


def reopen(_: Library, visit: Visit, __: OwnQuestionReopened) -> Visit | None:
    """Rule for rewriting the question in view: open the writing page with its text. None for a
    question that the reader did not type, or where none is in view.
    """
    number = _chosen(visit)
    if number is None or not isinstance(visit.questions[number], str):
        return None
    typed = str(visit.questions[number])
    return lay(visit, OpenPanel(Panel.WRITE_OWN, typed=typed, number=number))


def back_to_list(_: Library, visit: Visit, __: WentBack) -> Visit:
    """Rule for Back from a question's page or from writing one: open the list of own questions."""
    return lay(visit, OpenPanel(Panel.QUESTIONS))


def good_questions(topic: Topic, visit: Visit) -> tuple[ListedItem, ...]:
    """Return the questions suggested to the reader for the clinician: first those on cautions they
    were unsure of, then those that the topic's authors wrote.
    """
    doubted = [caution.id for caution in topic.cautions if (topic.id, caution.id) in visit.doubted]
    cautions = (ListedItem(topic.id, id_, caution=True) for id_ in doubted)
    return (*cautions, *(ListedItem(topic.id, question.id) for question in topic.take_home.good))
