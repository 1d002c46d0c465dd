"""Converts one MedlinePlus page to the files of a topic in one language: its texts, evidence,
review and cautions.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from kiosk.importers.medlineplus.html import ParsedSummary, read_html
from kiosk.importers.medlineplus.paginate import Chunk, chunks, with_lead
from kiosk.importers.medlineplus.record import HealthTopic
from kiosk.importers.medlineplus.screening import Screener, clean_text
from kiosk.importers.medlineplus.toml_writer import Value, table, tables

Lose = Callable[[str, str], None]
"""Called for each item that is not carried over, with its kind and its text."""

_LAST = "about-this-text"
_LEVELS = ["plain", "everyday", "professional"]
_MOST_ABOUT = 1_500
"""Characters of links in the evidence."""


@dataclass
class _SectionDraft:
    id: str
    title: str
    chunks: list[Chunk]
    ours: bool = False


def slug(text: str, most: int = 48) -> str:
    """Return an id made from a text: its letters and digits as lower-case ASCII, all else as single
    hyphens, at most `most` characters; empty where nothing is left.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:most].strip("-")


def slug_of(url: str) -> str:
    """Return the last part of a page's address as an id: `a1c` of
    https://medlineplus.gov/a1c.html.
    """
    return slug(url.split("?")[0].rstrip("/").rpartition("/")[2].removesuffix(".html"))


def topic_files(
    record: HealthTopic,
    id_: str,
    generated: str,
    words: Mapping[str, str],
    gate: Screener,
    lose: Lose,
) -> dict[str, str]:
    """Return the text of each file of the topic made from a page, by the file's path in the topic.

    Empty where nothing of the page may be shown.

    Args:
        record: the page.
        id_: the topic's id.
        generated: when the NLM made its file (mm/dd/yyyy hh:mi:ss): the date that the topic was
            last updated, or empty.
        words: the importer's own texts, such as the courtesy line, in the page's language.
        gate: refuses texts that may not be shown openly.
        lose: called for everything that is left out, with its kind and what it is or why.
    """
    lost: Counter[str] = Counter()
    title = clean_text(record.title, lost)
    why = gate.why_not(title, record.url)
    if why:
        lose("topic left out", why)
        return {}
    summary = read_html(record.summary)
    sections = _sections(summary, title, gate, lose)
    if not sections:
        lose("topic left out", "nothing of its text is left" if summary.passages else "has no text")
        return {}
    is_whole = len(sections) == sum(bool(section.lines) for section in summary.passages)
    created = _iso(record.created)
    about = _about(record, title, created, _iso(generated) or created, words, summary, is_whole)
    why = gate.why_not(*(chunk.text for chunk in about))
    if why:
        lose("about", f"all but the courtesy line: {why}")
        about = about[:1]
    sections.append(_SectionDraft(_LAST, words["title"], about, ours=True))
    files = {f"sections/{n:02}-{section.id}.toml": _section_file(n, section, sections)
             for n, section in enumerate(sections, 1)}  # fmt: skip
    files["evidence.toml"] = _evidence(record, title, created, sections, words, summary, gate, lose)
    files["topic.toml"] = _head(record, id_, title, generated, sections, gate, lose, lost)
    files["review.toml"] = "# No clinician here has reviewed this text.\n" + table(
        {"status": "submitted"}
    )
    files["cautions.toml"] = "# Nothing in this topic stands behind cautions.\n"
    for item, count in (summary.lost + lost).items():
        lose("in the text", f"{item} ({count} times)" if count > 1 else item)
    _lose_rest(record, lose)
    return files


def _sections(
    summary: ParsedSummary, title: str, gate: Screener, lose: Lose
) -> list[_SectionDraft]:
    drafts: list[_SectionDraft] = []
    taken: Counter[str] = Counter({_LAST: 1})
    for passage in summary.passages:
        heading = passage.heading or title
        made = chunks(passage.lines)
        texts = [text for chunk in made for text in (chunk.text, chunk.heading)]
        why = gate.why_not(heading, *texts)
        if why:
            lose("section left out", f'"{heading[:200]}": {why}')
        elif not made:
            lose("in the text", f'the heading "{heading}", under which nothing stands')
        else:
            id_ = slug(heading) or "section"
            taken[id_] += 1
            id_ = id_ if taken[id_] == 1 else f"{id_}-{taken[id_]}"
            drafts.append(_SectionDraft(id_, heading, made if drafts else with_lead(made)))
    return drafts


def _about(
    record: HealthTopic,
    title: str,
    created: str,
    updated: str,
    words: Mapping[str, str],
    summary: ParsedSummary,
    is_whole: bool,
) -> list[Chunk]:
    lines = [words["courtesy"], words["page"].format(title=title, url=record.url)]
    if created and updated:
        lines.append(words["dated"].format(created=created, updated=updated))
    names = summary.attribution or clean_text(record.institute, Counter())
    if names:
        lines.append(words["attribution"].format(names=names))
    if not is_whole:
        lines.append(words["left-out"])
    return [Chunk(line) for line in lines]


def _section_file(number: int, section: _SectionDraft, sections: list[_SectionDraft]) -> str:
    before = sum(len(section.chunks) for section in sections[: number - 1])
    claims: list[dict[str, Value]] = []
    for n, chunk in enumerate(section.chunks, 1):
        claim: dict[str, Value] = {"id": f"{section.id}-{n}"}
        claim["rests-on"] = [_statement_id(before + n)]
        if chunk.heading:
            claim["heading"] = {"text": chunk.heading}
        if n > 1 and chunk.begins_screen and not section.ours:
            claim["new-screen"] = _LEVELS
        if section.ours:
            claim["ours"] = True
        claim["text"] = chunk.text
        claims.append(claim)
    head: dict[str, Value] = {"id": section.id, "title": {"text": section.title}}
    return table(head) + tables("claim", claims)


def _statement_id(number: int) -> str:
    return f"A{number:02}"


def _evidence(
    record: HealthTopic,
    title: str,
    created: str,
    sections: list[_SectionDraft],
    words: Mapping[str, str],
    summary: ParsedSummary,
    gate: Screener,
    lose: Lose,
) -> str:
    document: dict[str, Value] = {
        "id": "A",
        "title": f"MedlinePlus: {title}",
        "publisher": words["publisher"],
        "dated": created,
        "about": " ".join([record.url, *_links(summary, gate, lose)]),
    }
    source = words["source"].format(url=record.url)
    statements: list[dict[str, Value]] = []
    for section in sections:
        for chunk in section.chunks:
            says = "\n".join(part for part in (chunk.heading, chunk.text) if part)
            statement: dict[str, Value] = {"id": _statement_id(len(statements) + 1), "says": says}
            statement |= {"strand": "document", "heading": section.title, "source": source}
            if section.ours:
                statement |= {"about-itself": True}
            statements.append(statement)
    note = "# The page as MedlinePlus words it: each statement is a passage of it, in its order.\n"
    return note + tables("document", [document]) + tables("statement", statements)


def _links(summary: ParsedSummary, gate: Screener, lose: Lose) -> list[str]:
    kept: list[str] = []
    for text, target in dict.fromkeys(summary.links):
        entry = f"[{text}: {target}]"
        if not target or gate.why_not(entry) or sum(map(len, kept)) + len(entry) > _MOST_ABOUT:
            lose("link", f"{text} ({target})")
        else:
            kept.append(entry)
    return kept


def _head(
    record: HealthTopic,
    id_: str,
    title: str,
    generated: str,
    sections: list[_SectionDraft],
    gate: Screener,
    lose: Lose,
    lost: Counter[str],
) -> str:
    summary = clean_text(record.description, lost)
    why = gate.why_not(summary)
    if why:
        lose("summary", f"{summary[:200]}: {why}")
    values: dict[str, Value] = {
        "id": id_,
        "one-level": True,
        "updated": date.fromisoformat(_iso(generated) or _iso(record.created) or "0001-01-01"),
        "question": {"text": title},
        "summary": {"text": title if why or not summary else summary},
        "steps": [section.id for section in sections],
        "preview": f"{sections[0].id}-1",
        "groups": _names("group", record.groups, gate, lose, lost),
        "other-names": _names("other name", record.other_names, gate, lose, lost),
        "codes.mesh": _names("MeSH heading", record.mesh, gate, lose, lost),
    }
    return table(values)


def _names(
    kind: str, names: list[str], gate: Screener, lose: Lose, lost: Counter[str]
) -> list[str]:
    kept = []
    for name in dict.fromkeys(clean_text(name, lost) for name in names):
        why = gate.why_not(name)
        if name and not why:
            kept.append(name)
        elif name:
            lose(kind, f"{name[:200]}: {why}")
    return kept


def _lose_rest(record: HealthTopic, lose: Lose) -> None:
    """Report what the page has and a topic has no field for."""
    for kind, values in (
        ("related topic", record.related),
        ("site", record.sites),
        ("other language", record.elsewhere),
    ):
        for value in values:
            lose(kind, value)
    for name, count in record.unknown.items():
        lose("unknown element", f"<{name[:40]}> ({count} times)" if count > 1 else f"<{name[:40]}>")


def _iso(text: str) -> str:
    """Return mm/dd/yyyy, with or without a time, as ISO 8601; empty where it is no date."""
    try:
        return datetime.strptime(text.strip().partition(" ")[0], "%m/%d/%Y").date().isoformat()
    except ValueError:
        return ""
