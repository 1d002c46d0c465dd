"""Rank the passages of a full-text index by how well they answer a question, and compute the
confidence that one of them does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kiosk.answers.fulltext.confidence import PassageFeatures, confidence
from kiosk.answers.fulltext.index import FullTextIndex, IndexedPassage, SubjectName
from kiosk.answers.fulltext.query import ParsedQuestion, QueryParser, Term
from kiosk.answers.intents.classify import GENERAL, nearness
from kiosk.fast_dataclass import dataclass, replace

MOST = 20
"""Passages that are ranked."""
_NAMES, _SUBJECTS, _TEXTS = 60, 15, 100
_READ = 8
"""Passages of which it is worked out how much of the question they hold."""
_MOST_MATCHES = 6_000
"""Passages that a search may have to score: the question's commonest words are left out of it."""
_NAMED, _KIND, _KIND_HINTED, _KIND_UNASKED, _COVERED, _AGAIN = 1.6, 0.6, 0.35, 0.2, 0.4, 0.12

Rarity = Mapping[str, tuple[float, bool]]


@dataclass(frozen=True)
class NameMatch:
    """Match of a subject's name with a question: the share of the question's topic that the name
    covers, and the share of the name that the question has. Shares are by weight, from 0 to 1.
    """

    naming: float = 0.0
    """The share of the question's topic that the name has."""
    near: float = 0.0
    """As `naming`, but of those groups of adjacent words alone in which the name has a word."""
    named: float = 0.0
    """The share of the name that the question has."""
    kinds: tuple[str, ...] = ()
    """The kinds of section asked for by words that are not the name's own."""

    @property
    def score(self) -> float:
        """The fit of the name with the question as one number, from 0 to 1."""
        asked = 0.5 * self.naming + 0.5 * self.near
        return 0.65 * asked + 0.35 * self.named * min(1.0, 2 * asked)


@dataclass(frozen=True)
class PassageHit:
    """A passage found for a question, with its score and what the score is made of."""

    passage: IndexedPassage
    score: float
    """Comparable within one question and one index only."""
    match: NameMatch
    kind: float
    """Fit of the passage's kind of section with the kind that is asked for."""
    covered: float = 0.0
    """The share of the question, by weight, that the passage has in whichever column."""


@dataclass(frozen=True)
class Ranking:
    """Result of a full-text search: the passages found, best first, the confidence that one of them
    answers, and what both rest on.
    """

    hits: tuple[PassageHit, ...]
    confidence: float
    """From 0 to 1, that the library holds the answer."""
    evidence: PassageFeatures
    terms: ParsedQuestion


class Retriever:
    """Full-text search of one index: ranks its passages for a question. It keeps nothing of
    questions, so one instance can serve many.
    """

    def __init__(self, index: FullTextIndex) -> None:
        self._index, self._analyst = index, QueryParser(index)

    def ask(self, text: str, language: str = "en", limit: int = MOST) -> Ranking:
        """Return the ranking of at most `limit` passages for a question given as text.

        `text` must have gone through `normalise`.
        """
        return self.rank(self._analyst.terms(text, language), limit)

    def rank(self, terms: ParsedQuestion, limit: int = MOST) -> Ranking:
        """Return the ranking of at most `limit` passages for a parsed question, as `QueryParser`
        makes it.
        """
        matches = self._subjects(terms)
        texts = self._index.best(self._searched(terms.of), _TEXTS)
        likely = sorted(matches, key=lambda subject: -matches[subject].score)[:_SUBJECTS]
        topical = _topical(terms)
        hits = self._read(self._hits(terms, matches, texts, likely), topical)
        evidence = self._evidence(topical, hits)
        return Ranking(tuple(hits[:limit]), confidence(evidence), evidence, terms)

    def _subjects(self, terms: ParsedQuestion) -> dict[int, NameMatch]:
        """The subjects whose names are most like the question, each by its best name."""
        stems = dict.fromkeys(stem for term in terms.of for stem in term.stems)
        names = self._index.names_like(stems, _NAMES)
        rarity = self._index.rarity({stem for name in names for stem in name.stems})
        best: dict[int, NameMatch] = {}
        for name in names:
            match = _match(name, terms, rarity)
            if match.score > best.get(name.subject, NameMatch()).score:
                best[name.subject] = match
        return best

    def _searched(self, terms: Iterable[Term]) -> list[str]:
        """The stems to search for: rarest first, until enough passages will be found."""
        rarity = self._index.rarity(stem for term in terms for stem in term.stems)
        chosen: list[str] = []
        matches = 0.0
        for stem in sorted(rarity, key=lambda stem: -rarity[stem][0]):
            matches += self._index.count(rarity[stem][0])
            if chosen and matches > _MOST_MATCHES:
                break
            chosen.append(stem)
        return chosen

    def _hits(
        self, terms: ParsedQuestion, matches: Mapping[int, NameMatch], texts: Mapping[int, float],
        likely: list[int],
    ) -> list[PassageHit]:  # fmt: skip
        top = max(texts.values(), default=0.0) or 1.0
        unnamed = NameMatch(kinds=tuple(terms.kinds))
        hits = []
        for passage in self._index.passages_at(texts, likely):
            match = matches.get(passage.subject, unnamed)
            kind = nearness(match.kinds or (GENERAL,), passage.kind)
            score = texts.get(passage.row, 0.0) / top + _NAMED * match.score
            strength = _KIND if terms.sure else _KIND_HINTED
            score += (strength if match.kinds else _KIND_UNASKED) * kind
            hits.append(PassageHit(passage, score, match, kind))
        hits.sort(key=lambda hit: (-hit.score, hit.passage.row))
        return hits

    def _read(self, hits: list[PassageHit], topical: list[Term]) -> list[PassageHit]:
        """The first hits again, now that it is known how much of the question each holds."""
        first, whole = hits[:_READ], _weight(topical)
        shares = dict.fromkeys((hit.passage.row for hit in first), 0.0)
        for term in topical:
            for row in self._index.holding(term.stems, shares):
                shares[row] += term.weight / whole
        again = []
        for hit in first:
            share = shares[hit.passage.row]
            again.append(replace(hit, score=hit.score + _COVERED * share, covered=share))
        return _spread(sorted(again, key=lambda hit: -hit.score) + hits[_READ:])

    def _evidence(self, topical: list[Term], hits: list[PassageHit]) -> PassageFeatures:
        if not hits:
            return PassageFeatures()
        best = hits[0]
        asked = best.match.kinds
        kinds = self._index.kinds_of(best.passage.topic) if asked else ()
        nearest_kind = max((nearness(asked, kind) for kind in kinds), default=0.0) if asked else 1.0
        return PassageFeatures(
            covered=max(hit.covered for hit in hits[:3]),
            naming=best.match.naming,
            near=best.match.near,
            named=best.match.named,
            unknown=sum(term.weight for term in topical if not term.known) / _weight(topical),
            guessed=sum(term.weight * term.guessed for term in topical) / _weight(topical),
            has_kind=nearest_kind,
            asked=bool(asked),
        )


def _topical(terms: ParsedQuestion) -> list[Term]:
    return [term for term in terms.of if term.topical] or list(terms.of)


def _weight(terms: Iterable[Term]) -> float:
    return sum(term.weight for term in terms) or 1.0


def _match(name: SubjectName, terms: ParsedQuestion, rarity: Rarity) -> NameMatch:
    topical = _topical(terms)
    has = {term: name.stems.intersection(term.stems) for term in terms.of}
    shared = frozenset[str]().union(*has.values())
    runs = {term.run for term in topical if has[term]}
    naming = sum(term.weight for term in topical if has[term])
    own = sum(term.weight for term in terms.of if has[term] and term not in topical)
    of_name = sum(rarity[stem][0] for stem in name.stems if stem in rarity) or 1.0
    return NameMatch(
        (naming + own) / (_weight(topical) + own),
        (naming + own) / (_weight(term for term in topical if term.run in runs) + own),
        sum(rarity[stem][0] for stem in shared if stem in rarity) / of_name,
        tuple(kind for kind, said in terms.kinds.items() if not said or not said <= name.stems),
    )


def _spread(hits: list[PassageHit]) -> list[PassageHit]:
    """Move each passage down for every better one that says the same kind of thing of its topic."""
    seen: dict[tuple[str, str], int] = {}
    moved = []
    for hit in hits:
        same = hit.passage.topic, hit.passage.kind
        moved.append(replace(hit, score=hit.score - _AGAIN * min(seen.get(same, 0), 4)))
        seen[same] = seen.get(same, 0) + 1
    return sorted(moved, key=lambda hit: -hit.score)
