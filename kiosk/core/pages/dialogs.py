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


def new_reader(scene: PageContext) -> Page:
    """Return the page that asks "Which best describes you?" again in mid-visit; where cautions were
    answered, it warns that they may come again.
    """
    blocks = paragraphs(scene.say("readers.promise"))
    if scene.visit.acknowledged:
        blocks += paragraphs(scene.say("readers.cautions-again"), BlockKind.KEY)
    return scene.page(
        PageKind.READERS,
        scene.say("readers.title-again"),
        blocks,
        reader_choices(scene),
        likely=f"reader-{scene.visit.reader}",
    )


def languages(scene: PageContext) -> Page:
    """Return the page to choose a language, with the present one preselected."""
    choices = tuple(language_choices(scene))
    likely = f"language-{scene.visit.language}"
    return scene.page(PageKind.LANGUAGES, scene.say("languages.title"), (), choices, likely=likely)


def new_words(scene: PageContext) -> Page:
    """Return the page that asks whether to change level or language although answered cautions must
    then be answered again.
    """
    over = scene.visit.open_panel
    if over is not None and over.reader is not None:
        name = words_of(scene.library.reader(over.reader).level, scene)
    else:
        code = (over.language if over else None) or scene.visit.language
        name = scene.library.words[code].say("language.name")
    blocks = paragraphs(scene.say("new-words.text", words=name), BlockKind.KEY)
    choices = (
        Choice("agree", scene.say("new-words.agree", words=name), Agreed()),
        _keep(scene, "new-words.keep"),
    )
    return scene.page(PageKind.NEW_WORDS, scene.say("new-words.title"), blocks, choices)


def start_over(scene: PageContext) -> Page:
    """Return the page that asks whether to start over, which erases the visit; keeping it is
    preselected.
    """
    choices = (
        Choice("start-over", scene.say("start-over.agree"), StartedOver()),
        _keep(scene, "start-over.keep"),
    )
    blocks = paragraphs(scene.say_here("start-over"))
    title = scene.say("start-over.title")
    return scene.page(PageKind.START_OVER, title, blocks, choices, likely="keep")


def idle(scene: PageContext) -> Page:
    """Return the page "Are you still there?", with the seconds left before the visit is erased."""
    over = scene.visit.open_panel
    seconds = over.left if over else 0
    blocks = paragraphs(scene.say_here("idle", seconds=seconds), BlockKind.KEY)
    choices = (
        Choice("stay", scene.say("idle.stay"), UserActive()),
        Choice("start-over", scene.say("start-over.agree"), StartedOver()),
    )
    return scene.page(PageKind.IDLE, scene.say("idle.title"), blocks, choices, likely="stay")


def leave(scene: PageContext) -> Page:
    """Return the page where staff type their PIN to leave the kiosk; each digit shows as a star."""
    over = scene.visit.open_panel
    typed, refused = (over.typed, over.refused) if over else ("", None)
    blocks = paragraphs(scene.say("leave.text"))
    if refused is not None:
        key = "leave.wait" if refused else "leave.wrong"
        blocks += paragraphs(scene.say(key, seconds=refused), BlockKind.KEY)
    choices = [Choice(f"digit-{digit}", digit, PressedDigit(digit=digit)) for digit in "1234567890"]
    if typed:
        agree = scene.say("leave.agree")  # in focus, so never out of view
        agree = f"{agree} {'*' * len(typed)}"
        choices.append(Choice("leave", agree, PinSubmitted()))
        choices.append(Choice("rub-out", scene.say("leave.again"), PinCleared()))
    likely = "leave" if typed else "back"  # so that Enter after the digits submits them
    return scene.page(
        PageKind.LEAVE, scene.say("leave.title"), blocks, tuple(choices), likely=likely
    )


def _keep(scene: PageContext, key: str) -> Choice:
    return replace(scene.back(), id="keep", label=scene.say(key), role=ChoiceRole.MAIN)
