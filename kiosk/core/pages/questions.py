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
from kiosk.core.pages.quoted import passage_blocks, source_blocks
from kiosk.core.pages.section import about_choice
from kiosk.core.pages.welcome import listed
from kiosk.core.question import Answer, AnswerKind, PassageRef
from kiosk.core.rules.questions import section_of
from kiosk.core.wording import Level
from kiosk.fast_dataclass import replace

MOST_MATCHING = 3
"""Suggested questions that are shown at most next to the question that is being written."""


def ask(context: PageContext) -> Page:
    """Return the page to ask a question: those that the topic suggests, and an entry to type
    another.
    """
    offered = _offered(context)
    choices = [_question(context, question) for question in offered]
    choices.append(Choice("write", context.say("ask.write"), KeyboardOpened()))
    choices += about_choice(context)
    blocks = paragraphs(context.say("ask.text")) + listed(context)
    return context.page(
        PageKind.ASK, context.say("ask.title"), blocks, tuple(choices),
        likely=choices[0].id, entry=_entry(context, ""),
    )  # fmt: skip


def write(context: PageContext) -> Page:
    """Return the page to write a question: letters to choose, and up to three suggested questions
    in which each word written so far begins some word.
    """
    written = context.visit.open_panel.typed if context.visit.open_panel else ""
    choices: list[Choice] = []
    if written.strip():
        choices.append(Choice("ask-this", context.say("ask.agree"), QuestionAsked(text=written)))
        choices += [_question(context, question) for question in _matching(context, written)]
    likely = choices[0].id if choices else ""
    choices += keys(context, written)
    return context.page(
        PageKind.WRITE, context.say("ask.title"), (), tuple(choices),
        likely=likely, entry=_entry(context, written),
    )  # fmt: skip


def answer(context: PageContext) -> Page:
    """Return the page with the answer to a question: the passages quoted and links to their
    sections, what to do about an alarm, or why there is no answer; a page of waiting until it
    comes.

    The help page where no topic is loaded, except for an alarm.
    """
    over = context.visit.open_panel
    response = over.answer if over else None
    is_urgent = response is not None and response.behaviour is AnswerKind.URGENT
    if over is None or (context.topic is None and not is_urgent):
        return help_page(context)
    if response is None:
        return context.page(PageKind.ANSWER, context.say("opening.title"), (), ())
    blocks: tuple[Block, ...] = ()
    if not is_urgent:  # what to do stands first; others may look on
        blocks = (Block(BlockKind.SOURCE, over.typed, context.say("answer.asked")),)
    blocks += _said(context, response)
    choices = [*_links(context, response), *_next(context, response)]
    if context.topic is not None:
        choices.append(
            Choice("ask-again", context.say("answer.again"), PanelOpened(panel=Panel.ASK))
        )
    likely = choices[0].id
    title = context.say(f"answer-title.{response.behaviour.value}")
    return context.page(PageKind.ANSWER, title, blocks, tuple(choices), likely=likely)


def _said(context: PageContext, answer: Answer) -> tuple[Block, ...]:
    foreign = answer.language != context.visit.language
    if answer.behaviour is AnswerKind.URGENT:
        return alarm_blocks(context, answer)
    key = answer.behaviour.value
    if answer.behaviour is AnswerKind.ABSTAIN and answer.passages:
        key = "gap"
    blocks: tuple[Block, ...] = ()
    if foreign and context.has(f"answer-said.{key}-{answer.language}"):
        blocks += paragraphs(context.say(f"answer-said.{key}-{answer.language}"), BlockKind.KEY)
    if answer.takes:
        blocks += paragraphs(context.say("answer-said.takes"), BlockKind.KEY)
    if answer.behaviour is not AnswerKind.ANSWER:
        blocks += paragraphs(context.say(f"answer-said.{key}"), BlockKind.KEY)
    if answer.behaviour is AnswerKind.ABSTAIN:
        blocks += paragraphs(context.say("answer-said.unwell"), BlockKind.KEY)
    quoted = [_passage(context, passage) for passage in answer.passages]
    if context.level is Level.PROFESSIONAL:
        return sum((text + sources for text, sources in quoted), blocks)
    return sum((text for text, _ in quoted), blocks) + _all_sources(context, quoted)


def _all_sources(
    context: PageContext, quoted: list[tuple[tuple[Block, ...], tuple[Block, ...]]]
) -> tuple[Block, ...]:
    """The sources of all passages below one heading, each once: in easy words the answer comes
    first, and no citation stands between its parts.
    """
    first: dict[str, Block] = {}
    for block in (block for _, sources in quoted for block in sources):
        first.setdefault(block.text, block)
    heading = context.say("choice.evidence")
    if not all(sources for _, sources in quoted):
        heading = f"{heading} ({context.say('evidence-note.own-part')})"
    return (Block(BlockKind.HEADING, heading), *first.values()) if first else ()


def alarm_blocks(context: PageContext, answer: Answer) -> tuple[Block, ...]:
    """Return what to do about an alarm as blocks, in the question's language and in the visit's;
    the words of the staff page where the library has no such alarm.
    """
    library, here = context.library, context.visit.language
    languages = (answer.language, here) if any(a.id == answer.alarm for a in library.alarms) else ()
    messages = (
        library.alarm_words(answer.alarm, language, context.level) for language in languages
    )
    blocks = [
        block for text in dict.fromkeys(messages) for block in paragraphs(text, BlockKind.KEY)
    ]
    blocks += [] if languages else paragraphs(context.say_here("staff"), BlockKind.KEY)
    return (*blocks, *paragraphs(library.staff.get(here, ""), BlockKind.KEY))


def _passage(
    context: PageContext, passage: PassageRef
) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """A passage, verbatim, with its correction and its marks; and its sources. Both are empty where
    it may not be shown.
    """
    section = section_of(context.library, context.visit, passage)
    if section is None:
        return (), ()
    topic = context.library.topic(passage.topic, passage.language)
    if not is_open(topic, context.visit, section):
        return (), ()
    name = f"{passage.topic}/{passage.section}/{passage.item}"
    heading = Block(BlockKind.HEADING, _where(context, topic, section))
    blocks = (heading, *passage_blocks(context, topic, section, passage.item))
    if topic.id != context.visit.topic:
        card = context.library.card(topic.id, topic.language)
        blocks += (Block(BlockKind.MARK, context.status_of(card)),) if card else ()
    sources = source_blocks(context, topic, section, passage.item)
    return (
        tuple(replace(block, passage=name) for block in blocks),
        tuple(replace(block, passage=name) for block in sources),
    )


def _where(context: PageContext, topic: Topic, section: Section) -> str:
    """The name of a section, as a heading and as a link."""
    title = context.at(section.title)
    if topic.id != context.visit.topic:
        title = f"{context.at(topic.question)} - {title}"
    if section.id not in topic.steps:
        return title
    step = topic.steps.index(section.id) + 1
    return context.say("answer.step", number=step, title=title)


def _links(context: PageContext, answer: Answer) -> list[Choice]:
    """A choice for each section that the answer quotes, once."""
    choices: list[Choice] = []
    seen: set[tuple[str, str]] = set()
    for number, passage in enumerate(answer.passages):
        section = section_of(context.library, context.visit, passage)
        linked = (passage.topic, passage.section)
        if section is None or linked in seen:
            continue
        seen.add(linked)
        topic = context.library.topic(passage.topic, passage.language)
        label = context.say("answer.go", section=_where(context, topic, section))
        choices.append(Choice(f"passage-{number}", label, OpenedPassage(number=number)))
    return choices


def staff_choice(context: PageContext) -> Choice:
    """Return the choice that opens the page to show to the clinic's staff."""
    return Choice("ask-staff", context.say("tool.staff"), PanelOpened(panel=Panel.STAFF))


def _next(context: PageContext, answer: Answer) -> list[Choice]:
    staff = staff_choice(context)
    if answer.behaviour is AnswerKind.URGENT:
        return [staff]
    choices = []
    if answer.locked:
        choices.append(Choice("locked", context.say("answer.cautions"), OpenedLocked()))
    over = context.visit.open_panel
    if over and over.typed not in context.visit.questions:
        choices.append(Choice("put-on-list", context.say("answer.put-on-list"), QuestionSaved()))
    return choices if answer.behaviour is AnswerKind.ANSWER else [*choices, staff]


def _entry(context: PageContext, written: str) -> TextEntry:
    return TextEntry(written, context.say("ask.entry"), asks=True)


def _offered(context: PageContext) -> tuple[SuggestedQuestion, ...]:
    return context.topic.questions if context.topic else ()


def _matching(context: PageContext, written: str) -> list[SuggestedQuestion]:
    """Those in which every word written so far begins a word."""
    wanted = written.casefold().split()

    def fits(question: SuggestedQuestion) -> bool:
        words = context.at(question.wording).casefold().replace("?", " ").split()
        return all(any(word.startswith(begun) for word in words) for begun in wanted)

    return [question for question in _offered(context) if fits(question)][:MOST_MATCHING]


def _question(context: PageContext, question: SuggestedQuestion) -> Choice:
    return Choice(
        f"question-{question.id}", context.at(question.wording), ChoseQuestion(question=question.id)
    )
