"""Words written as they sound are known; everyday words that sound alike are left alone."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import pytest

from kiosk.answers.alarms.lexicon import AlarmLexicon, Entries
from kiosk.answers.alarms.typed import plain, tokens
from kiosk.answers.text.similarity import sounds
from kiosk.answers.text.word_lists import shipped
from kiosk.core.wording import Level
from tests.support.answers.alarms import alarms, rules
from tests.support.shipped import topic

EVERYDAY = 1
"""The class from which on a word is said now and then: those below are only in dictionaries."""
MEANT = {
    "analysis", "asta", "aver", "ciento", "flaccido", "hemorroide", "mamma", "oppression", "reten",
    "serrado", "sierra", "thorax",
}  # fmt: skip
"""Words of the lists that are more often a slip for the alarm's word, or mean the same."""

ALIKE = [
    ("sierra", "cierra"), ("desmallar", "desmayar"), ("inchando", "hinchando"), ("callo", "cayo"),
    ("bomitando", "vomitando"), ("conosimiento", "conocimiento"), ("aogo", "ahogo"),
    ("reaxiona", "reacciona"), ("asficsia", "asfixia"), ("desmayao", "desmayado"),
    ("combulsion", "convulsion"), ("guebo", "huevo"), ("aguelo", "abuelo"), ("injirio", "ingirio"),
    ("kiero", "quiero"), ("corason", "corazon"), ("ezpuma", "espuma"), ("iorando", "yorando"),
    ("diahrea", "diarrhea"), ("brething", "breathing"), ("seezure", "seizure"),
    ("unconcious", "unconscious"), ("vommit", "vomit"), ("suiside", "suicide"),
    ("chokin", "choking"), ("bleading", "bleeding"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "meant"), ALIKE)
def test_sounds_alike(written: str, meant: str) -> None:
    assert set(sounds(written)) & set(sounds(meant))


@pytest.mark.parametrize(
    ("word", "other"),
    [("sangre", "sabor"), ("chest", "cheese"), ("pain", "pan"), ("cara", "carta"), ("die", "diet")],
)
def test_sounds_unlike(word: str, other: str) -> None:
    assert not set(sounds(word)) & set(sounds(other))


def test_a_word_is_known_by_its_sound_unless_it_is_ordinary() -> None:
    recognize = AlarmLexicon(["cierra", "convuls*"], ["sierro"]).recognize
    assert recognize(["sierra"]) == [frozenset({"cierra"})]
    assert recognize(["combulcionando"]) == [frozenset({"convuls*"})]
    assert AlarmLexicon(["cierra"], ["sierra"]).recognize(["sierra"]) == [frozenset()]


@cache
def _everyday() -> frozenset[str]:
    return frozenset(
        head + end
        for _, head, rest in shipped()
        for group in rest.split("\t")
        if group and int(group[0]) >= EVERYDAY
        for end in group[1:].split(" ")
    )


def _by_accident(words: Iterable[str]) -> dict[str, Entries]:
    """The words that are taken for one of the rules only because they sound so."""
    phrases = [phrase for alarm in rules().alarms for phrase in alarm.phrases]
    phrases += [*rules().quiet, *(text for texts in rules().words.values() for text in texts)]
    listed = {word for phrase in phrases for word in plain(phrase).replace("|", " ").split()}
    stems = tuple(word[:-1] for word in listed if word.endswith("*"))
    odd = {w: alarms().lexicon.by_sound(w) for w in set(words) - listed - MEANT}
    return {
        word: entries for word, entries in odd.items() if entries and not word.startswith(stems)
    }


def test_no_everyday_word_sounds_like_an_alarm_by_accident() -> None:
    assert len(_everyday()) > 10_000
    assert _by_accident(_everyday()) == {}


def test_no_word_of_the_topic_sounds_like_an_alarm_by_accident() -> None:
    wordings = [topic().question, topic().summary, *(s.title for s in topic().sections)]
    wordings += [claim.wording for section in topic().sections for claim in section.claims]
    words = {w for wording in wordings for level in Level for w in tokens(wording.at(level))}
    assert len(words) > 300
    assert _by_accident(words) == {}
