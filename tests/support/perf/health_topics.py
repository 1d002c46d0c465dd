"""Files in the format of the NLM's health topics: real topics, or generated ones of any size."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pytest

REAL = "KIOSK_HEALTH_TOPICS"
"""The variable with the path of `medlineplus-topics.json.gz`: 1,017 topics, flattened."""

_DTD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE health-topics PUBLIC "-//NLM//DTD health-topics //EN" '
    '"https://medlineplus.gov/xml/mplus_topics.dtd">\n'
)
_ASKS = re.compile(r"(?:What|How|Who|Why|When|Where|Can|Is|Are|Do|Does|Should|Which)\b.{3,90}\?")


def real_topics() -> list[dict[str, Any]]:
    """Return the real topics; skip the test where the file is not there."""
    path = Path(os.environ.get(REAL, "../shared/data/medlineplus-topics.json.gz"))
    if not path.is_file():
        pytest.skip(f"NOT MEASURED: no real health topics at {path}; set {REAL} to the file")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        topics: list[dict[str, Any]] = json.load(file)
    return topics


def write_real(file: Path) -> int:
    """Write the real topics as XML; return how many there are.

    Their text has no markup: a short question by itself is taken for a heading, the rest of each
    section for a paragraph.
    """
    topics = real_topics()
    _write(file, len(topics), map(_real, topics))
    return len(topics)


def write_generated(file: Path, size: int) -> int:
    """Write generated topics in English and Spanish, about `size` bytes; return how many."""
    each = len(_generated(0)) + len(_generated(1))
    count = max(1, size // each) * 2
    _write(file, count, map(_generated, range(count)))
    return count


def _write(file: Path, count: int, topics: Iterator[str]) -> None:
    with file.open("w", encoding="utf-8") as out:
        out.write(f'{_DTD}<health-topics total="{count}" date-generated="08/10/2024 02:30:32">\n')
        for topic in topics:
            out.write(topic)
        out.write("</health-topics>\n")


def _real(topic: dict[str, Any]) -> str:
    text = re.sub(r" (?=[.,;:?!)])", "", topic["content"])
    html: list[str] = []
    sentences: list[str] = []
    for sentence in re.split(r"(?<=[.?!]) (?=[A-Z])", text):
        if _ASKS.fullmatch(sentence):
            html += [f"<p>{escape(' '.join(sentences))}</p>"] if sentences else []
            html.append(f"<h3>{escape(sentence)}</h3>")
            sentences = []
        else:
            sentences.append(sentence)
    html += [f"<p>{escape(' '.join(sentences))}</p>"] if sentences else []
    fields = {"title": topic["title"], "url": topic["url"], "id": topic["id"]}
    inner = [f"<also-called>{escape(name)}</also-called>" for name in topic["synonyms"]]
    inner.append(f"<full-summary>{escape(''.join(html))}</full-summary>")
    inner += [f'<group url="" id="1">{escape(name)}</group>' for name in topic["groups"]]
    for name in topic["mesh_terms"]:
        inner.append(f"<mesh-heading><descriptor>{escape(name)}</descriptor></mesh-heading>")
    inner += [f"<related-topic>{escape(name)}</related-topic>" for name in topic["related_topics"]]
    return _element(fields, topic["language"], inner)


def _element(fields: dict[str, str], language: str, inner: list[str]) -> str:
    attributes = " ".join(f"{key}={quoteattr(value)}" for key, value in fields.items())
    head = f'<health-topic {attributes} language="{language}" date-created="12/22/2015">'
    return "\n".join([head, *inner, "</health-topic>\n"])


_SITE = (
    '<site title="A page" url="https://example.org/{}"><information-category>Specifics'
    "</information-category><organization>An institute</organization></site>"
)
_ENGLISH = (
    "<h3>What is it?</h3><p>A made topic, number {0}. It is not about health &amp; care.</p>"
    "<p>It has:</p><ul><li>A point</li><li>Another point, which has<ul><li>a part</li></ul></li>"
    "</ul><h3>How is it counted?</h3><table><tr><th>Day</th><th>Count</th></tr><tr><td>first</td>"
    "<td>some</td></tr></table>" + "<h3>What else?</h3>" + "<p>It goes on and on. </p>" * 60
)
_SPANISH = "<h3>¿Qué es?</h3><p>Un tema inventado, número {0}.</p>" + "<p>Sigue y sigue.</p>" * 60


def _generated(number: int) -> str:
    pair, spanish = divmod(number, 2)
    summary = (_SPANISH if spanish else _ENGLISH).format(pair)
    folder = "spanish/" if spanish else ""
    url = f"https://medlineplus.gov/{folder}made{pair}.html"
    other = "English" if spanish else "Spanish"
    other_url = f"https://medlineplus.gov/{'' if spanish else 'spanish/'}made{pair}.html"
    mapped = f'url="{other_url}" id="{2 * pair + 1 - spanish}" language="{other}"'
    inner = [
        f"<also-called>Invented {pair}</also-called>",
        f"<full-summary>{escape(summary)}</full-summary>",
        '<group url="" id="1">Made topics</group>',
        f"<language-mapped-topic {mapped}>Made</language-mapped-topic>",
        *(_SITE.format(n) for n in range(60)),
    ]
    fields = {"title": f"Made topic {pair}", "url": url, "id": str(number)}
    return _element(fields, "Spanish" if spanish else "English", inner)
