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

    def page(context: PageContext) -> Page:
        make: Callable[[PageContext], Page] = getattr(
            import_module(f".{module}", __package__), name
        )
        return make(context)

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
    Panel.WRITE_OWN: _late("own_questions", "write"),
    Panel.CHECK: _late("self_check", "check"),
}


def page_of(context: PageContext) -> Page:
    """Return the page that may be shown now: that of the open panel if there is one, else that of
    the visit's location.
    """
    visit = context.visit
    if visit.open_panel is not None:
        return PANELS[visit.open_panel.panel](context)
    if isinstance(visit.location, AtWelcome):
        return welcome.welcome(context)
    if isinstance(visit.location, AtReaders):
        return welcome.readers(context)
    if isinstance(visit.location, AtTopics):
        return topics.topics(context)
    if isinstance(visit.location, AtWithdrawn):
        return topics.withdrawn(context)
    return _in_topic(context)


def _in_topic(context: PageContext) -> Page:
    location, topic = context.visit.location, topic_of(context.library, context.visit)
    if topic is None:
        return welcome.opening(context)
    if isinstance(location, AtFinish):
        return welcome.finish(context)
    if not isinstance(location, AtSection | AtCaution | AtProduct):
        return welcome.opening(context)
    here = topic.section(location.section)
    if isinstance(location, AtCaution):
        return cautions.caution(context, topic, here, location)
    if not is_open(topic, context.visit, here):
        return cautions.gate_page(context, topic, here)
    if isinstance(location, AtProduct):
        return section.product(context, topic, here, location.product)
    return section.screen(context, topic, here, location.screen)
