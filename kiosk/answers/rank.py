"""The passages that answer a question best, and how sure it is that any does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.answers.abstain import Evidence, confidence
from kiosk.answers.index import Found, Index, Name
from kiosk.answers.intents import GENERAL, nearness
from kiosk.answers.terms import Analyst, Term, Terms

MOST = 20
"""Passages that are ranked."""
_NAMES, _SUBJECTS, _TEXTS = 60, 15, 100
_READ = 8
"""Passages of which it is worked out how much of the question they hold."""
_MOST_MATCHES = 6_000
"""Passages that a search may have to score: the question's commonest words are left out of it."""
_NAMED, _KIND, _COVERED = 1.6, 0.6, 0.4


@dataclass(frozen=True)
class Match:
    """How well a name fits a question."""

    naming: float = 0.0
    """The share of the question's topic, by weight, that the name has."""
    named: float = 0.0
    """The share of the name that the question has."""

    @property
    def score(self) -> float:
        """Both in one."""
        return 0.65 * self.naming + 0.35 * self.named * min(1.0, 2 * self.naming)


@dataclass(frozen=True)
class Hit:
    """A passage, and why it stands where it does. Every share is from 0 to 1."""

    passage: Found
    score: float
    """Comparable within one question and one index only."""
    match: Match
    kind: float
    """How well its kind of section is the one asked for."""
    covered: float
    """The share of the question, by weight, that the passage has in whichever column."""


@dataclass(frozen=True)
class Ranking:
    """What the index has to say to a question."""

    hits: tuple[Hit, ...]
    confidence: float
    """From 0 to 1, that the library holds the answer."""
    evidence: Evidence
    terms: Terms


class Retrieval:
    """Ranks the passages of one index. Safe to keep for many questions; remembers none."""

    def __init__(self, index: Index) -> None:
        self._index, self._analyst = index, Analyst(index)

    def ask(self, text: str, language: str = "en", limit: int = MOST) -> Ranking:
        """Rank for a question that has been through `normalise`."""
        return self.rank(self._analyst.terms(text, language), limit)

    def rank(self, terms: Terms, limit: int = MOST) -> Ranking:
        """Rank for a question that has been taken apart, as by this retrieval's own analyst."""
        topical = [term for term in terms.of if term.topical] or list(terms.of)
        matches = self._subjects(topical)
        texts = self._index.best(self._searched(terms.of), _TEXTS)
        likely = sorted(matches, key=lambda one: -matches[one].score)[:_SUBJECTS]
        hits = self._hits(terms, matches, texts, likely)[:limit]
        hits = self._read(hits, topical)
        evidence = self._evidence(terms, topical, hits)
        return Ranking(tuple(hits), confidence(evidence), evidence, terms)

    def _subjects(self, topical: list[Term]) -> dict[int, Match]:
        """The subjects whose names are most like the question, each by its best name."""
        stems = dict.fromkeys(stem for term in topical for stem in term.stems)
        names = self._index.names_like(stems, _NAMES)
        rarity = self._index.rarity({stem for name in names for stem in name.stems})
        best: dict[int, Match] = {}
        for name in names:
            match = _match(name, topical, rarity)
            if match.score > best.get(name.subject, Match()).score:
                best[name.subject] = match
        return best

    def _searched(self, terms: tuple[Term, ...]) -> list[str]:
        """The stems to search for: rarest first, until enough passages will be found."""
        rarity = self._index.rarity(stem for term in terms for stem in term.stems)
        chosen: list[str] = []
        matches = 0.0
        for stem in sorted(rarity, key=lambda one: -rarity[one]):
            matches += self._index.count(rarity[stem])
            if chosen and matches > _MOST_MATCHES:
                break
            chosen.append(stem)
        return chosen

    def _hits(
        self, terms: Terms, matches: Mapping[int, Match], texts: Mapping[int, float],
        likely: list[int],
    ) -> list[Hit]:  # fmt: skip
        top = max(texts.values(), default=0.0) or 1.0
        asked = terms.asked.kinds or (GENERAL,)
        strength = _KIND if terms.asked.kinds else _KIND / 3
        hits = []
        for found in self._index.passages_at(texts, likely):
            match = matches.get(found.subject, Match())
            kind = nearness(asked, found.kind)
            score = texts.get(found.row, 0.0) / top + _NAMED * match.score + strength * kind
            hits.append(Hit(found, score, match, kind, 0.0))
        hits.sort(key=lambda hit: (-hit.score, hit.passage.row))
        return hits

    def _read(self, hits: list[Hit], topical: list[Term]) -> list[Hit]:
        """The first hits again, now that it is known how much of the question each holds."""
        first, whole = hits[:_READ], sum(term.weight for term in topical) or 1.0
        shares = dict.fromkeys((hit.passage.row for hit in first), 0.0)
        for term in topical:
            holding = {row for stem in term.stems for row in self._index.holding(stem, shares)}
            for row in holding:
                shares[row] += term.weight / whole
        again = [
            Hit(
                hit.passage, hit.score + _COVERED * shares[hit.passage.row], hit.match, hit.kind,
                shares[hit.passage.row],
            )
            for hit in first
        ]  # fmt: skip
        return sorted(again, key=lambda hit: -hit.score) + hits[_READ:]

    def _evidence(self, terms: Terms, topical: list[Term], hits: list[Hit]) -> Evidence:
        if not hits:
            return Evidence()
        best = hits[0]
        whole = sum(term.weight for term in topical) or 1.0
        kinds = self._index.kinds_of(best.passage.topic)
        asked = terms.asked.kinds
        held = max((nearness(asked, kind) for kind in kinds), default=0.0) if asked else 1.0
        return Evidence(
            covered=max(hit.covered for hit in hits[:3]),
            naming=best.match.naming,
            named=best.match.named,
            unknown=sum(term.weight for term in topical if not term.known) / whole,
            held=held,
            asked=bool(asked),
        )


def _match(name: Name, topical: list[Term], rarity: Mapping[str, float]) -> Match:
    whole = sum(term.weight for term in topical) or 1.0
    of_name = sum(rarity.get(stem, 0.0) for stem in name.stems) or 1.0
    shared: set[str] = set()
    naming = 0.0
    for term in topical:
        common = name.stems.intersection(term.stems)
        if common:
            naming += term.weight
            shared |= common
    return Match(naming / whole, sum(rarity.get(stem, 0.0) for stem in shared) / of_name)
