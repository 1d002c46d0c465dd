"""What is walked before the first fork is in no visit."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kiosk.cli.main import Request
from kiosk.core.events import BeganCautions, Started
from kiosk.core.page import PageKind
from kiosk.core.port import VisitController
from kiosk.library.pack.build import build_pack
from kiosk.library.pack.reader import open_pack
from kiosk.site.store import PackStore
from kiosk.worker import warmup
from kiosk.worker.main import VisitTemplate
from tests.support.shipped import CONTENT, THEMES


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("packs") / "a.pack"
    build_pack(CONTENT, THEMES, file)
    return file


def test_the_template_stands_at_welcome_and_nobody_has_touched_it(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walked: list[VisitController] = []
    walk = warmup._walk

    def seen(port: VisitController, *more: object) -> None:
        walk(port, *more)  # type: ignore[arg-type]
        walked.append(port)

    monkeypatch.setattr(warmup, "_walk", seen)
    request = Request("run", content=place)
    with open_pack(place) as pack, open_pack(place) as same:
        template = VisitTemplate(pack, place, request, (80, 24))
        (other,) = walked
        assert other.page.kind not in (PageKind.WELCOME, PageKind.READERS)  # it did go somewhere
        port = template._port
        assert port is not other
        assert port.is_resting
        never = VisitController(same.library(), template._opening, time.monotonic, PackStore(same))
        assert port.page == never.page
        assert port._library.opened == ()
        assert port._visit.acknowledged == never._visit.acknowledged == frozenset()
        assert template.app._visit_screen.reading.page.kind is PageKind.WELCOME
        assert not port.deliver(BeganCautions())
        assert port.deliver(Started())


def test_what_fails_while_nobody_is_there_ends_nothing(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr(warmup, "_walk", fails)
    with open_pack(place) as pack:
        assert VisitTemplate(pack, place, Request("run", content=place), (80, 24))._port.is_resting


def test_a_kept_topic_is_the_one_that_is_in_the_pack(place: Path) -> None:
    with open_pack(place) as pack, open_pack(place) as same:
        shelf, plain = PackStore(pack), PackStore(same)
        (id_, language, _), *_ = pack.texts()
        shelf.keep([id_, "no-such-topic"], language)
        assert shelf.open_topic(id_, language) is shelf.open_topic(id_, language)
        assert shelf.open_topic(id_, language) == plain.open_topic(id_, language)
        with pytest.raises(KeyError):
            shelf.open_topic("no-such-topic", language)
