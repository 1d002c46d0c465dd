"""Ask the titles and the offered questions of a topic, as a visitor of it would."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.core.content import Section
from kiosk.core.question import AnswerKind, Question
from kiosk.core.wording import Level
from kiosk.library.pack.build import pack_of_draft
from kiosk.library.pack.reader import open_pack
from kiosk.library.problem import Problem
from kiosk.library.source.draft import Draft, TopicDraft
from kiosk.site.store import PackStore

_LEVELS = (Level.PLAIN, Level.EVERYDAY)


def ask_titles(draft: Draft) -> Iterator[Problem]:
    """Warn of each title of an open section that, asked as a question, does not lead to it."""
    with open_pack(pack_of_draft(draft)) as pack:
        store = PackStore(pack)
        for topic in draft.topics:
            if not topic.topic.one_level:
                yield from _of_topic(topic, store)


def _of_topic(draft: TopicDraft, store: PackStore) -> Iterator[Problem]:
    topic = draft.topic
    for section in topic.sections:
        titles = {section.title.at(level): level for level in _LEVELS}
        for title, level in titles.items() if section.claims and not section.gated else ():
            if what := _missed(section, Question(title, topic.language, level, topic.id), store):
                hint = f'Add to questions.toml: [[asked]] of = "{section.claims[0].id}" with '
                hint += f"{topic.language} = [...], how people ask for it."
                file = draft.section_files[section.id]
                yield Problem(file, "", f'title: asked as a question, "{title}" {what}', hint)


def _missed(section: Section, question: Question, store: PackStore) -> str:
    """Return what a visitor is shown instead of the section; empty where it is shown."""
    answer = store.answer(question)
    if answer.behaviour is AnswerKind.URGENT:
        return ""  # who asks so is sent to the staff, as it should be
    if any(passage.section == section.id for passage in answer.passages):
        return ""
    if answer.behaviour is AnswerKind.LOCKED:
        return "is taken for one about products"
    if not answer.passages:
        return "finds nothing"
    first = answer.passages[0]
    return f'finds "{first.item}" in "{first.section}"'
