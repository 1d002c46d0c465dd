"""One function from (library, visit) to the page that may be shown now."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kiosk.core.events import Panel
from kiosk.core.library import Library
from kiosk.core.page import Page
from kiosk.core.pages import asking, choosing, front, gate, inquiry, panels, section, trace
from kiosk.core.pages.scene import Scene
from kiosk.core.standing import is_open, topic_of
from kiosk.core.visit import (
    AtCaution,
    AtFinish,
    AtProduct,
    AtReaders,
    AtSection,
    AtTopics,
    AtWelcome,
    AtWithdrawn,
    Visit,
)

PANELS: Mapping[Panel, Callable[[Scene], Page]] = {
    Panel.HELP: panels.help_page,
    Panel.STAFF: panels.staff,
    Panel.POLICY: panels.policy,
    Panel.STEPS: panels.steps,
    Panel.EVIDENCE: trace.evidence,
    Panel.READERS: asking.new_reader,
    Panel.LANGUAGES: asking.languages,
    Panel.NEW_WORDS: asking.new_words,
    Panel.START_OVER: asking.start_over,
    Panel.IDLE: asking.idle,
    Panel.LEAVE: asking.leave,
    Panel.ASK: inquiry.ask,
    Panel.WRITE: inquiry.write,
    Panel.ANSWER: inquiry.answer,
}


def page_for(library: Library, visit: Visit) -> Page:
    """The page that may be shown now. Text of a closed section is absent from it, not hidden."""
    scene = Scene(library, visit)
    if visit.over is not None:
        return PANELS[visit.over.panel](scene)
    if isinstance(visit.place, AtWelcome):
        return front.welcome(scene)
    if isinstance(visit.place, AtReaders):
        return front.readers(scene)
    if isinstance(visit.place, AtTopics):
        return choosing.topics(scene)
    if isinstance(visit.place, AtWithdrawn):
        return choosing.withdrawn(scene)
    return _in_topic(scene)


def _in_topic(scene: Scene) -> Page:
    place, topic = scene.visit.place, topic_of(scene.library, scene.visit)
    if topic is None:
        return front.opening(scene)
    if isinstance(place, AtFinish):
        return front.finish(scene)
    if not isinstance(place, AtSection | AtCaution | AtProduct):
        return front.opening(scene)
    here = topic.section(place.section)
    if isinstance(place, AtCaution):
        return gate.caution(scene, topic, here, place)
    if not is_open(topic, scene.visit, here):
        return gate.door(scene, topic, here)
    if isinstance(place, AtProduct):
        return section.product(scene, topic, here, place.product)
    return section.screen(scene, topic, here, place.screen)
