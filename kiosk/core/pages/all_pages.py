"""The table of pages: which function makes each panel's page and each location's. `build` imports
it for any page but Welcome, so that the program starts without it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from kiosk.core.events import Panel
from kiosk.core.gate import is_open, topic_of
from kiosk.core.page import Page
from kiosk.core.pages import (
    cautions,
    dialogs,
    evidence,
    panels,
    questions,
    section,
    topics,
    welcome,
)
from kiosk.core.pages.context import PageContext
from kiosk.core.visit import (
    AtCaution,
    AtFinish,
    AtProduct,
    AtReaders,
    AtSection,
    AtTopics,
    AtWelcome,
    AtWithdrawn,
)


def _late(module: str, name: str) -> Callable[[PageContext], Page]:
    """A page whose module is imported when it is first wanted: most visits never take it."""

    def page(scene: PageContext) -> Page:
        make: Callable[[PageContext], Page] = getattr(
            import_module(f".{module}", __package__), name
        )
        return make(scene)

    return page


PANELS: Mapping[Panel, Callable[[PageContext], Page]] = {
    Panel.HELP: panels.help_page,
    Panel.STAFF: panels.staff,
    Panel.POLICY: panels.policy,
    Panel.STEPS: panels.steps,
    Panel.EVIDENCE: evidence.evidence,
    Panel.READERS: dialogs.new_reader,
    Panel.LANGUAGES: dialogs.languages,
    Panel.NEW_WORDS: dialogs.new_words,
    Panel.START_OVER: dialogs.start_over,
    Panel.IDLE: dialogs.idle,
    Panel.LEAVE: dialogs.leave,
    Panel.ASK: questions.ask,
    Panel.WRITE: questions.write,
    Panel.ANSWER: questions.answer,
    Panel.TAKE: _late("take_home", "take"),
    Panel.SHEET: _late("take_home", "sheet"),
    Panel.CODES: _late("take_home", "codes"),
    Panel.HANDED_OVER: _late("take_home", "handed_over"),
    Panel.DIARY: _late("take_home", "diary"),
    Panel.QUESTIONS: _late("own_questions", "questions"),
    Panel.QUESTION: _late("own_questions", "question"),
    Panel.GOOD_QUESTIONS: _late("own_questions", "good_questions"),
    Panel.ABOUT: _late("own_questions", "about"),
    Panel.WRITE_OWN: _late("own_questions", "write"),
    Panel.CHECK: _late("self_check", "check"),
}


def page_of(scene: PageContext) -> Page:
    """Return the page that may be shown now: that of the open panel if there is one, else that of
    the visit's location.
    """
    visit = scene.visit
    if visit.open_panel is not None:
        return PANELS[visit.open_panel.panel](scene)
    if isinstance(visit.location, AtWelcome):
        return welcome.welcome(scene)
    if isinstance(visit.location, AtReaders):
        return welcome.readers(scene)
    if isinstance(visit.location, AtTopics):
        return topics.topics(scene)
    if isinstance(visit.location, AtWithdrawn):
        return topics.withdrawn(scene)
    return _in_topic(scene)


def _in_topic(scene: PageContext) -> Page:
    location, topic = scene.visit.location, topic_of(scene.library, scene.visit)
    if topic is None:
        return welcome.opening(scene)
    if isinstance(location, AtFinish):
        return welcome.finish(scene)
    if not isinstance(location, AtSection | AtCaution | AtProduct):
        return welcome.opening(scene)
    here = topic.section(location.section)
    if isinstance(location, AtCaution):
        return cautions.caution(scene, topic, here, location)
    if not is_open(topic, scene.visit, here):
        return cautions.gate_page(scene, topic, here)
    if isinstance(location, AtProduct):
        return section.product(scene, topic, here, location.product)
    return section.screen(scene, topic, here, location.screen)
