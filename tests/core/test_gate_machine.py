"""Over generated topics with crossed gates: a canary shows only where the model says so."""

from __future__ import annotations

import math
from dataclasses import replace

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from kiosk.core import events as ev
from kiosk.core.pages.build import page_for
from kiosk.core.transitions import apply
from kiosk.core.visit import AtCaution, Visit, VisitDefaults, new_visit
from kiosk.core.wording import Level
from tests.support.core import topic_builder
from tests.support.shipped import AT_ONCE

FORGED = st.one_of(
    st.builds(ev.OpenedSection, section=st.sampled_from(["s1", "aside", "g0", "g1", "g2", "x"])),
    st.builds(ev.OpenedProduct, product=st.sampled_from(["p0", "p1", "p2", "x"])),
    st.builds(ev.PanelOpened, panel=st.sampled_from(list(ev.Panel))),
    st.builds(ev.ChoseReader, reader=st.sampled_from([*Level, "x"])),
    st.builds(ev.ChoseLanguage, language=st.sampled_from(["en", "es", "x"])),
    st.builds(ev.ChoseTopic, topic=st.sampled_from(["t0", "t1", "x"])),
    *(
        st.builds(
            kind,
            caution=st.sampled_from(["k0", "k1", "k2", "k3", "k4", "x"]),
            language=st.sampled_from(["en", "es"]),
            level=st.sampled_from(list(Level)),
        )
        for kind in (ev.CautionAcknowledged, ev.CautionUnsure)
    ),
    *(
        st.builds(kind)
        for kind in (
            ev.Started, ev.Agreed, ev.Advanced, ev.WentBack, ev.BeganCautions, ev.ShownWhole,
            ev.GateSkipped, ev.StartedOver, ev.UserActive, ev.Ticked,
        )
    ),
)  # fmt: skip


class Gates(RuleBasedStateMachine):
    """The visit, beside a model that only counts what was acknowledged, and when it was shown."""

    @initialize(
        cautions=st.integers(1, 5),
        gates=st.lists(st.sets(st.integers(0, 4), min_size=1), min_size=1, max_size=3),
    )
    def begin(self, cautions: int, gates: list[set[int]]) -> None:
        requires = tuple(tuple(f"k{n % cautions}" for n in sorted(gate)) for gate in gates)
        self.requires = [tuple(dict.fromkeys(gate)) for gate in requires]
        made_topics = [
            topic_builder.topic(f"t{n}", language, cautions, tuple(self.requires))
            for n in range(2)
            for language in topic_builder.LANGUAGES
        ]
        self.library = topic_builder.library(*made_topics)
        self.now = 0.0
        self.visit: Visit = new_visit(VisitDefaults("en", pace=AT_ONCE))
        self.acknowledged: set[tuple[object, ...]] = set()

    @rule(event=FORGED, later=st.sampled_from([0.0, 0.1, 1.0, 3.0, 200.0, 300.0, -5.0, math.nan]))
    def forge(self, event: ev.Event, later: float) -> None:
        self._deliver(event, later)

    @rule(pick=st.integers(0, 20), later=st.sampled_from([0.1, 3.0]))
    def choose(self, pick: int, later: float) -> None:
        choices = page_for(self.library, self.visit).choices
        self._deliver(choices[pick % len(choices)].event, later)

    @rule()
    def walk_to_the_next_caution_and_acknowledge_it(self) -> None:
        for event in (ev.Started(), ev.ChoseReader(reader="plain"), ev.ChoseTopic(topic="t0"),
                      ev.OpenedSection(section="g0"), ev.BeganCautions()):  # fmt: skip
            self._deliver(event, 0.0)
        location, level = self.visit.location, self.visit.level
        if isinstance(location, AtCaution) and level:
            self._deliver(ev.ShownWhole(), 0.0)
            answer = ev.CautionAcknowledged(
                caution=location.caution, language=self.visit.language, level=level
            )
            self._deliver(answer, 3.0)

    def _deliver(self, event: ev.Event, later: float) -> None:
        self.now += 0.0 if math.isnan(later) else max(0.0, later)
        at = math.nan if math.isnan(later) else self.now if later >= 0 else self.now + later
        before = self.visit
        event = replace(event, at=at)
        outcome = apply(self.library, before, event)
        self.visit = outcome.visit
        if outcome.refused:
            assert self.visit == before
        gained = self.visit.acknowledged - before.acknowledged
        for answer in gained:
            location = before.location
            assert isinstance(event, ev.CautionAcknowledged)
            assert isinstance(location, AtCaution)
            assert before.open_panel is None
            assert (answer.topic, answer.caution) == (before.topic, location.caution)
            assert (answer.language, answer.level) == (before.language, before.level)
            assert before.shown_at is not None
            assert self.now - before.shown_at >= 2.0
            self.acknowledged.add((answer.topic, answer.caution, answer.language, answer.level))
        if not self.visit.acknowledged:
            self.acknowledged.clear()

    @invariant()
    def a_canary_shows_only_behind_an_open_gate(self) -> None:
        if not hasattr(self, "visit"):
            return
        visit = self.visit
        shown = repr(page_for(self.library, visit))
        for number, requires in enumerate(self.requires):
            is_open = all(
                (visit.topic, caution, visit.language, visit.level) in self.acknowledged
                for caution in requires
            )
            assert is_open or f"{topic_builder.CANARY}-{number}" not in shown


TestGates = Gates.TestCase
TestGates.settings = settings(
    max_examples=150,
    stateful_step_count=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
