"""Patterns of words that hint at a kind of section, by language: weaker than a pattern that asks
for it.

They count only in a short question that asks outright for no more than general information. A
question may hint at several kinds; it then counts as asking for all of them.
"""

from __future__ import annotations

from collections.abc import Mapping

_ENGLISH = {
    "contraindications": r"wrong to|everyone|anybody|anyone|allowed|not to take|permitted|kidneys?|"
    r"liver",
    "interactions": r"(?:my|other|another) (?:\w+ ){0,2}(?:pills?|medicines?|meds|medications?|"
    r"drugs|vitamins?|supplements?|herbs?)|alcohol|wine|beer|vitamins?|supplements?",
    "storage": r"bathroom|cabinet|car|keep|hot|cold|room|sun|drawer|bottle|garbage",
    "brand names": r"names?|version|generic|store brand",
    "side effects": r"strange|weird|bad things|since (?:i )?(?:start\w*|began)|sick|tired|itchy|"
    r"hair|sleep|stomach|upset|react",
    "dose": r"(?:a|per|each|every) day|daily|mg|milligrams|morning|bed ?time|give|swallow|"
    r"how to take|teaspoons?|apply",
    "indication": r"need(?:s|ed)?|use(?:s|d)?|recommend\w*|for$",
    "precautions": r"danger\w*|careful|before|risky|doctor know|problem",
    "action": r"works?|in the body|inside",
    "inheritance": r"grand\w+|famil(?:y|ies)|dominant|recessive|ancestors?|generations?|cousins?|"
    r"because of me|my (?:son|daughter|children|kids|baby)|parents?",
    "frequency": r"percent\w*|population|widespread|numbers?|everybody|world\w*|country",
    "susceptibility": r"(?:men|women|boys|girls|kids|children|adults|elderly|babies|teens|smokers|"
    r"older|younger|old|young|groups?|gender|males?|females?)|run a risk|danger",
    "stages": r"early|late|advanced|mild|moderate|levels?",
    "complications": r"too long|happen|worse|problems?|years later|later on|ignor\w*",
    "prevention": r"healthy|stay|safe|never|protect\w*",
    "tests": r"be sure|certain|found|find|show|lab|blood|results?|proof|rule out|see if|"
    r"doctors? see",
    "support": r"talk to|others|lonely|alone|join|cope|help me",
    "outlook": r"hope|future|ok|okay|die|live|years|normal|better|worse|time",
    "symptoms": r"feel|feels|feeling|complain\w*|notic\w*|appear\w*|pain|ache|body|experience",
    "causes": r"how come|come|comes|came|develop\w*|start\w*|happened|virus|bacteria|stress|fault|"
    r"reason\w*|leads?|make|makes|made",
    "treatment": r"helps?|fix|care|stop|shots?|operation|cream|work|cures?|doctors?|better|relax|"
    r"exercises?",
}

_SPANISH = {
    "interactions": r"(?:mis|otras?|otros?) (?:pastillas?|medicinas?|medicamentos?)|alcohol|vino|"
    r"cerveza|vitaminas?",
    "side effects": r"rar[oa]|cansad[oa]|estomago|sueno|comezon",
    "dose": r"(?:al|por) dia|diari\w*|mg|manana|noche",
    "inheritance": r"famili\w*|niet\w*|hij[oa]s?|padres",
    "susceptibility": r"hombres?|mujer(?:es)?|ninos?|adultos?|mayores|jovenes",
    "complications": r"problemas?|peor|despues",
    "tests": r"segur[oa]|sangre|resultados?|saber",
    "outlook": r"futuro|anos|vida|normal|mejor|tiempo",
    "symptoms": r"sient\w*|sentir|cuerpo|dolor",
    "causes": r"viene|estres|virus|bacteria|culpa|motivo",
    "treatment": r"ayud\w*|parar|arreglar|alivi\w*|doctor|medico",
}

HINTS: Mapping[str, Mapping[str, str]] = {"en": _ENGLISH, "es": _SPANISH}
"""By language and kind."""
