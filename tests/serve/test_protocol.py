"""Messages of the control socket arrive whole or not at all, and leave no descriptor open."""

from __future__ import annotations

import json
import os
import socket
from typing import Any

import pytest

from kiosk.serve import protocol
from kiosk.serve.protocol import (
    ForkServerReady,
    InvalidMessage,
    Message,
    SpareWorkers,
    WorkerRequest,
    WorkerStarted,
)


def open_descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))


@pytest.mark.parametrize(
    "message",
    [
        WorkerRequest((80, 24), "linux", {"language": "es", "presentation": "lines"}, 7),
        WorkerRequest((100, 30)),
        ForkServerReady([("/a/file", (1, 2, 3, 4))], {"limits": {"max_sessions": 5}}),
        WorkerStarted(4711, 7, 3),
        SpareWorkers(2),
    ],
)
def test_a_message_arrives_as_it_was_sent_with_its_descriptors(message: Message) -> None:
    ours, theirs = protocol.pair()
    with ours, theirs, open(os.devnull) as null:
        protocol.send(ours, message, (null.fileno(),) * message.descriptors)
        received, descriptors = protocol.receive(theirs)
        assert type(received) is type(message)
        assert vars(received) == vars(message)
        assert len(descriptors) == message.descriptors
        assert null.fileno() not in descriptors
        assert not any(os.get_inheritable(descriptor) for descriptor in descriptors)
        protocol.close(descriptors)


@pytest.mark.parametrize("rubbish", [b"{", b"[]", b"\xff", b'"x"', b"null", b"x" * 70_000])
def test_rubbish_is_no_message_and_its_descriptors_are_closed(rubbish: bytes) -> None:
    ours, theirs = protocol.pair()
    with ours, theirs, open(os.devnull) as null:
        before = open_descriptors()
        socket.send_fds(ours, [rubbish], [null.fileno()] * 3)
        with pytest.raises(ValueError, match=r"message|Expecting|decode"):
            protocol.receive(theirs)
        assert open_descriptors() == before


REQUEST = {"kind": "worker-request", "size": [80, 24]}


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ({}, 3), ({"kind": "other"}, 0), ({"kind": ["ready"]}, 0), ({"kind": "worker-request"}, 3),
        (REQUEST, 2), (REQUEST, 4), ({**REQUEST, "number": "x"}, 3),
        ({**REQUEST, "number": 1.5}, 3),
        ({"kind": "ready"}, 0), ({"kind": "ready", "files": [["a", [1, 2]]], "settings": {}}, 0),
        ({"kind": "worker-started", "pid": True, "number": 1, "spare_workers": 1}, 1),
        ({"kind": "spare-workers", "count": None}, 0),
    ],
)  # fmt: skip
def test_an_object_that_is_no_message_is_invalid_and_its_descriptors_are_closed(
    fields: dict[str, Any], count: int
) -> None:
    ours, theirs = protocol.pair()
    with ours, theirs, open(os.devnull) as null:
        before = open_descriptors()
        socket.send_fds(ours, [json.dumps(fields).encode()], [null.fileno()] * count)
        with pytest.raises(InvalidMessage):
            protocol.receive(theirs)
        assert open_descriptors() == before


def test_more_descriptors_than_are_taken_are_closed() -> None:
    ours, theirs = protocol.pair()
    with ours, theirs, open(os.devnull) as null:
        before = open_descriptors()
        socket.send_fds(ours, [b"{}"], [null.fileno()] * 50)
        with pytest.raises(ValueError, match="cut short"):
            protocol.receive(theirs)
        assert open_descriptors() == before


def test_the_end_of_the_other_side_is_the_end() -> None:
    ours, theirs = protocol.pair()
    ours.close()
    with theirs, pytest.raises(EOFError):
        protocol.receive(theirs)


@pytest.mark.parametrize("size", [None, [], [80], [80, 24, 1], ["80", "24"], [80.0, 24], [True, 1]])
def test_a_request_needs_a_size_of_two_integers(size: object) -> None:
    with pytest.raises(InvalidMessage, match="no size"):
        WorkerRequest.parse({"size": size})


def test_options_that_are_unknown_too_long_or_no_text_are_left_out() -> None:
    options = {"language": "es", "topic": "x" * 65, "level": 7, "shell": "/bin/sh"}
    request = WorkerRequest.parse({"size": [80, 24], "term": ["linux"], "options": options})
    assert request.options == {"language": "es"}
    assert request.term == ""
