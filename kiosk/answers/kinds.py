"""The kinds of section that patients' libraries have, and the words by which each is asked for.

Patterns are matched against folded words with one space between them, the whole of each word.
"""

from __future__ import annotations

from collections.abc import Mapping

_ENGLISH = {
    "overdose": r"overdos\w*|over dos\w*|took too (?:much|many)|tak\w+ too (?:much|many)|"
    r"(?:in )?(?:case of )?(?:an )?emergency|poison control|swallow\w* too (?:much|many)",
    "forgotten dose": r"(?:forg[eo]t\w*|miss(?:ed|ing)?|skip\w*)(?: to)?(?: take| taking)?"
    r"(?: an?| my| the| one| your| some)?(?: \w+)?(?: dose| pill| tablet| shot| injection)s?|"
    r"forg[eo]t\w*(?: to take)?|missed(?: dose)?|late(?: with)?(?: my| a)? dose",
    "storage": r"stor(?:e|ed|ing|age)|keep it|kept|dispos\w*|throw\w*(?: it)? (?:away|out)|"
    r"get rid of|leftover|refrigerat\w*|fridge|expired?",
    "brand names": r"brand(?:s| names?| named)?|trade names?|sold (?:as|under)|market(?:ed|ing) "
    r"(?:as|under|names?)|commercial names?|generic names?|other names?",
    "interactions": r"interact\w*|mix(?:ed|ing)?(?: \w+){0,4} with|combin(?:e|ed|ing)(?: \w+){0,4} with|"
    r"(?:take|taken|taking|use|using)(?: \w+){0,4} (?:together|along|with) "
    r"(?!food|meals?|water|milk|a\b|an\b)|react with|safe with|"
    r"(?:other )?(?:medications?|medicines?|drugs|herbs|foods?)(?: or \w+)? (?:interact\w*|"
    r"affect\w*)|go with other",
    "contraindications": r"contraindicat\w*|who should not|should not (?:take|use|get|be)|"
    r"shouldnt (?:take|use|get)|not (?:take|use)|must not (?:take|use)|when to avoid|(?:should|must|can)(?: \w+){1,4} not be "
    r"(?:used|taken|given)|cant take|not (?:safe|right) for|(?:unsafe|wrong) for",
    "precautions": r"precautions?|warnings?|safety|safe(?:ly)?|cautions?|dangerous to take|"
    r"before (?:taking|using|i take|i use|you take|starting|i start)|be careful|careful with|"
    r"watch out",
    "diet": r"diet(?:ary|s)?|foods?|eat(?:ing)?|nutrition\w*|drink(?:ing)?|meals?",
    "side effects": r"side effects?|adverse(?: \w+)?|bad reactions?|reactions?|risks of(?: taking| "
    r"using)?|harm(?:s|ful)?|make (?:me|you|someone)(?: feel)? (?:sick|ill|bad|worse|tired|sleepy)|"
    r"(?:bad|unwanted|negative) effects?|hurt me",
    "dose": r"take(?: \w+){1,4} with(?: or without)? (?:food|meals?|water|milk)|dos(?:e|es|age|ages|ing)|how (?:much|many|often)(?: \w+){0,4} (?:take|taken|use|give|"
    r"given|used|have)|how (?:should|do|does|must|can|is|are|to)(?: \w+){0,4} (?:take|taken|use|"
    r"used|taking|applied|apply|inject\w*|given|administer\w*)|directions|right way to take|"
    r"correct way to|usage|instructions|when should i take",
    "indication": r"prescribed|prescribe|(?:what|whats)(?: \w+){0,6} (?:used|taken|good|given) for|"
    r"what (?:is|are)(?: \w+){1,6} for$|whats(?: \w+){1,6} for$|put (?:me|him|her|us) on|(?:is|are)(?: \w+){1,4} used (?:for|to)|who should (?:get|take|use)|"
    r"indicat(?:ed|ions?)|reason(?:s)? for taking|uses|"
    r"why (?:do|would|should|am|is|are|was|did)(?: \w+){1,4} (?:take|taking|taken|given|give|put|use|"
    r"used)",
    "action": r"how (?:does|do|will|would)(?: \w+){1,5} works?|mechanism(?: of action)?|"
    r"what does(?: \w+){1,4} do(?: to| in| for)?|way it works",
    "effectiveness": r"effective\w*|how well|does(?: \w+){1,4} (?:really |actually )?(?:work|help)|"
    r"efficacy|evidence|proven",
    "vaccination": r"vaccinat\w*|get the vaccine|immuniz\w*",
    "inheritance": r"inherit\w*|heredit\w*|run(?:s|ning)? in (?:the |my |our |a )?famil\w*|"
    r"(?:pass(?:ed|es)?|passing)(?: \w+){0,8} (?:on to|on|down to|down|to) "
    r"(?:my|our|your|the|their|next|a) (?:\w+ )?(?:children|kids?|child|baby|babies|sons?|"
    r"daughters?|generations?)|genetic(?:ally)? "
    r"(?:transmi\w*|inherit\w*)|(?:is|are)(?: \w+){1,9} genetic|in(?: my| the| our)? (?:genes|family|blood)|"
    r"familial|dominant or recessive|"
    r"(?:my|our) (?:children|kids|child|baby|son|daughter)(?: \w+){0,3} (?:get|have|inherit)(?: it)?|"
    r"from (?:my |the |your )?parents",
    "genetic changes": r"genetic (?:changes?|mutations?|causes?|cause|basis|variants?|variations?|"
    r"defects?|abnormalit\w*)|genes?|mutat\w*|chromosom\w*|dna",
    "frequency": r"how (?:common|rare|many (?:people|persons|patients|men|women|children|babies|"
    r"cases|americans|folks|individuals)|often (?:does|do|is|are)|frequent|widespread|likely|"
    r"prevalent|unusual)|prevalen\w*|inciden\w*|frequen\w*|common is|rare is|number of people|"
    r"statistics?|what percent\w*|how much of the population|(?:is|are)(?: \w+){1,5} (?:common|rare)",
    "susceptibility": r"(?:who|whos)(?: \w+){0,3} (?:gets?|at risk|risk|likely|affected|develops?|"
    r"prone|catch\w*)|at risk|risk factors?|risk for|risk of getting|chances? of getting|"
    r"more likely to|likely to (?:get|develop|have)|prone to|susceptib\w*|vulnerable|"
    r"increases?(?: \w+){0,3} (?:risk|chances?)|raises?(?: \w+){0,3} (?:risk|chances?)|"
    r"(?:am|is|are) (?:i|my \w+|we) (?:likely|at)|kinds? of people",
    "complications": r"complicat\w*|problems? (?:can|could|may|does|do|come|from)|"
    r"lead(?:s)? to|what (?:can|could|may|might|else)(?: \w+){0,2} go wrong|consequences|"
    r"long ?term (?:effects?|problems?|damage)|other problems|aftermath|"
    r"(?:if|left|goes) (?:\w+ ){0,3}untreated|(?:not|never|isnt|dont|dont get|without) "
    r"(?:treat(?:ed|ment)?|taken care)|what happens if",
    "prevention": r"prevent\w*|so (?:that )?(?:i|we|you|they) (?:dont|do not|wont|never) (?:get|catch|"
    r"have|develop)|avoid(?:ed|ing)? (?:getting|it|having)?|protect\w*|"
    r"(?:lower|reduce|decrease|cut)(?: \w+){0,3} (?:risk|chances?|odds)|"
    r"keep (?:from|away|my\w* from)(?: getting| having)?|stop (?:myself |me )?from (?:getting|having)|"
    r"ward off|stay away|not (?:get|catch)|ways? to stop(?: \w+)? getting",
    "tests": r"diagnos\w*|tests?|tested|testing|exams?|examin\w*|screen(?:ing|ed|s)?|"
    r"(?:check(?:ed|s)?) for|scans?|detect\w*|find out if|confirm\w*|"
    r"how (?:do|does|can|will|would) (?:doctors?|they|you|the doctor|physicians?|a doctor|one) "
    r"(?:know|tell|find|check)|blood work|biops\w*|x ?rays?|mri|ultrasound",
    "outlook": r"outlook|prognos\w*|life expectanc\w*|surviv\w*|how long (?:can|do|does|will|would|"
    r"could|did)(?: \w+){0,8} (?:live|last|go away|have)|long term|recover\w*|"
    r"(?:is|are)(?: \w+){1,5} (?:fatal|deadly|terminal|curable|serious|life threatening)|"
    r"(?:die|death|dying)(?: from| of)?|fatal\w*|"
    r"what (?:to|can i|should i|can we|do i|can someone)(?: \w+){0,2} expect|expect(?:ed)?|future|"
    r"get better|go away|chances? of (?:recover\w*|surviv\w*|living|getting better)|mortality|"
    r"will (?:i|he|she|they|my \w+)(?: ever)? (?:be ok|be okay|get well|get better|live)",
    "research": r"research\w*|clinical trials?|stud(?:y|ies)|latest|new (?:treatments?|findings?|"
    r"developments?)|scientists?|being (?:done|studied|developed)|trials?",
    "stages": r"stag(?:e|es|ed|ing)|phases?|how far|grades?|spread",
    "support": r"support(?: groups?)?|organi[sz]ations?|groups?|foundations?|communit\w*|"
    r"where (?:can|do)(?: \w+){1,3} (?:get|find) (?:help|support)|charit\w*|others? (?:with|who)|"
    r"meet other|resources?|help line|hotline",
    "when to call": r"(?:when|should i|do i need)(?: \w+){0,4} (?:call|see|contact|go to|visit|tell)"
    r"(?: \w+){0,2} (?:doctor|physician|provider|professional|hospital|er|specialist|gp|nurse)s?|"
    r"when to (?:call|contact|see|worry|get help|seek)(?: \w+){0,4}|medical help",
    "living with": r"liv(?:e|ing) with|cop(?:e|ing) with|daily life|day to day|manag(?:e|ing)|"
    r"take care of myself",
    "symptoms": r"symptoms?|signs?|feels? like|looks? like|"
    r"how (?:do|can|could|would|will) (?:i|you|we|someone|a person|people|one) (?:know|tell|find out)"
    r"(?: if| whether| that)?|warning signs?|notice|features|characteri[sz]\w*|"
    r"manifest\w*|what (?:does|do|will|would|happens)(?: \w+){0,5} (?:feel|look|experience)|"
    r"what happens (?:to|when|in)(?: people| someone| a person| you| your body)?|"
    r"how (?:does|do|will)(?: \w+){1,6} affect|effects of|"
    r"present(?:s|ation|ing)?|clues",
    "causes": r"caus\w*|why (?:do|does|did|would|am|is|are|have)(?: \w+){1,4} "
    r"(?:get|gets|have|has|develop|happen|occur|got|getting|come)|"
    r"(?:where|how)(?: \w+){1,8} come from|bring(?:s)?(?: \w+)? on|trigger\w*|reasons?|"
    r"(?:how|where) (?:do|does|did|can|could|would) (?:you|people|someone|i|one|we|a person|he|she|"
    r"they|it|my \w+) (?:get|catch|develop|contract|happen|occur|end up)|responsible for|"
    r"leads? to(?! \w+ problems)|what makes|origins?|due to|gives? you|contagious|infect\w*",
    "considerations": r"consider\w*|keep in mind|be aware of|should i know about",
    "treatment": r"treat\w*|cur(?:e|es|ed|able|ing)|therap\w*|remed(?:y|ies)|"
    r"(?:medicines?|medications?|drugs|pills?|surger\w*|operations?|meds)(?: \w+){0,3}(?: for| help| "
    r"used)?|get rid of|manag(?:e|ed|ement|ing)|heal\w*|fix(?:ed|ing)?|relie(?:f|ve\w*)|"
    r"what (?:helps?|can help|to take)|done (?:about|for)|options|handle|deal(?:ing)? with|"
    r"ease|soothe|stop (?:it|the|my)|good for|make it (?:better|go away|stop)|help with|fight",
    "help": r"what (?:to do|can (?:i|you|we|be) (?:do|done|take|use)|should (?:i|we) do|do i do|now)",
    "information": r"what (?:is|are|was)|whats|what (?:does|do)(?: \w+){1,6} (?:mean|stand for)|"
    r"defin\w*|meaning of|describe|overview|information|info|background|facts|about|general|basics?",
}

_SPANISH = {
    "overdose": r"sobredosis|tom\w+ demasiad\w*|exceso de dosis|emergencia|intoxicacion",
    "forgotten dose": r"olvid\w*(?: tomar)?(?: \w+){0,2}(?: dosis| pastilla)?|"
    r"salt\w+(?: \w+){0,2} dosis",
    "storage": r"guard(?:o|a|ar|arse|arlo)|almacen\w*|conserv(?:o|a|ar|arse|acion)|desech\w*|nevera",
    "brand names": r"marcas?(?: comercial\w*)?|nombres? comercial\w*|se vende como",
    "interactions": r"interac\w*|mezcl\w*|combin(?:a|ar|arse|o)|junto con",
    "contraindications": r"contraindic\w*|quien(?:es)? no debe\w*|no deb\w+ (?:tomar|usar)",
    "precautions": r"precaucion\w*|advertencias?|segur[oa]s?|seguridad|cuidados?|"
    r"antes de (?:tomar|usar)",
    "diet": r"dietas?|aliment\w*|com(?:er|o|e|ida|idas)|beb(?:er|o|e|idas?)|nutricion",
    "side effects": r"efectos? (?:secundarios?|adversos?|colaterales)|reacci(?:on|ones)|hace dano",
    "dose": r"dosis|cuant[oa]s?(?: \w+){0,3} (?:tomar|tomo|usar|puedo|debo|dar)|"
    r"como (?:se )?(?:debo |debe |tengo que )?(?:tom|us|aplic|administr)\w*|posologia",
    "indication": r"para que (?:sirve|se usa|es|se receta|se toma)|se receta|indicaciones|recetad[oa]",
    "action": r"como (?:funciona|actua|trabaja)|mecanismo|que hace",
    "effectiveness": r"eficac\w*|efectiv\w*|funciona de verdad|sirve de algo|comprobad\w*",
    "vaccination": r"vacun\w*",
    "inheritance": r"hered\w*|de familia|familiar(?:es)?|pas(?:a|ar) a (?:mis|los) hijos|"
    r"mis hijos|de (?:mis |los )?padres",
    "genetic changes": r"cambios geneticos|mutacion\w*|gen(?:es)?|genetic\w*|cromosoma\w*|adn",
    "frequency": r"que tan (?:comun|frecuente|raro|rara)|cuantas personas|frecuen\w*|prevalencia|"
    r"incidencia|(?:es|son)(?: \w+){0,4} (?:comun|raro|rara|comunes)|cuanta gente",
    "susceptibility": r"(?:a )?quien(?:es)?(?: \w+){0,3} (?:da|afecta|riesgo|corre|padece)|"
    r"factores de riesgo|(?:en|mas|corro|corre) riesgo|riesgo de (?:tener|padecer|desarrollar)|"
    r"propens\w*|probabilidad\w*",
    "complications": r"complicacion\w*|consecuencias|que pasa si|si no (?:se trata|me trato)|"
    r"a largo plazo|que problemas",
    "prevention": r"preven\w*|evit\w*|proteg\w*|reducir(?: \w+){0,2} riesgo|que no me de",
    "tests": r"diagnost\w*|prueba\w*|examen\w*|analisis|detect\w*|estudios?|radiografia|biopsia|"
    r"como (?:saben|sabe el medico|lo descubren)",
    "outlook": r"pronostico|esperanza de vida|expectativa\w*|cuanto (?:tiempo )?(?:dura|vive|tarda)|"
    r"mor(?:ir|tal)\w*|me voy a morir|tiene cura|se quita|sobreviv\w*|recuper\w*|grave",
    "research": r"investigacion\w*|ensayos? clinicos?|estudios cientificos",
    "stages": r"etapas?|fases?|estadios?|grados?",
    "support": r"grupos?(?: de apoyo)?|apoyo|organizacion\w*|asociacion\w*|recursos",
    "when to call": r"cuando (?:debo |tengo que |hay que )?(?:llamar|ir|ver|acudir|consultar)"
    r"(?: \w+){0,2}(?: doctor| medico| hospital)?",
    "living with": r"vivir con|convivir|vida diaria|manejar",
    "symptoms": r"sintomas?|signos?|senales|senas|como (?:se siente|se ve|se nota)|"
    r"como (?:se|puedo saber|saber) si|que se siente|caracteristicas|manifest\w*|como afecta",
    "causes": r"caus\w*|por que (?:me |le |se |nos )?(?:da|dio|pasa|tengo|sale|produce|ocurre)|"
    r"porque (?:me |se )?(?:da|dio|pasa)|provoc\w*|origin\w*|de donde viene|a que se debe|"
    r"como (?:se )?(?:contagia|pega|adquiere|agarra)|contagi\w*|razon\w*|desencaden\w*",
    "treatment": r"tratamient\w*|trat(?:a|o|ar|arse)|cur(?:a|o|ar|arse|as)|terapia\w*|remedios?|"
    r"medicamentos?|medicinas?|cirugia|operacion|aliviar?|que es bueno para|quitar(?:me|se)?|sanar|ayuda (?:a|con|para)",
    "help": r"que (?:puedo |debo |se puede )?(?:hago|hacer|tomar|tomo)(?: para)?",
    "information": r"que (?:es|son)|que significa|definicion|informacion|sobre|acerca de|en general",
}

ASKED: Mapping[str, Mapping[str, str]] = {"en": _ENGLISH, "es": _SPANISH}
"""By language and kind, how it is asked for."""

SECTIONS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "overdose": r"emergency|overdose",
        "forgotten dose": r"forg[eo]t|missed dose",
        "storage": r"stor(?:age|ing)|disposal",
        "brand names": r"brand|trade name",
        "interactions": r"interaction|drug interact|foods? or medic",
        "contraindications": r"contraindic|who should not",
        "side effects": r"side effect|adverse|severe reaction|allergic reaction|unwanted",
        "precautions": r"precaution|important warning|warning$|warnings|safety|caution",
        "diet": r"diet|eating|nutrition",
        "dose": r"dos(?:e|age|ing)|usage|how to (?:use|take)|directions",
        "indication": r"indication|why is (?:this|it) (?:medic|prescri)|uses$|what is it used for",
        "action": r"how does (?:it|this)(?: \w+)* work|mechanism|action",
        "effectiveness": r"how effective|effectiveness|evidence",
        "vaccination": r"why get vaccinated|vaccinat",
        "inheritance": r"inherit|heredit",
        "genetic changes": r"genetic|gene |genes",
        "frequency": r"frequency|how common|prevalence|incidence|statistic|epidemiolog",
        "susceptibility": r"susceptib|risk|who gets|who is (?:more|at)",
        "complications": r"complication|possible problems",
        "prevention": r"prevent",
        "tests": r"exams?|test|diagnos|screening",
        "outlook": r"outlook|prognosis|expect|life expectancy|survival",
        "research": r"research|clinical trial|studies",
        "stages": r"stage|staging",
        "support": r"support|resources|organi[sz]ation",
        "when to call": r"when to (?:call|contact|see|get)",
        "living with": r"living with|coping|managing",
        "symptoms": r"symptom|sign",
        "causes": r"cause",
        "treatment": r"treat|therap|management|cure|medicine|surgery",
        "considerations": r"consideration",
        "other information": r"other information",
        "information": r"information|what (?:is|are)|overview|definition|summary|about|description|"
        r"basics|introduction|general",
    },
    "es": {
        "overdose": r"sobredosis|emergencia",
        "forgotten dose": r"olvid",
        "storage": r"almacen|conserva|guardar|desech",
        "brand names": r"marca|nombres? comercial",
        "interactions": r"interac",
        "contraindications": r"contraindic",
        "side effects": r"efectos? (?:secund|advers)|reaccion",
        "precautions": r"precauc|advertenc|seguridad",
        "diet": r"dieta|alimentacion|nutricion",
        "dose": r"dosis|modo de (?:uso|empleo)|como (?:se )?(?:usa|toma)",
        "indication": r"indicacion|para que",
        "action": r"como funciona|mecanismo",
        "effectiveness": r"eficacia|efectividad",
        "vaccination": r"vacuna",
        "inheritance": r"herencia|heredit",
        "genetic changes": r"genetic",
        "frequency": r"frecuencia|prevalencia|incidencia",
        "susceptibility": r"riesgo|susceptib|quien",
        "complications": r"complicacion",
        "prevention": r"preven",
        "tests": r"prueba|examen|diagnost",
        "outlook": r"pronostico|expectativa",
        "research": r"investigacion|ensayo",
        "stages": r"etapa|estadio|fase",
        "support": r"apoyo|recursos",
        "when to call": r"cuando (?:llamar|contactar|consultar)",
        "living with": r"vivir con",
        "symptoms": r"sintoma|signo",
        "causes": r"causa",
        "treatment": r"tratamiento|terapia|manejo",
        "information": r"informacion|que (?:es|son)|definicion|resumen|general",
    },
}
"""By language and kind, how its headings begin or what they hold. The first that fits is it."""

NEAR: Mapping[tuple[str, str], float] = {
    ("information", "considerations"): 0.4,
    ("information", "other information"): 0.3,
    ("information", "indication"): 0.3,
    ("indication", "information"): 0.4,
    ("action", "information"): 0.3,
    ("action", "indication"): 0.3,
    ("causes", "genetic changes"): 0.5,
    ("genetic changes", "causes"): 0.4,
    ("causes", "inheritance"): 0.3,
    ("causes", "susceptibility"): 0.4,
    ("causes", "information"): 0.2,
    ("susceptibility", "causes"): 0.4,
    ("susceptibility", "frequency"): 0.5,
    ("frequency", "susceptibility"): 0.3,
    ("inheritance", "genetic changes"): 0.4,
    ("genetic changes", "inheritance"): 0.3,
    ("precautions", "side effects"): 0.4,
    ("precautions", "contraindications"): 0.5,
    ("contraindications", "precautions"): 0.6,
    ("side effects", "precautions"): 0.4,
    ("interactions", "precautions"): 0.5,
    ("interactions", "diet"): 0.4,
    ("diet", "interactions"): 0.4,
    ("dose", "forgotten dose"): 0.2,
    ("dose", "diet"): 0.3,
    ("diet", "dose"): 0.4,
    ("forgotten dose", "dose"): 0.4,
    ("overdose", "dose"): 0.2,
    ("complications", "outlook"): 0.5,
    ("outlook", "complications"): 0.4,
    ("complications", "symptoms"): 0.2,
    ("symptoms", "information"): 0.2,
    ("outlook", "stages"): 0.2,
    ("living with", "treatment"): 0.4,
    ("treatment", "living with"): 0.2,
    ("treatment", "research"): 0.2,
    ("research", "treatment"): 0.2,
    ("living with", "support"): 0.4,
}
"""What a section of the second kind is worth to a question that asks for the first."""
