"""The example topic in Spanish, for tests: it says what its evidence says, and nothing else.

No clinician has read it; it is no translation to show to patients.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from kiosk.library.source.load import load_tree
from kiosk.library.translation.export import rows_of
from kiosk.library.translation.table import COLUMNS, read_table, write_table
from kiosk.library.translation.take_over import TakenOver, take_over
from tests.support.shipped import ROOT

TOPIC = "example-topic"

SPANISH: dict[str, dict[str, str]] = {
    "topic": {
        "question.plain": "¿Me hace daño la leche?",
        "question.everyday": "¿Puede ser intolerancia a la lactosa?",
        "question.professional": "Intolerancia a la lactosa: reconocimiento y manejo",
        "summary.plain": "El azúcar de la leche puede dar gases y heces sueltas. Un médico puede "
        "hacer una prueba. Casi todos pueden tomar algo de leche.",
        "summary.everyday": "El azúcar de la leche puede dar gases y diarrea. Un médico puede "
        "hacer una prueba. Casi todos pueden tomar algo de leche.",
        "summary.professional": "La lactosa puede causar gases y diarrea. Hay pruebas. La mayoría "
        "de los pacientes tolera algo de leche.",
        "group-1": "Digestión",
    },
    "section what-it-is": {
        "title.plain": "¿Qué es?",
        "title.everyday": "¿Qué es la intolerancia a la lactosa?",
    },
    "claim what-it-is-first": {
        "plain": "La lactosa es el azúcar de la leche. Hay gente que no la digiere. Eso se llama "
        "intolerancia a la lactosa.",
        "everyday": "Intolerancia a la lactosa quiere decir que usted no digiere la lactosa, el "
        "azúcar de la leche.",
        "professional": "La intolerancia a la lactosa es la incapacidad de digerir alimentos con "
        "lactosa, el azúcar de la leche.",
    },
    "claim what-it-is-signs": {
        "plain": "Puede tener náusea, gases, diarrea (heces sueltas) y la panza hinchada. Llega de "
        "30 minutos a 2 horas después de comer lactosa.",
        "everyday": "Puede tener náusea, gases, diarrea y la panza hinchada. Llega de 30 minutos a "
        "2 horas después de comer lactosa.",
        "professional": "Náusea, flatulencia, diarrea y distensión, 30 min – 2 h después de "
        "ingerir lactosa.",
    },
    "section get-help": {
        "title.plain": "¿Cuándo pido ayuda?",
        "title.professional": "¿Cuándo hace falta ayuda?",
    },
    "claim other-causes": {
        "plain": "Otros males se sienten igual. Vea a un médico si quiere ayuda para saber cuál "
        "es. Las pruebas lo dicen.",
        "everyday": "Otros males causan lo mismo. Vea a un médico si quiere ayuda para saber cuál "
        "es: las pruebas lo dicen.",
        "professional": "Otras enfermedades pueden causar los mismos síntomas; hace falta la ayuda "
        "de un médico, y las pruebas las distinguen.",
    },
    "section finding-out": {
        "title.plain": "¿Cómo lo sé?",
        "title.everyday": "¿Hay una prueba?",
        "title.professional": "¿Qué pruebas hay?",
    },
    "claim the-tests": {
        "plain": "Un médico le puede hacer una prueba de sangre, de aliento o de heces. Así lo "
        "sabe.",
        "everyday": "Un médico puede hacer una prueba de sangre, de aliento o de heces, para saber "
        "si es la lactosa.",
        "professional": "Las pruebas de sangre, de aliento o de heces muestran si la causa es la "
        "lactosa.",
    },
    "claim allergy": {
        "plain": "La alergia a la leche es otra cosa. Viene de la proteína, no del azúcar. Hay "
        "gente que las confunde.",
        "everyday": "La alergia a la leche es otra cosa: viene de las proteínas, no del azúcar. "
        "Hay gente que las confunde.",
        "professional": "La alergia a la leche se debe a sus proteínas, no a la lactosa; algunos "
        "pacientes las confunden.",
    },
    "section what-to-eat": {
        "title.plain": "¿Puedo tomar leche?",
        "title.professional": "¿Cuánta leche se tolera?",
    },
    "claim a-cup-of-milk": {
        "plain": "Tal vez no tenga que dejar la leche. No es grave, y menos lactosa suele ayudar. "
        "Casi todos toleran de 12 a 15 g de lactosa: lo que hay en una taza de leche. Los estudios "
        "son malos.",
        "everyday": "Tal vez no tenga que dejar la leche. No es grave, y menos lactosa suele "
        "ayudar. Casi todos toleran de 12 a 15 g de lactosa: lo que hay en una taza de leche. Los "
        "estudios son malos.",
        "professional": "No es grave. Menos lactosa suele ayudar: la mayoría de los adultos tolera "
        "de 12 a 15 g, lo que hay en una taza de leche (revisión de estudios, casi todos de mala "
        "calidad).",
    },
    "claim calcium": {
        "plain": "Casi todos sacan el calcio de la leche. Pregunte de dónde más lo saca si toma "
        "menos.",
        "everyday": "La leche es de donde más se saca el calcio. Pregunte de dónde más lo puede "
        "sacar si toma menos.",
        "professional": "La leche y sus productos son la fuente más común de calcio. Pregunte por "
        "otras si se reducen.",
    },
    "section products-door": {"title.plain": "¿Y los productos?"},
    "claim products-door-first": {
        "plain": "Se venden cosas para esto. Vea antes qué tiene: otros males se sienten igual.",
        "everyday": "Se venden cosas para esto. Vea antes qué tiene: otros males causan lo mismo.",
        "professional": "Se venden productos para esto. Antes va el diagnóstico: otras "
        "enfermedades pueden causar los mismos síntomas.",
    },
    "section today": {
        "title.plain": "¿Qué hago hoy?",
        "title.professional": "¿Qué sigue?",
    },
    "claim today-diary": {
        "plain": "Hoy pregunte aquí: ¿qué prueba me toca?",
        "everyday": "Hoy pregunte aquí qué prueba le toca.",
        "professional": "Pregunte qué prueba conviene.",
    },
    "section products": {
        "title.plain": "Productos para esto",
        "title.professional": "Productos",
    },
    "product lactase-products": {
        "name.plain": "Pastillas o gotas de lactasa",
        "name.professional": "Preparados de lactasa",
    },
    "note lactase-not-for-allergy": {
        "plain": "¿Tiene alergia a la leche? Pregunte antes. La alergia viene de la proteína, no "
        "de la lactosa. Hay gente que las confunde.",
        "everyday": "¿Tiene alergia a la leche? Pregunte antes: viene de las proteínas, no de la "
        "lactosa. Hay gente que las confunde.",
        "professional": "Con alergia a la leche, pregunte antes: se debe a sus proteínas, no a la "
        "lactosa. Algunos pacientes las confunden.",
    },
    "bottom-line lactase-helps": {
        "plain": "Suelen ayudar: digieren la lactosa por usted.",
        "everyday": "Ayudan a digerir la lactosa, y suelen servir.",
        "professional": "Ayudan a digerir la lactosa, y suelen servir.",
    },
    "action lactase-ask": {
        "plain": "Pregunte en la farmacia cuál le toca, y lleve la caja.",
        "professional": "Pregunte en la farmacia, y muestre la caja.",
    },
    "caution find-out-first": {
        "title.plain": "Primero sepa qué es",
        "title.professional": "Primero el diagnóstico",
        "plain": "Otros males se sienten igual. Un médico puede hacer pruebas. ¿Y sabe que no es "
        "alergia a la leche? Esa viene de otra parte de la leche: la proteína.",
        "everyday": "Otros males causan lo mismo, y un médico puede hacer pruebas. Sepa también "
        "que no es alergia a la leche: esa viene de las proteínas, no del azúcar.",
        "professional": "Otras enfermedades pueden causar los mismos síntomas; las pruebas las "
        "distinguen. Hay que excluir la alergia a la leche, que se debe a las proteínas.",
        "again.plain": "La panza le puede doler por otra cosa. Un médico la busca. Si tiene "
        "alergia a la leche, avise: no es lo mismo.",
        "again.everyday": "La causa puede ser otra: deje que un médico la busque. La alergia a la "
        "leche no es lo mismo, pues viene de las proteínas. Avise si la tiene.",
        "again.professional": "Los síntomas no son específicos, y las pruebas distinguen las "
        "causas. La alergia a las proteínas de la leche es otra enfermedad.",
    },
    "question what-is-it": {"plain": "¿Qué es la intolerancia a la lactosa?"},
    "question can-i-have-milk": {
        "plain": "¿Puedo seguir tomando leche?",
        "professional": "¿Cuánta lactosa se tolera?",
    },
    "part 1": {
        "title": "Quién escribió este tema",
        "plain": "Lo hicieron los autores de este programa, con ayuda de IA, como muestra. Ningún "
        "médico ni enfermera lo ha visto.",
        "professional": "Escrito por los autores de este programa, con ayuda de IA, como muestra. "
        "Ningún clínico lo ha revisado.",
    },
}  # fmt: skip
"""By item and key; where levels are worded alike in the source, one of them."""


def write_library(root: Path) -> Path:
    """Write a library in English and Spanish, with the example topic in English alone."""
    shutil.copytree(ROOT / "content", root, ignore=shutil.ignore_patterns("leaky-gut", ".schema"))
    shutil.copytree(ROOT / "docs" / TOPIC, root / TOPIC)
    edit(root / "library.toml", '["en"]', '["en", "es"]')
    edit(root / "library.toml", "leaky-gut", TOPIC)
    with (root / "library.toml").open("a") as file:
        file.write('clinic.es = "Esta clínica"\n')
    words = (root / "interface" / "en.toml").read_text("utf-8")
    words = words.replace('name = "English"', 'name = "Español"')
    for english, spanish in (
        ("(In {language}: not yet translated.)", "({language}: sin traducir todavía.)"),
        ("(In {language}: it has changed, and the new words are not yet translated.)",
         "({language}: cambió, y falta traducirlo.)"),
        ('short = "(in {language})"', 'short = "({language})"'),
    ):  # fmt: skip
        assert english in words
        words = words.replace(english, spanish)
    (root / "interface" / "es.toml").write_text(words, "utf-8")
    shutil.copy(root / "policy" / "en.toml", root / "policy" / "es.toml")
    readers = (root / "readers.toml").read_text("utf-8")
    lines = [
        f"{line}\n{line.replace('.en', '.es', 1)}" if ".en =" in line else line
        for line in readers.splitlines()
    ]
    (root / "readers.toml").write_text("\n".join(lines) + "\n", "utf-8")
    return root


def edit(file: Path, old: str, new: str) -> None:
    """Replace the first `old` in a file, which must be there."""
    text = file.read_text("utf-8")
    assert old in text, f"{old!r} is not in {file}"
    file.write_text(text.replace(old, new, 1), "utf-8")


def exported(root: Path, language: str = "es", *, to_do: bool = False) -> list[dict[str, str]]:
    """Return the rows of the table for a translator, each by the names of the columns."""
    draft, _ = load_tree(root)
    assert draft is not None
    source = draft.topics[0]
    states = [t.translation for t in draft.topics if t.topic.language == language]
    rows = rows_of(source, language, states[0] if states else None, to_do=to_do)
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


def filled(rows: list[dict[str, str]], texts: dict[str, dict[str, str]]) -> list[dict[str, str]]:
    """Return the rows with these texts as translations."""
    return [row | {"translation": said} for row in rows if (said := _text(row, texts))]


def _text(row: dict[str, str], texts: dict[str, dict[str, str]]) -> str:
    _, _, item, key = row["id"].split("/", 3)
    return texts.get(item, {}).get(key, "")


def as_table(rows: list[dict[str, str]]) -> bytes:
    """Return rows as the bytes of a table."""
    return write_table(tuple(row[name] for name in COLUMNS) for row in rows)


def import_table(root: Path, table: bytes, *, write: bool = True) -> TakenOver:
    """Take a table over as `kiosk translate import` does."""
    draft, _ = load_tree(root)
    assert draft is not None
    return take_over(read_table(table), draft, draft.topics[0], "es", root.resolve(), write=write)


def write_translated_library(root: Path) -> Path:
    """Write a library in English and Spanish, with the example topic in both."""
    write_library(root)
    import_table(root, as_table(filled(exported(root), SPANISH)))
    return root
