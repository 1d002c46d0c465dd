"""Two topics in one library: no sentence of one answers for the other."""

from __future__ import annotations

import pytest

from kiosk.core.question import AnswerKind
from tests.support.answers.asking import LEAKY, ask, items
from tests.support.answers.two_topics import LACTOSE, engine_of_two

IN_LACTOSE = """
is lactose intolerance a real diagnosis
what is it
why do i get gas after milk
is there a test
how do i find out
can i still drink milk
how much milk can i have
is it an allergy
where do i get calcium
could it be something else
when do i need help
what can i do today
what are the signs
how soon does it start after eating
is it serious
what can i eat
is cheese ok
do pills help
what about lactase drops
does leaky gut cause it
is leaky gut a real diagnosis
what is leaky gut
does the gut wall heal
can i drink coffee
does stress make it worse
can i take ibuprofen
is it cancer
do probiotics help
how long does it take
who wrote this
is there a cure
does it go away
is it the same as celiac disease
should i stop gluten
am i allergic to milk
what is the breath test
does yogurt have lactose
why does my belly swell
do children get it
is fiber good for me
""".strip().splitlines()
IN_LEAKY = """
is leaky gut a real diagnosis
what is leaky gut
is there a test
is there a treatment
when do i need help
what else could it be
do i have to stop gluten
can i take ibuprofen
what can i eat
how much fiber
does stress matter
does sleep help
what helps bloating
what helps diarrhea
what helps constipation
why does my belly hurt
are supplements safe
can i drink milk
is lactose intolerance a real diagnosis
what is lactose intolerance
how much milk can i have
is there a test for lactose intolerance
where do i get calcium
am i allergic to milk
what is lactose
is it an allergy
what can i do today
is it serious
what does permeable mean
do probiotics help
is it in my head
is celiac disease the same
what is zonulin
should i keep a diary
does exercise help
can i have alcohol
what is a dietitian for
does it go away
how soon does it start
is yogurt good
""".strip().splitlines()
NAMES = {LACTOSE: "lactose intolerance", LEAKY: "leaky gut"}


@pytest.mark.parametrize(
    ("inside", "question"),
    [*((LACTOSE, one) for one in IN_LACTOSE), *((LEAKY, one) for one in IN_LEAKY)],
)
def test_a_passage_is_of_the_topic_in_view_or_of_the_one_that_is_named(
    inside: str, question: str
) -> None:
    answer = ask(engine_of_two(), question, topic=inside)
    named = {topic for topic, name in NAMES.items() if name in question} or {inside}
    assert {passage.topic for passage in answer.passages} <= named
    assert answer.behaviour is not AnswerKind.URGENT


def test_forty_questions_are_asked_inside_each() -> None:
    assert min(len(IN_LACTOSE), len(IN_LEAKY)) >= 40


def test_the_topic_that_is_named_answers_from_inside_the_other() -> None:
    real = ask(engine_of_two(), "is lactose intolerance a real diagnosis", topic=LEAKY)
    assert items(real)[0] == "what-it-is-first"
    leaky = ask(engine_of_two(), "is leaky gut a real diagnosis", topic=LACTOSE)
    assert items(leaky)[0] == "is-it-real"


def test_a_topic_without_questions_is_asked_by_its_own_titles_and_sentences() -> None:
    engine = engine_of_two(has_questions=False)
    named = ask(engine, "what is lactose intolerance", topic=LEAKY)
    assert items(named) == ["what-it-is-first", "what-it-is-signs"]
    for question, item in (
        ("which tests are there", "the-tests"),
        ("can a doctor test my breath", "the-tests"),
        ("can i still have milk", "a-cup-of-milk"),
        ("is a milk allergy something else", "allergy"),
    ):
        assert item in items(ask(engine, question, topic=LACTOSE)), question
    for question in ("should i stop my ibuprofen", "what is zonulin", "where can i park"):
        assert items(ask(engine, question, topic=LACTOSE)) == [], question
