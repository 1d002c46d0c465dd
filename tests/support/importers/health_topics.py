"""Small files in the form of the NLM's health topics."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from tests.support.library.small_tree import Tree, interface_toml

DTD = (
    '<!DOCTYPE health-topics PUBLIC "-//NLM//DTD health-topics //EN" '
    '"https://medlineplus.gov/xml/mplus_topics.dtd">\n'
)
SUMMARY = (
    "<h3>What is a sore neck?</h3><p>A neck that is sore. It will pass.</p>"
    "<h3>What helps?</h3><p>You may:</p><ul><li>Walk</li><li>Rest</li></ul>"
)


def topic(summary: str = SUMMARY, inner: str = "", language: str = "English", **given: str) -> str:
    """One <health-topic>; `given` are its attributes, where they are not the usual ones."""
    usual = {
        "id": "61",
        "title": "Sore Neck",
        "url": "https://medlineplus.gov/soreneck.html",
        "date-created": "12/22/2015",
        "meta-desc": "A neck may be sore.",
    }
    fields = usual | {key.replace("_", "-"): value for key, value in given.items()}
    attributes = " ".join(f"{key}={quoteattr(value)}" for key, value in fields.items() if value)
    text = f"<full-summary>{escape(summary)}</full-summary>"
    return f'<health-topic {attributes} language="{language}">{text}{inner}</health-topic>'


SPANISH = topic(
    "<h3>¿Qué es?</h3><p>El cuello duele. Va a pasar.</p>"
    "<h3>Otra parte</h3><p>Camine m&aacute;s.</p>",
    '<language-mapped-topic url="https://medlineplus.gov/soreneck.html" id="61" '
    'language="English">Sore Neck</language-mapped-topic><group id="2">Huesos</group>',
    "Spanish",
    id="62",
    title="Dolor de cuello",
    url="https://medlineplus.gov/spanish/soreneck.html",
    meta_desc="",
)


def xml(*topics: str, head: str = DTD) -> str:
    """A whole file."""
    root = f'<health-topics total="{len(topics)}" date-generated="08/10/2024 02:30:32">'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{head}{root}{"".join(topics)}</health-topics>\n'
    )


CALL_IN_SPANISH = """
call.es = { plain = "Llame al {number}.", everyday = "Al {number}.", professional = "{number}." }
call-unnumbered.es = { plain = "Pida ayuda.", everyday = "Ayuda.", professional = "Ayuda." }
"""
SAY_IN_SPANISH = """
[alarm.say.es]
plain = "Avise. {call}"
everyday = "Avise. {call}"
professional = "Avise. {call}"

[words.legs]"""


def write_bilingual_library(root: Path) -> Tree:
    """A library in English and Spanish; what its own topic gates everywhere is zinc."""
    tree = Tree(root)
    tree.change("library.toml", '["en"]', '["en", "es"]')
    tree.add("library.toml", 'clinic.es = "La clínica"\n')
    tree.write("interface/es.toml", interface_toml())
    tree.change("urgent.toml", 'languages = ["en"]', 'languages = ["en", "es"]' + CALL_IN_SPANISH)
    tree.change("urgent.toml", "\n[words.legs]", SAY_IN_SPANISH)
    tree.write("policy/es.toml", (root / "policy/en.toml").read_text("utf-8"))
    for label in ("I like easy words.", "I care for someone."):
        tree.change(
            "readers.toml", f'label.en = "{label}"', f'label.en = "-"\nlabel.es = "{label}"'
        )
    tree.add("sore-back/topic.toml", 'gated-everywhere = ["zinc", "cinc"]\n')
    return tree
