"""Record of one health topic as it stands in the NLM's file, before anything is checked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

LANGUAGES = {"English": "en", "Spanish": "es"}


@dataclass
class HealthTopic:
    """One MedlinePlus page in one language, with the fields of its XML element unchecked.

    Made by `TopicReader`, and written as a topic's files by `topic_files`.
    """

    id: str
    title: str
    url: str
    language: str
    """Name of the language in the file: English, Spanish."""
    created: str = ""
    """Date on which MedlinePlus first had the page: mm/dd/yyyy."""
    description: str = ""
    summary: str = ""
    """HTML."""
    other_names: list[str] = field(default_factory=list)
    """also-called, and the entries of its index that lead here (see-reference)."""
    groups: list[str] = field(default_factory=list)
    mesh: list[str] = field(default_factory=list)
    """Descriptor ids."""
    mapped: list[tuple[str, str, str]] = field(default_factory=list)
    """This page in another language: its id, URL, language."""
    institute: str = ""
    related: list[str] = field(default_factory=list)
    sites: list[str] = field(default_factory=list)
    """Titles and addresses of pages of others."""
    elsewhere: list[str] = field(default_factory=list)
    """Languages other than the file's in which MedlinePlus links to something."""
    unknown: Counter[str] = field(default_factory=Counter)
    """Elements that the NLM's description of the format does not have."""

    @property
    def code(self) -> str:
        """The language of the page as a code (`en`, `es`); empty for a language that is not
        imported.
        """
        return LANGUAGES.get(self.language, "")

    @property
    def english(self) -> tuple[str, str] | None:
        """The id and URL of the page's English version (its own if it is English), by which its
        topic is named in every language; None where it has none.
        """
        if self.language == "English":
            return self.id, self.url
        return next(((i, url) for i, url, lang in self.mapped if lang == "English"), None)
