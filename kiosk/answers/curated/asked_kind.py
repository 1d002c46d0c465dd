"""Decides by a question's words alone whether it is about supplements: then cautions come first.

It is if it names any supplement that is sold anywhere, asks what or how much to take, gives an
amount, or asks what is on the library's list of supplements. The library is never consulted, so
that whether a question is locked cannot reveal which name, word or figure stands behind the
cautions.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files

from kiosk.answers.listed_names import LONGEST_NAME, names_in
from kiosk.answers.text.similarity import distance
from kiosk.answers.text.words import words
from kiosk.core.text import fold

_ONE_SLIP, _TWO_SLIPS = 5, 9
"""Letters from which on a name is known by one slip, or two."""

_NUMBER = r"(?:\d+(?: \d+)?|one|two|three|half|una|dos|tres)"
_ASKS = re.compile(
    r"(?<!\S)(?:"
    rf"{_NUMBER} (?:mg|mcg|ug|iu|ui|g|gr|gm|grams?|gramos|milligrams?|miligramos|billion|cfu|units|"
    r"unidades|capsules?|capsulas?|caps|pills?|tablets?|tabletas?|drops|gotas|scoops?|doses?|"
    r"spoonfuls?|cucharadas?|a day|per day|daily|times a day|al dia|por dia|diarios?|diarias?)"
    r"|how (?:much|many) (?:of (?:it|them|that|this) )?(?:\w+ ){0,3}(?:should|can|do|could|may) "
    r"(?:i|you|we|he|she|one|my \w+) (?:take|give|have a day|use)"
    r"|(?:how much|how many|cuant[oa]s?) (?:\w+ ){0,2}(?:to take|tomo|tomar|debo tomar|se toma|"
    r"puedo tomar|hay que tomar)"
    r"|(?:(?:what|the|a|right|safe|daily|max|correct|my|best) doses?|doses|dosages?|dosis)"
    r"|(?:on|in|part of|en|de) (?:the|your|la|su|tu|esta|this) (?:list|lista)(?! (?:of|de))"
    r")(?!\S)"
)
_FIGURE = re.compile(
    r"(?:(?:is|was|if|or|and|what|how|about|no|more|less|than|over|under|up|to|at|it|its|ok|okay|"
    r"too|much|many|a|the|es|son|y|si|o|que|tal|mas|menos|de|hasta|con|esta|bien|mucho|"
    r"only|just|solo|around|maybe|like|safe|enough|good|bad|right|correct|take|tomar|of|them|"
    rf"esto|eso) )*+{_NUMBER}(?: (?:ok|okay|safe|too much|too many|a lot|enough|good|bad|mucho|"
    r"bien|seguro|or|y|o|to|a|de|and|\d+))*"
)
_TO_TAKE = frozenset([
    "pill", "pills", "capsule", "capsules", "powder", "powders", "gummies", "tablet", "tablets",
    "dosage", "mg", "remedy", "remedies", "drops", "tincture", "pastilla", "pastillas",
    "capsula", "capsulas", "polvo", "polvos", "tableta", "tabletas", "dosis", "gomitas",
    "remedio", "remedios", "gotas",
])  # fmt: skip
_TO_HEAL = frozenset([
    "heal", "heals", "healing", "fix", "fixes", "repair", "mend", "seal", "cure", "natural",
    "gut", "leaky", "lining", "sanar", "sana", "sanarlo", "sanarme", "curar", "cura", "curarlo",
    "curarme", "quitarlo", "reparar", "arreglar", "sellar", "naturales", "casero", "intestino",
    "permeable",
])  # fmt: skip
_OF_MEDICINE = frozenset([
    "stop", "stopping", "quit", "keep", "medicine", "medicines", "medication", "prescribed",
    "prescription", "pain", "ibuprofen", "nsaid", "nsaids", "doctor", "painkiller", "painkillers",
    "pressure", "blood", "aspirin", "advil", "tylenol", "dejar", "parar", "suspender", "seguir",
    "medicina", "medicinas", "medicamento", "medicamentos", "recetado", "recetada", "recetadas",
    "dolor", "doctor", "presion", "aspirina",
])  # fmt: skip
_BUYS = re.compile(
    r"(?<!\S)(?:buy|order|purchase|comprar|pedir) (?:some |any |more |a |the |el |la )?(\w+)$"
)
"""The thing that somebody would buy, where nothing comes after it."""
_TAKES = re.compile(
    r"(?<!\S)(?:already (?:take|taking|took|on)|(?:i|he|she|we|mom|dad|wife|husband|son|daughter) "
    r"(?:take|takes|took|am taking|is taking|been taking|started|use)|taking|ive been|im on|"
    r"i am on|"
    r"with my|with his|with her|together with|mix(?:ed|ing)?|dialysis|antibiotics?|pregnant|"
    r"breast ?feeding|nursing|blood thinners?|warfarin|coumadin|chemo|transplant|surgery|kidneys?|"
    r"liver|metformin|insulin|levothyroxine|thyroid|pressure (?:pill|pills|medicine|meds)|lithium|"
    r"ya (?:tomo|toma|estoy tomando)|tomo|toma|tomando|con mi|con mis|con su|junto con|mezclar|"
    r"dialisis|antibioticos?|embarazada|dando pecho|anticoagulantes?|warfarina|quimio|trasplante|"
    r"operan|cirugia|rinon|rinones|higado|metformina|insulina|tiroides)(?!\S)"
)


def asks_for_product(text: str, is_word: Callable[[str], bool]) -> bool:
    """Return whether a question asks about supplements, judged by its words alone: it then waits
    for cautions.

    Args:
        text: the question.
        is_word: says whether a word is an ordinary word of the language; such a word is not taken
            for a misspelled or unknown product name.
    """
    typed = words(text)
    line = " ".join(typed)
    asked = set(typed)
    if not _OF_MEDICINE.isdisjoint(asked):
        return names_product(text, is_word)
    if _ASKS.search(line) or (line and _FIGURE.fullmatch(line)):
        return True
    if not asked.isdisjoint(_TO_TAKE) and not asked.isdisjoint(_TO_HEAL):
        return True
    bought = _BUYS.search(line)
    if bought and not is_word(bought[1]):
        return True  # a brand that no list has
    return names_product(text, is_word)


def names_product(text: str, is_word: Callable[[str], bool]) -> bool:
    """Return whether the text names a supplement, a brand or a general word for them, even
    misspelled.

    The names are those of the shipped list `products.txt`, whatever the library has. `is_word`
    says whether a word is an ordinary word of the language, which is not taken for a misspelling.
    """
    if names_in(text, _names()):
        return True
    typed = fold(text).split()
    for start, word in enumerate(typed):
        if len(word) >= _ONE_SLIP and not is_word(word) and _is_slip(word):
            return True
        pair = word + typed[start + 1] if start + 1 < len(typed) else ""
        if len(pair) >= _TWO_SLIPS and not is_word(word) and _is_slip(pair, 1):
            return True
    return False


def is_product_name(word: str) -> bool:
    """Return whether `word`, folded, is a correctly spelled name of the shipped list of
    supplements.
    """
    forms = {word, word.removesuffix("s"), word.removesuffix("es")}
    return not forms.isdisjoint(_names()) and forms.isdisjoint(_misspellings())


def takes_already(text: str) -> bool:
    """Return whether a question says that somebody already takes a supplement, or has a condition
    or medicine that one may not go with.
    """
    return bool(_TAKES.search(" ".join(words(text))))


@cache
def _names() -> frozenset[str]:
    return _listed("") | _misspellings()


@cache
def _misspellings() -> frozenset[str]:
    return _listed("~")


def _listed(sign: str) -> frozenset[str]:
    """The names of the lines that begin with `sign`, or of those that begin with no sign."""
    lines = files(__package__).joinpath("products.txt").read_text("utf-8").splitlines()
    wanted = [line for line in lines if line[:1] == sign or (not sign and line[:1] not in "#~")]
    names = [name for line in wanted for name in line.removeprefix(sign).split("|")]
    return frozenset(fold(name).replace(" ", "")[:LONGEST_NAME] for name in names)


@cache
def _by_start() -> dict[str, tuple[str, ...]]:
    by_start: dict[str, list[str]] = {}
    for name in sorted(_names()):
        if len(name) >= _ONE_SLIP:
            by_start.setdefault(name[:1], []).append(name)
    return {start: tuple(names) for start, names in by_start.items()}


def _is_slip(word: str, at_most: int = 2) -> bool:
    for name in _by_start().get(word[:1], ()):
        most = min(at_most, 2 if len(name) >= _TWO_SLIPS else 1)
        for form in (word, word.removesuffix("s")):
            if abs(len(form) - len(name)) <= most and distance(form, name, most) <= most:
                return True
    return False
