"""Forms that products are sold in, such as tablets, and a product's name without its form."""

from __future__ import annotations

import re

COUNTED_FORMS = (
    r"tablets?|pills?|capsules?|caplets?|softgels?|gummies|gummy|lozenges?|drops|sachets?|"
    r"scoops?|ampoules?|chewables?"
)
"""Forms of which one takes a number."""
FORMS = rf"{COUNTED_FORMS}|drop|powders?|supplements?|products?"
"""Forms in which products are sold."""

_IN_BRACKETS = re.compile(r"\([^()]*\)")
_FORM = {
    "en": re.compile(rf"\b(?:{FORMS}|and|or)\b", re.IGNORECASE),
    "es": re.compile(
        r"\b(?:tabletas?|pastillas?|píldoras?|comprimidos?|cápsulas?|gomitas?|gotas?|sobres?|"
        r"polvos?|preparados?|suplementos?|productos?|de|del|la|el|con|en|y|o)\b",
        re.IGNORECASE,
    ),
}


def substance(name: str, language: str = "en") -> str:
    """Return a product's name without the form that it is sold in: "Lactase" for "Lactase tablets".

    Empty where the name has no such form in it.
    """
    form = _FORM.get(language.partition("-")[0], _FORM["en"])
    bare = " ".join(_IN_BRACKETS.sub(" ", name).split())
    rest = " ".join(form.sub(" ", bare).split()).strip(" ,;-")
    return rest if rest != bare else ""
