"""Ask the questions that authors wrote as a visitor would, and
warn of those not answered as meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from kiosk.core.content import Section
from kiosk.core.question import Answer, AnswerKind, Question
from kiosk.core.wording import Level
from kiosk.fast_dataclass import replace
from kiosk.library.checks.gated_terms import GatedTermMatcher
from kiosk.library.pack.build import pack_of_draft
from kiosk.library.pack.reader import open_pack
from kiosk.library.problem import Problem
from kiosk.library.source.draft import Draft, TopicDraft
from kiosk.library.source.items import ItemText, item_texts
from kiosk.site.store import PackStore

_LEVELS = (Level.PLAIN, Level.EVERYDAY)
_WHAT_IS = {"en": "What is {}?", "es": "¿Qué es {}?"}
"""By language, how a visitor asks what something is."""


def ask_again(draft: Draft) -> Iterator[Problem]:
    """Yield a warning for each question written by an author that a visitor would not get the
    intended answer to.

    The titles of open sections, the other names of topics and the phrases under `[[asked]]` are
    asked, of a pack that is built from the draft for this.
    """
    with open_pack(pack_of_draft(draft)) as pack:
        store = PackStore(pack)
        written = {t.topic.id: t.topic.other_names for t in draft.topics if t.translation is None}
        for topic in draft.topics:
            if not topic.topic.one_level:
                yield from _titles(topic, store)
                # a translation has the names of its source, too, and is not asked for these
                known = written.get(topic.topic.id, ()) if topic.translation else ()
                yield from _other_names(topic, store, set(known))
                yield from _phrases(topic, store) if topic.translation is None else ()


def _titles(draft: TopicDraft, store: PackStore) -> Iterator[Problem]:
    topic = draft.topic
    for section in topic.sections:
        titles = {section.title.at(level): level for level in _LEVELS}
        for title, level in titles.items() if section.claims and not section.gated else ():
            if message := _missed(section, Question(title, topic.language, level, topic.id), store):
                hint = f'Add to questions.toml: [[asked]] of = "{section.claims[0].id}" with '
                hint += f"{topic.language} = [...], how people ask for it."
                file = draft.section_files[section.id]
                yield Problem(file, "", f'title: asked as a question, "{title}" {message}', hint)


def _other_names(draft: TopicDraft, store: PackStore, known: Set[str]) -> Iterator[Problem]:
    """Warn of each other name of a topic, but those known, that as a question does not find it."""
    topic, code = draft.topic, draft.topic.language.partition("-")[0]
    claims = (claim for section in topic.sections if not section.gated for claim in section.claims)
    first = next(claims, None)
    closed = GatedTermMatcher((*draft.gated_terms, *draft.as_products))
    for name in topic.other_names if first else ():
        # the cautions come first where a product is named: "lactase deficiency"
        if name in known or closed.find_term(name):
            continue
        asked = _WHAT_IS.get(code, "{}").format(name)
        answer = store.answer(Question(asked, topic.language, Level.PLAIN, topic.id))
        is_own = any(passage.topic == topic.id for passage in answer.passages)
        if not is_own and answer.behaviour is not AnswerKind.URGENT and first:
            hint = f'Add to questions.toml: [[asked]] of = "{first.id}" with {code} = ["{asked}"].'
            message = f'other-names: asked as a question, "{asked}" {_shown(answer)}'
            yield Problem(draft.file, "", message, hint)


def _missed(section: Section, question: Question, store: PackStore) -> str:
    """Return what a visitor is shown instead of the section; empty where it is shown."""
    answer = store.answer(question)
    if answer.behaviour is AnswerKind.URGENT:
        return ""  # who asks so is sent to the staff, as it should be
    if any(passage.section == section.id for passage in answer.passages):
        return ""
    return _shown(answer)


def _phrases(draft: TopicDraft, store: PackStore) -> Iterator[Problem]:
    items = item_texts(draft.topic)
    doors = {section.id: section.opens for section in draft.topic.sections if section.opens}
    for asked in draft.asked:
        item = items.get(asked.of)
        language = draft.topic.language
        for phrase in asked.phrases.get(language, ()) if item else ():
            question = Question(phrase, language, Level.PLAIN, draft.topic.id)
            if message := _not_by(item, question, store, doors) if item else "":
                where = f'asked "{asked.of}"'
                yield Problem(draft.questions_file, where, f'{language}: "{phrase}" {message}')


def _not_by(item: ItemText, question: Question, store: PackStore, doors: Mapping[str, str]) -> str:
    """Return what a visitor is shown instead of the item, or of the cautions before it.

    The step that leads to a closed section may answer in place of its cautions: they come next.
    """
    answer = store.answer(question)
    if answer.behaviour is AnswerKind.URGENT:
        return ""
    if item.gated:
        if any(doors.get(passage.section) == item.section for passage in answer.passages):
            return ""
        if answer.behaviour is not AnswerKind.LOCKED:
            return f'{_shown(answer)}, in place of "The cautions come first"'
        opened = frozenset({(question.topic or "", item.section)})
        answer = store.answer(replace(question, open=opened))
    if any(passage.item == item.item for passage in answer.passages):
        return ""
    return _shown(answer) + (" once the cautions are read" if item.gated else "")


def _shown(answer: Answer) -> str:
    if answer.behaviour is AnswerKind.LOCKED:
        return "is taken for one about products"
    if not answer.passages:
        return "finds nothing"
    first = answer.passages[0]
    return f'finds "{first.item}" in "{first.section}"'
