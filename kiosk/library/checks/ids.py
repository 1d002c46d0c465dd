"""Check ids: each is defined once, and each that is referred to is defined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set

from kiosk.library.problem import Problem, close, did_you_mean
from kiosk.library.source.draft import Draft, TopicDraft
from kiosk.library.source.ids import Definition, IdUse

_SLUG, _LETTERED = re.compile(r"[a-z0-9][a-z0-9-]*"), re.compile(r"[A-Z](?:-?[0-9]+)?")
_NAMESPACES = dict.fromkeys(
    ("claim", "gap", "product", "caution", "picture", "urgent", "table"), "in sections"
) | dict.fromkeys(("disagreement", "both-true"), "in the evidence")
"""Kinds of id that share a namespace, in which an id is given once. Any other kind has its own."""


def unique(draft: TopicDraft) -> Iterator[Problem]:
    """Check that no id is defined twice.

    Claims, gaps, products, cautions, pictures, urgent signs and tables share one set of ids; other
    kinds have sets of their own.
    """
    yield from _twice(draft.named)


def unique_readers(draft: Draft) -> Iterator[Problem]:
    """Check that no kind of reader has the id of another, and that no topic is listed twice."""
    file = f"{draft.name}/readers.toml"
    readers = (Definition("reader", r.id, file, f'reader "{r.id}"') for r in draft.library.readers)
    yield from _twice(readers)
    file = f"{draft.name}/library.toml"
    listed = draft.files.get(file, {}).get("topics", [])
    for name, count in Counter(n for n in listed if isinstance(n, str)).items():
        if count > 1:
            yield Problem(file, "topics", f'"{name}" is listed twice')


def _twice(named: Iterable[Definition]) -> Iterator[Problem]:
    first: dict[tuple[str, str], Definition] = {}
    for named_item in named:
        key = (_NAMESPACES.get(named_item.kind, named_item.kind), named_item.id.casefold())
        other = first.setdefault(key, named_item)
        if other is not named_item:
            taken_by = f"{other.where} in {other.file}" if other.where else other.file
            message = f'the id "{named_item.id}" is taken: {taken_by}'
            yield Problem(named_item.file, named_item.where, message)


def dangling(draft: TopicDraft) -> Iterator[Problem]:
    """Check that each id that is referred to is defined."""
    of_kind = {m.kind: known_ids(draft, m.kind) for m in draft.mentions}
    for mention in draft.mentions:
        known = of_kind[mention.kind]
        if mention.kind in draft.hidden or mention.id in known or mention.id in draft.perhaps:
            continue
        form = _LETTERED if mention.kind in ("statement", "reference") else _SLUG
        if close(mention.id, [id_ for id_ in known if not form.fullmatch(id_)]):
            continue  # the item's own id is wrong
        message = f'{mention.key} "{mention.id}": no such {mention.kind}'
        hint = did_you_mean(mention.id, known)
        if mention.kind == "reference":
            hint = f"{hint} Else say which paper it is:".removeprefix(" Else ")
            hint = f'{hint[0].upper()}{hint[1:]} a [[reference]] with cited-as = ["{mention.id}"].'
        yield Problem(mention.file, mention.where, message, hint)


def known_ids(draft: TopicDraft, kind: str) -> Set[str]:
    """Return the ids of a kind, such as `claim`, that the topic's files define."""
    return _by_kind(draft, "named", draft.named).get(kind, set())


def mentioned(draft: TopicDraft, kind: str) -> Set[str]:
    """Return the ids of a kind, such as `claim`, that the topic's files refer to.

    Where they refer to an id that is not defined, similar ids that are defined are returned, too.
    """
    exact = _by_kind(draft, "mentioned", draft.mentions).get(kind, set())
    return exact | perhaps_meant(draft, kind)


def perhaps_meant(draft: TopicDraft, kind: str) -> set[str]:
    """Return the defined ids of a kind that look like an id that is referred to but not defined."""
    known = known_ids(draft, kind)
    wrong = _by_kind(draft, "mentioned", draft.mentions).get(kind, set()) - known
    return {id_ for word in wrong for id_ in close(word, known)}


def _by_kind(
    draft: TopicDraft, name: str, all_: Iterable[Definition | IdUse]
) -> Mapping[str, Set[str]]:
    """Return the ids of each kind, sorted out at the first call, by a name for them."""
    if name not in draft.kept:
        by_kind: dict[str, set[str]] = {}
        for each in all_:
            by_kind.setdefault(each.kind, set()).add(each.id)
        draft.kept[name] = by_kind
    kept: Mapping[str, Set[str]] = draft.kept[name]
    return kept


def listed_sections(draft: TopicDraft) -> Iterator[Problem]:
    """Check that each open section is a step or offered by a section, and that no step is gated."""
    if draft.hidden & {"section", "steps"} or not any(m.key == "steps" for m in draft.mentions):
        return
    met = mentioned(draft, "section") | draft.perhaps
    for section in draft.topic.sections:
        if not section.gated and section.id not in met:
            message = "unreachable: it is not in steps, and no section offers it"
            yield Problem(draft.section_files[section.id], "", message)
        if section.gated and section.id in draft.topic.steps:
            message = f'steps: "{section.id}" requires cautions, so it is no step: it comes after'
            yield Problem(draft.file, "", message)


def offers(draft: TopicDraft) -> Iterator[Problem]:
    """Check that a section offers no step, no gated section and not itself, but detours only."""
    gated = {section.id for section in draft.topic.gated_sections()}
    for section in draft.topic.sections:
        for other in section.offers:
            kind = ""
            if other in draft.topic.steps:
                kind = "a step"
            elif other in gated:
                kind = "a gated section"
            elif other == section.id:
                kind = "this section itself"
            if kind:
                message = f'offers "{other}", which is {kind}, not a detour'
                yield Problem(draft.section_files[section.id], "", message)


def doors(draft: TopicDraft) -> Iterator[Problem]:
    """Check that what a section `opens` is a gated section.

    The section that opens it must be a step, and the only one that does.
    """
    gated = {section.id for section in draft.topic.gated_sections()}
    first: dict[str, str] = {}
    for section in draft.topic.sections if not draft.hidden & {"section", "steps"} else ():
        file = draft.section_files[section.id]
        if not section.opens or section.opens not in known_ids(draft, "section"):
            continue
        if section.opens not in gated:
            yield Problem(file, "", f'opens "{section.opens}", which requires no cautions')
        if section.id not in draft.topic.steps:
            yield Problem(file, "", f'opens "{section.opens}", but is no step')
        other = first.setdefault(section.opens, section.id)
        if other != section.id:
            yield Problem(file, "", f'opens "{section.opens}", and so does section "{other}"')


def choices(draft: TopicDraft) -> Iterator[Problem]:
    """Check that a section which asks the reader to choose offers at least two sections."""
    for section in draft.topic.sections:
        if section.choose is not None and len(section.offers) < 2:
            message = "choose: a question, and fewer than two sections that it offers"
            yield Problem(draft.section_files[section.id], "", message)


def pictures(draft: TopicDraft) -> Iterator[Problem]:
    """Check that a picture which is to come after a claim stands in the section of that claim."""
    for section in draft.topic.sections:
        own = {claim.id for claim in section.claims}
        for picture in section.pictures:
            known = picture.after in known_ids(draft, "claim")
            if picture.after and known and picture.after not in own:
                message = f'after "{picture.after}": that claim is not in this section'
                file = draft.section_files[section.id]
                yield Problem(file, f'picture "{picture.id}"', message)


def preview(draft: TopicDraft) -> Iterator[Problem]:
    """Check that the topic's preview, shown before any caution and by its first sentence alone, is
    not gated, is no urgent sign, and has no verdict or warnings that this would leave out.
    """
    warnings = {id_ for warning in draft.warned for id_ in warning.statements}
    claims = ((section, claim) for section in draft.topic.sections for claim in section.every_claim)
    for section, claim in claims:
        if claim.id != draft.topic.preview:
            continue
        start = f'preview "{claim.id}"'
        if section.gated:
            yield Problem(draft.file, "", f"{start} stands in a gated section")
        elif claim.verdict or claim.urgent or warnings & set(claim.rests_on):
            message = "is urgent or has a verdict or warnings, and only its first sentence is shown"
            yield Problem(draft.file, "", f"{start} {message}")
        return  # a second claim of that id is a problem by itself
