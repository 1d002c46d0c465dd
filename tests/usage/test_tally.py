"""What a worker may say, and what of it counts."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import time
from datetime import date
from pathlib import Path

import pytest

from kiosk.serve.usage_recorder import UsageRecorder
from kiosk.usage import counts, store, writer
from kiosk.usage.counts import MAX_INDEX, decode, encode
from kiosk.usage.tally import MOST_OF_ONE, MOST_TOPICS, VisitTally


@pytest.mark.parametrize(
    "message",
    [b"", b"1", b"1,0", b"1,0,0,0", b"99,0,0", b"0,0,0", b"1,-1,0", b"1,0,a word", b"1,1000,0",
     b"5,1,99999", b" 1,0,0", b"1,0,0\n", "1,٣,0".encode(), b"0" * 20 + b"1,0,0"],
)  # fmt: skip
def test_what_is_no_count_is_refused(message: bytes) -> None:
    assert decode(message) is None


@pytest.mark.parametrize("kind", counts.NAMES)
def test_every_kind_comes_back(kind: int) -> None:
    assert decode(encode((kind, MAX_INDEX, 7))) == (kind, MAX_INDEX, 7)


def total(*messages: counts.Count) -> dict[counts.Count, int]:
    tally = VisitTally()
    for message in messages:
        tally.add(encode(message))
    return dict(tally.total())


VISIT = (counts.VISIT, 0, 0)


def test_nothing_counts_before_a_visit_has_begun() -> None:
    assert total((counts.LANGUAGE, 0, 1), (counts.ASKED, 0, 0)) == {}


def test_the_last_level_and_language_count() -> None:
    told = total(VISIT, (counts.LEVEL, 0, 0), (counts.LEVEL, 0, 2), (counts.LANGUAGE, 0, 0))
    assert told == {VISIT: 1, (counts.LEVEL, 0, 2): 1, (counts.LANGUAGE, 0, 0): 1}


def test_a_topic_that_was_finished_was_left_nowhere() -> None:
    steps = [(counts.STEP, 1, step) for step in (1, 2, 3)]
    assert total(VISIT, *steps) == {VISIT: 1, (counts.STEP, 1, 3): 1}
    assert total(VISIT, *steps, (counts.TOPIC_FINISHED, 1, 0)) == {
        VISIT: 1, (counts.TOPIC_FINISHED, 1, 0): 1,
    }  # fmt: skip


def test_supplements_that_were_opened_later_were_not_passed_by() -> None:
    passed, opened = (counts.SUPPLEMENTS_PASSED, 1, 0), (counts.SUPPLEMENTS_OPENED, 1, 0)
    assert total(VISIT, passed, opened) == {VISIT: 1, opened: 1}
    assert total(VISIT, passed) == {VISIT: 1, passed: 1}


def test_a_worker_that_was_taken_over_cannot_fill_the_file() -> None:
    asked = [(counts.ASKED, 0, 0)] * 10_000
    topics = [(counts.TOPIC_BEGUN, number, 0) for number in range(1, MAX_INDEX)]
    told = total(VISIT, *asked, *topics)
    assert told[counts.ASKED, 0, 0] == MOST_OF_ONE
    assert len(told) <= MOST_TOPICS + 2


@pytest.fixture
def recorder(tmp_path: Path) -> UsageRecorder:
    return UsageRecorder(str(tmp_path))


def counted(recorder: UsageRecorder, folder: Path) -> list[store.DailyCount]:
    tally = VisitTally()
    for count in (VISIT, (counts.LANGUAGE, 0, 0), (counts.TOPIC_BEGUN, MAX_INDEX, 0)):
        tally.add(encode(count))
    recorder.record(tally)
    recorder.close()
    reap(recorder)
    return list(store.read(folder / store.FILE, "0", "9"))


def reap(recorder: UsageRecorder) -> None:
    """Wait until the writer has ended, if there was one; not for a child of another test."""
    if recorder._pidfd is not None:
        os.waitid(os.P_PIDFD, recorder._pidfd, os.WEXITED)


def test_a_visit_reaches_the_file(recorder: UsageRecorder, tmp_path: Path) -> None:
    recorder.configure({"site": "Elm Street", "topics": ["leaky-gut"], "languages": ["en"]})
    rows = counted(recorder, tmp_path)
    today = date.today().isoformat()
    assert [(row.day, row.site, row.kind, row.topic, row.detail, row.count) for row in rows] == [
        (today, "Elm Street", "language", "", "en", 1),
        (today, "Elm Street", "topic begun", "other", "", 1),
        (today, "Elm Street", "visits", "", "", 1),
    ]


@pytest.mark.slow
def test_a_signal_to_all_processes_of_a_unit_loses_no_figures(
    recorder: UsageRecorder, tmp_path: Path
) -> None:
    recorder.configure({"site": "Elm Street", "topics": [], "languages": ["en"]})
    tally = VisitTally()
    tally.add(encode(VISIT))
    recorder.record(tally)
    assert recorder._pidfd is not None
    time.sleep(1.0)  # it has started
    signal.pidfd_send_signal(recorder._pidfd, signal.SIGTERM)
    recorder.close_and_wait()
    assert [row.kind for row in store.read(tmp_path / store.FILE, "0", "9")] == ["visits"]
    reap(recorder)


def test_nothing_is_kept_while_a_site_has_it_off(recorder: UsageRecorder, tmp_path: Path) -> None:
    recorder.configure(None)
    assert counted(recorder, tmp_path) == []
    assert not list(tmp_path.iterdir())


def test_a_file_that_cannot_be_written_stops_no_writer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, sink = os.pipe()
    line = {"site": "a", "counts": [["visits", "", "", 1]]}
    os.write(sink, json.dumps(line).encode() + b"\nrubbish\n")
    os.close(sink)
    writer.run(source, tmp_path / "no folder" / store.FILE)
    os.close(source)
    assert "figures cannot be kept" in capsys.readouterr().err


def test_a_forwarder_finds_a_column_for_what_it_has_sent(tmp_path: Path) -> None:
    file = tmp_path / store.FILE
    store.add(file, [store.DailyCount("2026-11-01", "a", "visits", "", "", 7)])
    connection = sqlite3.connect(file)
    assert connection.execute("SELECT count - forwarded FROM usage").fetchall() == [(7,)]
    connection.close()
