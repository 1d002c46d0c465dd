"""Panels that ask something: another reader or language, whether to change words though cautions
come again, whether to start over, whether somebody is there, and the staff's PIN.
"""

from __future__ import annotations

from kiosk.core.events import (
    Agreed,
    PinCleared,
    PinSubmitted,
    PressedDigit,
    StartedOver,
    UserActive,
)
from kiosk.core.page import BlockKind, Choice, ChoiceRole, Page, PageKind
from kiosk.core.pages.context import PageContext, paragraphs
from kiosk.core.pages.welcome import language_choices, reader_choices, words_of
from kiosk.fast_dataclass import replace


def new_reader(context: PageContext) -> Page:
    """Return the page that asks "Which best describes you?" again in mid-visit; where cautions were
    answered, it warns that they may come again.
    """
    blocks = paragraphs(context.say("readers.promise"))
    if context.visit.acknowledged:
        blocks += paragraphs(context.say("readers.cautions-again"), BlockKind.KEY)
    return context.page(
        PageKind.READERS,
        context.say("readers.title-again"),
        blocks,
        reader_choices(context),
        likely=f"reader-{context.visit.reader}",
    )


def languages(context: PageContext) -> Page:
    """Return the page to choose a language, with the present one preselected."""
    choices = tuple(language_choices(context))
    likely = f"language-{context.visit.language}"
    return context.page(
        PageKind.LANGUAGES, context.say("languages.title"), (), choices, likely=likely
    )


def new_words(context: PageContext) -> Page:
    """Return the page that asks whether to change level or language although answered cautions must
    then be answered again.
    """
    over = context.visit.open_panel
    if over is not None and over.reader is not None:
        name = words_of(context.library.reader(over.reader).level, context)
    else:
        code = (over.language if over else None) or context.visit.language
        name = context.library.words[code].say("language.name")
    blocks = paragraphs(context.say("new-words.text", words=name), BlockKind.KEY)
    choices = (
        Choice("agree", context.say("new-words.agree", words=name), Agreed()),
        _keep(context, "new-words.keep"),
    )
    return context.page(PageKind.NEW_WORDS, context.say("new-words.title"), blocks, choices)


def start_over(context: PageContext) -> Page:
    """Return the page that asks whether to start over, which erases the visit; keeping it is
    preselected.
    """
    choices = (
        Choice("start-over", context.say("start-over.agree"), StartedOver()),
        _keep(context, "start-over.keep"),
    )
    blocks = paragraphs(context.say_here("start-over"))
    title = context.say("start-over.title")
    return context.page(PageKind.START_OVER, title, blocks, choices, likely="keep")


def idle(context: PageContext) -> Page:
    """Return the page "Are you still there?", with the seconds left before the visit is erased."""
    over = context.visit.open_panel
    seconds = over.left if over else 0
    blocks = paragraphs(context.say_here("idle", seconds=seconds), BlockKind.KEY)
    choices = (
        Choice("stay", context.say("idle.stay"), UserActive()),
        Choice("start-over", context.say_here("idle-done"), StartedOver()),
    )
    return context.page(PageKind.IDLE, context.say("idle.title"), blocks, choices, likely="stay")


def leave(context: PageContext) -> Page:
    """Return the page where staff type their PIN to leave the kiosk; each digit shows as a star."""
    over = context.visit.open_panel
    typed, refused = (over.typed, over.refused) if over else ("", None)
    blocks = paragraphs(context.say("leave.text"))
    if refused is not None:
        key = "leave.wait" if refused else "leave.wrong"
        blocks += paragraphs(context.say(key, seconds=refused), BlockKind.KEY)
    choices = [Choice(f"digit-{digit}", digit, PressedDigit(digit=digit)) for digit in "1234567890"]
    if typed:
        agree = context.say("leave.agree")  # in focus, so never out of view
        agree = f"{agree} {'*' * len(typed)}"
        choices.append(Choice("leave", agree, PinSubmitted()))
        choices.append(Choice("rub-out", context.say("leave.again"), PinCleared()))
    likely = "leave" if typed else "back"  # so that Enter after the digits submits them
    return context.page(
        PageKind.LEAVE, context.say("leave.title"), blocks, tuple(choices), likely=likely
    )


def _keep(context: PageContext, key: str) -> Choice:
    return replace(context.back(), id="keep", label=context.say(key), role=ChoiceRole.MAIN)
