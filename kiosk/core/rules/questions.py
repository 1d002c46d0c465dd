"""Rules of follow-up questions: typing one, asking it, choosing a suggested one, receiving the
answer and removing what may not be shown, moving to a screen that answers it.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from kiosk.core.content import BothTrue, Claim, Disagreement, Product, Section, Topic, UrgentSigns
from kiosk.core.events import (
    AnswerFound,
    ChoseQuestion,
    KeyboardOpened,
    OpenedLocked,
    OpenedPassage,
    Panel,
    QuestionAsked,
    TextChanged,
    WentBack,
)
from kiosk.core.gate import is_open, open_sections, topic_of
from kiosk.core.library import Library
from kiosk.core.question import (
    LONGEST_QUESTION,
    MOST_PASSAGES,
    Answer,
    AnswerKind,
    PassageRef,
    Question,
)
from kiosk.core.rules.navigation import arrive, fit, lay, turn
from kiosk.core.screens import SectionScreen, screens
from kiosk.core.visit import AtProduct, AtSection, Location, Notice, OpenPanel, Visit
from kiosk.core.wording import Level
from kiosk.fast_dataclass import replace

ASKING = (Panel.ANSWER, Panel.QUESTIONS)
"""The panels that wait for the library: for its answer, and for whether a question for the
clinician speaks of an alarm sign."""


def printable(text: str) -> str:
    """Return `text` with each line break and other unprintable character replaced by a space."""
    return "".join(c if c.isprintable() else " " for c in text)


def write(_: Library, visit: Visit, event: TextChanged) -> Visit:
    """Rule for changed text while a question is typed: keep it as the draft.

    A text that is too long is sent to be checked for alarms, and refused if it has none.
    """
    text = printable(event.text)
    if len(text) > LONGEST_QUESTION:
        return _check_for_alarms(visit, text)
    return lay(visit, OpenPanel(Panel.WRITE, typed=text))


def begin_writing(_: Library, visit: Visit, __: KeyboardOpened) -> Visit:
    """Rule for writing a question: open its page, with letters on the screen."""
    return lay(visit, OpenPanel(Panel.WRITE))


def stop_writing(_: Library, visit: Visit, __: WentBack) -> Visit:
    """Rule for Back from writing: open the page of the questions that people ask."""
    return lay(visit, OpenPanel(Panel.ASK))


def ask(_: Library, visit: Visit, event: QuestionAsked) -> Visit | None:
    """Rule for asking a typed question: open the answer's panel; the answer comes later, as the
    event `AnswerFound`. None where the text is empty; one that is too long is only checked for
    alarms.
    """
    text = " ".join(printable(event.text).split())
    if len(text) > LONGEST_QUESTION:
        return _check_for_alarms(visit, text)
    return lay(visit, OpenPanel(Panel.ANSWER, typed=text)) if text else None


def _check_for_alarms(visit: Visit, text: str) -> Visit:
    """Ask a text that is too long to be answered: somebody in danger may have written it."""
    over = visit.open_panel
    draft = over.typed if over and over.panel is Panel.WRITE else ""
    return lay(visit, OpenPanel(Panel.ANSWER, typed=text, draft=draft))


def _refuse(visit: Visit, over: OpenPanel) -> Visit:
    """Back to what was written before a text that was too long."""
    back = OpenPanel(Panel.WRITE, typed=over.draft) if over.draft else OpenPanel(Panel.ASK)
    return replace(lay(visit, back), notice=Notice.TOO_LONG)


def choose_question(library: Library, visit: Visit, event: ChoseQuestion) -> Visit | None:
    """Rule for a question that the topic's author suggests: open its answer, the passages chosen by
    the author; None where no topic or reader is chosen, or there is no such question.
    """
    topic = topic_of(library, visit)
    if topic is None or visit.level is None:
        return None
    chosen = next((question for question in topic.questions if question.id == event.question), None)
    if chosen is None:
        return None
    items = ((holder(topic, item), item) for item in chosen.answers)
    passages = tuple(
        PassageRef(topic.id, section.id, item, visit.language) for section, item in items if section
    )
    answer = Answer(AnswerKind.ANSWER, visit.language, passages)
    over = OpenPanel(Panel.ANSWER, typed=chosen.wording.at(visit.level))
    return lay(visit, replace(over, answer=without_closed(library, visit, answer)))


def answer_found(library: Library, visit: Visit, event: AnswerFound) -> Visit | None:
    """Rule for an answer from the library: show it, if its question still waits or it names an
    alarm; else None. A question that was too long is refused unless the answer names an alarm.
    """
    over = visit.open_panel
    if over is None or event.question != question_of(library, visit):
        alarm = OpenPanel(Panel.ANSWER, answer=without_closed(library, visit, event.answer))
        return lay(visit, alarm) if event.answer.behaviour is AnswerKind.URGENT else None
    if len(over.typed) > LONGEST_QUESTION:
        if event.answer.behaviour is not AnswerKind.URGENT:
            return _refuse(visit, over)
        over = replace(over, typed="", draft="")  # nobody reads it again, above what to do now
    return lay(visit, replace(over, answer=without_closed(library, visit, event.answer)))


def question_of(library: Library, visit: Visit) -> Question | None:
    """Return the typed question that waits for the library's answer; None where none does."""
    over = visit.open_panel
    if over is None or over.panel not in ASKING or not over.typed or over.answer is not None:
        return None
    return to_question(library, visit, over.typed)


def to_question(library: Library, visit: Visit, text: str) -> Question:
    """Return a typed text as a question to the library, with the visit's language, level, topic and
    open sections.
    """
    level = visit.level or Level.PLAIN
    return Question(text, visit.language, level, visit.topic, open_sections(library, visit))


def without_closed(library: Library, visit: Visit, answer: Answer) -> Answer:
    """Return `answer` with at most three passages, all from open sections of loaded topics; a claim
    of a product comes after all safety notes of the product, however many they are. If one
    was left out because its section is closed, the answer names that section and is of the kind
    `LOCKED`, so that its cautions can be offered; with neither passage nor section it abstains. An
    alarm stays an alarm.
    """
    shown: dict[PassageRef, Section] = {}
    locked = answer.locked
    if locked is not None and not _is_closed(library, visit, *locked):
        locked = None
    for passage in answer.passages:
        section = section_of(library, visit, passage)
        if section is None:
            continue
        if is_open(library.topic(passage.topic, visit.language), visit, section):
            shown[passage] = section
        elif section.gated:
            locked = locked or (passage.topic, section.id)
    behaviour = answer.behaviour
    if behaviour in (AnswerKind.ANSWER, AnswerKind.LOCKED):
        behaviour = AnswerKind.ANSWER if shown else AnswerKind.ABSTAIN
        behaviour = AnswerKind.LOCKED if locked else behaviour
    passages = _with_notes(shown)
    return replace(answer, behaviour=behaviour, passages=passages, locked=locked)


def _with_notes(shown: Mapping[PassageRef, Section]) -> tuple[PassageRef, ...]:
    """Return the first three passages, given with their sections, a claim of a product after all
    safety notes of the product. Claims of one product only: those of a second are left out, unless
    neither has notes.
    """
    passages: list[PassageRef] = []
    noted: tuple[str, ...] | None = None
    for passage, section in islice(shown.items(), MOST_PASSAGES):
        ids = _notes_of(section, passage.item)
        if ids is not None and noted is not None and ids != noted:
            continue
        noted = ids if noted is None else noted
        notes = (replace(passage, item=id_) for id_ in ids or ())
        passages += [ref for ref in (*notes, passage) if ref not in passages]
    return tuple(passages)


def after_notes(product: Product) -> frozenset[str]:
    """Return the ids of a product's claims that are shown only after all its notes: what was
    claimed of it, and what to do.
    """
    last = (product.action,) if product.action else ()
    return frozenset(claim.id for claim in (*product.claims, *last))


def _notes_of(section: Section, item: str) -> tuple[str, ...] | None:
    """The ids of the notes of the product that an item claims something of, or says what to do
    about; None for an item of no product.
    """
    for product in section.products:
        if item in after_notes(product):
            return tuple(note.id for note in product.notes)
    return None


def section_of(library: Library, visit: Visit, passage: PassageRef) -> Section | None:
    """Return the section that holds a passage; None where it is in another language than the visit,
    or its topic is not loaded or has no such item there.
    """
    if passage.language != visit.language:
        return None
    if not library.has_opened(passage.topic, visit.language):
        return None
    section = holder(library.topic(passage.topic, visit.language), passage.item)
    return section if section and section.id == passage.section else None


def _is_closed(library: Library, visit: Visit, topic: str, section: str) -> bool:
    if not library.has_opened(topic, visit.language):
        return False
    there = library.topic(topic, visit.language)
    gated = next(
        (candidate for candidate in there.gated_sections() if candidate.id == section), None
    )
    return gated is not None and not is_open(there, visit, gated)


def holder(topic: Topic, item: str) -> Section | None:
    """Return the topic's section that holds the item (such as a claim) with that id; None where
    none does.
    """
    return next((section for section in topic.sections if item in ids_in(section)), None)


def ids_in(section: Section) -> frozenset[str]:
    """Return the ids of a section's claims and gaps, those of its products, its disagreements (real
    or seeming) and urgent signs: all items that answers can refer to.
    """
    return _ids(section.every_claim, section.disagreements, section.both_true, section.urgent)


def open_passage(library: Library, visit: Visit, event: OpenedPassage) -> Visit | None:
    """Rule for choosing a passage of the answer: move to the screen that shows it; None where the
    answer has no such passage, or it is not in the library now.
    """
    answer = visit.open_panel.answer if visit.open_panel else None
    if answer is None or not 0 <= event.number < len(answer.passages):
        return None
    passage = answer.passages[event.number]
    section = section_of(library, visit, passage)
    if section is None:
        return None
    topic = library.topic(passage.topic, visit.language)
    return _turn_to(topic, visit, location_of(section, visit.level or Level.PLAIN, passage.item))


def open_locked(library: Library, visit: Visit, _: OpenedLocked) -> Visit | None:
    """Rule for choosing the closed section that an answer names: move to the page that leads to its
    cautions; None where the answer names none, or it is open.
    """
    answer = visit.open_panel.answer if visit.open_panel else None
    if answer is None or answer.locked is None:
        return None
    topic, section = answer.locked
    if not _is_closed(library, visit, topic, section):
        return None
    return _turn_to(library.topic(topic, visit.language), visit, AtSection(section))


def _turn_to(topic: Topic, visit: Visit, location: Location) -> Visit:
    visit = replace(visit, topic=topic.id)
    if isinstance(location, AtProduct):
        if is_open(topic, visit, topic.section(location.section)):
            return turn(visit, location)
        location = AtSection(location.section)
    assert isinstance(location, AtSection)
    return arrive(topic, visit, fit(topic, visit, location))


def location_of(section: Section, level: Level, item: str) -> Location:
    """Return the location (a screen or a product) that shows the item with that id; the section's
    first screen where none does.
    """
    for product in section.products:
        if item in _ids(product.all_claims):
            return AtProduct(section.id, product.id)
    for number, screen in enumerate(screens(section, level)):
        if item in _ids_on(screen):
            return AtSection(section.id, number)
    return AtSection(section.id)


def _ids_on(screen: SectionScreen) -> frozenset[str]:
    claims = (*screen.claims, *screen.gaps)
    return _ids(claims, screen.disagreements, screen.both_true, screen.urgent)


def _ids(*groups: tuple[Claim | Disagreement | BothTrue | UrgentSigns, ...]) -> frozenset[str]:
    return frozenset(item.id for group in groups for item in group)
