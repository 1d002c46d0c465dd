"""Nothing of the throw-away visit before the first fork is in a worker\'s visit."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kiosk.core.events import BeganCautions, Started
from kiosk.core.page import PageKind
from kiosk.core.port import VisitController
from kiosk.library.pack.reader import open_pack
from kiosk.site.request import LaunchOptions
from kiosk.site.store import PackStore
from kiosk.worker import warmup
from kiosk.worker.template import VisitTemplate
from tests.support.prebuilt_pack import shipped_pack


@pytest.fixture
def source() -> Path:
    return shipped_pack()


def test_the_template_is_at_welcome_and_untouched(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walked: list[VisitController] = []
    walk = warmup._walk

    def seen(port: VisitController, *more: object) -> None:
        walk(port, *more)  # type: ignore[arg-type]
        walked.append(port)

    monkeypatch.setattr(warmup, "_walk", seen)
    request = LaunchOptions(content=source)
    with open_pack(source) as pack, open_pack(source) as same:
        template = VisitTemplate(pack, source, request, (80, 24))
        (other,) = walked
        assert other.page.kind not in (PageKind.WELCOME, PageKind.READERS)  # it did go somewhere
        port = template._port
        assert port is not other
        assert port.is_resting
        never = VisitController(same.library(), template._defaults, time.monotonic, PackStore(same))
        assert port.page == never.page
        assert port._library.opened == ()
        assert port._visit.acknowledged == never._visit.acknowledged == frozenset()
        assert template.app._visit_screen.reading.page.kind is PageKind.WELCOME
        assert not port.deliver(BeganCautions())
        time.sleep(port._visit.opening.pace.seen)
        assert port.deliver(Started())


def test_an_error_during_warm_up_is_not_fatal(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr(warmup, "_walk", fails)
    with open_pack(source) as pack:
        assert VisitTemplate(pack, source, LaunchOptions(content=source), (80, 24))._port.is_resting


def test_a_preloaded_topic_equals_the_one_in_the_pack(source: Path) -> None:
    with open_pack(source) as pack, open_pack(source) as same:
        store, plain = PackStore(pack), PackStore(same)
        (id_, language, _), *_ = pack.texts()
        store.keep([id_, "no-such-topic"], language)
        assert store.open_topic(id_, language) is store.open_topic(id_, language)
        assert store.open_topic(id_, language) == plain.open_topic(id_, language)
        with pytest.raises(KeyError):
            store.open_topic("no-such-topic", language)
