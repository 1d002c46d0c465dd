"""Recognizes words of the alarm rules in typed words, in spite of endings, misspellings, letters
held down, and missing or wrong spaces.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kiosk.answers.alarms.typed import unstretched
from kiosk.answers.text.similarity import distance, sounds

_ENDING = 7
"""Letters that may follow a stem: more, and it is another word, or two."""
_ONE_SLIP, _TWO_SLIPS = 5, 9
"""Letters from which on a word is known by one slip, or two."""
_LEAST_TYPED = 4
_LEAST_JOINED = 6

Entries = frozenset[str]


class AlarmLexicon:
    """Lexicon of the words and stems (`convuls*`) in the alarm rules, looked up by spelling, by
    sound and by likely misspellings.

    Args:
        words: the words and stems of the rules.
        ordinary: words that are never taken for a misspelling of those.
        joined: small words that people write together with those, without a space.
    """

    def __init__(
        self, words: Iterable[str], ordinary: Iterable[str] = (), joined: Iterable[str] = ()
    ) -> None:
        known = set(words)
        self._exact = {word for word in known if not word.endswith("*")}
        self._stems = {word[:-1] for word in known if word.endswith("*")}
        self._ordinary = set(ordinary)
        self._pieces = self._exact | self._stems | set(joined)
        self._longest = max(map(len, self._pieces), default=0)
        self._near = _index((_shortened(word, _slips(len(word))), word) for word in self._exact)
        self._sounding = _index((sounds(word), word) for word in self._exact)
        self._beginning = _index((sounds(stem), f"{stem}*") for stem in self._stems)

    def recognize(self, typed: list[str]) -> list[Entries]:
        """Return, for each typed word, the lexicon's words and stems that it may be; empty for
        none.

        A typed word that is several written together counts as several, so the list can be longer
        than `typed`. The words must be folded.
        """
        entries: list[Entries] = []
        for position, word in enumerate(typed):
            alternatives = self._whole(word)
            if not alternatives and position + 1 < len(typed):
                alternatives = self._torn(word, typed[position + 1])
            pieces = [] if alternatives or word in self._ordinary else self._apart(word)
            entries += [self._known(piece) for piece in pieces] or [alternatives]
        return entries

    def joined(self, typed: list[str]) -> list[str]:
        """Return a new list of the typed words, in which a known word that a space has split is
        whole again.
        """
        whole: list[str] = []
        rest = list(reversed(typed))
        while rest:
            word = rest.pop()
            if rest and not self._whole(word) and self._torn(word, rest[-1]):
                word += rest.pop()
            whole.append(word)
        return whole

    def by_sound(self, word: str) -> Entries:
        """Return the lexicon's words and stems that sound like the typed `word`; empty for a very
        short or an ordinary word.
        """
        if len(word) < _LEAST_TYPED or word in self._ordinary:
            return frozenset()
        words: set[str] = set()
        for sound in sounds(word):
            words.update(_under(sound, self._sounding))
            for end in range(max(1, len(sound) - _ENDING), len(sound) + 1):
                words.update(_under(sound[:end], self._beginning))
        return frozenset(words)

    def _whole(self, word: str) -> Entries:
        entries: Entries = frozenset()
        for form in unstretched(word):
            entries |= self._known(form) or self.by_sound(form) | self._slipped(form)
        return entries

    def _known(self, word: str) -> Entries:
        shortest = max(1, len(word) - _ENDING)
        stems = (word[:end] for end in range(shortest, len(word) + 1))
        entries = {f"{stem}*" for stem in stems if stem in self._stems}
        return frozenset(entries | {word} if word in self._exact else entries)

    def _slipped(self, word: str) -> Entries:
        if len(word) < _LEAST_TYPED or word in self._ordinary:
            return frozenset()
        near: set[str] = set()
        for rest in _shortened(word, _slips(len(word) + 2)):
            near.update(_under(rest, self._near))
        return frozenset(w for w in near if _begins_alike(word, w) and _is_slip(word, w))

    def _torn(self, word: str, following: str) -> Entries:
        """The word that a space was put into."""
        whole = word + following
        if len(whole) < _LEAST_JOINED - 1 or {word, following} & self._pieces:
            return frozenset()
        return self._known(whole)

    def _apart(self, word: str) -> list[str]:
        """The fewest known words that `word` is made of, or none."""
        if len(word) < _LEAST_JOINED:
            return []
        best: list[list[str] | None] = [[]]
        for end in range(1, len(word) + 1):
            options = []
            for start in range(max(0, end - self._longest), end):
                before, piece = best[start], word[start:end]
                if before is not None and piece in self._pieces and (len(piece) > 1 or not start):
                    options.append([*before, piece])
            best.append(min(options, key=len, default=None))
        return best[-1] or []


def _index(words: Iterable[tuple[Iterable[str], str]]) -> dict[str, str]:
    """Return the words by each of their keys, those under one key joined by `|`.

    Nearly all of the 40,000 keys are of one word: a set for each took 9 MiB, and a server's forks
    take longer the more memory there is to share.
    """
    index: dict[str, str] = {}
    for keys, word in words:
        for key in set(keys):
            index[key] = f"{index[key]}|{word}" if key in index else word
    return index


def _under(key: str, index: dict[str, str]) -> list[str]:
    return index[key].split("|") if key in index else []


def _slips(letters: int) -> int:
    return 2 if letters >= _TWO_SLIPS else 1 if letters >= _ONE_SLIP else 0


def _shortened(word: str, most: int) -> Iterator[str]:
    """Yield `word`, and what is left of it without one letter, without
    two, and so on up to `most`.
    """
    level = {word}
    for left in range(most, -1, -1):
        yield from level
        level = {w[:i] + w[i + 1 :] for w in level for i in range(len(w))} if left else set()


def _begins_alike(word: str, other: str) -> bool:
    """Return whether two words begin with the same letter, or with the first two swapped.

    People slip in the first letter least, and most words that differ in it are other words.
    """
    return word[0] == other[0] or word[:2] == other[1::-1]


def _is_slip(word: str, other: str) -> bool:
    """Return whether `word` is `other` with so few letters left out, put in, changed or swapped
    that it is a likely misspelling.
    """
    most = _slips(len(other))
    return distance(word, other, most) <= most
