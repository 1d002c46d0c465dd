"""A small library in Spanish, with gated words, that the shipped one does not have yet."""

from __future__ import annotations

from pathlib import Path

from tests.support.library.small_tree import FILES as SMALL
from tests.support.library.small_tree import interface_toml

_SAME = 'same-as = { everyday = "plain", professional = "plain" }'


def _said(text: str) -> str:
    return f'plain = "{text}"\n{_SAME}'


def _in_spanish(text: str) -> str:
    return text.replace(".en", ".es").replace("en = [", "es = [").replace('["en"]', '["es"]')


FILES = {
    "urgent.toml": _in_spanish(SMALL["urgent.toml"]),
    "library.toml": """
format = 1
languages = ["es"]
topics = ["rodilla"]
clinic.es = "La clínica"
""",
    "readers.toml": """
[[reader]]
id = "easy"
level = "plain"
label.es = "Me gustan las palabras fáciles."
""",
    "policy/es.toml": f"""
title = "Normas"

[[part]]
title = "Quién escribe"
{_said("Somos la casa.")}
""",
    "rodilla/topic.toml": f"""
id = "rodilla"
updated = 2026-11-21
question = {{ {_said("¿Y mi pie?").replace(chr(10), ", ")} }}
summary = {{ {_said("Va a sanar.").replace(chr(10), ", ")} }}
steps = ["inicio"]
preview = "hielo"
gated-terms = ["zinc", "cinc", "sábila", "cúrcuma", "bacterias buenas"]
""",
    "rodilla/review.toml": 'status = "submitted"\n',
    "rodilla/evidence.toml": """
[[document]]
id = "A"
title = "Una hoja"

[[statement]]
id = "A01"
says = "El hielo baja el dolor de la rodilla."
strand = "document"

[[statement]]
id = "A02"
says = "Nada cura la rodilla."
strand = "document"
caveat = true

[[statement]]
id = "A03"
says = "Haga los ejercicios."
strand = "document"
missing = "los ejercicios"

[[statement]]
id = "A04"
says = "Puede tomar sábila."
strand = "document"
supplement = true
""",
    "rodilla/cautions.toml": f"""
[[caution]]
id = "pregunte"
title = {{ {_said("Ojo").replace(chr(10), ", ")} }}
rests-on = ["A02"]
plain = "Nada la cura."
plain-again = "No hay cura."
[caution.same-as]
everyday = "plain"
professional = "plain"
everyday-again = "plain-again"
professional-again = "plain-again"
""",
    "rodilla/sections/10-inicio.toml": f"""
id = "inicio"
title = {{ {_said("Inicio").replace(chr(10), ", ")} }}

[[claim]]
id = "hielo"
rests-on = ["A01"]
{_said("El hielo baja el dolor de la rodilla.")}

[[claim]]
id = "caminar"
rests-on = ["A01"]
{_said("Camine un poco al día.")}

[[gap]]
id = "ejercicios"
rests-on = ["A03"]
{_said("La hoja no dice qué hacer con la pierna.")}
""",
    "rodilla/sections/80-pastillas.toml": f"""
id = "pastillas"
title = {{ {_said("Otras cosas").replace(chr(10), ", ")} }}
requires = ["pregunte"]

[[product]]
id = "sabila"
name = {{ {_said("Sábila").replace(chr(10), ", ")} }}

[[product.claim]]
id = "sabila-cantidad"
rests-on = ["A04"]
{_said("Puede tomar sábila, dice la hoja.")}

[[product.note]]
id = "sabila-aviso"
rests-on = ["A02"]
{_said("No la tome antes de una cirugía.")}
""",
    "rodilla/policy.toml": f"""
[[part]]
title = "Quién lo escribe"
{_said("Somos la casa.")}
""",
    "rodilla/questions.toml": f"""
[[question]]
id = "que-ayuda"
{_said("¿Me va el hielo?")}
answers = ["hielo"]

[[question]]
id = "otras"
{_said("¿Hay otra cosa?")}
answers = ["sabila-cantidad"]

[[asked]]
of = "hielo"
es = ["qué me pongo en la rodilla", "sirve ponerle hielo"]
en = ["does ice help my knee"]

[[asked]]
of = "ejercicios"
es = ["qué ejercicios hago", "cuáles son los ejercicios"]

[[asked]]
of = "sabila-cantidad"
es = ["cuánta sábila tomo", "sirve la penca"]

[[word]]
means = "sábila"
es = ["penca"]
en = ["aloe"]
""",
}


def write_tree(root: Path) -> Path:
    """The tree under `root`."""
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (root / "interface").mkdir()
    (root / "interface" / "es.toml").write_text(interface_toml(), "utf-8")
    return root
