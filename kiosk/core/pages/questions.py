"""Pages of follow-up questions: asking one, writing one, and the answer: passages quoted word for
word from topics, or what to do about an alarm.
"""

from __future__ import annotations

from kiosk.core.content import Section, SuggestedQuestion, Topic
from kiosk.core.events import (
    ChoseQuestion,
    KeyboardOpened,
    OpenedLocked,
    OpenedPassage,
    Panel,
    PanelOpened,
    QuestionAsked,
    QuestionSaved,
)
from kiosk.core.gate import is_open
from kiosk.core.page import Block, BlockKind, Choice, Page, PageKind, TextEntry
from kiosk.core.pages.context import PageContext, paragraphs
from kiosk.core.pages.letters import keys
from kiosk.core.pages.panels import help_page
from kiosk.core.pages.quoted import passage_blocks
from kiosk.core.pages.section import about_choice
from kiosk.core.pages.welcome import listed
from kiosk.core.question import Answer, AnswerKind, PassageRef
from kiosk.core.rules.questions import section_of
from kiosk.fast_dataclass import replace

MOST_MATCHING = 3
"""Of the questions that people ask, how many stand beside what is being written."""


def ask(scene: PageContext) -> Page:
    """Return the page to ask a question: those that the topic suggests, and an entry to type
    another.
    """
    offered = _offered(scene)
    choices = [_question(scene, question) for question in offered]
    choices.append(Choice("write", scene.say("ask.write"), KeyboardOpened()))
    choices += about_choice(scene)
    blocks = paragraphs(scene.say("ask.text")) + listed(scene)
    return scene.page(
        PageKind.ASK, scene.say("ask.title"), blocks, tuple(choices),
        likely=choices[0].id, entry=_entry(scene, ""),
    )  # fmt: skip


def write(scene: PageContext) -> Page:
    """Return the page to write a question: letters to choose, and up to three suggested questions
    in which each word written so far begins some word.
    """
    written = scene.visit.open_panel.typed if scene.visit.open_panel else ""
    choices: list[Choice] = []
    if written.strip():
        choices.append(Choice("ask-this", scene.say("ask.agree"), QuestionAsked(text=written)))
        choices += [_question(scene, question) for question in _matching(scene, written)]
    likely = choices[0].id if choices else ""
    choices += keys(scene, written)
    return scene.page(
        PageKind.WRITE, scene.say("ask.title"), (), tuple(choices),
        likely=likely, entry=_entry(scene, written),
    )  # fmt: skip


def answer(scene: PageContext) -> Page:
    """Return the page with the answer to a question: the passages quoted and links to their
    sections, what to do about an alarm, or why there is no answer; a page of waiting until it
    comes.

    The help page where no topic is loaded, except for an alarm.
    """
    over = scene.visit.open_panel
    response = over.answer if over else None
    is_urgent = response is not None and response.behaviour is AnswerKind.URGENT
    if over is None or (scene.topic is None and not is_urgent):
        return help_page(scene)
    if response is None:
        return scene.page(PageKind.ANSWER, scene.say("opening.title"), (), ())
    blocks: tuple[Block, ...] = ()
    if not is_urgent:  # what to do stands first; others may look on
        blocks = (Block(BlockKind.SOURCE, over.typed, scene.say("answer.asked")),)
    blocks += _said(scene, response)
    choices = [*_links(scene, response), *_next(scene, response)]
    if scene.topic is not None:
        choices.append(Choice("ask-again", scene.say("answer.again"), PanelOpened(panel=Panel.ASK)))
    likely = choices[0].id
    title = scene.say(f"answer-title.{response.behaviour.value}")
    return scene.page(PageKind.ANSWER, title, blocks, tuple(choices), likely=likely)


def _said(scene: PageContext, answer: Answer) -> tuple[Block, ...]:
    foreign = answer.language != scene.visit.language
    if answer.behaviour is AnswerKind.URGENT:
        return alarm_blocks(scene, answer)
    key = answer.behaviour.value
    if answer.behaviour is AnswerKind.ABSTAIN and answer.passages:
        key = "gap"
    blocks: tuple[Block, ...] = ()
    if foreign and scene.has(f"answer-said.{key}-{answer.language}"):
        blocks += paragraphs(scene.say(f"answer-said.{key}-{answer.language}"), BlockKind.KEY)
    if answer.takes:
        blocks += paragraphs(scene.say("answer-said.takes"), BlockKind.KEY)
    if answer.behaviour is not AnswerKind.ANSWER:
        blocks += paragraphs(scene.say(f"answer-said.{key}"), BlockKind.KEY)
    if answer.behaviour is AnswerKind.ABSTAIN:
        blocks += paragraphs(scene.say("answer-said.unwell"), BlockKind.KEY)
    for passage in answer.passages:
        blocks += _passage(scene, passage)
    return blocks


def alarm_blocks(scene: PageContext, answer: Answer) -> tuple[Block, ...]:
    """Return what to do about an alarm as blocks, in the question's language and in the visit's;
    the words of the staff page where the library has no such alarm.
    """
    library, here = scene.library, scene.visit.language
    languages = (answer.language, here) if any(a.id == answer.alarm for a in library.alarms) else ()
    messages = (library.alarm_words(answer.alarm, language, scene.level) for language in languages)
    blocks = [
        block for text in dict.fromkeys(messages) for block in paragraphs(text, BlockKind.KEY)
    ]
    blocks += [] if languages else paragraphs(scene.say_here("staff"), BlockKind.KEY)
    return (*blocks, *paragraphs(library.staff.get(here, ""), BlockKind.KEY))


def _passage(scene: PageContext, passage: PassageRef) -> tuple[Block, ...]:
    """A passage, verbatim, with its correction, its marks and its sources, if it may be shown."""
    section = section_of(scene.library, scene.visit, passage)
    if section is None:
        return ()
    topic = scene.library.topic(passage.topic, passage.language)
    if not is_open(topic, scene.visit, section):
        return ()
    name = f"{passage.topic}/{passage.section}/{passage.item}"
    heading = Block(BlockKind.HEADING, _where(scene, topic, section))
    blocks = (heading, *passage_blocks(scene, topic, section, passage.item))
    if topic.id != scene.visit.topic:
        card = scene.library.card(topic.id, topic.language)
        blocks += (Block(BlockKind.MARK, scene.status_of(card)),) if card else ()
    return tuple(replace(block, passage=name) for block in blocks)


def _where(scene: PageContext, topic: Topic, section: Section) -> str:
    """The name of a section, as a heading and as a link."""
    title = scene.at(section.title)
    if topic.id != scene.visit.topic:
        title = f"{scene.at(topic.question)} - {title}"
    if section.id not in topic.steps:
        return title
    step = topic.steps.index(section.id) + 1
    return scene.say("answer.step", number=step, title=title)


def _links(scene: PageContext, answer: Answer) -> list[Choice]:
    """A choice for each section that the answer quotes, once."""
    choices: list[Choice] = []
    seen: set[tuple[str, str]] = set()
    for number, passage in enumerate(answer.passages):
        section = section_of(scene.library, scene.visit, passage)
        linked = (passage.topic, passage.section)
        if section is None or linked in seen:
            continue
        seen.add(linked)
        topic = scene.library.topic(passage.topic, passage.language)
        label = scene.say("answer.go", section=_where(scene, topic, section))
        choices.append(Choice(f"passage-{number}", label, OpenedPassage(number=number)))
    return choices


def staff_choice(scene: PageContext) -> Choice:
    """Return the choice that opens the page to show to the clinic's staff."""
    return Choice("ask-staff", scene.say("tool.staff"), PanelOpened(panel=Panel.STAFF))


def _next(scene: PageContext, answer: Answer) -> list[Choice]:
    staff = staff_choice(scene)
    if answer.behaviour is AnswerKind.URGENT:
        return [staff]
    choices = []
    if answer.locked:
        choices.append(Choice("locked", scene.say("answer.cautions"), OpenedLocked()))
    over = scene.visit.open_panel
    if over and over.typed not in scene.visit.questions:
        choices.append(Choice("put-on-list", scene.say("answer.put-on-list"), QuestionSaved()))
    return choices if answer.behaviour is AnswerKind.ANSWER else [*choices, staff]


def _entry(scene: PageContext, written: str) -> TextEntry:
    return TextEntry(written, scene.say("ask.entry"), asks=True)


def _offered(scene: PageContext) -> tuple[SuggestedQuestion, ...]:
    return scene.topic.questions if scene.topic else ()


def _matching(scene: PageContext, written: str) -> list[SuggestedQuestion]:
    """Those in which every word written so far begins a word."""
    wanted = written.casefold().split()

    def fits(question: SuggestedQuestion) -> bool:
        words = scene.at(question.wording).casefold().replace("?", " ").split()
        return all(any(word.startswith(begun) for word in words) for begun in wanted)

    return [question for question in _offered(scene) if fits(question)][:MOST_MATCHING]


def _question(scene: PageContext, question: SuggestedQuestion) -> Choice:
    return Choice(
        f"question-{question.id}", scene.at(question.wording), ChoseQuestion(question=question.id)
    )
