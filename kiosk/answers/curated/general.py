"""Asking for supplements without naming one: closed wherever a library has gated sections."""

from __future__ import annotations

from kiosk.answers.text.words import words

_ALWAYS = {
    "en": "supplement supplements suplement supliment vitamin vitamins vitamine vitimin mineral "
          "minerals multivitamin nutraceutical herbs herb",
    "es": "suplemento suplementos vitamina vitaminas bitamina bitaminas mineral minerales "
          "multivitaminico hierbas hierba yerbas yerba",
}  # fmt: skip
_TO_TAKE = {
    "en": "pill pills capsule capsules powder powders gummies tablet tablets dose dosage dosis mg "
          "remedy remedies drops tincture",
    "es": "pastilla pastillas capsula capsulas polvo polvos tableta tabletas dosis mg gomitas "
          "remedio remedios gotas",
}  # fmt: skip
_TO_HEAL = {
    "en": "heal heals healing fix fixes repair mend seal cure natural gut leaky lining",
    "es": "sanar sana sanarlo sanarme curar cura curarlo curarme quitarlo reparar arreglar "
          "sellar natural naturales casero intestino permeable",
}  # fmt: skip
_OF_MEDICINE = {
    "en": "stop stopping quit keep medicine medicines medication prescribed prescription pain "
          "ibuprofen nsaid nsaids doctor painkiller pressure blood",
    "es": "dejar parar suspender seguir medicina medicinas medicamento medicamentos recetado "
          "recetada recetadas dolor doctor presion",
}  # fmt: skip


def asks_for_supplements(text: str, language: str) -> bool:
    """Whether it asks for supplements in general: for vitamins, or for pills that heal the gut."""
    told = set(words(text))

    def has(listed: dict[str, str]) -> bool:
        return not told.isdisjoint(listed[language].split())

    return has(_ALWAYS) or (has(_TO_TAKE) and has(_TO_HEAL) and not has(_OF_MEDICINE))
