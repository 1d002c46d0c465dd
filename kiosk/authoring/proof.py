"""Make the document in which reviewers read a whole topic: as HTML or plain text, or as parts of
which a PDF is made elsewhere.

It has all levels of each text, the statements and sources behind it, and reviewers' comments.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from textwrap import wrap

from kiosk.core.content import Section
from kiosk.core.evidence import Statement
from kiosk.core.library import InterfaceText
from kiosk.core.pages.marks import Mark, claim_marks, marks_of
from kiosk.core.wording import Level, Wording
from kiosk.fast_dataclass import dataclass
from kiosk.library.review.comments import Comment
from kiosk.library.source.draft import Draft, TopicDraft
from kiosk.library.source.texts import TextPiece, item_of, statements, table_pieces, topic_pieces

_WIDTH = 100
_APART = {"policy": "Who wrote it", "cautions": "Cautions", "questions": "Questions offered"}


@dataclass(frozen=True, slots=True)
class ProofItem:
    """One item of a topic in the reviewers' document, such as a claim: its texts in every level,
    and the statements that it rests on.
    """

    label: str
    """The name that its author gave it: `claim "zinc"`."""
    texts: tuple[tuple[str, Wording | str], ...]
    """Each text by its key, which is empty for the item's own wording."""
    statements: tuple[Statement, ...]
    marks: str
    """The marks that a reader sees after it."""
    exception: str
    """The reason that its author gives why its amounts are of food."""
    source: tuple[str, ...] = ()
    """Of a translation, the texts that it translates, each with its key."""


@dataclass(frozen=True, slots=True)
class ProofPart:
    """One part of the reviewers' document: a section with its items, or the texts that belong to no
    section, such as the cautions.
    """

    title: str
    note: str
    items: tuple[ProofItem, ...]
    comments: tuple[str, ...] = ()
    """Comments of reviewers on it that nobody has dealt with yet."""


def parts_of(
    library: Draft, draft: TopicDraft, comments: Iterable[Comment] = ()
) -> list[ProofPart]:
    """Return a topic as the parts of the reviewers' document, in the order in which they are read.

    First comes what is about the whole topic, then its steps, then other sections such as gated
    ones, last what stands apart, such as cautions. Each open comment is with the section that it
    is about.
    """
    by_id: dict[str, tuple[str, ...]] = {}
    for comment in comments:
        if not comment.done:
            said = f"{comment.by}, {comment.date}: {comment.text}"
            by_id[comment.section] = (*by_id.get(comment.section, ()), said)
    topic = draft.topic
    by_section: dict[str, dict[tuple[str, str], list[TextPiece]]] = {}
    for piece in (*topic_pieces(draft, whole=True), *table_pieces(draft, whole=True)):
        items = by_section.setdefault(piece.section, {})
        items.setdefault((piece.file, piece.where), []).append(piece)
    marks = _marks(library, draft)
    order = [id_ for id_ in topic.steps if topic.has_section(id_)]
    others = [section.id for section in topic.sections if section.id not in order]
    whole = _items(draft, by_section.get("", {}), marks)
    parts = [ProofPart("The topic", _head(draft), whole, by_id.get("", ()))]
    for id_ in (*order, *others):
        section = topic.section(id_)
        own = _items(draft, by_section.get(id_, {}), marks)
        note = _note(draft, section)
        parts.append(ProofPart(section.title.plain, note, own, by_id.get(id_, ())))
    for id_, title in _APART.items():
        if id_ in by_section:
            parts.append(ProofPart(title, "", _items(draft, by_section[id_], marks)))
    return parts


def proof_as_html(library: Draft, draft: TopicDraft, comments: Iterable[Comment] = ()) -> str:
    """Return the reviewers' document of a topic as one page of HTML, with the levels of each text
    side by side.

    The page needs no other file, and prints on A4 or Letter. `comments` are reviewers'; those that
    have been dealt with are left out.
    """
    title = escape(draft.topic.question.everyday)
    parts = "".join(map(_part_as_html, parts_of(library, draft, comments)))
    code = escape(draft.topic.language)
    return (
        f'<!DOCTYPE html>\n<html lang="{code}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>Proof: {title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{title}</h1>\n{parts}</body>\n</html>\n"
    )


def proof_as_text(library: Draft, draft: TopicDraft, comments: Iterable[Comment] = ()) -> str:
    """Return the reviewers' document of a topic as plain text, at most 100 characters wide.

    The levels of each text come one below another, then the evidence. `comments` are reviewers';
    those that have been dealt with are left out.
    """
    lines = [draft.topic.question.everyday, "=" * _WIDTH, ""]
    for part in parts_of(library, draft, comments):
        lines += [part.title.upper(), part.note, "-" * _WIDTH, ""]
        lines += [line for said in part.comments for line in _wrapped(said, "Comment: ")]
        for item in part.items:
            lines += [*_item_as_text(item), ""]
    return "\n".join(lines).rstrip() + "\n"


def rows_of(item: ProofItem) -> Iterator[tuple[str, ...]]:
    """Yield a table row for each text of an item: its key, then its wording in each level; the
    wording only once where it is the same in all levels.
    """
    for key, text in item.texts:
        wordings = (text,) if isinstance(text, str) else tuple(text.at(level) for level in Level)
        yield (key, *(wordings if len(set(wordings)) > 1 else wordings[:1]))


def _items(
    draft: TopicDraft,
    by_item: dict[tuple[str, str], list[TextPiece]],
    marks: dict[str, str],
) -> tuple[ProofItem, ...]:
    items = []
    for (file, where), pieces in by_item.items():
        rests_on = dict.fromkeys(id_ for piece in pieces for id_ in piece.rests_on)
        id_ = where.rpartition(' "')[2].rstrip('"')
        items.append(
            ProofItem(
                where,
                tuple((piece.key, piece.text) for piece in pieces),
                tuple(statements(draft.topic, rests_on)),
                marks.get(id_, ""),
                draft.food_amounts.get((file, where), ""),
                tuple(_source(draft, item_of(pieces[0]))),
            )
        )
    return tuple(items)


def _source(draft: TopicDraft, id_: str) -> Iterator[str]:
    """Yield what an item of a translation translates, how far it has come first."""
    translation = draft.translation
    if translation is not None and id_ in translation.items:
        yield f"Translation: {translation.states[id_].value}."
        for key, text in translation.items[id_].texts.items():
            yield f"{translation.source_language}, {key}: {text}"


def _head(draft: TopicDraft) -> str:
    topic = draft.topic
    allowed = "".join(f' May name "{entry.term}": {entry.because}' for entry in draft.allowed)
    return f"{topic.id} ({topic.language}), {topic.status.value}, updated {topic.updated}.{allowed}"


def _note(draft: TopicDraft, section: Section) -> str:
    if section.gated:
        return f"Closed. Cautions before it: {', '.join(section.requires)}."
    if section.id in draft.topic.steps:
        return f"Step {draft.topic.steps.index(section.id) + 1} of {len(draft.topic.steps)}."
    return "A closer look."


def _marks(library: Draft, draft: TopicDraft) -> dict[str, str]:
    """Return by item the marks that a reader sees after it."""
    topic, words = draft.topic, library.library.words.get(draft.topic.language, InterfaceText({}))
    marks: dict[str, tuple[Mark, ...]] = {}
    for section in topic.sections:
        for claim in section.every_claim:
            if len(statements(topic, claim.rests_on)) == len(set(claim.rests_on)):
                marks[claim.id] = claim_marks(topic, claim)
        sides = [(signs.id, signs.rests_on) for signs in section.urgent]
        sides += [(both.id, both.rests_on) for both in section.both_true]
        for id_, rests_on in sides:
            if len(statements(topic, rests_on)) == len(set(rests_on)):
                marks[id_] = marks_of(topic, rests_on)
    return {id_: " ".join(_words(mark, words) for mark in shown) for id_, shown in marks.items()}


def _words(mark: Mark, words: InterfaceText) -> str:
    key = f"mark.{mark.kind}{'-part' if mark.in_part else ''}"
    if mark.kind == "guideline":
        key += "" if mark.value and "," not in mark.value else "s" if mark.value else "-undated"
    phrase = words.phrases.get(key, key)
    text = phrase if isinstance(phrase, str) else phrase.at(Level.PROFESSIONAL)
    return text.replace("{year}", mark.value).replace("{condition}", mark.value)


def _part_as_html(part: ProofPart) -> str:
    items = "".join(map(_item_as_html, part.items))
    note = f'<p class="note">{escape(part.note)}</p>' if part.note else ""
    said = "".join(f'<p class="comment">{_lines_as_html(text)}</p>' for text in part.comments)
    return f"<section>\n<h2>{escape(part.title)}</h2>\n{note}{said}\n{items}</section>\n"


def _item_as_html(item: ProofItem) -> str:
    rows = []
    for key, text in item.texts:
        name = f"<th>{escape(key)}</th>"
        if isinstance(text, str) or len({text.at(level) for level in Level}) == 1:
            shown = text if isinstance(text, str) else text.plain
            rows.append(f'<tr>{name}<td colspan="3">{_lines_as_html(shown)}</td></tr>')
        else:
            cells = "".join(f"<td>{_lines_as_html(text.at(level))}</td>" for level in Level)
            rows.append(f"<tr>{name}{cells}</tr>")
    label = f"<h3>{escape(item.label)}</h3>\n" if item.label else ""
    levels = "".join(f"<th>{level.value}</th>" for level in Level)
    table = f"<table><tr><th></th>{levels}</tr>\n{''.join(rows)}</table>\n"
    listed = "".join(f"<li>{escape(line)}</li>" for line in behind(item))
    return f"<article>{label}{table}{f'<ul>{listed}</ul>' if listed else ''}</article>\n"


def _lines_as_html(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _item_as_text(item: ProofItem) -> Iterator[str]:
    if item.label:
        yield f"[{item.label}]"
    for key, text in item.texts:
        wordings = {"": text} if isinstance(text, str) else {x.value: text.at(x) for x in Level}
        if len(set(wordings.values())) == 1:
            wordings = {"": next(iter(wordings.values()))}
        for level, words in wordings.items():
            label = ": ".join(part for part in (key, level) if part)
            yield from _wrapped(words, f"  {label:<23}")
    for line in behind(item):
        yield from _wrapped(line, "    > ")


def _wrapped(text: str, start: str) -> Iterator[str]:
    for line in text.split("\n"):
        yield from wrap(line, _WIDTH, initial_indent=start, subsequent_indent=" " * len(start)) or [
            start.rstrip()
        ]
        start = " " * len(start)


def behind(item: ProofItem) -> Iterator[str]:
    """Yield the lines below an item in the reviewers' document: on what evidence it rests.

    First come, of a translation, the texts that it translates; then the marks that a reader sees
    after the item, and why its author says that its amounts are of food; then each statement with
    its source and whether that was checked.
    """
    yield from item.source
    if item.marks:
        yield f"Mark: {item.marks}"
    if item.exception:
        yield f"Amounts of food, says its author: {item.exception}"
    for entry in item.statements:
        cites = f" Cites {entry.cites}." if entry.cites else ""
        source = f" Source: {entry.source}" if entry.source else ""
        checked = f" Checked: {entry.checked.value}." if entry.checked.value else ""
        note = f" {entry.check_note}" if entry.check_note else ""
        verified = f" Read: {entry.verified}." if entry.verified else ""
        flags = "".join(
            f" [{name}]"
            for name, is_set in (("product", entry.supplement), ("caveat", entry.caveat))
            if is_set
        )
        yield f"{entry.id}{flags} {entry.says}{cites}{source}{verified}{checked}{note}"


_STYLE = """
body { font: 11pt/1.4 sans-serif; margin: 2em auto; max-width: 75em; padding: 0 1em; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { border: 1px solid #999; padding: .3em .5em; text-align: left; vertical-align: top; }
th:first-child { width: 7em; font-weight: normal; }
h2 { border-bottom: 2px solid; margin-top: 2em; }
h3 { font-size: 1em; margin: 1.2em 0 .3em; }
.comment { border-left: 4px solid #c60; padding-left: .6em; }
.note { font-style: italic; }
ul { font-size: .85em; margin: .3em 0 0; }
article { break-inside: avoid; }
@page { margin: 15mm; }
@media print { body { margin: 0; max-width: none; font-size: 9pt; } }
"""
