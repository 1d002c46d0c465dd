"""Nothing of the throw-away visit before the first fork is in a worker\'s visit."""

from __future__ import annotations

import asyncio
import gc
import shutil
import time
from pathlib import Path

import pytest

from kiosk.core.events import BeganCautions, Panel, PanelOpened, Started, StartedOver
from kiosk.core.page import PageKind
from kiosk.core.port import VisitController
from kiosk.library.pack.install import recall
from kiosk.library.pack.reader import open_pack
from kiosk.serve.forkserver import hot_code
from kiosk.site.paths import recalls_file
from kiosk.site.request import LaunchOptions
from kiosk.site.store import PackStore
from kiosk.terminal.deferred_driver import DeferredDriver
from kiosk.ui.app import KioskApp
from kiosk.ui.styles import strip_of
from kiosk.ui.view import PageView
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
    kinds: set[PageKind] = set()
    walk = warmup._walk

    async def seen(app: KioskApp, rounds: int) -> None:
        port = app._port
        assert isinstance(port, VisitController)
        port.on_change(lambda: kinds.add(port.page.kind))
        await walk(app, rounds)
        assert port.is_resting  # so the next walk passes Welcome, too
        walked.append(port)

    monkeypatch.setattr(warmup, "_walk", seen)
    request = LaunchOptions(content=source)
    with open_pack(source) as pack, open_pack(source) as same:
        template = VisitTemplate(pack, source, request, (80, 24))
        asyncio.run(template.warm_up())
        assert PageKind.STEP in kinds  # it did go somewhere
        assert len(walked) == 2
        port = template._port
        assert port not in walked
        assert port.is_resting
        never = VisitController(same.library(), template._defaults, time.monotonic, PackStore(same))
        assert port.page == never.page
        assert port._library.opened == ()
        assert port._visit.acknowledged == never._visit.acknowledged == frozenset()
        assert template.app._visit_screen.reading.page.kind is PageKind.WELCOME
        assert not port.deliver(BeganCautions())
        time.sleep(port._visit.opening.pace.seen)
        assert port.deliver(Started())


def test_each_key_of_the_throw_away_visit_is_painted_before_the_next(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    press, write = DeferredDriver.press, DeferredDriver.write

    def pressed(edge: DeferredDriver, key: bytes) -> None:
        seen.append("key")
        press(edge, key)

    def written(edge: DeferredDriver, data: str) -> None:
        seen.append("paint")
        write(edge, data)

    monkeypatch.setattr(DeferredDriver, "press", pressed)
    monkeypatch.setattr(DeferredDriver, "write", written)
    with open_pack(source) as pack:
        template = VisitTemplate(pack, source, LaunchOptions(content=source), (80, 24))
        asyncio.run(template.warm_up())
    walk = seen[seen.index("key") :]
    keys = walk.count("key")
    assert keys > 20
    assert walk[: 2 * keys] == ["key", "paint"] * keys


@pytest.mark.parametrize("size", [(80, 24), None])
def test_a_server_puts_the_code_of_a_key_in_one_place_and_a_console_does_not(
    source: Path, size: tuple[int, int] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    gc.unfreeze()  # an app of another test freezes all; the collector lists no frozen function
    monkeypatch.setattr(warmup, "fill_gaps", lambda: ["before the visit"])
    monkeypatch.setattr(hot_code, "fill_gaps", lambda: ["around the copies"])
    keys = (
        PageView.move, DeferredDriver.press, VisitController.deliver, strip_of,
        KioskApp._look_at_the_time,
    )  # fmt: skip
    before = [key.__code__ for key in keys]
    with open_pack(source) as pack:
        template = VisitTemplate(pack, source, LaunchOptions(content=source), size)
        asyncio.run(template.warm_up())
    assert [key.__code__ for key in keys] == before
    exchanged = [key.__code__ is not old for key, old in zip(keys, before, strict=True)]
    assert exchanged == [size is not None] * len(keys)
    if size is None:
        assert template._fillers == []
    else:
        assert template._fillers[:2] == ["before the visit", "around the copies"]
        assert all(any(kept is old for kept in template._fillers[2:]) for old in before)


def test_an_error_during_warm_up_is_logged_and_not_fatal(
    source: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fails(*_: object) -> None:
        raise ValueError("words")

    monkeypatch.setattr(warmup, "_walk", fails)
    with open_pack(source) as pack:
        template = VisitTemplate(pack, source, LaunchOptions(content=source), (80, 24))
        asyncio.run(template.warm_up())
        assert template._port.is_resting
    (line,) = caplog.messages
    assert line.startswith("workers are not warm: ValueError test_warmup.py:")


def test_an_app_that_is_never_ready_is_waited_for_no_longer_than_a_moment(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warmup, "MAX_SECONDS", 0.2)
    monkeypatch.setattr(KioskApp, "on_ready", lambda _: None)
    with open_pack(source) as pack:
        template = VisitTemplate(pack, source, LaunchOptions(content=source), (80, 24))
        asyncio.run(asyncio.wait_for(template.warm_up(), 20))
        assert template._port.is_resting


def test_nothing_of_the_visit_runs_on_when_its_time_is_over(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def walks_on(*_: object) -> None:
        await asyncio.sleep(60)

    monkeypatch.setattr(warmup, "MAX_SECONDS", 1.0)
    monkeypatch.setattr(warmup, "_walk", walks_on)

    async def left() -> set[asyncio.Task[object]]:
        await template.warm_up()
        return asyncio.all_tasks() - {asyncio.current_task()}

    with open_pack(source) as pack:
        template = VisitTemplate(pack, source, LaunchOptions(content=source), (80, 24))
        assert asyncio.run(left()) == set()


def test_a_text_that_is_recalled_meanwhile_is_due_in_a_worker(source: Path, tmp_path: Path) -> None:
    file = tmp_path / "library.pack"
    shutil.copy(source, file)
    with open_pack(file) as pack:
        template = VisitTemplate(pack, file, LaunchOptions(content=file), (80, 24))
        ((topic, *_), *_) = pack.texts()
        recall(file, recalls_file(file), topic)
        asyncio.run(template.warm_up())
        assert template._store.is_due()
        template._port.tick()
        assert not template._port._library.cards


def test_the_end_of_the_visit_opens_no_other_pack(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    renewals: list[bool] = []
    ended: list[bool] = []

    def renew() -> None:
        renewals.append(True)

    async def starts_over(app: KioskApp, _: int) -> None:
        for event in (Started(), PanelOpened(panel=Panel.START_OVER), StartedOver()):
            ended.append(app._port.deliver(event))

    monkeypatch.setattr(warmup, "_walk", starts_over)
    with open_pack(source) as pack:
        template = VisitTemplate(pack, source, LaunchOptions(content=source), (80, 24))
        template._store._renew = renew
        asyncio.run(template.warm_up())
        assert ended[:3] == [True] * 3
        assert not renewals
        template._store.renewed()
        assert renewals


def test_a_preloaded_topic_equals_the_one_in_the_pack(source: Path) -> None:
    with open_pack(source) as pack, open_pack(source) as same:
        store, plain = PackStore(pack), PackStore(same)
        (id_, language, _), *_ = pack.texts()
        store.keep([id_, "no-such-topic"], language)
        assert store.open_topic(id_, language) is store.open_topic(id_, language)
        assert store.open_topic(id_, language) == plain.open_topic(id_, language)
        with pytest.raises(KeyError):
            store.open_topic("no-such-topic", language)
