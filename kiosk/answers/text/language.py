"""Guesses the language of a question, English or Spanish, from short words, accents and endings."""

from __future__ import annotations

import unicodedata

from kiosk.answers.text.words import LANGUAGES


def _these(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SPANISH = _these(
    "el la los las un una unos unas de del al y o pero que qué como cómo cuando cuándo donde dónde "
    "quien quién cual cuál cuales cuáles cuanto cuánto cuanta cuántas cuantos porque por para con "
    "sin en es son está están estoy esta este esto eso esa ese hay ser soy si sí mi mis tu su sus "
    "me te se le les lo nos yo tengo tiene tienen puedo puede pueden debo debe hace hacer hacen "
    "dar da duele mas más muy ya también tampoco tomar tomo comer como algo nada mucho mucha "
    "mal bien aunque entonces sirve ayuda ayudan doctor cuesta desde hasta"
)
_ENGLISH = _these(
    "the an and or but what how when where who which why is are am was were be been do does did "
    "can could should would will shall may might must have has had i you he she it we they my your "
    "his her its our their this that these those there of to in on at for from with without about "
    "into if not dont doesnt cant im ive it's is'nt any some get got take make help much many "
    "wat shud shoud u r"
)
_SPANISH_SIGNS = frozenset("¿¡ñáéíóúü")
_SPANISH_ENDS = (
    "ción",
    "cion",
    "dad",
    "mente",
    "ando",
    "iendo",
    "itis",
    "osa",
    "oso",
    "ito",
    "ita",
)

_ENGLISH_ENDS = ("ing", "ment", "tion", "ness", "ful", "ght")


def language_of(text: str, page: str) -> str:
    """Return the language of a question: `en` or `es`.

    Where it cannot be told from the text, it is `page`, the language of the page that the question
    was asked on, or `en` if that is neither.
    """
    text = unicodedata.normalize("NFKC", text).casefold()
    words = "".join(c if c.isalpha() or c == "'" else " " for c in text).split()
    spanish = sum(word in _SPANISH for word in words) + sum(c in _SPANISH_SIGNS for c in text)
    english = sum(word in _ENGLISH for word in words)
    if spanish == english:
        spanish += sum(word.endswith(_SPANISH_ENDS) for word in words)
        english += sum("k" in word or "w" in word or word.endswith(_ENGLISH_ENDS) for word in words)
    if spanish == english:
        return page if page in LANGUAGES else "en"
    return "es" if spanish > english else "en"
