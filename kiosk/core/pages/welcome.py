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


def welcome(scene: PageContext) -> Page:
    """Return the Welcome page: the topic's question and short answer, minutes to read, START, the
    languages, and after how many idle minutes the screen is cleared.
    """
    pace = scene.visit.opening.pace
    clears = max(1, round((pace.idle + pace.warning) / 60))
    card = scene.card()
    if card is None:
        title, length = scene.say("welcome.title"), ""
    else:
        title = scene.at(card.question)
        length = _takes(scene, "welcome.length", card.minutes)
        if card.gated_minutes:
            length += " " + _takes(scene, "welcome.length-more", card.gated_minutes)
    blocks = paragraphs(scene.at(card.summary), BlockKind.KEY) if card and card.summary else ()
    blocks += paragraphs(length)
    blocks += paragraphs(scene.say("welcome.promise"))
    blocks += paragraphs(scene.stages(), BlockKind.MARK)
    blocks += paragraphs(scene.say_here("clears", minutes=clears), BlockKind.MARK)
    choices = [Choice("start", scene.say("choice.start"), Started())]
    if len(scene.library.languages) > 1:
        choices += language_choices(scene)
    return scene.page(PageKind.WELCOME, title, blocks, tuple(choices), likely="start")


def _takes(scene: PageContext, key: str, minutes: int) -> str:
    """How long it takes; a single minute has a phrase of its own."""
    if minutes == 1:
        return scene.say(f"{key}-one")
    return scene.say(key, minutes=minutes)


def language_choices(scene: PageContext) -> list[Choice]:
    """Return a choice for each language of the library, labeled with its own name for itself."""
    return [
        Choice(
            f"language-{code}",
            scene.library.words[code].say("language.name"),
            ChoseLanguage(language=code),
            note=scene.say("note.chosen") if code == scene.visit.language else "",
        )
        for code in scene.library.languages
    ]


def readers(scene: PageContext) -> Page:
    """Return the page "Which best describes you?", with a choice for each kind of reader."""
    choices = reader_choices(scene)
    likely = f"reader-{scene.visit.reader}" if scene.visit.reader else choices[0].id
    blocks = paragraphs(scene.say("readers.promise"))
    return scene.page(PageKind.READERS, scene.say("readers.title"), blocks, choices, likely=likely)


def reader_choices(scene: PageContext) -> tuple[Choice, ...]:
    """Return a choice for each kind of reader, with a sentence of the topic at that reader's level
    as a preview.
    """
    language = scene.visit.language
    card = scene.card() or next(iter(scene.library.cards_in(language)), None)
    return tuple(
        Choice(
            f"reader-{reader.id}",
            _label(reader.label[language], reader.note.get(language, "")),
            ChoseReader(reader=reader.id),
            note=scene.say("note.chosen") if reader.id == scene.visit.reader else "",
            preview=_first_sentence(card.preview.at(reader.level)) if card else "",
        )
        for reader in scene.library.readers
    )


def _first_sentence(text: str) -> str:
    """The first sentence of a text: enough to hear how it sounds, short enough to compare."""
    return _SENTENCE_END.split(text, maxsplit=1)[0]


def _label(label: str, note: str) -> str:
    return f"{label} ({note})" if note else label


def opening(scene: PageContext) -> Page:
    """Return the page shown while a topic is being loaded."""
    return scene.page(PageKind.OPENING, scene.say("opening.title"), (), ())


def finish(scene: PageContext) -> Page:
    """Return the last page of a topic, with choices to clear the screen, take something along, look
    again, ask a question, and (until answered) say whether this was helpful.
    """
    choices = (
        Choice("finish", scene.say_here("clear"), StartedOver()),
        Choice("take-along", scene.say("choice.take"), PanelOpened(panel=Panel.TAKE)),
        Choice("again", scene.say("finish.again"), PanelOpened(panel=Panel.STEPS)),
        Choice("question", scene.say("choice.ask"), PanelOpened(panel=Panel.ASK)),
        *_helpful(scene),
    )
    blocks = listed(scene)
    blocks += paragraphs(scene.say("finish.text")) + paragraphs(scene.say_here("finish"))
    return scene.page(PageKind.FINISH, scene.say("finish.title"), blocks, choices)


def _helpful(scene: PageContext) -> tuple[Choice, ...]:
    """Was this helpful? Asked until it is answered."""
    if scene.visit.helpful is not None:
        return ()
    from kiosk.core.take_home.events import HelpfulAnswered

    asked = scene.say("helpful.title")
    return (
        Choice("helpful", scene.say("helpful.yes"), HelpfulAnswered(helpful=True), group=asked),
        Choice("not-helpful", scene.say("helpful.no"), HelpfulAnswered(helpful=False), group=asked),
    )


def listed(scene: PageContext) -> tuple[Block, ...]:
    """Return the reader's own questions for the clinician as blocks, under a heading; empty where
    there are none to show.
    """
    if not scene.visit.questions:
        return ()
    from kiosk.core.rules.own_questions import wording_of

    worded = (
        wording_of(scene.library, scene.visit, question) for question in scene.visit.questions
    )
    points = tuple(Block(BlockKind.POINT, text) for text in worded if text)
    return (Block(BlockKind.HEADING, scene.say("answer.list")), *points) if points else ()


def words_of(level: Level, scene: PageContext) -> str:
    """Return the program's phrase for a level, such as "easy words"."""
    return scene.say(f"language.{level.value}-words")
