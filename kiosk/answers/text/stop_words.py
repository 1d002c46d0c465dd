"""Lists of stop words, by language: words that say nothing of what a question is about.

None of them names a thing or the kind of answer that is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping

_ENGLISH = """
a about above after again against all also am an and any anybody anyone anything are arent as at
be because been before being below between both but by can cannot cant could couldnt did didnt do
does doesnt doing dont down during each either else ever every few for from further get gets
getting give given gives go goes going gonna got gotta had hadnt has hasnt have havent having he
hello help helps hence her here hers herself hey hi him himself his how however i id if ill im in
instead into is isnt it its itself ive just kind kinda know knows let lets like lot lots many may
maybe me mean means might mine more most much must my myself need needs no nor not now of off
often oh ok okay on once one only or other others ought our ours ourselves out over own per
perhaps please pls quite rather really regarding said same say says shall she should shouldnt so
some somebody someone something sort still such suppose sure take taken tell than thank thanks
that thats the their theirs them themselves then there theres therefore these they theyre thing
things think this those though through thus to too toward try trying u under until up upon ur us
use used using usually very via want wants was wasnt way we well went were werent what whatever
whats when whenever where whether which while who whoever whom whose why will with within without
wondering wont would wouldnt wanna yes yet you youd youre your yours yourself yourselves youve
actually advice anyway ask asked asking called dear explain find found happen happens hear heard
im info inform learn looking make makes read someone somebody understand told talk
"""

_SPANISH = """
a aca acerca ademas ahi ahora al algo alguien algun alguna algunas alguno algunos alla alli ambos
ante antes aquel aquella aquellas aquello aquellos aqui asi aun aunque bajo bastante bien cada casi
como con conmigo contra cosa cosas cual cuales cualquier cuan cuando cuanta cuantas cuanto cuantos
da dan dar de debe deben debo debemos deberia decir del demas dentro desde despues dice dicen dime
donde dos durante e el ella ellas ello ellos en entonces entre era eran eres es esa esas ese eso
esos esta estaba estan estar estas este esto estos estoy etc favor fue fueron gracias ha hace hacen
hacer haces hacia hago han hasta hay he hemos hola igual ir la las le les lo los luego mas me
mediante mejor mi mia mias mientras mio mios mis misma mismas mismo mismos mucha muchas mucho
muchos muy nada nadie ni ningun ninguna ninguno no nos nosotros nuestra nuestro o os otra otras
otro otros para parte pero poco por porque pues puede pueden puedo pude que quien quienes quiere
quiero quisiera saber se sea sean segun ser si sido siempre sin sino sirve sobre sois solo somos
son soy sta su sus suya suyo tal tales tambien tampoco tan tanta tanto te tendria tener tenga tengo
ti tiene tienen toda todas todavia todo todos tras tu tus tuve tuya tuyo u un una unas uno unos
usted ustedes va vamos van vaya veces vez voy y ya yo
"""

STOP_WORDS: Mapping[str, frozenset[str]] = {
    "en": frozenset(_ENGLISH.split()),
    "es": frozenset(_SPANISH.split()),
}
"""By language, folded."""
