"""Recognizes the frames in which a text speaks of a danger: the ways to speak of it, such as past,
general, denied, as an idiom, or happening now. Finds them by patterns in English and Spanish.

The written rules of alarms ignore a danger in a frame that is not about now, unless the learned
model finds danger, too; the model takes each frame as a feature. The patterns read folded words
with single spaces between them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_NUMBER = (
    r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|few|couple|several|"
    r"many|"
    r"un|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|veinte|treinta|varios|muchos|unos)"
)
_PATTERNS: Mapping[str, tuple[str, ...]] = {
    "past": (
        r"(?:19[3-9]\d|20[012]\d)",
        rf"{_NUMBER} (?:of )?(?:yrs?|years?|months?|decades?) (?:ago|back|clean|sober|now)",
        r"(?:last|other|past) (?:year|yr|month|summer|winter|spring|fall|christmas)",
        r"(?:years?|yrs?|months?|long time|decades?) (?:ago|back|before|since)",
        r"used to", r"as a (?:kid|child|baby|teen|teenager|boy|girl)", r"back (?:in|when)",
        r"when (?:i|he|she|they|we) (?:was|were)",
        r"in (?:my|his|her) (?:twenties|teens|youth|thirties|\d+s)", r"(?:fully|all) recovered",
        r"(?:ok|okay|fine|good|well|better|healthy|normal|gone|healed|clean|sober|safe) "
        r"(?:now|today|since|again)",
        r"(?:now|today|since) (?:i m |im |hes |shes |all |fully )?(?:ok|okay|fine|good|well|"
        r"better)",
        r"(?:hace|ase|hase) (?:como |ya )?" + _NUMBER + r" (?:anos?|anios?|meses)",
        r"hace (?:mucho|tiempo|anos|muchos anos|rato que)", r"cuando (?:era|fui|tenia|estaba) \w+",
        r"de (?:nino|nina|chico|chica|joven|chiquito|chiquita|bebe|morro|chamaco)",
        r"(?:el|la) (?:ano|mes|verano|invierno|semana) pasad[oa]", r"en mi (?:juventud|infancia)",
        r"ya (?:estoy|esta|quedo|quede|ando|anda|sano|sane) (?:bien|sano|sana|mejor)?",
        r"ya (?:se|me) (?:le |me )?(?:quito|curo|paso|recupero|recupere|cure|alivio|alivie)",
        r"(?:19|20)?[0-9]0s|eighties|nineties|seventies|noventas?|ochentas?|setentas?",
        r"(?:in|class of|en el) 0?[4-9]\d(?! (?:minut\w*|days?|hours?|mg|degrees|horas|grados|"
        r"sol))",
        r"in (?:the (?:army|navy|war|nicu)|(?:high |grade )?school|college|boot camp|\w+ grade)",
        r"(?:in|en) (?:january|february|march|april|june|july|august|september|"
        r"october|november|december|enero|febrero|marzo|abril|mayo|junio|julio|agosto|"
        r"septiembre|octubre|noviembre|diciembre)",
        r"(?:hes|shes|he is|she is|im|i am) (?:\d\d?|fifty|sixty|nineteen) now",
        r"(?:now|all) (?:hes|shes|she is|he is) \d\d?",
        r"(?:hes|shes|he is|she is) (?:running track|a dad)",
        r"(?:ya|ahora|hoy) (?:tiene|tengo|va|corre|baila|trabaj\w+|juega)",
        r"at age \d\d?|(?:at|a los) \d\d? (?:i m|im|anos (?:y|tengo))|till (?:i|he|she) was",
        r"as a (?:small|little|young|toddler)(?: \w+)?",
        r"(?:cuando|despues que) \w+ (?:nacio|tenia|era|boxeaba)",
        r"(?:summers?|winters?|veranos?|inviernos?|decadas?|decade) (?:ago|ya)|long ago",
        r"(?:been|llevo|llevan|hace|hace un|hace como) (?:like |about |como )?(?:par de |"
        r"monton de |"
        rf"{_NUMBER} )?(?:years|anos|decada|monton)", r"(?:last|old) (?:season|concussion|injury)",
        r"(?:temporada|embarazo|operacion|cirugia|surgery|delivery) (?:pasada|anterior|before|"
        r"that time|de mi \w+)",
        r"outgrew|cleared (?:to|by|in|me)|survived|sobrevivi\w*|dado de alta|"
        r"dieron de alta|antigu[oa]|back at work|back to (?:playing|school)|"
        r"good place now|que en paz descanse|history of|antecedentes?",
        r"(?:murio|murieron|se murio|died|dead) (?:de|of|from|choking)",
        r"una vez (?:en|tuve)|once in",
    ),
    "general": (
        r"(?:what|which) (?:is|are|r|was|does|do|causes?|happens?|makes?|counts?|kinds?|temp|"
        r"level)",
        r"whats (?:the|a|an)", r"how (?:do|does|can|to|would|is|are|common|much|many|long|serious)",
        r"why (?:do|does|is|are|would)", r"(?:difference|diff) between", r"(?:signs|symptoms) of",
        r"(?:is|are|can|could|does|do) (?:you|u|people|someone|somebody|a person|it true)",
        r"(?:for|doing|writing) (?:a |my |the |an |his |her )?(?:class|school|project|paper|essay|"
        r"poster|report|book|exam|test|homework|quiz|newsletter|training|course|presentation)",
        r"(?:homework|nursing school|first aid|curious|wondering|hotline|documentary|article)",
        r"(?:cuales|que|cual) (?:son|es|significa|quiere decir|causa|provoca|pasa|tan|hacer|"
        r"se hace)",
        r"(?:como|por que|cuando|cuanto|cuantas|cuantos|cuanta) (?:se|es|son|da|dan|hay|debe|puede|"
        r"tiempo|funciona|ayudar|saber|reconocer|pueden)",
        r"(?:sintomas|senales|signos) de", r"(?:diferencia|tarea|clase|examen|curso|escuela|cartel|"
        r"curiosidad|folleto|libro|taller|platica) ?",
        r"(?:quiero|quisiera) (?:saber|aprender)", r"(?:se puede|es cierto|es verdad|es peligroso)",
        r"(?:when|if|help when) (?:a |an )?(?:someone|somebody|person|people|anyone)",
        r"(?:si|cuando) (?:alguien|un nino|una persona|un alumno|uno)", r"la gente|old people",
        r"first aid|primeros auxilios|narcan|epi ?pens?|detector(?:es)?|co alarm|monoxide alarm",
        r"(?:the|a|la|una|en la|en una) (?:movies?|shows?|news|novela|serie|pelicula|noticias)",
        r"novel|noticias|run in|hereda|hereditari[oa]s?|hereditary|contagios[oa]s?|contagious",
        r"(?:numero|number) (?:for|para)|que numero|rates|myth|mito|legal|in theory|en teoria",
        r"(?:mean|means|cause|causes|causing|causa|causan|causar|provoca|prevent|prevenir|evitar) "
        r"(?:a |an |el |la |los |un )?(?!my|me|him|her|us|mi|me)\w+",
        r"hazards?|hazard list|volunteers?|training|entrenamiento|escribiendo|reviewing",
    ),
    "denial": (
        r"(?:no|not|non|without|zero|never|isnt|arent|wasnt|havent|hasnt|didnt|dont have|"
        r"doesnt have)"
        r" (?:a |any |really |having |been |like )?(?!more|longer|one|body|idea|breath|air|pulse|"
        r"urine|pee|wet|way|reason|point|gas|good|kicks?|tears|response)\w+",
        r"(?:sin|ni|tampoco|nada de) (?!aire|fuerzas?|respirar|pulso|parar|moverse|orinar|mi)\w+",
        r"no (?:me |le |se |es |soy |estoy |esta |hay |tengo |tiene |traigo |trae )"
        r"(?:duele|falta|desmaye|muero|quiero morir|suicida|embarazada|sangre|fiebre|dolor|alergia|"
        r"vomito|nada|urgente|grave|calentura|ganas)",
        r"(?:just|only|nomas|solo|nada mas|puro|pura)", r"(?:all|everything|todo) (?:is )?"
        r"(?:clear|normal|fine|good|bien|ok|okay)", r"ruled out|descarto|descartaron|negativ[eo]",
        r"(?:nobody|no one|nadie) (?:hits|hit|fainted|is bleeding|bleeding|me pega|me amenaza|se)",
        r"nothing (?:stuck|broken|hurts|wrong)|nobodys|cero \w+",
        r"(?:nunca|jamas) (?!habia|me habia|mas)\w+|(?<!not )(?<!isnt )safe at home|"
        r"(?<!dont )feel safe at|dont want to die|"
        r"nada (?:amarill\w+|rot\w+|raro)",
        r"ya paro(?! de)|it stopped|already stopped|its done|eyes white|ojos blanc\w+|i joked",
    ),
    "now": (
        r"(?:right )?now", r"today|tonight|this (?:morning|afternoon|evening)", r"just (?:now|took|"
        r"ate|fell|drank|hit|swallowed|had|happened|fainted|passed|started)", r"since (?:this |"
        r"last )?"
        r"(?:morning|yesterday|night|lunch|breakfast|noon|dinner|monday|tuesday|wednesday|thursday|"
        r"friday|saturday|sunday|an hour)", r"(?:hour|hr|min|minute)s? (?:ago|now|already)",
        r"(?:keeps?|wont stop|cant stop|getting worse|suddenly|all of a sudden|sudden)",
        r"(?:here|outside|in the (?:car|room|lobby|bathroom|parking lot))", r"help",
        r"ahorita|ahora|orita|hoy|anoche|esta manana|ayer", r"desde (?:ayer|anoche|hoy|hace|el|la)",
        r"de repente|de golpe|de pronto|no para|no deja|cada vez|acab[ao] de|ya no",
        r"hace (?:rato|ratito|\w+ (?:horas?|minutos?|ratos?)|media hora|una hora)", r"ayud\w+|"
        r"auxilio",
    ),
    "person": (
        r"my|me|im|i|ive|mine", r"mi|mis|me|yo|tengo|siento|estoy|traigo",
    ),
    "other": (
        r"(?:mom|mum|mama|mother|dad|papa|father|husband|wife|son|daughter|kid|child|baby|grandma|"
        r"grandpa|brother|sister|friend|uncle|aunt|aunty|auntie|neighbor|coworker|nephew|niece|"
        r"toddler|"
        r"boyfriend|girlfriend|grandson|granddaughter|cousin|roommate|man|woman|lady|guy)",
        r"(?:esposo|esposa|marido|hijo|hija|nino|nina|bebe|abuela|abuelo|abuelita|abuelito|hermano|"
        r"hermana|amigo|amiga|tio|tia|vecino|vecina|suegra|suegro|novio|novia|senor|senora|"
        r"companero|"
        r"nieto|nieta|primo|prima|cunado|cunada|sobrino|sobrina|muchacho|muchacha|jefa|jefe|"
        r"chamaco)",
    ),
    "idiom": (
        r"(?:dying|die|kill|killing|killed|murder) (?:for|to|me with|of|by)? ?(?:a|an|know|coffee|"
        r"pizza|hunger|laughing|laughter|boredom|see|taste|try|eat|that|some|embarrassment)",
        r"(?:diet|wait|waiting|traffic|boss|job|line|prices?|shoes|kids|homework|math|bill|exam|"
        r"meeting|"
        r"teacher|landlord|mother in law) (?:is|are|r|was|will be|makes?|gonna|going) (?:so |"
        r"just )?"
        r"(?:killing|kill|murder|death|giving|give|driving|drive|sick|the death|eating|finish)",
        r"(?:heart attack|stroke|ulcer|aneurysm|seizure) (?:when|at|over|from) (?:i saw|seeing|"
        r"the)",
        r"(?:scared|bored|worried|tickled|starved|starving|sick) (?:me |us )?(?:to death|to bits)",
        r"lol|lmao|haha\w*|jaja\w*|xd|jeje\w*", r"sick (?:and tired|of)|tired of|head over heels",
        r"(?:muero|muriendo|morir|morirme|morirse|matando|mata|matar|matan) (?:de|por|del) (?:un|"
        r"una|"
        r"risa|hambre|sueno|ganas|verguenza|la risa|calor|frio|aburrimiento|curiosidad|pena|"
        r"antojo)",
        r"(?:dieta|jefe|jefa|suegra|trafico|trabajo|espera|hijos|zapatos|precios?|cuenta|tarea|"
        r"fila) "
        r"(?:me |nos )?(?:esta |estan |va a |van a |trae |traen )?(?:mata\w*|enferma\w*|volv\w+|"
        r"vuelve\w*|matar|sacan?|saca canas)",
        r"prices?|(?:the|that|this) (?:bill|taxes|traffic|paperwork|exam|joke)|my exam|"
        r"english test|bank account|laugh\w*|precios?|papeleo|(?:de|por) (?:la )?verguenza|"
        r"(?:ahogo|ahogado|ahogada) en deudas|(?:la|con) renta|calificaciones|el gol|la cuenta|dmv",
        r"(?:gave|giving|give|gives) (?:me|us) a (?:stroke|heart attack|fit|seizure|concussion)",
        r"casi me (?:infarto|da un)|por poquito y me|un (?:patatus|soponcio|vaso de agua)|"
        r"vida este",
        r"(?:exploding|bursting) with|poison\w* (?:my|his|her) mind|poisoned against",
        r"(?:will|gonna|would|going to) kill me|rather die|makes me want to die|bridge if|"
        r"breaststroke|hungry bad|bleeding obvious|ahorcad[oa] con|sudor y lagrimas|en plato",
    ),
    "mild": (
        r"(?:little|tiny|small|slight|slightly|minor|mild|mildly|lil|bit|barely|paper)",
        r"(?:poquito|poquita|poco|leve|leves|chiquito|chiquita|ligero|ligera|tantito|tantita|"
        r"pequeno|pequena|raspon|rasguno)", r"band ?aids?|curita|curitas|bandita",
    ),
    "years": (
        r"(?:for|since|off and on|on and off) (?:many |several |\w+ )?(?:years|yrs|months|ages|"
        r"weeks)",
        r"(?:always|usually|sometimes|often|every time|whenever|lately|normally|each time|"
        r"after i eat)",
        r"(?:siempre|a veces|seguido|cada vez que|normalmente|ultimamente|desde hace anos|por anos|"
        r"llevo (?:anos|meses)|despues de comer)",
    ),
}  # fmt: skip
_COMPILED = {
    name: re.compile(r"(?<!\S)(?:" + "|".join(patterns) + r")(?!\S)")
    for name, patterns in _PATTERNS.items()
}
NOT_NOW = ("past", "general", "denial", "idiom")
"""The frames in which a danger is spoken of that is not here."""

_OF_NOBODY = re.compile(
    r"(?:(?:is|are) (?!choking|bleeding|vomiting|throwing|turning|passing|having|shaking|swelling|"
    r"blue|unconscious)|(?:do|does|can|could|would|should|what|whats|where should|which|why|how|"
    r"cual|cuales|cuanto|cuantos|cuantas|por que|porque|puede|pueden|sirve|siempre|a que|en que|"
    r"cada|de que|son|que (?:numero|comidas|es|lleva|hacen|preguntan|se)|"
    r"como (?:prevenir|guardar|hablar\w*|se))(?!\S))"
    r"|.*(?<!\S)(?:always (?:blood|mean)|common|dangerous|comun|sirve|siempre (?:es|duele)|"
    r"se hereda|pueden?|da|dan|desmaya|atragantan|suben|protege|venenosos|same|lo mismo)(?!\S)"
)
"""The beginning of a question, or words in it, that ask of a thing and not of a person."""
_SOMEBODY = re.compile(
    r"(?<!\S)(?:i|im|ive|me|my|mine|we|our|us|he|hes|his|him|she|shes|her|they|their|not|wont|cant|"
    r"cannot|yo|mi|mis|tengo|siento|estoy|traigo|tiene|esta|no|nos|nuestro|nuestra|se me|se le|"
    r"acab\w+|now|today|ahorita|hoy|"
    + "|".join(_PATTERNS["other"]) + r")(?!\S)"
)  # fmt: skip


def frames_of(line: str) -> dict[str, int]:
    """Return how often each frame (a way to speak of a danger, such as `past` or `denial`) occurs
    in `line`; those that do not occur are left out.

    `line` is folded words with single spaces between them.
    """
    counts = {name: len(pattern.findall(line)) for name, pattern in _COMPILED.items()}
    if not counts["general"] and _OF_NOBODY.match(line) and not _SOMEBODY.search(line):
        counts["general"] = 1  # it asks of a thing, and speaks of nobody
    return {name: count for name, count in counts.items() if count}


_BODY = re.compile(
    r"(?<!\S)(?:(?:my|his|her|mi|su|me|le) (?:\w+ )?(?:chest|stools?|poop|throat|arm|face|lips?|"
    r"tongue|vomit|pee|heart|breath|eyes|skin|pecho|popo|garganta|brazo|cara|labios|lengua|heces|"
    r"excremento|corazon|ojos|piel)|(?:me|le) (?:duele|aprieta|cierra|hincha) \w+|"
    r"i (?:\w+ )?(?:vomit|vomited|bleed|faint|fainted|cant breathe)|"
    r"(?:i am|i m|im|he is|hes|she is|shes|estoy|esta) (?:\w+ )?(?:bleeding|choking|fainting|"
    r"vomiting|sangrando|vomitando|ahogando\w*|atragantad[oa]|desmayad[oa])|"
    r"(?:i feel|i am|im) suicidal|(?:kill|hurt|harm) myself|(?:end|take) my (?:own )?life|"
    r"quiero (?:morir|morirme|matarme|quitarme la vida)|me quiero (?:morir|matar))(?!\S)"
)

_WORDS_ALONE = re.compile(
    r"(?<!\S)(?:(?:matar\w*|matame|morir\w*|muero|mori) (?:de|con|suavemente) (?:la |el |tanta |"
    r"pura )?(?:risa|verguenza|hambre|sueno|calor|frio|ganas|nervios|aburrimiento|suavemente|"
    r"cancion|fila|espera|cuenta)|matame suavemente|"
    r"(?:die|dying) (?:laughing|(?:of|from) (?:laughter|laughing|boredom|shame|embarrassment))|"
    r"suicide (?:stats?|statistics|rates?|awareness|squad|wings?|doors?|bombers?|missions?|"
    r"posters?)|suicidios|(?:tasas?|escuadron) (?:de |del )?suicid\w+|suicidas? (?:squad|bomber)|"
    r"(?:dont|do not|never|no) (?:really |even )?(?:want to|wanna|feel like|thought of|"
    r"quiero|pienso) (?:hurt\w*|harm\w*|kill\w*|matar\w*|lastimar\w*|hacerme dano)"
    r"(?: (?:myself|nobody|no one|anyone|anybody|a nadie))?)(?!\S)"
)
"""Idioms, denials and subjects of study that bring words of suicide and death with them: for the
rules alone, which heed such words whatever the learned model makes of the rest."""


_PLEA = re.compile(
    r"(?<!\S)(?:i (?:just |really )?(?:want to|wanna) die|quiero morirme|suicid(?:e|al) "
    r"(?:hot ?line|line|prevention|help)|linea (?:de|del|contra el) suicidio|"
    r"acabar con todo (?:esta noche|hoy))(?!\S)"
)
"""Words of somebody who may be about to die, which nobody says of another time; in no frame."""


def is_in_a_body(line: str) -> bool:
    """Return whether `line` says that somebody has a sign in body or mind: "my chest", "i feel
    suicidal".

    `line` is folded words with single spaces between them.
    """
    return _BODY.search(line) is not None


def is_about_now(line: str) -> bool:
    """Return whether the danger that `line` may name is present: not past, general, denied or an
    idiom.

    A general question counts as present if it says that the sign is in somebody's body, and so
    does any text that says outright that its writer wants to die. `line` is folded words with
    single spaces between them.
    """
    besides = _WORDS_ALONE.sub(" ", line)
    if _PLEA.search(besides):
        return True
    if besides != line:
        return is_in_a_body(besides)
    frames = frames_of(line).keys() & set(NOT_NOW)
    return not frames or (frames == {"general"} and is_in_a_body(line))
