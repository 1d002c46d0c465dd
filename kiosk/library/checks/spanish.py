"""Put the numbers, units and product words of a Spanish text into English, for the checks.

The checks on figures and doses are written for English. A Spanish text is put through `in_english`
first: "de 30 minutos a 2 horas" becomes "de 30 minutes to 2 hours", so that it has the same figures
as the English text and as the statement of the evidence behind both. Nobody ever reads the result.
"""

from __future__ import annotations

import re
from functools import lru_cache

_NUMBERS = {
    "un": "one", "una": "one", "uno": "one", "dos": "two", "tres": "three", "cuatro": "four",
    "cinco": "five", "seis": "six", "siete": "seven", "ocho": "eight", "nueve": "nine",
    "diez": "ten", "once": "eleven", "doce": "twelve",
}  # fmt: skip
_UNITS = {
    "miligramo": "mg", "miligramos": "mg", "microgramo": "mcg", "microgramos": "mcg",
    "gramo": "g", "gramos": "g", "mililitro": "ml", "mililitros": "ml", "ui": "IU",
    "ufc": "CFU", "minuto": "minutes", "minutos": "minutes", "hora": "hours", "horas": "hours",
    "día": "days", "días": "days", "semana": "weeks", "semanas": "weeks", "mes": "months",
    "meses": "months", "año": "years", "años": "years",
}  # fmt: skip
_MONTHS = {
    "enero": "January", "febrero": "February", "marzo": "March", "abril": "April", "mayo": "May",
    "junio": "June", "julio": "July", "agosto": "August", "septiembre": "September",
    "setiembre": "September", "octubre": "October", "noviembre": "November",
    "diciembre": "December",
}  # fmt: skip
_TAKEN = {
    "tableta": "tablet", "tabletas": "tablets", "comprimido": "tablet", "comprimidos": "tablets",
    "pastilla": "pill", "pastillas": "pills", "píldora": "pill", "píldoras": "pills",
    "cápsula": "capsule", "cápsulas": "capsules", "gotas": "drops", "sobres": "sachets",
    "gomitas": "gummies", "cucharadas": "scoops", "polvo": "powder",
    "polvos": "powders", "suplemento": "supplement", "suplementos": "supplements",
    "producto": "product", "productos": "products", "dosis": "dose", "marca": "brand",
    "marcas": "brands", "farmacia": "pharmacy", "etiqueta": "label", "compre": "buy",
    "comprar": "buy", "compra": "buy", "vende": "sold", "venden": "sold", "tome": "take",
    "tomar": "take", "toma": "take", "toman": "take", "tómelo": "take", "tómela": "take",
    "tomando": "taking", "mastique": "chew", "trague": "swallow",
}  # fmt: skip
"""Forms of products, and words for taking or buying one."""
_OTHERS = {
    "diario": "daily", "diaria": "daily", "diariamente": "daily", "cada": "every",
    "mil": "thousand", "millón": "million", "millones": "million", "medio": "half", "media": "half",
    "docena": "dozen", "docenas": "dozens", "entre": "between",
}  # fmt: skip
_WORDS = _NUMBERS | _UNITS | _TAKEN | _OTHERS
_PARTS = {
    "tercio": "third", "cuarto": "quarter", "quinto": "fifth", "sexto": "sixth",
    "octavo": "eighth", "décimo": "tenth",
}  # fmt: skip
_COUNT = rf"\d+|{'|'.join(_NUMBERS)}"

_PHRASES = (
    (re.compile(r"(?<![\d.,])(\d{1,3})[ \u00a0\u202f](?=\d{3}(?!\d))"), r"\1"),
    (re.compile(r"(?<![\d.,])(\d{1,3}(?:\.\d{3})+)(?:,(\d+))?(?![\d.,]*\d)"), r"thousands"),
    (re.compile(r"(?<![\d.,])(\d+),(\d{1,2}|\d{4,})(?![\d,])"), r"\1.\2"),
    (re.compile(r"\bmil millones\b", re.I), "billion"),
    (re.compile(r"\bunidades internacionales\b", re.I), "IU"),
    (re.compile(r"\bunidades formadoras de colonias\b", re.I), "CFU"),
    (re.compile(r"\b(\d+(?:\.\d+)?|\w+) por ciento\b", re.I), r"\1 percent"),
    (re.compile(r"\b(?:una )?media hora\b", re.I), "30 minutes"),
    (
        re.compile(r"\b(?:un|1|medio) sobre(?= (?:al?|de|cada|diario|por)\b|[.,;:)]|$)", re.I),
        "1 sachets",
    ),  # elsewhere "sobre" is "about"
    (re.compile(r"\b(?:una|la) vez al día\b", re.I), "once a day"),
    (re.compile(r"\bveces al día\b", re.I), "times a day"),
    (re.compile(r"\b(?:la mitad|mitad) (?=de\b|del\b)", re.I), "half of the "),
    (
        re.compile(rf"\b({_COUNT}) ({'|'.join(_PARTS)})s?(?= (?:de|del)\b|[-.,;:)]|$)", re.I),
        "parts",
    ),
    (re.compile(rf"\b({_COUNT}) de cada ({_COUNT})\b", re.I), r"\1 out of \2"),
    (
        re.compile(rf"\b(\d{{1,2}}) de ({'|'.join(_MONTHS)})(?: (?:de|del))? (\d{{4}})\b", re.I),
        "date",
    ),
)
"""Patterns of more than one word, and what stands for them; a name where that depends on the
words."""
_WORD = re.compile(r"[^\W\d_]+")
_END = rf"\d+%?|{'|'.join(dict.fromkeys((*_NUMBERS.values(), *_UNITS.values())))}"
_RANGE = re.compile(rf"\b(?P<end>{_END})\s+a\s+(?=\d|(?:{'|'.join(_NUMBERS.values())})\b)")
"""De 2 a 3 horas, de 30 minutos a 2 horas: the ends of a range."""
_MILLIONS_OF = re.compile(r"\b([mb]illion) de (?=(?:IU|CFU)\b)")
_BETWEEN = re.compile(r"(\bbetween\s+\S+(?:\s+[a-zA-Z]+)?)\s+y\s+(?=\d|\w)")


def spoken(text: str, language: str) -> str:
    """Return a text as the checks read it: in Spanish through `in_english`, else as it is."""
    return in_english(text) if language.partition("-")[0] == "es" else text


@lru_cache(maxsize=1 << 12)
def in_english(text: str) -> str:
    """Return a Spanish text with only its numbers, units, dates and product words in English."""
    for pattern, meant in _PHRASES:
        if meant == "thousands":
            text = pattern.sub(_without_points, text)
        elif meant == "parts":
            text = pattern.sub(lambda m: f"{_word(m[1])} {_PARTS[m[2].lower()]} of", text)
        elif meant == "date":
            text = pattern.sub(lambda m: f"{m[1]} {_MONTHS[m[2].lower()]} {m[3]}", text)
        else:
            text = pattern.sub(meant, text)
    text = _WORD.sub(lambda match: _word(match[0]), text)
    text = _MILLIONS_OF.sub(r"\1 ", _RANGE.sub(r"\1 to ", text))
    return _BETWEEN.sub(r"\1 and ", text)


def _without_points(match: re.Match[str]) -> str:
    """Return 1.500 as 1500, and 1.500,5 as 1500.5."""
    whole = match[1].replace(".", "")
    return f"{whole}.{match[2]}" if match[2] else whole


def _word(word: str) -> str:
    return _WORDS.get(word.lower(), word)
