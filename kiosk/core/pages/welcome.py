"""Pages before and after a topic: Welcome, the choice of reader, waiting for a topic, and its last
page; and parts that other pages use, such as the choices of language.
"""

from __future__ import annotations

import re

from kiosk.core.events import ChoseLanguage, ChoseReader, Panel, PanelOpened, Started, StartedOver
from kiosk.core.page import Block, BlockKind, Choice, Page, PageKind
from kiosk.core.pages.context import PageContext, paragraphs
from kiosk.core.wording import Level

_SENTENCE_END = re.compile(r"(?<=[.!?])\s")


def welcome(context: PageContext) -> Page:
    """Return the Welcome page: the topic's question and short answer, minutes to read, START, the
    languages, and after how many idle minutes the screen is cleared.
    """
    pace = context.visit.opening.pace
    clears = max(1, round((pace.idle + pace.warning) / 60))
    card = context.card()
    if card is None:
        title, length = context.say("welcome.title"), ""
    else:
        title = context.at(card.question)
        length = _takes(context, "welcome.length", card.minutes)
        if card.gated_minutes:
            length += " " + _takes(context, "welcome.length-more", card.gated_minutes)
    blocks = paragraphs(context.at(card.summary), BlockKind.KEY) if card and card.summary else ()
    blocks += paragraphs(length)
    blocks += paragraphs(context.say("welcome.promise"))
    blocks += paragraphs(context.stages(), BlockKind.MARK)
    blocks += paragraphs(context.say_here("clears", minutes=clears), BlockKind.MARK)
    choices = [Choice("start", context.say("choice.start"), Started())]
    if len(context.library.languages) > 1:
        choices += language_choices(context)
    return context.page(PageKind.WELCOME, title, blocks, tuple(choices), likely="start")


def _takes(context: PageContext, key: str, minutes: int) -> str:
    """Return the phrase for a number of minutes; a single minute has a phrase of its own."""
    if minutes == 1:
        return context.say(f"{key}-one")
    return context.say(key, minutes=minutes)


def language_choices(context: PageContext) -> list[Choice]:
    """Return a choice for each language of the library, labeled with its own name for itself."""
    return [
        Choice(
            f"language-{code}",
            context.library.words[code].say("language.name"),
            ChoseLanguage(language=code),
            note=context.say("note.chosen") if code == context.visit.language else "",
        )
        for code in context.library.languages
    ]


def readers(context: PageContext) -> Page:
    """Return the page "Which best describes you?", with a choice for each kind of reader."""
    choices = reader_choices(context)
    likely = f"reader-{context.visit.reader}" if context.visit.reader else choices[0].id
    blocks = paragraphs(context.say("readers.promise"))
    return context.page(
        PageKind.READERS, context.say("readers.title"), blocks, choices, likely=likely
    )


def reader_choices(context: PageContext) -> tuple[Choice, ...]:
    """Return a choice for each kind of reader, with a sentence of the topic at that reader's level
    as a preview.
    """
    language = context.visit.language
    card = context.card() or next(iter(context.library.cards_in(language)), None)
    return tuple(
        Choice(
            f"reader-{reader.id}",
            _label(reader.label[language], reader.note.get(language, "")),
            ChoseReader(reader=reader.id),
            note=context.say("note.chosen") if reader.id == context.visit.reader else "",
            preview=_first_sentence(card.preview.at(reader.level)) if card else "",
        )
        for reader in context.library.readers
    )


def _first_sentence(text: str) -> str:
    """The first sentence of a text: enough to hear how it sounds, short enough to compare."""
    return _SENTENCE_END.split(text, maxsplit=1)[0]


def _label(label: str, note: str) -> str:
    return f"{label} ({note})" if note else label


def opening(context: PageContext) -> Page:
    """Return the page shown while a topic is being loaded."""
    return context.page(PageKind.OPENING, context.say("opening.title"), (), ())


def finish(context: PageContext) -> Page:
    """Return the last page of a topic, with choices to clear the screen, take something along, look
    again, ask a question, and (until answered) say whether this was helpful.
    """
    choices = (
        Choice("finish", context.say_here("clear"), StartedOver()),
        Choice("take-along", context.say("choice.take"), PanelOpened(panel=Panel.TAKE)),
        Choice("again", context.say("finish.again"), PanelOpened(panel=Panel.STEPS)),
        Choice("question", context.say("choice.ask"), PanelOpened(panel=Panel.ASK)),
        *_helpful(context),
    )
    blocks = listed(context)
    blocks += paragraphs(context.say("finish.text")) + paragraphs(context.say_here("finish"))
    return context.page(PageKind.FINISH, context.say("finish.title"), blocks, choices)


def _helpful(context: PageContext) -> tuple[Choice, ...]:
    """Was this helpful? Asked until it is answered."""
    if context.visit.helpful is not None:
        return ()
    from kiosk.core.take_home.events import HelpfulAnswered

    asked = context.say("helpful.title")
    return (
        Choice("helpful", context.say("helpful.yes"), HelpfulAnswered(helpful=True), group=asked),
        Choice(
            "not-helpful", context.say("helpful.no"), HelpfulAnswered(helpful=False), group=asked
        ),
    )


def listed(context: PageContext) -> tuple[Block, ...]:
    """Return the reader's own questions for the clinician as blocks, under a heading; empty where
    there are none to show.
    """
    if not context.visit.questions:
        return ()
    from kiosk.core.rules.own_questions import wording_of

    worded = (
        wording_of(context.library, context.visit, question) for question in context.visit.questions
    )
    points = tuple(Block(BlockKind.POINT, text) for text in worded if text)
    return (Block(BlockKind.HEADING, context.say("answer.list")), *points) if points else ()


def words_of(level: Level, context: PageContext) -> str:
    """Return the program's phrase for a level, such as "easy words"."""
    return context.say(f"language.{level.value}-words")
