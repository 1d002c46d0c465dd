"""Check questions.toml: its ids lead to items, and no phrase gives gated words away."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.core.rules.questions import after_notes
from kiosk.core.text import fold
from kiosk.library.characters import refusal
from kiosk.library.checks.gated_terms import GatedTermMatcher
from kiosk.library.checks.text_pool import TextPool
from kiosk.library.problem import Problem, did_you_mean
from kiosk.library.source.draft import TopicDraft
from kiosk.library.source.items import item_texts

_WITH_ITEMS = frozenset({"section", "claim", "gap", "disagreement", "both-true"})


def dangling(draft: TopicDraft) -> Iterator[Problem]:
    """Check that each question and phrase of questions.toml refers to an item of the topic."""
    if draft.hidden & _WITH_ITEMS:
        return
    if not draft.topic.questions and not draft.asked:
        return
    refused = {entry.id for entry in draft.named if entry.kind in _WITH_ITEMS}
    known = set(item_texts(draft.topic)) | draft.perhaps | refused
    mentioned = [(f'question "{q.id}"', "answers", id_)
                 for q in draft.topic.questions for id_ in q.answers]  # fmt: skip
    mentioned += [(f'asked "{a.of}"', "of", a.of) for a in draft.asked]
    for where, key, id_ in mentioned:
        if id_ not in known:
            message = f'{key} "{id_}": no such claim, gap, disagreement or both-true'
            yield Problem(draft.questions_file, where, message, did_you_mean(id_, known))


def safety_notes(draft: TopicDraft) -> Iterator[Problem]:
    """Check that a suggested question's answers are all shown: claims of one product at most.

    A claim of a product is shown after all safety notes of the product, and claims of a second
    product are left out if either has notes. So several are answered by their bottom lines.
    """
    products = {
        claim: product.id if product.notes else ""
        for section in draft.topic.sections
        for product in section.products
        for claim in after_notes(product)
    }
    for question in draft.topic.questions:
        named = {products[answer] for answer in question.answers if answer in products}
        if len(named) > 1:
            message = f"answers: claims of {len(named)} products, and those of one are shown"
            hint = "Answer by their bottom lines."
            yield Problem(draft.questions_file, f'question "{question.id}"', message, hint)


def gated_phrases(draft: TopicDraft) -> Iterator[Problem]:
    """Check that no phrase in which people ask for open text has a gated term.

    The same goes for other names of words that are not gated. Phrases that ask for gated text, and
    other names of gated terms, may have a gated term: readers are never shown these.
    """
    if not draft.asked and not draft.not_here and not draft.words:
        return
    gated, items = GatedTermMatcher(gated_names(draft)), item_texts(draft.topic)
    listed = GatedTermMatcher(draft.gated_terms)
    tables = []
    for asked in draft.asked:
        item = items.get(asked.of)
        if item is not None and not item.gated:
            tables.append((f'asked "{asked.of}"', asked.phrases))
    tables += [(f'not-here "{entry.of}"', entry.phrases) for entry in draft.not_here]
    are_terms_known = "names" not in draft.hidden  # else any word may stand for a gated one
    for word in draft.words if are_terms_known else ():
        if not listed.find(word.means):
            tables.append((f'word "{word.means}"', word.names))
    pool = TextPool(text for _, phrases in tables for texts in phrases.values() for text in texts)
    suspects, hint = gated.suspects(pool), _closed_item(draft)
    for where, by_language in tables:
        for language, texts in by_language.items():
            for text in texts:
                slip = gated.find(text) if text in suspects and not refusal(text) else ""
                if slip:
                    message = f'{language}: "{text}": {slip} belongs to what stands behind cautions'
                    yield Problem(draft.questions_file, where, message, hint)


def _closed_item(draft: TopicDraft) -> str:
    """Return what an author may do with a phrase about a product."""
    products = (product for s in draft.topic.gated_sections() for product in s.products)
    ids = (product.bottom_line.id for product in products if product.bottom_line)
    if id_ := next(ids, ""):
        return f'Write it in an [[asked]] of the closed section, such as of = "{id_}".'
    return "Write it in an [[asked]] of the closed section."


def twice(draft: TopicDraft) -> Iterator[Problem]:
    """Check that no phrase in which people ask belongs to two items."""
    first: dict[tuple[str, str], str] = {}
    for asked in (*draft.asked, *draft.not_here):
        for language, phrases in asked.phrases.items():
            for phrase in phrases:
                other = first.setdefault((language, fold(phrase)), asked.of)
                if other != asked.of:
                    message = f'{language}: "{phrase}" asks for "{other}", too'
                    yield Problem(draft.questions_file, f'asked "{asked.of}"', message)


def gated_names(draft: TopicDraft) -> tuple[str, ...]:
    """Return the gated terms of a topic, and the other names that questions.toml gives them."""
    listed = GatedTermMatcher(draft.gated_terms)
    others = (
        name
        for word in draft.words
        if listed.find(word.means)
        for names in word.names.values()
        for name in names
    )
    return (*draft.gated_terms, *others)
