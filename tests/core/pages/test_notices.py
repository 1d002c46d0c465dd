"""The notice of an answer that came too early: it names a wait after which an answer counts."""

from __future__ import annotations

import pytest

from kiosk.core.events import ShownWhole
from kiosk.core.page import PageKind
from kiosk.core.port import VisitController
from kiosk.core.visit import Timings, VisitDefaults
from tests.support.shipped import Clock, pack, shelf


@pytest.mark.parametrize(("dwell", "seconds"), [(2.0, 3), (4.5, 6), (10.0, 11)])
def test_an_answer_after_the_wait_that_is_named_counts_however_often_one_came_too_early(
    dwell: float, seconds: int
) -> None:
    clock = Clock()
    defaults = VisitDefaults("en", pace=Timings(dwell=dwell, seen=0.0))
    port = VisitController(pack().library(), defaults, clock, shelf())

    def take(id_: str) -> None:
        port.deliver(port.page.choice(id_).event)

    take("start")
    take("reader-easy")
    while not any(choice.id == "cautions" for choice in port.page.choices):
        clock.now += 1
        port.deliver(ShownWhole())
        take("next")
    take("cautions")
    port.deliver(ShownWhole())
    caution = port.page.title
    for _ in range(40):
        clock.now += 0.5
        take("acknowledge")
    assert port.page.kind is PageKind.CAUTION
    assert port.page.title == caution, "presses without a pause must acknowledge nothing"
    assert f"Then wait {seconds} seconds, and answer once." in port.page.notice
    clock.now += seconds
    take("acknowledge")
    assert port.page.title != caution
