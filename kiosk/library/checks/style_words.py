"""English words and patterns, and functions that look for them in a text, for the style warnings:
advice, groups of people, hard words and words that are explained.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kiosk.answers.text.word_lists import HEAD, commonness, shipped
from kiosk.answers.text.words import Stemmer
from kiosk.core.text import fold
from kiosk.core.wording import Level
from kiosk.library.readability.syllables_en import syllables

ATTRIBUTION = re.compile(
    r"\b(?:(?:one|the|this|our|a|another|that|each|both|first|second)\s+)*"
    r"(?:pages?|sources?|documents?|guidelines?|labels?|websites?)\s+"
    r"(?:also\s+)?(?:says?|said|states?|claims?|tells?|lists?|advises?|recommends?)\b"
    r"|\baccording to\b",
    re.IGNORECASE,
)
PRONOUN_START = re.compile(
    r"(?:It|They|He|She|Them|Those|These|This|That)"
    r"(?='|\s+(?:is|are|was|were|has|have|had|can|may|might|will|would|should|must|does|do|did|"
    r"means?|makes?|helps?|comes?|goes|go|needs?|says?|also|often|only|not)\b)"
    r"|(?:It|They|He|She)\b"
)
"""A pronoun at the beginning; `this` and `that` before a noun are none."""
SIGNS = "\"'“”‘’().,;:!?"
_BEGINS = r"(?<![\w'’-])"
"""The beginning of a word: without it each end of a word would be tried as a word, too."""
_EXPLAINED = re.compile(
    rf"{_BEGINS}(?:([\w'’-]+)\s)?([\w'’-]+)[\"”’']?\s*(?=\((?!\w+ (?:or|and) \w+\)))"
    r"|(?<=\()(?:an? |the )?([\w'’-]+)(?=\))"
    r"|(?<=[A-Z] \()([\w'’-]+) ([\w'’-]+)(?: ([\w'’-]+))?(?=\))"
    r"|\bcalled (?:an? |the )?[\"“]?([\w'’-]+)(?: ([\w'’-]+))?"
    rf"|{_BEGINS}(?:([\w'’-]+) )?[\"“']?([\w'’-]+)[\"”’']?, "
    r"(?:an? (?!lot|few|little)|in which |which )"
    rf"|[\"“]?{_BEGINS}([\w'’-]+)[\"”]? (?:means|is when|are when|is an?|are)\b"
    r"|\b([\w'’-]+)\. It is an?\b"
)
"""Words before brackets or in them; those of an abbreviation; after `called`; before `, a`,
`, which`, `means`, `is a`, `is when`, `. It is a`."""
HARD = {Level.PLAIN: {3: 2, 4: 3}, Level.EVERYDAY: {3: 1, 4: 2}}
"""By level and syllables (4 or more count as 4): the class of the frequency lists, 0 (hardly ever
said) to 9, up to which a word is hard. Measured on the shipped text: what is above is known."""
FAMILIAR = frozenset(
    {
        "alcoholic", "antibiotic", "bacteria", "breastfeeding", "constipated", "constipation",
        "diarrhea", "dietitian", "discomfort", "dizziness", "ibuprofen", "laxative", "nausea",
        "peppermint", "pharmacist", "potassium", "reliever", "supplement", "tablespoon",
        "unsuitable", "vegetable", "vitamin", "vomiting",
    }
)  # fmt: skip
"""Rare in the lists, and known to anybody who has been to a pharmacy."""
ADVICE = {
    "ask": "ask|talk (?:to|with)|speak (?:to|with)|check with",
    "call": "call|phone",
    "stop": "stop",
    "take": "take",
    "avoid": "avoid|keep away from|stay away from|leave out",
    "see": "see (?:an?|the|your|us)|visit (?:an?|the|your)",
    "tell": "tell|let (?:us|them|your \\w+|the \\w+|our \\w+) know",
    "bring": "bring",
    "write": "write|keep (?:an?|the|your) diary",
    "drink": "drink",
    "eat": "eat",
}
"""By verb, what gives the same advice; matched where a sentence or part of one begins with it."""
ANY_TITLE = "products today next help do know sure"
"""Words of a title that say nothing of what stands under it."""
NO_DUTY = re.compile(
    r"\b(?:you|they|people) (?:eat|drink) (?:and|or) (?:eat|drink)\b"
    r"|\b(?:(?:do|does|may|might|will) not|(?:do|does|wo)n['’]t) (?:have|need) to \w+",
    re.IGNORECASE,
)
"""Phrases for things that nobody has to do, neither forbidden nor advised; and that one eats and
drinks."""
_ADVICE_START = (
    r"(?:^|[.!?:;,]\s+|\bthen |\band |\bor |\bto |\bnot |\bn't |\bplease |\balways |- |"
    r"\bshould |\bmust |\bhave you )"
)
_ADVICE = {
    verb: re.compile(rf"{_ADVICE_START}(?:{forms})\b", re.IGNORECASE | re.MULTILINE)
    for verb, forms in ADVICE.items()
}
_FIRST_WORDS = {
    verb: frozenset(re.findall(r"(?:^|\|)([a-z]+)", forms)) for verb, forms in ADVICE.items()
}
"""By verb, words of which one is in every text that advises it: most have none."""
POPULATIONS = {
    "women": r"wom[ae]n|female",
    "men": r"(?<!wo)m[ae]n\b|\bmales?",
    "children": r"child|children|kids?|under 18|not yet 18|younger than 18|p(?:a)?ediatric|teen\w*",
    "older people": r"older (?:people|adults)|elderly|(?:over|above|older than|past) (?:50|60|65)"
    r"|(?:50|60|65)(?: years)? (?:or|and) (?:older|over)|aged? (?:50|60|65)|≥ ?(?:50|60|65)",
    "pregnancy": r"pregnan\w*|expecting a baby|gestation\w*|gravid\w*",
    "breast-feeding": r"breast-?feed\w*|nursing|lactat\w*",
}
_POPULATIONS = {
    name: re.compile(rf"\b(?:{forms})\b", re.IGNORECASE) for name, forms in POPULATIONS.items()
}


def advice_in(text: str) -> set[str]:
    """Return the verbs of advice in a text, such as `avoid`, which "keep away from" gives, too."""
    said = set(fold(text).split())
    verbs = [verb for verb, first in _FIRST_WORDS.items() if not first.isdisjoint(said)]
    text = NO_DUTY.sub(" ", text) if verbs else text
    return {verb for verb in verbs if _ADVICE[verb].search(text)}


def populations_in(text: str) -> set[str]:
    """Return the groups of people that a text speaks of, by name, such as `older people`."""
    return {name for name, pattern in _POPULATIONS.items() if pattern.search(text)}


def content_stems(text: str) -> set[str]:
    """Return the stems of the English words in a text, without words such as "the" and "of"."""
    return set(_stemmer().of(text))


def stem(word: str) -> str:
    """Return the first letters of a word, which its forms share, such as `enzyme` and `enzymes`."""
    return fold(word).replace(" ", "")[:6]


def explained_words(text: str) -> set[str]:
    """Return the stems of the words that a text explains."""
    return {stem(word) for match in _EXPLAINED.finditer(text) for word in match.groups() if word}


@lru_cache(maxsize=1 << 12)
def is_hard(word: str, level: Level) -> bool:
    """Return whether a reader of that level may not know the word: it is long, and rare."""
    word = word.strip(SIGNS)
    limits, count = HARD[level], min(syllables(word), 4)
    if not word.isalpha() or word.isupper() or count not in limits:
        return False
    forms = _forms(fold(word))
    return FAMILIAR.isdisjoint(forms) and max(map(_class_of, forms)) <= limits[count]


def _forms(word: str) -> list[str]:
    """Return the word, and what it may be a form of."""
    forms = [word]
    for ending, other in (("s", ""), ("es", ""), ("ed", ""), ("d", ""), ("ing", ""), ("ing", "e"),
                          ("ies", "y"), ("ly", ""), ("er", ""), ("ier", "y"),
                          ("est", "")):  # fmt: skip
        if word.endswith(ending) and len(word) > len(ending) + 3:
            forms.append(word.removesuffix(ending) + other)
    if word.startswith("un") and len(word) > 6:
        forms.append(word.removeprefix("un"))
    return forms


def _class_of(word: str) -> int:
    """Return how common an English word is, 0 to 9; 0 for one that is in no list, too."""
    return commonness(_lists().get(word[:HEAD], ""), word) or 0


@cache
def _stemmer() -> Stemmer:
    return Stemmer("en")


@cache
def _lists() -> dict[str, str]:
    return {head: rest for language, head, rest in shipped() if language == "en"}
