"""Search the open texts of a pack for names that its build kept behind cautions.

A build puts the names that it looked for into the pack, and refuses content with such a text. A
pack that has one all the same was made by something else, or by a build that is broken. Amounts are
not searched: a pack does not say which of them are of food. Nor are the names that a translation
adds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kiosk.core.content import Topic
from kiosk.fast_dataclass import replace
from kiosk.library.checks.gate import TermsElsewhere, named_openly, words_outside
from kiosk.library.pack.reader import Pack
from kiosk.library.problem import Problem
from kiosk.library.source.draft import AllowedTerm, Draft, TopicDraft
from kiosk.library.source.gated import product_names

NEVER, EVERYWHERE, AS_PRODUCTS, ALLOWED = KINDS = ("never", "everywhere", "as-products", "allowed")
Terms = Mapping[str, Sequence[str]]
"""The terms of a topic, by kind."""


def terms_by_kind(draft: TopicDraft) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield the name of each kind of term, with a topic's terms of that kind: those that no open
    text of the topic may have; those of them that none of the whole library may have; those that no
    open text may have of something to take; and those of other topics that this one may have.

    A build puts them into the pack, so that `open_names` can search its open texts. Nothing is
    yielded for a translation: the terms are in the topic's own language.
    """
    if draft.translation is None:
        allowed = [term.term for term in draft.allowed]
        yield from zip(
            KINDS,
            (draft.gated_terms, draft.gated_everywhere, draft.as_products, allowed),
            strict=True,
        )


def open_names(pack: Pack) -> Iterator[str]:
    """Yield a phrase for each open text of a pack that names a gated term: which text, which term.

    Nothing is yielded for a pack that a sound build made.
    """
    kept: dict[tuple[str, str], dict[str, list[str]]] = {}
    query = "SELECT topic, language, kind, term FROM locked_gated_term"
    for topic, language, kind, term in pack.each(query):
        kept.setdefault((topic, language), {}).setdefault(kind, []).append(term)
    holders = {term: id_ for (id_, _), terms in kept.items() for term in terms.get(EVERYWHERE, ())}
    library, rules = pack.library(), pack.alarm_rules()
    outside = Draft("library", library, rules, (), {}, frozenset())
    others, glossary = TermsElsewhere(holders), {}
    for id_, language, _ in pack.texts():
        draft = _draft_of(pack.open_topic(id_, language), kept)
        for problem in (*named_openly(draft), *others.named_in(draft)):
            yield _phrase(f"topic {id_} ({language})", problem)
        if (id_, language) in kept:
            glossary.update({word.id: word for word in draft.topic.glossary})
    never = {term for terms in kept.values() for term in terms.get(NEVER, ())}
    for problem in words_outside(replace(outside, glossary=tuple(glossary.values())), never):
        yield _phrase(problem.file, problem)


def _draft_of(topic: Topic, kept: Mapping[tuple[str, str], Terms]) -> TopicDraft:
    own = kept.get((topic.id, topic.language))
    source = next((terms for (id_, _), terms in sorted(kept.items()) if id_ == topic.id), None)
    terms: Terms = own or source or {}
    names = () if source and not own else product_names(topic)
    return TopicDraft(
        topic=topic, folder="", evidence_file="evidence.toml",
        section_files={section.id: "" for section in topic.sections}, sides={}, names=(),
        spelled=(), gated_terms=(*terms.get(NEVER, ()), *names),
        gated_everywhere=tuple(terms.get(EVERYWHERE, ())), for_all_levels=(), named=(),
        mentions=(), hidden=frozenset(), perhaps=frozenset(), doubtful=frozenset(),
        food_amounts={}, as_products=tuple(terms.get(AS_PRODUCTS, ())),
        allowed=tuple(AllowedTerm(term, "") for term in terms.get(ALLOWED, ())),
    )  # fmt: skip


def _phrase(holder: str, problem: Problem) -> str:
    where = f", {problem.where}" if problem.where else ""
    return f"{holder}{where}: {problem.message.split(': ')[-1]}"
