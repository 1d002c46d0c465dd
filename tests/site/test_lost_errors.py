"""An error after which a visit goes on with less is logged, once, and without a visitor's words."""

from __future__ import annotations

import atexit
import io
import logging
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from unittest import mock

import pytest

from kiosk import error_log
from kiosk.core.events import TopicQuery
from kiosk.core.question import AnswerKind, Question
from kiosk.core.wording import Level
from kiosk.errors import PackError, StartupError
from kiosk.library.pack.reader import Pack, open_pack
from kiosk.site.store import PackStore
from kiosk.site.watchers import PackWatcher
from tests.support.prebuilt_pack import shipped_pack

WORDS = "my stool is black"


@pytest.fixture
def pack() -> Iterator[Pack]:
    with open_pack(shipped_pack()) as pack:
        yield pack


def damaged(*_: object, **__: object) -> None:
    raise PackError(None, WORDS)


def no_topic(get: Callable[[str, str], object]) -> bool:
    with pytest.raises(KeyError):
        get("leaky-gut", "en")
    return True


QUESTION = Question(WORDS, "en", Level.PLAIN)


@pytest.mark.parametrize(
    ("name", "says_less"),
    [
        ("alarm_rules", lambda store: store.alarm(QUESTION) is None),
        ("alarm_rules", lambda store: store.answer(QUESTION).behaviour is AnswerKind.ABSTAIN),
        ("find_topics", lambda store: store.find_topics(TopicQuery(WORDS), "en", 9) == ()),
        ("open_topic", lambda store: no_topic(store.open_topic)),
        ("find_card", lambda store: no_topic(store.card)),
    ],
    ids=["alarm", "answer", "find", "open", "card"],
)
def test_a_pack_that_cannot_be_read_is_logged_once(
    pack: Pack,
    name: str,
    says_less: Callable[[PackStore], bool],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(pack, name, damaged)
    store = PackStore(pack)
    assert all(says_less(store) for _ in range(3))
    (line,) = caplog.messages
    assert line.startswith("the library cannot be read: PackError test_lost_errors.py:")
    assert WORDS not in line


def test_recalls_that_cannot_be_read_are_logged_and_hold_everything_back(
    pack: Pack, caplog: pytest.LogCaptureFixture
) -> None:
    recalls = mock.Mock(changed=lambda _: -1)
    store = PackStore(pack, recalls=recalls)
    assert store.withdrawn()
    assert store.withdrawn()
    assert caplog.messages == ["the library cannot be read: UnreadableRecalls"]


def test_recalls_that_are_cut_short_while_they_are_read_are_logged(
    pack: Pack, caplog: pytest.LogCaptureFixture
) -> None:
    recalls = mock.Mock(changed=lambda _: 1, in_force=mock.Mock(side_effect=OSError(WORDS)))
    assert PackStore(pack, recalls=recalls).withdrawn()
    (line,) = caplog.messages
    assert line.startswith("the library cannot be read: OSError ")
    assert WORDS not in line


def test_texts_of_recalls_that_cannot_be_looked_up_are_logged(
    pack: Pack, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(pack, "texts", damaged)
    PackStore(pack, recalls=mock.Mock(changed=lambda _: -1)).withdrawn()
    assert len(caplog.messages) == 2
    assert caplog.messages[1].startswith("the library cannot be read: PackError ")


def test_another_pack_that_cannot_be_used_is_logged_once_for_each(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    stamps = [1]

    def opened(file: Path) -> tuple[Pack, object]:
        raise PackError(file, "it is garbled")

    watcher = PackWatcher(lambda: tmp_path / "a", opened, lambda _: stamps[-1], (PackError,))  # type: ignore[arg-type]
    assert watcher() is None
    for stamp in (2, 2, 2, 3):
        stamps.append(stamp)
        assert watcher() is None
    said = "another library cannot be used; going on with the one before: "
    assert caplog.messages == [f"{said}{tmp_path / 'a'}: it is garbled"] * 2


def test_a_pack_that_is_gone_is_logged_once_until_it_is_back(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    gone = [False]

    def where() -> Path:
        if gone[-1]:
            raise StartupError("no library")
        return tmp_path / "a"

    watcher = PackWatcher(where, mock.Mock(), lambda _: 0, (StartupError,))
    for is_gone in (True, True, False, True):
        gone.append(is_gone)
        assert watcher() is None
    said = "there is no library now; going on with the one before: no library"
    assert caplog.messages == [said] * 2


def test_a_process_without_a_log_writes_to_its_errors(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at_exit: list[object] = []
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    monkeypatch.setattr(atexit, "register", lambda *asked, **_: at_exit.append(asked))
    stream = io.StringIO()
    monkeypatch.setattr(sys, "__stderr__", stream)
    error_log.log_line("a\x1b[2Jline")
    assert stream.getvalue() == "kiosk: a?[2Jline\n"
    monkeypatch.setattr(stream, "isatty", lambda: True)
    error_log.log_line("another")  # not where a visit is shown
    assert stream.getvalue() == "kiosk: a?[2Jline\n"
    assert at_exit == [(error_log._print, "kiosk: another", stream)]


class Broken(io.StringIO):
    """A stream on a full disk, or a pipe that nobody reads."""

    def write(self, _: str) -> int:
        raise OSError(28, "No space left on device")


def test_a_log_that_cannot_be_written_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    closed = io.StringIO()
    closed.close()
    for stream in (Broken(), closed, None):
        monkeypatch.setattr(sys, "__stderr__", stream)
        error_log.log_line("a pack cannot be read")


def test_a_line_is_written_at_once_and_one_kept_for_the_end_may_find_its_stream_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    kept: list[Callable[[], None]] = []
    monkeypatch.setattr(atexit, "register", lambda run, *args: kept.append(partial(run, *args)))
    written = io.BytesIO()
    stream = io.TextIOWrapper(written)  # which keeps lines until it is flushed
    monkeypatch.setattr(sys, "__stderr__", stream)
    error_log.log_line("a pack cannot be read")
    assert written.getvalue() == b"kiosk: a pack cannot be read\n"
    monkeypatch.setattr(stream, "isatty", lambda: True)
    error_log.log_line("another")
    stream.close()
    (at_exit,) = kept
    at_exit()
