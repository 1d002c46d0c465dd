"""Regular expressions that find in a Spanish question which kinds of section it asks for, such as
side effects or storage.

Each is matched, from the start of a word to the end of one, with the question's folded words joined
by single spaces. The kinds are tried in the order of the table: words that one has matched count
for no later one. "help" and "information" count only where nothing else is asked for.
`(?: \\w+){m,n}` is a gap in which the topic may stand.
"""

from __future__ import annotations

from collections.abc import Mapping

PATTERNS: Mapping[str, str] = {
    "overdose": (r"sobredosis|tom\w+ demasiad\w*|exceso de dosis|emergencia|intoxicacion"),
    "forgotten dose": (
        r"olvid\w*(?: tomar)?(?: \w+){0,2}(?: dosis| pastilla)?|salt\w+(?: \w+){0,2} dosis"
    ),
    "contraindications": (r"contraindic\w*|quien(?:es)? no debe\w*|no deb\w+ (?:tomar|usar)"),
    "interactions": (r"interac\w*|mezcl\w*|combin(?:a|ar|arse|o)|junto con"),
    "storage": (
        r"guard(?:o|a|ar|arse|arlo)|almacen\w*|conserv(?:o|a|ar|arse|acion)|desech\w*|nevera"
    ),
    "brand names": (r"marcas?(?: comercial\w*)?|nombres? comercial\w*|se vende como"),
    "side effects": (
        r"efectos? (?:secundarios?|adversos?|colaterales)|reacci(?:on|ones)|hace dano|"
        r"malo para|hace(?:r)? mal|caer mal|cae mal|dana"
    ),
    "diet": (r"dietas?|aliment\w*|com(?:er|e|ida|idas)|beb(?:er|o|e|idas?)|nutricion"),
    "indication": (
        r"para que (?:sirve|se usa|es|se receta|se toma)|se receta|indicaciones|recetad[oa]"
    ),
    "dose": (
        r"dosis|cuant[oa]s?(?: \w+){0,3} (?:tomar|tomo|usar|puedo|debo|dar)|"
        r"como (?:se )?(?:debo |debe |tengo que )?(?:tom|us|aplic|administr)\w*|posologia"
    ),
    "precautions": (
        r"precaucion\w*|advertencias?|segur[oa]s?|seguridad|cuidados?|antes de (?:tomar|usar)|"
        r"embaraz\w*|amamant\w*|dando pecho|es (?:bueno|malo) tomar"
    ),
    "action": (r"como (?:funciona|actua|trabaja)|mecanismo|que hace"),
    "effectiveness": (r"eficac\w*|efectiv\w*|funciona de verdad|sirve de algo|comprobad\w*"),
    "vaccination": (r"vacun\w*"),
    "genetic changes": (r"cambios geneticos|mutacion\w*|gen(?:es)?|genetic\w*|cromosoma\w*|adn"),
    "inheritance": (
        r"hered\w*|de familia|familiar(?:es)?|pas(?:a|ar) a (?:mis|los) hijos|mis hijos|"
        r"de (?:mis |los )?padres|nacer con|de (?:mi )?(?:mama|papa|madre|padre)"
    ),
    "research": (r"investigacion\w*|ensayos? clinicos?|estudios cientificos"),
    "frequency": (
        r"que tan (?:comun|frecuente|raro|rara)|cuantas personas|frecuen\w*|prevalencia|"
        r"incidencia|(?:es|son)(?: \w+){0,4} (?:comun|raro|rara|comunes)|cuanta gente"
    ),
    "susceptibility": (
        r"(?:a )?quien(?:es)?(?: \w+){0,3} (?:da|afecta|riesgo|corre|padece)|"
        r"factores de riesgo|(?:en|mas|corro|corre) riesgo|"
        r"riesgo de (?:tener|padecer|desarrollar)|propens\w*|probabilidad\w*"
    ),
    "stages": (r"etapas?|fases?|estadios?|grados?"),
    "complications": (
        r"complicacion\w*|consecuencias|que pasa si|si no (?:se trata|me trato)|a largo plazo|"
        r"que problemas"
    ),
    "prevention": (r"preven\w*|evit\w*|proteg\w*|reducir(?: \w+){0,2} riesgo|que no me de"),
    "tests": (
        r"diagnost\w*|prueba\w*|examen\w*|analisis|detect\w*|estudios?|radiografia|biopsia|"
        r"como (?:saben|sabe el medico|lo descubren)"
    ),
    "support": (r"grupos?(?: de apoyo)?|apoyo|organizacion\w*|asociacion\w*|recursos"),
    "when to call": (
        r"cuando (?:debo |tengo que |hay que )?(?:llamar|ir|ver|acudir|"
        r"consultar)(?: \w+){0,2}(?: doctor| medico| hospital)?"
    ),
    "living with": (r"vivir con|convivir|vida diaria|manejar"),
    "outlook": (
        r"pronostico|esperanza de vida|expectativa\w*|cuanto (?:tiempo )?(?:dura|vive|tarda)|"
        r"mor(?:ir|tal)\w*|me voy a morir|tiene cura|se quita|sobreviv\w*|recuper\w*|grave|"
        r"que tan (?:grave|serio|malo)|empeora\w*|mejora\w*|se va|para siempre|cuanto tiempo"
    ),
    "symptoms": (
        r"sintomas?|signos?|senales|senas|como (?:se siente|se ve|se nota)|"
        r"como (?:se|puedo saber|saber) si|que se siente|caracteristicas|manifest\w*|"
        r"como afecta|duele|dolor\w* (?:de|por)|como se (?:si|da cuenta)|tengo yo"
    ),
    "treatment": (
        r"tratamient\w*|trat(?:a|o|ar|arse)|cur(?:a|o|ar|arse|as)|terapia\w*|remedios?|"
        r"cirugia|operacion|aliviar?|que es bueno para|quitar(?:me|se)?|sanar|"
        r"ayuda (?:a|con|para)|control(?:a|ar|o)|arregl\w*|sirve para|mejorar|bajar"
    ),
    "causes": (
        r"caus\w*|por que (?:me |le |se |nos )?(?:da|dio|pasa|tengo|sale|produce|ocurre)|"
        r"porque (?:me |se )?(?:da|dio|pasa)|provoc\w*|origin\w*|de donde viene|a que se debe|"
        r"como (?:se )?(?:contagia|pega|adquiere|agarra)|contagi\w*|razon\w*|desencaden\w*|"
        r"culpa de|viene de|por culpa|produce"
    ),
    "help": (
        r"medicamentos?|medicinas?|"
        r"que (?:puedo |debo |se puede )?(?:hago|hacer|tomar|tomo)(?: para)?"
    ),
    "information": (
        r"que (?:es|son)|que significa|definicion|informacion|sobre|acerca de|en general"
    ),
}
