"""Sentences with a food, a drink or a supplement put beside them, which changes nothing.

Most who train the net name food in sentences that are not urgent, and it would learn that milk
makes a sign harmless. So sentences of both sorts are given the same ends, drawn from lists.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tests.support.answers.spoken import Spoken

_FOODS = {
    "en": """milk, cheese, bread, beans, ice cream, yogurt, nuts, peanuts, shrimp, eggs, fish,
        pizza,
        coffee, juice, water, soda, beer, wine, tea, rice, pasta, corn, wheat, gluten, dairy,
        onions,
        garlic, apples, bananas, strawberries, kiwi, spicy food, fried food, chicken, pork, beef,
        soup,
        chocolate, cake, cereal, oatmeal, salad, cabbage, broccoli, potatoes, tacos, soy, honey,
        butter, cream, a milkshake, a smoothie, kefir, kombucha, the fiber, psyllium, the probiotic,
        zinc, glutamine, collagen, turmeric, aloe, peppermint oil, magnesium, a vitamin,
        lactase pills,
        slippery elm, bone broth, sweetener, gum, prunes, bran, lunch, dinner, breakfast""",
    "es": """leche, queso, pan, frijoles, helado, yogur, nueces, cacahuates, camarones, huevo,
        pescado,
        pizza, café, jugo, agua, refresco, cerveza, vino, té, arroz, pasta, maíz, trigo, gluten,
        lácteos, cebolla, ajo, manzana, plátano, fresas, kiwi, picante, frituras, pollo, puerco,
        carne,
        sopa, chocolate, pastel, cereal, avena, ensalada, repollo, brócoli, papas, tacos, soya,
        miel,
        mantequilla, crema, un licuado, kéfir, la fibra, psyllium, el probiótico, zinc, glutamina,
        colágeno, cúrcuma, sábila, aceite de menta, magnesio, una vitamina, pastillas de lactasa,
        caldo, chicle, ciruelas, salvado""",
}
_ENDS = {
    "en": (
        "{} after {food}", "{} after drinking {food}", "{} after eating {food}",
        "{} when i eat {food}",
        "{} after i had {food}", "{} since the {food}", "{} from {food}",
        "{} every time i have {food}",
        "after {food} {}", "i had {food} and {}", "{} with {food}", "{}, i had {food} today",
        "{} can i still have {food}", "{}, is it the {food}", "ate {food}, {}",
        "{} because of {food}",
    ),
    "es": (
        "{} después de {food}", "{} después de tomar {food}", "{} después de comer {food}",
        "{} cuando como {food}", "{} cuando tomo {food}", "{} desde que comí {food}",
        "{} por {food}",
        "{} cada vez que como {food}", "comí {food} y {}", "tomé {food} y {}", "{} con {food}",
        "{}, hoy comí {food}", "{}, puedo comer {food}", "{}, será el {food}",
        "después de {food} {}",
    ),
}  # fmt: skip
_SIGNS: dict[str, dict[str, str]] = {
    "en": {
        "heart": "chest pain|my chest hurts|chest pressure and sweating|pain in chest and left arm",
        "breathing": "i cant breathe|my child cannot breathe|trouble breathing|he cant get air|"
        "hard to breathe|short of breath and getting worse|she is gasping",
        "anaphylaxis": "my throat swells up|throat swelling|lips swelling|my tongue is swollen|"
        "hives and cant breathe|throat is closing|face swelling up",
        "bleeding": "i vomited blood|i throw up blood|vomiting blood|black stool|blood in my stool|"
        "i poop blood|black tarry poop|coughing up blood|bloody diarrhea",
        "fainting": "i passed out|my mom fainted|he collapsed|she wont wake up|i keep blacking out",
        "seizure": "my son had a seizure|he is shaking and not answering|she is having a fit",
        "stroke": "my face is drooping|cant move my arm|his speech is slurred|one side went numb",
        "severe-belly": "worst belly pain of my life|stomach pain so bad i cant stand|"
        "belly hard as rock",
        "dehydration": "cant keep water down|i have not peed all day|no wet diaper all day",
        "choking": "food is stuck in my throat|he is choking|choking",
    },
    "es": {
        "heart": "dolor de pecho|me duele el pecho|me aprieta el pecho y sudo",
        "breathing": "no puedo respirar|mi niño no puede respirar|me falta el aire|"
        "no le entra aire|"
        "dificultad para respirar|se está ahogando",
        "anaphylaxis": "se me hincha la garganta|se me cierra la garganta|labios hinchados|"
        "se me hinchó la lengua|ronchas y no respiro bien|se le hincha la cara",
        "bleeding": "vomité sangre|vomito sangre|vómito con sangre|popó negra|sangre en el popó|"
        "hago popó con sangre|excremento negro|tosí sangre|diarrea con sangre",
        "fainting": "me desmayé|mi mamá se desmayó|se cayó y no responde|no despierta",
        "seizure": "mi hijo convulsionó|está temblando y no contesta|le dio un ataque",
        "stroke": "se le fue la cara de lado|no mueve el brazo|habla enredado",
        "severe-belly": "el peor dolor de panza de mi vida|dolor de barriga que no aguanto",
        "dehydration": "no retengo ni agua|no he orinado en todo el día|el pañal seco todo el día",
        "choking": "se me atoró la comida en la garganta|se está atragantando",
    },
}
_COMPLAINTS = {
    "en": """bloated, gas, gassy, belly pain, my belly hurts, stomach ache, diarrhea,
        loose stool, the
        runs, heartburn, nausea, queasy, burping, cramps, constipated, rumbling, i feel full,
        i vomited,
        i threw up, a rash, itchy skin, headache, tired, reflux, i feel sick, upset stomach,
        hiccups,
        bad breath, a stuffy nose, acid, i fart a lot, my tummy hurts, brain fog""",
    "es": """hinchado, hinchada, gases, dolor de panza, me duele la panza, dolor de estómago,
        diarrea,
        agruras, náusea, asco, eructos, cólicos, estreñido, estreñida, me truena la panza, vomité,
        me siento lleno, ronchitas, comezón, dolor de cabeza, cansancio, reflujo, me siento mal,
        hipo,
        mal aliento, mocos, acidez, me duele la barriga, inflamado, pedos""",
}
_OF_STUCK = {"en": ("{food} stuck in my throat", "{food} got stuck in his throat",
"choked on {food} cant talk"),
             "es": ("se me atoró {food} en la garganta",
             "se atragantó con {food} y no habla")}  # fmt: skip
_MOST_WORDS = 14
_EVERY = {True: 4, False: 3}
"""Of the short sentences of strangers, each so manieth: urgent, and not."""
_TIMES = 4
"""How many ends each sign and each complaint is given."""


def with_food(sentences: Iterable[Spoken]) -> Iterator[Spoken]:
    """Some of `sentences`, and plain signs and complaints, with food; the writer stays the same."""
    random_ = random.Random(28)
    counts = {True: 0, False: 0}
    for case in sentences:
        if len(case.text.split()) > _MOST_WORDS or not case.category:
            continue
        counts[case.urgent] += 1
        if counts[case.urgent] % _EVERY[case.urgent] == 0:
            yield replace(case, text=_ended(case.text, case.language, random_))
    yield from _own(random_)


def _own(random_: random.Random) -> Iterator[Spoken]:
    for language, signs in _SIGNS.items():
        for category, listed in signs.items():
            for sign in listed.split("|"):
                yield Spoken(sign, True, category, language, "food")
                for _ in range(_TIMES):
                    text = _ended(sign, language, random_)
                    yield Spoken(text, True, category, language, "food")
        for complaint in _names(_COMPLAINTS[language]):
            yield Spoken(complaint, False, "mild", language, "food")
            for _ in range(_TIMES):
                text = _ended(complaint, language, random_)
                yield Spoken(text, False, "mild", language, "food")
        for number, food in enumerate(_names(_FOODS[language])):
            stuck = _OF_STUCK[language][number % len(_OF_STUCK[language])]
            yield Spoken(stuck.format(food=food), True, "choking", language, "food")


def _ended(text: str, language: str, random_: random.Random) -> str:
    end = random_.choice(_ENDS[language])
    food = random_.choice(_names(_FOODS[language]))
    return end.replace("{food}", food).replace("{}", text.rstrip(" .!?"))


def _names(listed: str) -> list[str]:
    return [name.strip() for name in " ".join(listed.split()).split(",")]
